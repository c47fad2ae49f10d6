"""What holds on every walked path (docs/proof.md says what is walked, and why that is enough)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from interviewees import SILENT, UNSURE, YES, Person, interviewed, person
from walking import QUIET, Walked, Walker

from voice_triage.interview.effects import Conclude
from voice_triage.interview.events import (
    Answered,
    Begin,
    Endangered,
    Event,
    Measured,
    Request,
    Requested,
    Said,
    Told,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

SADDLE = ("saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss")
BODY = frozenset({"chest_pain_or_breathless", "collapse_or_faint", "abdominal_or_flank_pain"})
INJURY = frozenset({"saddle_numbness", "major_trauma", "fever_sweats", "anything_else"})


def endangered_then(danger: str, answers: dict[str, Event]) -> Person:
    """Somebody who speaks of this danger in the opener once, and answers what is asked about it."""
    calm = person(answers)

    def answer(state: State) -> Event:
        first = state.asked is not None and state.asked.fact == "opener" and state.done == {"who_for"}
        return Endangered(danger) if first else calm(state)

    return answer


@pytest.fixture(scope="module")
def conclusions(walked: Sequence[Walked]) -> list[tuple[State, Conclude]]:
    found = [(end.state, end.told) for each in walked for end in each.ends]
    assert len(found) > 5_000, "the walk found hardly anything"
    return found


def test_no_path_with_a_new_cauda_equina_sign_ends_below_emergency(
    conclusions: list[tuple[State, Conclude]], protocol: Protocol
) -> None:
    def is_new(findings: Findings, sign: str) -> bool:
        status = protocol.facts.status
        there = status(findings, sign) is Status.PRESENT
        return there and status(findings, f"{sign}.new") is not Status.ABSENT

    met = 0
    for _, end in conclusions:
        if any(is_new(end.findings, sign) for sign in (*SADDLE, "both_legs", "sexual_change")):
            met += 1
            assert end.urgency is Urgency.EMERGENCY, protocol.facts.names_of(end.findings)
    assert met > 500


def test_any_question_left_open_never_ends_in_self_care_and_an_open_sign_never_below_same_day(
    conclusions: list[tuple[State, Conclude]], protocol: Protocol
) -> None:
    open_statuses = (Status.UNSURE, Status.UNANSWERED)
    for _, end in conclusions:
        open_facts = {
            q.id for q in protocol.questions
            if q.counts and protocol.facts.status(end.findings, q.id) in open_statuses
        }  # fmt: skip
        if open_facts:
            assert end.urgency >= Urgency.ROUTINE, open_facts
        if open_facts & {*SADDLE, "both_legs", "chest_pain_or_breathless", "collapse_or_faint"}:
            assert end.urgency >= Urgency.SAME_DAY, open_facts


def test_silence_that_ends_an_interview_never_ends_in_self_care_or_routine(
    interview: Interview, walker: Walker
) -> None:
    first, _ = interview.step(State(), Begin())
    todo, met, ends = [first], {first}, 0
    while todo:
        state = todo.pop()
        for event in (*walker.answers(state, BODY, QUIET).values(), SILENT):
            after, effects = interview.step(state, event)
            if after.phase is Phase.WAITING:
                ends += 1
                assert next(e for e in effects if isinstance(e, Conclude)).urgency >= Urgency.SAME_DAY
            elif after.concluded is None and after not in met and len(after.trail) < 9:
                met.add(after)
                todo.append(after)
    assert ends > 100


def test_stopping_anywhere_never_ends_below_same_day(interview: Interview, walker: Walker) -> None:
    first, _ = interview.step(State(), Begin())
    todo, met = [first], {first}
    while todo:
        state = todo.pop()
        _, effects = interview.step(state, Requested(Request.STOP))
        assert next(e for e in effects if isinstance(e, Conclude)).urgency >= Urgency.SAME_DAY
        for event in walker.answers(state, INJURY, QUIET).values():
            after, _ = interview.step(state, event)
            if after.concluded is None and after not in met:
                met.add(after)
                todo.append(after)
    assert len(met) > 300


def test_every_rule_fires_and_every_question_is_asked_on_some_path(
    conclusions: list[tuple[State, Conclude]],
    protocol: Protocol,
    weak_interview: Interview,
    interview: Interview,
) -> None:
    fever = {"fever_sweats:yes_no": UNSURE}

    def opening(*said: str, **answers: Event) -> Person:
        """Somebody who speaks of this in the opener."""
        told = Told(tuple(Said(fact, Status.PRESENT) for fact in said))
        return person({"opener": told, **answers})

    years = Measured(1000, 1000)
    sudden = Measured(4, 4, also=(Said("course.sudden", Status.PRESENT),))
    too_late = Answered(Status.ABSENT, also=(Said("unsteady_or_clumsy", Status.PRESENT),))
    late = {
        "course": sudden,
        "night_or_rest_pain": YES,
        "weak_immune_or_diabetes": too_late,
        "unsteady_or_clumsy.new": YES,
    }
    others: list[tuple[Interview, Person]] = [
        *((interview, opening(q.id)) for q in protocol.questions if q.volunteered),
        (interview, person({"opener": Told((Said("first_time", Status.PRESENT),))}, age=60)),
        (interview, person(late, age=52)),
        (interview, opening("morning_stiffness", course=years)),
        (interview, opening("minor_fall", "minor_fall.cannot_stand")),
        (interview, opening("urinary_burning_or_blood", fever_sweats=YES)),
        (interview, person({"abdominal_or_flank_pain": UNSURE, "urinary_burning_or_blood": YES}, age=34)),
        (interview, endangered_then("suicidal", {})),
        (interview, endangered_then("suicidal", {"suicidal_go_on": YES})),
        (interview, endangered_then("suicidal", {"suicidal_harm": YES})),
        (interview, person({"who_for": YES, "proxy_drowsy": YES})),
        (interview, person(age=16)),
        (interview, lambda state: SILENT),
        (interview, lambda state: SILENT if "fever_sweats" in state.done else person(fever)(state)),
        (weak_interview, person()),
    ]
    others += [(interview, endangered_then(name, {})) for name in protocol.interrupts]
    ends = [(state, end.rules) for state, end in conclusions]
    for which, who in others:
        last, effects, _ = interviewed(which, who)
        ends += [(last, effect.rules) for effect in effects if isinstance(effect, Conclude)]
    assert {rule.id for rule in protocol.rules} - {rule for _, rules in ends for rule in rules} == set()
    assert {question.id for question in protocol.questions} - {
        q for state, _ in ends for q in state.done
    } == set()


def test_no_path_asks_more_than_twenty_four_questions(
    conclusions: list[tuple[State, Conclude]], protocol: Protocol
) -> None:
    counted = protocol.counted.keys()
    assert max(len(counted & set(state.trail)) for state, _ in conclusions) == protocol.most_questions == 24


def test_weak_ears_reach_the_same_conclusions(weak_walker: Walker) -> None:
    ends = weak_walker.walk(frozenset(SADDLE)).ends
    assert {end.told.urgency for end in ends} >= {
        Urgency.SELF_CARE,
        Urgency.SOON,
        Urgency.SAME_DAY,
        Urgency.EMERGENCY,
    }
