"""A number from somebody who can only say yes or no."""

from __future__ import annotations

import pytest

from voice_triage.interview.effects import Asked, Effect, Kind, Say
from voice_triage.interview.events import Answered, Event, Measured
from voice_triage.interview.machine import Interview
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

YES, NO, UNSURE = Answered(Status.PRESENT), Answered(Status.ABSENT), Answered(Status.UNSURE)


def asking(protocol: Protocol, fact: str, kind: Kind) -> State:
    return State(
        phase=Phase.ASKING_AGAIN, findings=protocol.facts.nothing, asked=Asked(fact, kind), trail=(fact,)
    )


def halved(interview: Interview, state: State, events: list[Event]) -> tuple[State, list[str]]:
    """What was asked in halves, and the state when no more is asked."""
    asked: list[str] = []
    effects: tuple[Effect, ...] = ()
    base = state.asked.fact if state.asked else ""
    for event in events:
        state, effects = interview.step(state, event)
        over = [dict(e.slots)["number"] for e in effects if isinstance(e, Say) and e.prompt == f"{base}.over"]
        asked += over
        if not over:
            break
    return state, asked


@pytest.mark.parametrize(
    ("age", "over_fifty"), [(34, False), (13, False), (17, False), (58, True), (81, True)]
)
def test_an_age_is_found_by_halves_as_far_as_rules_need_it(
    protocol: Protocol, interview: Interview, age: int, over_fifty: bool
) -> None:
    state, _ = interview.step(
        asking(protocol, "age", Kind.AGE), Measured(50, 120) if over_fifty else Measured(0, 50)
    )
    asked = 0
    while state.measured is not None:
        low, high = state.measured
        between = [band for band in protocol.question("age").bands if low < band < high]
        state, _ = interview.step(state, YES if age >= between[len(between) // 2] else NO)
        asked += 1
    assert asked <= 3
    for band in (16, 18, 60, 70, 75):
        expected = Status.PRESENT if age >= band else Status.ABSENT
        assert protocol.facts.status(state.findings, f"age.{band}") is expected


def test_in_doubt_the_age_stays_as_wide_as_it_is(protocol: Protocol, interview: Interview) -> None:
    state, asked = halved(interview, asking(protocol, "age", Kind.AGE), [Measured(0, 50), UNSURE])
    assert asked == ["18"]
    assert protocol.facts.status(state.findings, "age.16") is Status.UNSURE
    assert protocol.facts.status(state.findings, "age.60") is Status.ABSENT


def test_the_same_wide_answer_again_ends_the_halving(protocol: Protocol, interview: Interview) -> None:
    state, asked = halved(interview, asking(protocol, "age", Kind.AGE), [Measured(0, 50), Measured(0, 50)])
    assert asked == ["18"]
    assert "age" in state.done


def test_how_long_it_has_lasted_is_found_by_halves(protocol: Protocol, interview: Interview) -> None:
    state, asked = halved(interview, asking(protocol, "course", Kind.DURATION), [YES, NO, NO])
    assert asked == ["43", "14"]
    assert protocol.facts.status(state.findings, "course.14") is Status.ABSENT


def test_not_new_where_it_was_not_surely_heard_has_to_come_twice(
    protocol: Protocol, interview: Interview
) -> None:
    fact = "saddle_numbness.new"
    state = asking(protocol, fact, Kind.ONSET)._replace(phase=Phase.FOLLOWING_UP)
    doubtful = Answered(Status.ABSENT, sure=False)
    once, _ = interview.step(state, doubtful)
    assert once.asked == state.asked
    twice, _ = interview.step(once, doubtful)
    assert protocol.facts.status(twice.findings, fact) is Status.ABSENT
