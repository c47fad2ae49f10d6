"""What a turn adds to the account of what was put, what was answered, and in which words."""

from __future__ import annotations

from collections.abc import Iterator

from voice_triage.interview.effects import Asked
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    Event,
    Measured,
    Remarked,
    Request,
    Requested,
    Told,
)
from voice_triage.interview.uttered import Uttered
from voice_triage.protocol.status import Status


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
        case AskedAbout() | Remarked():
            return Uttered(asked.fact, "", None, put=asked.kind)
    return Uttered(asked.fact, words, None, put=asked.kind)
