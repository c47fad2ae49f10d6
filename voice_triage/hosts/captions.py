"""What the screen shows of an answer."""

from __future__ import annotations

from voice_triage.understanding.hearing import Hearing


def in_words(hearing: Hearing | None) -> str | None:
    """The words of the first ear that made any out; "" if none did; None: nobody spoke."""
    if hearing is None:
        return None
    texts = (each.text.replace("[unk]", "…").strip() for each in hearing.utterances)
    return next((text for text in texts if text.strip("… ")), "")
