"""What was said of one fact, in the person's own words, for whoever takes over. No rule looks at it."""

from __future__ import annotations

from typing import NamedTuple

from voice_triage.interview.effects import Kind
from voice_triage.protocol.status import Status


class Uttered(NamedTuple):
    """What was said of one fact in one turn."""

    fact: str
    """What was put ("saddle_numbness", "saddle_numbness.new", "denials"), or what was told out of turn."""
    words: str
    """As heard; "" when the question was put and nothing was said to it."""
    status: Status | None
    """How they were read; None: as no answer."""
    in_words: bool = False
    """The finding itself was said, not a bare yes or no."""
    put: Kind | None = None
    """In which manner it had been put; None: it was told out of turn."""
    number: tuple[int, int] | None = None
    """The least and the most of a number that was told."""
