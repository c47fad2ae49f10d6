"""Invented people for tests of the interview: what each answers, by what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_triage.interview.effects import Conclude, Effect, Kind
from voice_triage.interview.events import Answered, Begin, Event, Measured, Said, Silence
from voice_triage.interview.machine import Interview
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status

YES, NO, UNSURE = Answered(Status.PRESENT), Answered(Status.ABSENT), Answered(Status.UNSURE)
IN_WORDS = Answered(Status.PRESENT, in_words=True)
SILENT = Silence()
EASING = Measured(
    4,
    4,
    also=(
        Said("course.sudden", Status.ABSENT),
        Said("course.worse", Status.ABSENT),
        Said("course.improving", Status.PRESENT),
    ),
)
"""Four days, and it is getting better."""
Person = Callable[[State], Event]


def person(answers: Mapping[str, Event] | None = None, age: int = 34) -> Person:
    """Someone who says no to everything but what is in `answers` (by fact, or "fact:kind")."""
    given = dict(answers or {})

    def answer(state: State) -> Event:
        assert state.asked is not None
        asked = state.asked
        exact = given.get(f"{asked.fact}:{asked.kind.value}")
        if exact is not None:
            return exact
        if asked.kind is Kind.READBACK:
            return YES
        if asked.fact in given:
            return given[asked.fact]
        if asked.kind is Kind.DURATION:
            return EASING
        return Measured(age, age) if asked.kind is Kind.AGE else NO

    return answer


def interviewed(interview: Interview, who: Person, most: int = 120) -> tuple[State, list[Effect], list[str]]:
    """The whole interview: last state, all effects, and what was asked in order."""
    state, effects = interview.step(State(), Begin())
    everything, asked = list(effects), []
    while state.phase is not Phase.DONE:
        assert state.asked is not None, "the interview waits for nothing"
        assert len(asked) < most, "the interview does not end"
        asked.append(f"{state.asked.fact}:{state.phase.value}")
        state, effects = interview.step(state, who(state))
        everything += effects
    return state, everything, asked


def concluded(effects: list[Effect]) -> Conclude:
    """The last advice given."""
    return [effect for effect in effects if isinstance(effect, Conclude)][-1]
