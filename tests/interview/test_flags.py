"""How each question is put: the manners of each, what opens it, what it pulls forward, what follows a yes.

The tables are written by hand, from the protocol and not from intents/: a flag that goes missing there is
missed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from interviewees import NO, SILENT, UNSURE, YES, concluded, interviewed, person

from voice_triage.interview.effects import Kind, Say
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
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

SKIP = Requested(Request.SKIP)
DOUBTFUL_NO = Answered(Status.ABSENT, sure=False)

L1, L2 = "chest_pain_or_breathless", "collapse_or_faint"
C1, C2, C3, C4 = "saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss"
C5, C6, C7 = "both_legs", "leg_or_foot_weakness", "sexual_change"
T1, I1, V1, N1 = "major_trauma", "fever_sweats", "abdominal_or_flank_pain", "unsteady_or_clumsy"
M1, M2, M3 = "cancer_history", "weight_loss_or_fatigue", "night_or_rest_pain"
P1, F1, F2, A1 = "pregnant_or_postpartum", "minor_fall", "osteoporosis_or_steroids", "blood_thinner"
I2, I3, I4 = "recent_infection_or_procedure", "injects_drugs", "weak_immune_or_diabetes"
B1, N2, K1, U2 = "upper_back_or_band", "one_leg_symptoms", "urinary_burning_or_blood", "severe_function_loss"
S1, S2, S3 = "suicidal_harm", "suicidal_intent", "suicidal_go_on"
Z1, Z = "repeat_contact", "anything_else"


def course(days: int = 4, **said: Status) -> Measured:
    """For how long, with what was said about it."""
    return Measured(days, days, also=tuple(Said(f"course.{fact}", status) for fact, status in said.items()))


SUDDEN = course(sudden=Status.PRESENT, worse=Status.ABSENT)
WORSE = course(sudden=Status.ABSENT, worse=Status.PRESENT)
SUDDEN_AND_WORSE = course(sudden=Status.PRESENT, worse=Status.PRESENT)
STEADY = course(sudden=Status.ABSENT, worse=Status.ABSENT)


class Who(NamedTuple):
    """Somebody who says no to all but this."""

    answers: Mapping[str, Event] = {}
    age: int = 34
    opener: tuple[str, ...] = ()

    def but(self, **answers: Event) -> Who:
        return self._replace(answers={**self.answers, **answers})

    @property
    def person(self):
        told = (
            {"opener": Told(tuple(Said(fact, Status.PRESENT) for fact in self.opener))} if self.opener else {}
        )
        return person({**told, **self.answers}, self.age)


FOR_ANOTHER = Who({"who_for": YES})
OLDER = Who({}, 62)
OLDER_SUDDEN = Who({"course": SUDDEN}, 62)
RESTLESS = Who({M3: YES})
FEVERISH = Who({I1: UNSURE})


class Manners(NamedTuple):
    flags: str
    """confirm: a bare yes is read back. careful: a doubtful no is put again. check: there is a checking
    question. Of none of them: nothing."""
    left_open: str
    """The urgency when it is skipped and all else is denied."""
    who: Who = Who()
    """In whose interview it is asked."""


MANNERS = {
    "proxy_elsewhere": Manners("", "self_care", FOR_ANOTHER),
    "proxy_drowsy": Manners("careful", "emergency", FOR_ANOTHER),
    L1: Manners("careful", "same_day"),
    L2: Manners("careful", "same_day"),
    C1: Manners("confirm careful check", "same_day"),
    C2: Manners("confirm careful check", "same_day"),
    C3: Manners("confirm careful check", "same_day"),
    C4: Manners("confirm careful check", "same_day"),
    C5: Manners("confirm careful check", "same_day"),
    C6: Manners("careful check", "same_day"),
    T1: Manners("confirm careful", "soon"),
    I1: Manners("careful", "soon"),
    V1: Manners("careful", "routine"),
    C7: Manners("confirm careful", "self_care"),
    N1: Manners("careful", "routine"),
    M1: Manners("careful", "soon"),
    P1: Manners("careful", "routine"),
    F1: Manners("", "routine", OLDER),
    F2: Manners("", "routine", OLDER),
    A1: Manners("", "routine", OLDER_SUDDEN),
    M2: Manners("", "routine"),
    M3: Manners("", "routine"),
    I3: Manners("", "soon", RESTLESS),
    I4: Manners("", "soon", RESTLESS),
    B1: Manners("", "routine"),
    I2: Manners("", "soon", RESTLESS),
    N2: Manners("", "routine"),
    K1: Manners("", "soon", FEVERISH),
    U2: Manners("", "routine", OLDER_SUDDEN),
    Z1: Manners("", "routine"),
}
EVERY = pytest.mark.parametrize("fact", MANNERS)
READ_BACK_AT_THE_END = [C1, C2, C3, C4, C5]


HEALTHY = Who()


def at(interview: Interview, fact: str, who: Who = HEALTHY) -> State:
    """The state in which this fact is first asked."""
    answer = who.person
    state, _ = interview.step(State(), Begin())
    while state.asked is None or state.asked.fact != fact:
        assert state.asked is not None
        assert state.asked.kind is not Kind.OFFER, f"{fact} was not asked"
        state, _ = interview.step(state, answer(state))
    return state


def says(effects) -> list[str]:
    return [effect.prompt for effect in effects if isinstance(effect, Say)]


def asked_of(interview: Interview, who: Who) -> list[str]:
    """What is put, in order; each question once, and its follow-ups."""
    steps = [step.split(":") for step in interviewed(interview, who.person)[2]]
    return [fact for fact, phase in steps if phase in ("asking", "following_up")]


def test_the_table_holds_every_yes_or_no_question_that_is_put(protocol: Protocol) -> None:
    put = {q.id for q in protocol.questions if q.answer.value == "yes_no" and not q.volunteered}
    assert put - {S1, S2, S3, "menu_nerves", "menu_injury", "menu_fever"} == set(MANNERS)


@EVERY
def test_a_bare_yes_is_read_back_where_it_leads_far(interview: Interview, fact: str) -> None:
    state, _ = interview.step(at(interview, fact, MANNERS[fact].who), YES)
    assert (state.phase is Phase.READING_BACK) == ("confirm" in MANNERS[fact].flags)


@EVERY
def test_a_doubtful_no_is_put_again_where_a_yes_can_be_an_emergency(interview: Interview, fact: str) -> None:
    state, effects = interview.step(at(interview, fact, MANNERS[fact].who), DOUBTFUL_NO)
    careful = "careful" in MANNERS[fact].flags
    assert ("doubtful_no" in says(effects), state.phase is Phase.ASKING_AGAIN) == (careful, careful)


@EVERY
def test_who_does_not_know_is_asked_what_is_easier_to_tell(interview: Interview, fact: str) -> None:
    state, _ = interview.step(at(interview, fact, MANNERS[fact].who), UNSURE)
    assert (state.phase is Phase.CHECKING) == ("check" in MANNERS[fact].flags)


@EVERY
def test_silence_is_asked_again(interview: Interview, fact: str) -> None:
    state, effects = interview.step(at(interview, fact, MANNERS[fact].who), SILENT)
    assert (state.phase, state.asked.fact) == (Phase.ASKING_AGAIN, fact)
    assert says(effects) == [f"{fact}.second"]


@EVERY
def test_what_is_left_open_counts_for_what_it_is(interview: Interview, fact: str) -> None:
    manners = MANNERS[fact]
    _, effects, _ = interviewed(interview, manners.who.but(**{fact: SKIP}).person)
    assert concluded(effects).urgency.id == manners.left_open


@pytest.mark.parametrize(("fact", "urgency"), [("age", "soon"), ("course", "routine"), (Z, "self_care")])
def test_so_does_a_number_or_a_worry_that_is_not_told(interview: Interview, fact: str, urgency: str) -> None:
    asked_again, _ = interview.step(at(interview, fact), SILENT)
    assert asked_again.phase is Phase.ASKING_AGAIN
    _, effects, _ = interviewed(interview, Who({fact: SKIP}).person)
    assert concluded(effects).urgency.id == urgency


@pytest.mark.parametrize("fact", ["who_for", "opener"])
def test_what_only_helps_to_begin_is_asked_once_and_left_open_it_costs_nothing(
    interview: Interview, fact: str
) -> None:
    state, _ = interview.step(at(interview, fact), SILENT)
    assert (state.phase, state.asked.fact != fact) == (Phase.ASKING, True)
    _, effects, _ = interviewed(interview, Who({fact: SILENT}).person)
    assert concluded(effects).urgency is Urgency.SELF_CARE


@pytest.mark.parametrize("fact", ["menu_nerves", "menu_injury", "menu_fever"])
def test_so_is_each_line_of_the_short_menu_and_left_open_it_costs_nothing(
    weak_interview: Interview, fact: str
) -> None:
    state, _ = weak_interview.step(at(weak_interview, fact), SILENT)
    assert (state.phase, state.asked.fact != fact) == (Phase.ASKING, True)
    _, effects, _ = interviewed(weak_interview, Who({fact: SKIP}).person)
    assert concluded(effects).urgency is Urgency.SELF_CARE


def test_every_sign_that_was_denied_is_named_at_the_end(interview: Interview) -> None:
    state, _ = interview.step(at(interview, "denials"), YES)
    asked = [state.asked.fact]
    while state.asked.kind is not Kind.OFFER:
        state, _ = interview.step(state, NO)
        asked.append(state.asked.fact)
    assert asked[:-1] == READ_BACK_AT_THE_END


def test_that_somebody_else_is_elsewhere_is_acknowledged(interview: Interview) -> None:
    _, effects = interview.step(at(interview, "proxy_elsewhere", FOR_ANOTHER), YES)
    assert says(effects)[0] == "proxy_elsewhere.noted"


def test_after_words_of_suicide_silence_is_not_waited_for_twice(interview: Interview) -> None:
    begun, _ = interview.step(at(interview, "opener"), Endangered("suicidal"))
    for noes, fact in enumerate((S1, S2, S3)):
        state = begun
        for _ in range(noes):
            state, _ = interview.step(state, NO)
        assert state.asked.fact == fact
        state, effects = interview.step(state, SILENT)
        wanted = Urgency.SAME_DAY if fact == S3 else Urgency.EMERGENCY
        assert (state.phase, concluded(list(effects)).urgency) == (Phase.OFFERING, wanted)


def test_whether_to_go_on_is_asked_of_who_needs_to_be_seen_today_too(interview: Interview) -> None:
    state = at(interview, C1, Who({L1: UNSURE}, 30))
    for event in (Endangered("suicidal"), NO, NO):
        state, _ = interview.step(state, event)
    assert state.asked.fact == S3


FIRST = ["who_for", "opener", L1, L2, C1, C2, C3, C4, C5, C6, T1, I1, V1, "age", C7, N1]
JOURNEYS: dict[str, tuple[Who, list[str]]] = {
    # What cannot lead higher any more is not asked, whatever else speaks for it.
    "seen today, with every reason to ask more": (
        Who({V1: UNSURE, "course": SUDDEN_AND_WORSE}, 62),
        [*FIRST, "course", Z],
    ),
    "seen today, for another reason": (
        Who({L1: UNSURE}, 30),
        ["who_for", "opener", L1, "age", V1, L2, C1, C2, C3, C4, C5, C6, T1, I1, C7, N1, "course", P1, Z],
    ),
    "a man of sixty who is getting worse": (
        Who({"course": WORSE}, 62),
        [*FIRST, "course", M1, F1, F2, M2, I3, I4, B1, I2, Z1, Z],
    ),
    "a young woman who is getting worse": (
        Who({"course": WORSE}),
        [*FIRST, "course", M1, P1, M2, I3, I4, B1, I2, Z1, Z],
    ),
    "a young woman who said that it hurts low down": (
        Who({"course": WORSE}, opener=(f"{B1}.placed_low",)),
        [*FIRST, "course", M1, P1, M2, I3, I4, I2, Z1, Z],
    ),
    "somebody of that age who said that they cannot be pregnant": (
        Who({"course": WORSE}, opener=(f"{P1}.cannot",)),
        [*FIRST, "course", M1, M2, I3, I4, B1, I2, Z1, Z],
    ),
    "it came suddenly, at sixty": (
        OLDER_SUDDEN,
        [*FIRST, "course", M1, F1, F2, A1, M2, M3, B1, N2, U2, Z1, Z],
    ),
    "it stays as it is": (
        Who({"course": STEADY}),
        [*FIRST, "course", M1, P1, M2, M3, B1, N2, U2, Z1, Z],
    ),
    "no age": (
        Who({"age": SKIP}),
        [*FIRST, "course", M1, P1, F1, F2, M2, M3, Z1, Z],
    ),
    "fourteen": (
        Who({}, 14),
        [*[fact for fact in FIRST if fact != C7], "course", M1, P1, M2, M3, Z1, Z],
    ),
}


@pytest.mark.parametrize("name", JOURNEYS)
def test_what_is_asked_is_what_could_still_matter(interview: Interview, name: str) -> None:
    who, wanted = JOURNEYS[name]
    assert [fact for fact in asked_of(interview, who) if "." not in fact] == wanted


GATES: list[tuple[str, Who, bool]] = [
    (A1, OLDER_SUDDEN, True),
    (A1, OLDER, False),
    (A1, OLDER.but(**{F1: YES}), True),
    (A1, OLDER.but(**{F1: UNSURE}), True),
    (A1, Who({"course": SUDDEN}), True),
    (F1, Who({"course": SUDDEN}), True),
    (F1, Who({"course": SKIP, "course.sudden": SKIP}), True),
    (F1, Who({"age": SKIP}), True),
    (F1, Who(), False),
    (F1, OLDER, True),
    (F2, Who({"course": SUDDEN}), True),
    (F2, Who(), False),
    (F2, OLDER, True),
    *((fact, Who(), False) for fact in (I2, I3, I4)),
    *((fact, Who({M3: YES}), True) for fact in (I2, I3, I4)),
    *((fact, Who({"course": WORSE}), True) for fact in (I2, I3, I4)),
    *((fact, Who({I1: SKIP}), True) for fact in (I3,)),
    *((fact, Who({M3: SKIP}), True) for fact in (I4,)),
    *((fact, Who({M2: doubt}), True) for fact in (I3, I4) for doubt in (YES, SKIP)),
    *((fact, Who({"course": SKIP, "course.worse": SKIP}), True) for fact in (I3, I4)),
    (
        N2,
        Who({C5: YES, f"{C5}.new": Answered(Status.ABSENT, also=(Said(f"{C5}.old", Status.PRESENT),))}),
        False,
    ),
    (N2, Who({C5: NO}), True),
    (N2, Who({C5: SKIP, C7: YES, f"{C7}.new": NO}), True),
    (K1, Who(), False),
    (K1, Who({I1: UNSURE}), True),
    (K1, Who({V1: UNSURE}), True),
    (U2, Who(), False),
    (U2, Who({"course": STEADY}), True),
    (C7, Who({}, 15), False),
    (C7, Who({}, 16), True),
    (C7, Who({"age": SKIP}), True),
    (P1, Who({}, 11), False),
    (P1, Who({}, 12), True),
    (P1, Who({}, 55), True),
    (P1, Who({}, 56), False),
    (P1, Who({"age": SKIP}), True),
    ("proxy_drowsy", Who(), False),
    ("proxy_drowsy", FOR_ANOTHER, True),
    ("proxy_elsewhere", Who(), False),
    ("proxy_elsewhere", FOR_ANOTHER, True),
    *((fact, Who(), False) for fact in (S1, S2, S3)),
]


@pytest.mark.parametrize(("fact", "who", "wanted"), GATES)
def test_a_question_is_put_only_if_it_matters(
    interview: Interview, fact: str, who: Who, wanted: bool
) -> None:
    assert (fact in asked_of(interview, who)) == wanted


WEAK_LEG = {C6: YES, f"{C6}.new": YES}
CHASES: list[tuple[str, Who, list[str]]] = [
    *((fact, Who({fact: doubt}), ["age", V1]) for fact in (L1, L2) for doubt in (UNSURE, SKIP)),
    *((fact, Who({fact: doubt}), [N2]) for fact in (C1, C2, C3, C4) for doubt in (UNSURE, SKIP)),
    (C6, Who(WEAK_LEG), [T1, F1, A1, M1]),
    (C6, Who({C6: UNSURE}), [T1, F1, A1, M1]),
    (I1, Who({I1: YES}), [I3, I4, I2]),
    (I1, Who({I1: UNSURE}), [I3, I4, I2]),
    (V1, Who({V1: YES}), ["age", P1]),
    (V1, Who({V1: UNSURE}), ["age", P1]),
    (M1, Who(opener=(M1,)), [N1, B1]),
    (M1, Who({f"{M1}:readback": NO, M1: UNSURE}, opener=(M1,)), [N1, B1]),
    (N1, Who({f"{N1}.new": YES}, opener=(N1,)), [M1, I1, F1, A1]),
    (N1, Who({f"{N1}.new": NO, N1: UNSURE}, opener=(N1,)), [M1, I1, F1, A1]),
]


def next_after(interview: Interview, who: Who, fact: str, count: int) -> list[str]:
    steps = [step.split(":")[0].split(".")[0] for step in interviewed(interview, who.person)[2]]
    questions = [each for each, before in zip(steps, ["", *steps], strict=False) if each != before]
    place = questions.index(fact) + 1
    return questions[place : place + count]


@pytest.mark.parametrize(("fact", "who", "wanted"), CHASES)
def test_an_answer_pulls_forward_what_it_makes_urgent(
    interview: Interview, fact: str, who: Who, wanted: list[str]
) -> None:
    assert next_after(interview, who, fact, len(wanted)) == wanted


@pytest.mark.parametrize("answer", [YES, UNSURE])
@pytest.mark.parametrize(
    ("menu", "wanted"), [("menu_nerves", [C1, C2, C3, C4]), ("menu_injury", [T1]), ("menu_fever", [I1])]
)
def test_so_does_each_line_of_the_short_menu(
    weak_interview: Interview, menu: str, answer: Event, wanted: list[str]
) -> None:
    asked = [each for each in asked_of(weak_interview, Who({menu: answer})) if not each.startswith("menu_")]
    assert asked[1 : len(wanted) + 1] == wanted


LATE = Answered(Status.PRESENT, also=(Said(f"{P1}.later", Status.PRESENT),))
"""Twelve weeks or more, said with the yes."""
FOLLOW_UPS: list[tuple[str, Who, list[str]]] = [
    *((fact, Who({fact: YES}), [f"{fact}.new"]) for fact in (C1, C2, C3, C4, C5, C7, T1)),
    *((fact, Who({fact: UNSURE}), []) for fact in (C1, C2, C3, C4, C5, C6, C7, T1, N1, N2, Z1, M2)),
    (N1, Who({N1: YES}), [f"{N1}.new"]),
    (C6, Who({C6: YES, f"{C6}.new": YES}), [f"{C6}.new", f"{C6}.worse", f"{C6}.cannot_stand"]),
    (I1, Who({I1: YES}), [f"{I1}.very_ill"]),
    (I1, Who({I1: UNSURE}), [f"{I1}.very_ill"]),
    (I1, Who({I1: SKIP}), []),
    (V1, Who({V1: YES}), [f"{V1}.sudden", f"{V1}.severe", f"{V1}.tearing"]),
    (
        V1,
        Who({V1: YES, f"{V1}.severe": YES}),
        [f"{V1}.sudden", f"{V1}.severe", f"{V1}.tearing", f"{V1}.vomiting"],
    ),
    (V1, Who({I1: YES}), []),
    (V1, Who({V1: UNSURE}), [f"{V1}.severe", f"{V1}.tearing"]),
    (V1, Who({V1: UNSURE, f"{V1}.severe": YES}), [f"{V1}.severe", f"{V1}.tearing", f"{V1}.vomiting"]),
    (V1, Who({I1: YES, V1: YES}), [f"{V1}.sudden", f"{V1}.severe", f"{V1}.tearing", f"{V1}.vomiting"]),
    ("course", Who({"course": course()}), ["course.sudden", "course.worse"]),
    ("course", Who({"course": course(20)}), ["course.sudden", "course.worse"]),
    ("course", Who({"course": SKIP}), ["course.sudden", "course.worse"]),
    (P1, Who({P1: YES}), [f"{P1}.early", f"{P1}.bleeding", f"{P1}.labour"]),
    (P1, Who({P1: YES, f"{P1}.early": YES}), [f"{P1}.early", f"{P1}.bleeding"]),
    (P1, Who({P1: YES, f"{P1}.bleeding": YES}), [f"{P1}.early", f"{P1}.bleeding", f"{P1}.heavy"]),
    (P1, Who({P1: UNSURE}), [f"{P1}.early", f"{P1}.bleeding"]),
    (P1, Who({P1: UNSURE, f"{P1}.early": UNSURE}), [f"{P1}.early", f"{P1}.bleeding"]),
    (P1, Who({P1: YES, f"{P1}.early": UNSURE}), [f"{P1}.early", f"{P1}.bleeding", f"{P1}.labour"]),
    (P1, Who({P1: LATE}), [f"{P1}.bleeding", f"{P1}.labour"]),
    (I2, Who({M3: YES, I2: YES}), []),
    (I2, Who({I1: YES, I2: YES}), [f"{I2}.procedure"]),
    (N2, Who({N2: YES}), [f"{N2}.numb"]),
    (M2, Who({M2: YES}), [f"{M2}.weight"]),
    *((M2, Who({M2: YES, f"{M2}.weight": w}), [f"{M2}.weight", f"{M2}.tired"]) for w in (YES, UNSURE)),
    (Z1, Who({Z1: YES}), [f"{Z1}.twice"]),
]


@pytest.mark.parametrize(("fact", "who", "wanted"), FOLLOW_UPS)
def test_what_is_asked_further_about_what_is_there(
    interview: Interview, fact: str, who: Who, wanted: list[str]
) -> None:
    assert [each for each in asked_of(interview, who) if each.startswith(f"{fact}.")] == wanted


@pytest.mark.parametrize("fact", [C1, C2, C3, C4, C5, C6, C7, T1, N1])
def test_whether_it_is_new_is_asked_as_a_time(interview: Interview, fact: str) -> None:
    assert at(interview, f"{fact}.new", Who({fact: YES})).asked.kind is Kind.ONSET


def test_a_woman_with_a_sudden_pain_has_twenty_four_questions_and_one_left_out(
    interview: Interview, protocol: Protocol
) -> None:
    who = Who({"course": SUDDEN})
    counted = [fact for fact in asked_of(interview, who) if fact in protocol.counted]
    advice = concluded(interviewed(interview, who.person)[1])
    assert (len(counted), U2 in counted) == (24, False)
    assert (advice.urgency, advice.rules) == (Urgency.SOON, ("LIM",))


CANNOT_STAND: list[tuple[str, Who, str]] = [
    ("a weak leg", Who({**WEAK_LEG, f"{C6}.worse": YES, f"{C6}.cannot_stand": SKIP}), "weak_leg_call"),
    ("both legs", Who({C5: YES, f"{C5}.new": YES}, opener=(f"{C5}.cannot_stand",)), "cauda_equina_call"),
    ("a fall", Who({C1: YES, f"{C1}.new": YES}, opener=(f"{F1}.cannot_stand",)), "cauda_equina_call"),
    ("too ill to get up", Who({I1: YES, f"{I1}.very_ill": YES}), "very_ill"),
]


@pytest.mark.parametrize(
    ("who", "text"), [row[1:] for row in CANNOT_STAND], ids=[row[0] for row in CANNOT_STAND]
)
def test_who_cannot_stand_is_told_to_call_and_not_to_go(interview: Interview, who: Who, text: str) -> None:
    advice = concluded(interviewed(interview, who.person)[1])
    assert (advice.urgency, advice.mode, advice.advice) == (Urgency.EMERGENCY, Mode.CALL, text)
