"""Several ears over the same sound: they must agree on the reading, not on the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    Event,
    Measured,
    NotUnderstood,
    Remarked,
    Requested,
    Said,
    Told,
)
from voice_triage.protocol.status import Status
from voice_triage.understanding.answers import Heard
from voice_triage.understanding.hearing import Ear
from voice_triage.understanding.interpretation import Interpretation

FREE_EARS = frozenset({Ear.TYPED, Ear.OPEN})
"""Ears that are not bound to phrases."""


def agree(ears: Sequence[Heard], asked: Asked, weak: bool) -> Interpretation:
    """One interpretation of what several ears heard."""
    if asked.kind is Kind.FREE and not weak:
        ears = [ear for ear in ears if ear.ear in FREE_EARS] or ears
    why = tuple(
        f"{ear.ear.value}: {step}" if len(ears) > 1 else step for ear in ears for step in ear.meant.why
    )
    event, reason = _weakly(ears, asked) if weak else _strongly(ears)
    score = min((ear.meant.score for ear in ears if type(ear.meant.event) is type(event)), default=0.0)
    margins = [ear.meant.margin for ear in ears if ear.meant.margin is not None]
    return Interpretation(event, (*why, *reason), score, min(margins, default=None))


def _union(ears: Sequence[Heard]) -> tuple[Said, ...]:
    """Everything volunteered; sure where it was typed, or where several ears listened and all made it out."""
    counted: dict[tuple[str, Status], int] = {}
    for ear in ears:
        for said in getattr(ear.meant.event, "also", ()):
            counted[said.fact, said.status] = counted.get((said.fact, said.status), 0) + said.sure
    trusted = len(ears) > 1 or ears[0].ear is Ear.TYPED
    return tuple(Said(*key, sure=trusted and count == len(ears)) for key, count in counted.items())


def _endangered(ears: Sequence[Heard]) -> Event | None:
    events = [ear.meant.event for ear in ears if isinstance(ear.meant.event, Endangered)]
    return replace(events[0], also=_union(ears)) if events else None


def _strongly(ears: Sequence[Heard]) -> tuple[Event, tuple[str, ...]]:
    also = _union(ears)
    if (danger := _endangered(ears)) is not None:
        return danger, ()
    events = [ear.meant.event for ear in ears]
    answers = [event for event in events if isinstance(event, Answered)]
    present = [answer for answer in answers if answer.status is Status.PRESENT]
    requests = [event for event in events if isinstance(event, Requested)]
    if requests and not any(answer.in_words for answer in present):
        whole = any(ear.whole_request for ear in ears)
        if len(requests) == len(ears) or (whole and not also):
            return replace(requests[0], also=also), ()
    asides = [event for event in events if isinstance(event, AskedAbout | Remarked)]
    if asides and not also and not any(answer.in_words for answer in present):
        return asides[0], ()
    ages = [event for event in events if isinstance(event, Measured)]
    if ages:
        return _ages(ages, len(ears), also)
    if any(isinstance(event, Told) for event in events):
        return Told(also), ()
    return _answered(ears, answers, also)


def _ages(ages: Sequence[Measured], ears: int, also: tuple[Said, ...]) -> tuple[Event, tuple[str, ...]]:
    if len({(age.low, age.high) for age in ages}) > 1:
        return NotUnderstood(also), ("the ears heard different ages",)
    sure = len(ages) == ears and all(age.sure for age in ages)
    return Measured(ages[0].low, ages[0].high, sure, also), ()


def _answered(
    ears: Sequence[Heard], answers: Sequence[Answered], also: tuple[Said, ...]
) -> tuple[Event, tuple[str, ...]]:
    said = {answer.status for answer in answers}
    alone = len(answers) < len(ears)
    if {Status.PRESENT, Status.ABSENT} <= said:
        return NotUnderstood(also), ("one ear heard yes, another no",)
    if Status.PRESENT in said:
        present = [answer for answer in answers if answer.status is Status.PRESENT]
        sure = len(present) == len(ears) and all(answer.sure for answer in present)
        in_words = any(answer.in_words for answer in present)
        return Answered(Status.PRESENT, in_words, sure and _clear(ears), also), ()
    if Status.UNSURE in said:
        return Answered(Status.UNSURE, also=also), ()
    if Status.ABSENT in said:
        sure = not alone and all(answer.sure for answer in answers) and _clear(ears)
        in_words = any(answer.in_words for answer in answers)
        return Answered(Status.ABSENT, in_words, sure, also), ()
    return NotUnderstood(also), ()


def _clear(ears: Sequence[Heard]) -> bool:
    """No ear that hears all words met something that is no word. A small grammar always meets some.

    Taps are never clear.
    """
    if any(ear.ear is Ear.TAPPED for ear in ears):
        return False
    free = [ear for ear in ears if ear.ear in FREE_EARS] or ears
    return not any(ear.unknown for ear in free)


def _weakly(ears: Sequence[Heard], asked: Asked) -> tuple[Event, tuple[str, ...]]:
    """Poor ears must agree in everything, and what they heard in words is never sure."""
    if (danger := _endangered(ears)) is not None:
        return danger, ()
    apart = (NotUnderstood(), ("poor ears, and they do not agree",))
    events = [ear.meant.event for ear in ears]
    first = events[0]
    unknown = any(ear.unknown for ear in ears)
    if len(ears) < 2 or any(type(event) is not type(first) for event in events):
        return (Told(), ("free speech of poor ears is not trusted",)) if asked.kind is Kind.FREE else apart
    match first:
        case Answered():
            answers = [event for event in events if isinstance(event, Answered)]
            if len({answer.status for answer in answers}) > 1:
                return (Told(), ("poor ears",)) if asked.kind is Kind.FREE else apart
            words = any(answer.in_words or answer.also for answer in answers)
            sure = all(answer.sure for answer in answers) and not words and not unknown
            if asked.kind is Kind.FREE and not sure:
                return Told(), ("free speech of poor ears is not trusted",)
            return Answered(first.status, False, sure), ()
        case Measured():
            ages = [event for event in events if isinstance(event, Measured)]
            same = len({(age.low, age.high) for age in ages}) == 1
            return (replace(first, sure=False, also=()), ()) if same else apart
        case Requested():
            wanted = {event.request for event in events if isinstance(event, Requested)}
            return (Requested(first.request), ()) if len(wanted) == 1 else apart
        case AskedAbout() | Remarked():
            return (first, ()) if all(event == first for event in events) else apart
        case Told():
            return Told(), ("free speech of poor ears is not trusted",)
    return apart
