"""What the person said, and to what: their own words, kept for whoever takes over from us.

No rule looks at it. It says of each fact what was put, what was answered, and in which words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Answered,
    Endangered,
    Event,
    Measured,
    Request,
    Requested,
    Told,
)
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


def uttered(words: str, asked: Asked | None, event: Event) -> Iterator[Uttered]:
    """What a turn adds to the account. `words`: what was heard; "": nothing."""
    if asked is not None:
        yield _to_the_question(words, asked, event)
    if isinstance(event, Endangered):
        yield Uttered(f"interrupt.{event.interrupt}", words, Status.PRESENT, in_words=True)
    for said in getattr(event, "also", ()):
        yield Uttered(said.fact, words, said.status, in_words=True)


def _to_the_question(words: str, asked: Asked, event: Event) -> Uttered:
    match event:
        case Answered():
            return Uttered(asked.fact, words, event.status, event.in_words, asked.kind)
        case Measured():
            return Uttered(
                asked.fact, words, Status.PRESENT, True, asked.kind, number=(event.low, event.high)
            )
        case Told():
            return Uttered(asked.fact, words, Status.PRESENT, True, asked.kind)
        case Requested() if event.request is not Request.SKIP:
            return Uttered(asked.fact, "", None, put=asked.kind)
    return Uttered(asked.fact, words, None, put=asked.kind)
