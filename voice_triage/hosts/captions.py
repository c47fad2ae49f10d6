"""What the screen shows of an answer."""

from __future__ import annotations

from voice_triage.understanding.hearing import Hearing


def in_words(hearing: Hearing | None) -> str | None:
    """The words of the first ear that made any out; "" if none did; None: nobody spoke."""
    return None if hearing is None else hearing.words
