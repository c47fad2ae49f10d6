"""Every sequence of answers, walked: nothing is sampled within a block.

All questions at once have too many paths. The cut: a rule joins findings of different questions only in few
ways, and each way has a block here, in which every answer, onset and silence to its questions is walked while
the others are answered "no": the saddle, bladder, bowel and personal questions; the legs with one saddle sign
and the personal one; what can be life threatening with the belly and age; injury, fever, belly, age and the
closing worry with one saddle sign; cord compression and cancer; cancer without nerve signs; infection; bones,
falls and blood thinners; pregnancy; what lasts and what is only painful. What joins more than one block
(three findings of three blocks) can only raise the urgency that two of them reached, since rules never lower
it. States are values, so a state that was met before need not be walked again.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from interviewees import EASING, NO, SILENT, UNSURE, YES, Person, interviewed, person

from voice_triage.interview.effects import Conclude, Kind
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
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Urgency

SADDLE = ("saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss")
SADDLE_BLOCK = {*SADDLE, "sexual_change"}
LEGS_BLOCK = {"saddle_numbness", "both_legs", "leg_or_foot_weakness", "sexual_change"}
BODY_BLOCK = {"chest_pain_or_breathless", "collapse_or_faint", "abdominal_or_flank_pain", "age"}
INJURY_BLOCK = {
    "saddle_numbness",
    "major_trauma",
    "fever_sweats",
    "age",
    "anything_else",
}
CORD_BLOCK = {
    "leg_or_foot_weakness",
    "unsteady_or_clumsy",
    "cancer_history",
    "upper_back_or_band",
    "fever_sweats",
}
CANCER_BLOCK = {
    "age",
    "cancer_history",
    "night_or_rest_pain",
    "upper_back_or_band",
    "weight_loss_or_fatigue",
    "severe_function_loss",
}
INFECTION_BLOCK = {
    "fever_sweats",
    "night_or_rest_pain",
    "injects_drugs",
    "weak_immune_or_diabetes",
    "recent_infection_or_procedure",
    "urinary_burning_or_blood",
}
BONE_BLOCK = {
    "course",
    "age",
    "minor_fall",
    "osteoporosis_or_steroids",
    "blood_thinner",
    "severe_function_loss",
}
THINNER_BLOCK = {"course", "leg_or_foot_weakness", "minor_fall", "blood_thinner"}
UPPER_BACK_BLOCK = {
    "age",
    "fever_sweats",
    "upper_back_or_band",
    "osteoporosis_or_steroids",
    "night_or_rest_pain",
}
PREGNANCY_BLOCK = {"collapse_or_faint", "fever_sweats", "abdominal_or_flank_pain", "pregnant_or_postpartum"}
LASTING_BLOCK = {"saddle_numbness", "course", "age", "one_leg_symptoms", "repeat_contact", "anything_else"}
BLOCKS = (
    SADDLE_BLOCK,
    LEGS_BLOCK,
    BODY_BLOCK,
    INJURY_BLOCK,
    CORD_BLOCK,
    CANCER_BLOCK,
    INFECTION_BLOCK,
    BONE_BLOCK,
    THINNER_BLOCK,
    UPPER_BACK_BLOCK,
    PREGNANCY_BLOCK,
    LASTING_BLOCK,
)
AGES = (Measured(14, 14), Measured(34, 34), Measured(45, 45), Measured(62, 62), Measured(80, 80), SILENT)
COURSE = ("course.sudden", "course.worse", "course.improving")
COURSES = (
    EASING,
    *(Measured(days, days) for days in (1, 20, 60, 200)),
    *(Measured(5, 5, also=(Said(fact, Status.PRESENT),)) for fact in COURSE),
    SILENT,
)


def answers(state: State, block: set[str]) -> tuple[Event, ...]:
    """Every answer worth telling apart, to what is asked in this state."""
    assert state.asked is not None
    fact = state.asked.fact
    match state.asked.kind:
        case Kind.READBACK | Kind.OFFER:
            return (YES,) if state.phase is Phase.READING_BACK else (NO,)
        case Kind.DENIALS | Kind.CHOICE:
            return (NO,)
        case Kind.AGE:
            return AGES if fact in block else (Measured(34, 34),)
        case Kind.DURATION:
            return COURSES if fact in block else (EASING,)
        case Kind.ONSET:
            old = Answered(Status.ABSENT, also=(Said(fact.replace(".new", ".old"), Status.PRESENT),))
            return (YES, NO, old, SILENT)
        case Kind.FREE:
            return (NO, YES) if fact in block else (NO,)
    if fact.partition(".")[0] not in block:
        return (NO,)
    return (UNSURE,) if state.phase is Phase.CHECKING else (YES, NO, UNSURE, SILENT)


def endangered_then(danger: str, answers: dict[str, Event]) -> Person:
    """Somebody who speaks of this danger in the opener once, and answers what is asked about it."""
    calm = person(answers)

    def answer(state: State) -> Event:
        first = state.asked is not None and state.asked.fact == "opener" and state.done == {"who_for"}
        return Endangered(danger) if first else calm(state)

    return answer


def walk(interview: Interview, block: set[str]) -> Iterator[tuple[State, Conclude]]:
    """Every conclusion that can be reached, with the state that it was reached in."""
    first, _ = interview.step(State(), Begin())
    todo, met = [first], {first}
    while todo:
        state = todo.pop()
        for event in answers(state, block):
            after, effects = interview.step(state, event)
            for effect in effects:
                if isinstance(effect, Conclude):
                    yield after, effect
            # a conclusion ends the walk of this path; what remains is repeating the advice
            if after.concluded is None and after not in met:
                met.add(after)
                todo.append(after)


@pytest.fixture(scope="module")
def conclusions(interview: Interview) -> list[tuple[State, Conclude]]:
    found = [end for block in BLOCKS for end in walk(interview, block)]
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


def test_silence_that_ends_an_interview_never_ends_in_self_care_or_routine(interview: Interview) -> None:
    first, _ = interview.step(State(), Begin())
    todo, met, ends = [first], {first}, 0
    while todo:
        state = todo.pop()
        for event in (*answers(state, BODY_BLOCK), SILENT):
            after, effects = interview.step(state, event)
            if after.phase is Phase.WAITING:
                ends += 1
                assert next(e for e in effects if isinstance(e, Conclude)).urgency >= Urgency.SAME_DAY
            elif after.concluded is None and after not in met and len(after.trail) < 9:
                met.add(after)
                todo.append(after)
    assert ends > 100


def test_stopping_anywhere_never_ends_below_same_day(interview: Interview) -> None:
    first, _ = interview.step(State(), Begin())
    todo, met = [first], {first}
    while todo:
        state = todo.pop()
        _, effects = interview.step(state, Requested(Request.STOP))
        assert next(e for e in effects if isinstance(e, Conclude)).urgency >= Urgency.SAME_DAY
        for event in answers(state, INJURY_BLOCK - {"age", "abdominal_or_flank_pain"}):
            after, _ = interview.step(state, event)
            if after.concluded is None and after not in met:
                met.add(after)
                todo.append(after)
    assert len(met) > 300


def test_no_rule_lowers_a_tier_and_more_concern_never_means_less_urgency(
    conclusions: list[tuple[State, Conclude]], protocol: Protocol
) -> None:
    """On every end that was walked: make one answer of more concern, and the urgency never falls."""
    triage = Triage(protocol)
    order = (Status.ABSENT, Status.UNANSWERED, Status.UNSURE, Status.PRESENT)
    asked = [q.id for q in protocol.questions if q.counts or q.id in ("sexual_change", "anything_else")]
    for _, end in conclusions[::7]:
        for fact in (fact for fact in asked if fact != "age"):
            now = protocol.facts.status(end.findings, fact)
            if now in order[:-1]:
                worse = protocol.facts.record(end.findings, fact, order[order.index(now) + 1])
                assert triage.disposition(worse).urgency >= end.urgency, (
                    fact,
                    protocol.facts.names_of(worse),
                )


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


def test_weak_ears_reach_the_same_conclusions(protocol: Protocol) -> None:
    weak = Interview(protocol, Policy(weak_ears=True))
    ends = [end for _, end in walk(weak, {*SADDLE})]
    assert {end.urgency for end in ends} >= {
        Urgency.SELF_CARE,
        Urgency.SOON,
        Urgency.SAME_DAY,
        Urgency.EMERGENCY,
    }
