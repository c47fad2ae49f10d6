"""The ways in which invented people answer what the interview can ask; nobody real is behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    EngineFailed,
    Event,
    Measured,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Said,
    Silence,
    Told,
)
from voice_triage.interview.state import Phase, State
from voice_triage.interview.topics import Topics
from voice_triage.protocol.model import Answer, Protocol, Question
from voice_triage.protocol.status import Status

YES, NO, UNSURE = Answered(Status.PRESENT), Answered(Status.ABSENT), Answered(Status.UNSURE)
IN_WORDS = Answered(Status.PRESENT, in_words=True)
MAYBE_YES, MAYBE_NO = Answered(Status.PRESENT, sure=False), Answered(Status.ABSENT, sure=False)
SILENT, MUMBLED, SKIP = Silence(), NotUnderstood(), Requested(Request.SKIP)

FIRST, AGAIN, READBACK, MENU = "first", "again", "readback", "menu"
"""Manners of asking: the first wording or a follow-up, the second wording or a check, "is that right?", and
yes or no where ears are too weak for more."""


@dataclass(frozen=True)
class Ways:
    """How one thing can be answered. Way 0 is the plain one: nothing is the matter."""

    weights: tuple[float, ...]
    """Of each way after the plain one."""
    events: Mapping[str, tuple[Event, ...]]
    """Manner of asking -> what each way does. All have FIRST, which stands for manners that are not there."""
    share: float | None = None
    """Of people whose way is not the plain one; None: so many as something is the matter with."""


_FINDING: tuple[tuple[float, Event, Event, Event], ...] = (
    (0, NO, NO, NO),
    (30, YES, YES, YES),
    (20, IN_WORDS, YES, YES),
    (5, MAYBE_YES, YES, YES),
    (8, UNSURE, UNSURE, UNSURE),
    (4, UNSURE, YES, YES),
    (4, UNSURE, NO, NO),
    (4, SILENT, SILENT, SILENT),
    (3, SILENT, YES, YES),
    (4, SILENT, NO, NO),
    (5, MAYBE_NO, NO, NO),
    (3, MAYBE_NO, YES, YES),
    (2, YES, NO, NO),  # misheard
    (1, IN_WORDS, NO, NO),  # misheard
    (1, NO, YES, YES),  # misheard
    (2, MUMBLED, NO, NO),
    (2, MUMBLED, YES, YES),
    (1, MUMBLED, MUMBLED, MUMBLED),
    (1, SKIP, SKIP, SKIP),
)
"""Weight, and what is said to the first wording, to the second or a check, and to a read-back."""
THERE = 2
"""The way of those who said of themselves that it is there."""
_USUAL_AGE = 39
_USUAL_DAYS = 4


def ways_of(protocol: Protocol, topics: Topics) -> dict[str, Ways]:
    """The ways for all that is asked: questions, follow-ups, dangers, and the rest by name ("denials")."""
    findings = findings_of(protocol)
    ways: dict[str, Ways] = {}
    for question in protocol.questions:
        match question.answer:
            case Answer.AGE:
                ways[question.id] = _age(question.bands)
            case Answer.DURATION:
                ways[question.id] = _duration(question)
            case Answer.FREE:
                ways[question.id] = _free(question, findings)
            case Answer.CHOICE:
                ways[question.id] = _simple({YES: 5, MUMBLED: 1, SILENT: 2}, 0.2)
            case _:
                ways[question.id] = _finding()
        for follow_up in question.follow_ups:
            old = Answered(Status.ABSENT, also=(Said(f"{question.id}.old", Status.PRESENT),))
            told: dict[Event, float] = {YES: 4, UNSURE: 1, SILENT: 1, MUMBLED: 1}
            ways[follow_up.fact] = _simple(told | ({old: 2} if follow_up.onset else {}), 0.6)
    ways["denials"] = _simple({YES: 4, UNSURE: 2, SILENT: 2, MUMBLED: 1}, None)
    ways["offer"] = _simple({SILENT: 1}, 0.1)
    if topics:
        ways["go_on"] = _simple({YES: 3, SILENT: 1, MUMBLED: 1}, 0.6)
    alarmed = Ways((2, 1, 1, 1), {READBACK: (NO, YES, UNSURE, SILENT, MUMBLED)})
    ways |= {f"interrupt.{name}": alarmed for name in protocol.interrupts}
    ways["lost"] = Ways((), {FIRST: (SILENT,)})
    return ways


def findings_of(protocol: Protocol) -> tuple[Question, ...]:
    """The questions about findings."""
    return tuple(question for question in protocol.questions if question.answer is Answer.YES_NO)


def what_and_how(state: State) -> tuple[str, str]:
    """What this state asks, and in which manner. Raises ValueError if it asks nothing."""
    if state.asked is None:
        raise ValueError(f"nothing is asked in phase {state.phase.value}")
    fact, kind = state.asked.fact, state.asked.kind
    if kind is Kind.READBACK:
        return fact, READBACK
    if state.phase in (Phase.ASKING_AGAIN, Phase.CHECKING):
        return fact, AGAIN
    return fact, MENU if kind is Kind.YES_NO else FIRST


def _simple(others: Mapping[Event, float], share: float | None) -> Ways:
    return Ways(tuple(others.values()), {FIRST: (NO, *others)}, share)


def _finding() -> Ways:
    weights, first, again, readback = zip(*_FINDING, strict=True)
    return Ways(weights[1:], {FIRST: first, AGAIN: again, READBACK: readback})


def _age(bands: tuple[int, ...]) -> Ways:
    """One age for each that a rule tells from the others: more would only take longer."""
    ages = (bands[0] - 1, *bands)
    vague: tuple[Event, ...] = (Measured(0, 50), Measured(50, 120), SILENT, UNSURE, MUMBLED)
    told = (*(Measured(age, age) for age in (_USUAL_AGE, *ages)), *vague)
    right = (*([YES] * (len(ages) - 1)), NO)  # of some the age is heard wrong, and never right
    return Ways(
        (1.0,) * len(ages) + (0.2,) * len(vague),
        {FIRST: told, READBACK: (YES, *right, *([YES] * len(vague)))},
        0.3,
    )


def _duration(question: Question) -> Ways:
    """A few days, and which way it is going is said at once by most."""
    course = {follow_up.fact: follow_up for follow_up in question.follow_ups}
    eased = tuple(Said(fact, Status.ABSENT) for fact in course if not fact.endswith(".improving"))
    told: list[Event] = [Measured(days, days, also=eased) for days in question.bands]
    told += [Measured(_USUAL_DAYS, _USUAL_DAYS, also=(Said(fact, Status.PRESENT),)) for fact in course]
    told += [Measured(_USUAL_DAYS, _USUAL_DAYS), Measured(14, 56), Measured(7, 7, sure=False), SILENT]
    first = (Measured(_USUAL_DAYS, _USUAL_DAYS, also=eased), *told)
    return Ways((1.0,) * len(told), {FIRST: first, READBACK: (YES,) * len(first)}, 0.3)


def _free(question: Question, findings: Sequence[Question]) -> Ways:
    """Free speech, with findings in it or without. Only the closing question is asked again after silence."""
    closing = question.reask
    told = tuple(volunteered(findings))
    with_findings = (Answered(Status.PRESENT, True, also=said) if closing else Told(said) for said in told)
    others: tuple[Event, ...] = (*with_findings, MAYBE_YES if closing else UNSURE, SILENT, MUMBLED)
    few = len(told) / 6
    return Ways(
        (*((1.0,) * len(told)), few, few, few),
        {
            FIRST: (NO if closing else Told(), *others),
            MENU: (NO, *([YES] * len(told)), UNSURE, SILENT, MUMBLED),
        },
        None if closing else 0.1,
    )


def volunteered(findings: Sequence[Question]) -> Iterator[tuple[Said, ...]]:
    """What may be said out of turn: each finding, surely or not or perhaps, new, old, and beside another."""
    for place, question in enumerate(findings):
        there = Said(question.id, Status.PRESENT)
        yield (there,)
        yield (Said(question.id, Status.PRESENT, sure=False),)
        yield (Said(question.id, Status.UNSURE),)
        yield (there, Said(findings[place - 3].id, Status.PRESENT))
        for follow_up in question.follow_ups:
            yield (there, Said(follow_up.fact, Status.PRESENT))
            if follow_up.onset:
                yield (there, Said(f"{question.id}.old", Status.PRESENT))


def unexpected(protocol: Protocol, topics: Topics) -> Iterator[Event]:
    """What a person may do at any turn. What comes more than once is done more often."""
    yield from (SILENT, SILENT, SILENT, MUMBLED, MUMBLED, UNSURE, EngineFailed("recognizer"))
    yield from (Requested(request) for request in Request)
    yield from (Requested(Request.REPEAT), Requested(Request.WHY), Requested(Request.BACK))
    yield from (AskedAbout(topic) for topic in topics)
    if topics:
        yield Remarked("just-back-pain")
    for name in protocol.interrupts:
        yield Endangered(name)
        yield from (Endangered(name, otherwise=meant) for meant in (NO, MUMBLED))
    for said in volunteered(findings_of(protocol)):
        yield NotUnderstood(said)
        yield Answered(Status.ABSENT, also=said)
