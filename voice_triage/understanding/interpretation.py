"""The outcome of understanding: an event, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

from voice_triage.interview.events import Event


@dataclass(frozen=True)
class Interpretation:
    """What was meant by an answer."""

    event: Event
    why: tuple[str, ...]
    """The steps in plain words: what was left out, what matched, what decided."""
    score: float
    """0 to 100: how close the words came to what is known. Never a licence to accept."""
    margin: float | None = None
    """0 to 100: how much more spoke for what was read of a yes-or-no answer than against it."""
