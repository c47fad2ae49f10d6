"""What holds of the rules for every combination of findings there can be: solved, with none left out.

Only this is taken for granted of findings: a fact has one status, and a number agrees with itself (nobody is over
fifty and under sixteen). test_walk.py shows that no interview makes other ones.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from all_findings import AllFindings

from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import MEASURED, Answer, Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Urgency

ABSENT, UNANSWERED, UNSURE, PRESENT = Status.ABSENT, Status.UNANSWERED, Status.UNSURE, Status.PRESENT
TIERS = sorted(set(Urgency) - {Urgency.SELF_CARE})
CRITICAL = {  # section 5 of the protocol, "Emergency", and 12: what must be so
    "chest pain or breathless": {"chest_pain_or_breathless": "yes"},
    "a faint": {"collapse_or_faint": "yes"},
    "numb down below": {"saddle_numbness": "new"},
    "cannot pee": {"bladder_retention_or_lost_urge": "new"},
    "leaking": {"urinary_leak": "new"},
    "bowels": {"bowel_loss": "new"},
    "both legs": {"both_legs": "new"},
    "sexual function": {"sexual_change": "new"},
    "a bad injury": {"major_trauma": "new"},
    "tearing tummy pain": {"abdominal_or_flank_pain.tearing": "yes"},
    "a known aneurysm": {"known_aneurysm": "yes"},
    "sudden tummy pain at fifty": {
        "abdominal_or_flank_pain": "yes",
        "abdominal_or_flank_pain.sudden": "yes",
        "age.50": "yes",
    },
    "a leg weaker by the day": {"leg_or_foot_weakness": "yes", "leg_or_foot_weakness.worse": "yes"},
    "a weak leg after a fall": {"leg_or_foot_weakness": "new", "minor_fall": "yes"},
    "a weak leg and fever": {"leg_or_foot_weakness": "new", "fever_sweats": "yes"},
    "a weak leg and blood thinners": {"leg_or_foot_weakness": "new", "blood_thinner": "yes"},
    "past cancer and a weak leg": {"cancer_history": "yes", "leg_or_foot_weakness": "new"},
    "past cancer and unsteady": {"cancer_history": "yes", "unsteady_or_clumsy": "new"},
    "upper back and unsteady": {"upper_back_or_band": "yes", "unsteady_or_clumsy": "new"},
    "fever and unsteady": {"fever_sweats": "yes", "unsteady_or_clumsy": "new"},
    "fever and drugs by needle": {"fever_sweats": "yes", "injects_drugs": "yes"},
    "fever and weak immunity": {"fever_sweats": "yes", "weak_immune_or_diabetes": "yes"},
    "fever after an operation": {
        "fever_sweats": "yes",
        "recent_infection_or_procedure": "yes",
        "recent_infection_or_procedure.procedure": "yes",
    },
    "fever and very ill": {"fever_sweats": "yes", "fever_sweats.very_ill": "yes"},
    "fever at 75": {"fever_sweats": "yes", "age.75": "yes"},
    "early pregnancy and bleeding": {
        "pregnant_or_postpartum": "yes",
        "pregnant_or_postpartum.early": "yes",
        "pregnant_or_postpartum.later": "no",
        "pregnant_or_postpartum.bleeding": "yes",
    },
    "heavy bleeding in pregnancy": {"pregnant_or_postpartum": "yes", "pregnant_or_postpartum.heavy": "yes"},
    "blood thinners, sudden, unsteady": {
        "blood_thinner": "yes",
        "course.sudden": "yes",
        "unsteady_or_clumsy": "new",
    },
    "a drowsy person": {"proxy_drowsy": "yes"},
}


@pytest.fixture(scope="module")
def single(protocol: Protocol) -> AllFindings:
    space = AllFindings(protocol)
    space.only_real()
    return space


@pytest.fixture(scope="module")
def double(protocol: Protocol) -> AllFindings:
    """Two sets of findings, side by side."""
    space = AllFindings(protocol, sets=2)
    space.only_real(sets=2)
    return space


def told(protocol: Protocol, findings: Findings | None) -> str:
    if findings is None:
        return ""
    known = {f: s for f, s in protocol.facts.names_of(findings).items() if s != "absent"}
    return f"{Triage(protocol).disposition(findings)}: {known}"


@pytest.mark.parametrize("sign", CRITICAL)
def test_a_critical_sign_is_an_emergency_whatever_else_there_is(single: AllFindings, sign: str) -> None:
    literals = []
    for fact, how in CRITICAL[sign].items():
        literals.append(single.is_(fact, ABSENT if how == "no" else PRESENT))
        if how == "new":
            literals.append(-single.is_(f"{fact}.new", ABSENT))
    assert single.some(literals) is not None, "it cannot even be"
    found = single.some([*literals, -single.at_least_as_urgent(Urgency.EMERGENCY)])
    assert found is None, told(single.protocol, found)


def test_every_word_of_danger_but_those_of_suicide_is_an_emergency(single: AllFindings) -> None:
    for danger in single.protocol.interrupts:
        if danger not in single.protocol.danger_questions:
            literals = [single.is_(f"interrupt.{danger}", PRESENT)]
            found = single.some([*literals, -single.at_least_as_urgent(Urgency.EMERGENCY)])
            assert found is None, (danger, told(single.protocol, found))


def test_no_answer_and_no_doubt_counts_as_a_no(single: AllFindings) -> None:
    """Whatever else there is: one question left open is routine at least, three are soon."""
    counted = [q.id for q in single.protocol.questions if q.counts and q.answer is not Answer.FREE]
    counted = [name for name in counted if not single.protocol.question(name).volunteered]
    assert len(counted) > 25
    left_open = [single.one_of(fact, (UNSURE, UNANSWERED)) for fact in counted]
    one = single.some([single.any_of(left_open), -single.at_least_as_urgent(Urgency.ROUTINE)])
    assert one is None, told(single.protocol, one)
    three = single.some([single.at_least(3, left_open), -single.at_least_as_urgent(Urgency.SOON)])
    assert three is None, told(single.protocol, three)


def test_doubt_or_silence_about_the_worst_is_never_less_than_the_same_day(single: AllFindings) -> None:
    for code in ("L1", "L2", "C1", "C2", "C3", "C4", "C5", "C6"):
        literal = single.one_of(single.protocol.question(code).id, (UNSURE, UNANSWERED))
        found = single.some([literal, -single.at_least_as_urgent(Urgency.SAME_DAY)])
        assert found is None, (code, told(single.protocol, found))


LESS_IF_SO = {
    "course.improving",
    "abdominal_or_flank_pain.stone_before",
    "pregnant_or_postpartum.later",
    "pregnant_or_postpartum.cannot",
    "upper_back_or_band.placed_low",
    "major_trauma.over_a_day",
}
"""What is a relief if it is so: not of growing concern from no to yes."""


def test_more_concern_about_one_finding_never_lowers_the_urgency(
    double: AllFindings, protocol: Protocol
) -> None:
    """No < unanswered < unsure < yes and new, for every finding, whatever else there is, all else alike."""
    order = (ABSENT, UNANSWERED, UNSURE, PRESENT)
    for fact in _of_growing_concern(protocol):
        rest, new, old = _all_else(double, fact)
        for less, more in pairwise(order):
            literals = [*rest, double.is_(fact, less, 0), double.is_(fact, more, 1)]
            for which, status in enumerate((less, more)):
                if new:
                    there = status is PRESENT
                    literals.append(
                        (-1 if there else 1) * double.is_(new, ABSENT if there else Status.NOT_ASKED, which)
                    )
                if old:
                    literals.append(double.is_(old, Status.NOT_ASKED, which))
            _never_lower(double, literals, f"{fact}: {less.name} to {more.name}")


def test_a_finding_of_any_age_is_never_less_urgent_than_none(double: AllFindings, protocol: Protocol) -> None:
    """A yes that is new, of some weeks, or old and explained, against a no."""
    for fact in _of_growing_concern(protocol):
        rest, new, old = _all_else(double, fact)
        literals = [*rest, double.is_(fact, ABSENT, 0), double.is_(fact, PRESENT, 1)]
        literals += [double.is_(part, Status.NOT_ASKED, 0) for part in (new, old) if part]
        _never_lower(double, literals, fact)


def _of_growing_concern(protocol: Protocol) -> list[str]:
    """Findings and their parts; not ages, onsets, marks of the interview, nor what is a relief."""
    numbers = {q.id for q in protocol.questions if q.answer in MEASURED}
    marks = {protocol.ended_early, protocol.ended_silent, protocol.left_out, protocol.left_out_urgent}
    parts = ("new", "old")
    facts = [
        name
        for name in protocol.facts.names
        if name not in numbers | marks | LESS_IF_SO
        and name.rpartition(".")[2] not in parts
        and not name.rpartition(".")[2].isdigit()
    ]
    assert len(facts) > 70
    return facts


def _all_else(double: AllFindings, fact: str) -> tuple[list[int], str, str]:
    """That all else is the same; and the onset of this one, where it has any."""
    new, old = (f"{fact}.{part}" if f"{fact}.{part}" in double.facts else "" for part in ("new", "old"))
    return [double.same(name) for name in double.facts.names if name not in (fact, new, old)], new, old


def _never_lower(double: AllFindings, literals: list[int], what: str) -> None:
    for urgency in TIERS:
        before, after = (double.at_least_as_urgent(urgency, which) for which in (0, 1))
        found = double.some([*literals, before, -after])
        assert found is None, (what, told(double.protocol, found))


def test_an_older_person_is_never_less_urgent_for_it_but_a_child(
    double: AllFindings, protocol: Protocol
) -> None:
    """From 18 on, more years never lower the urgency, but that a pregnancy is not asked about any more."""
    bands = [f"age.{band}" for band in protocol.question("age").bands if band > 18]
    facts = [name for name in double.facts.names if name not in bands]
    literals = [double.same(name) for name in facts]
    literals += [double.is_("age.18", PRESENT, which) for which in (0, 1)]
    literals += [
        double.any_of([-double.is_(band, PRESENT, 0), double.is_(band, PRESENT, 1)]) for band in bands
    ]
    literals += [
        double.any_of([double.is_(band, ABSENT, w), double.is_(band, PRESENT, w)])
        for band in bands
        for w in (0, 1)
    ]
    for urgency in TIERS:
        before, after = (double.at_least_as_urgent(urgency, which) for which in (0, 1))
        found = double.some([*literals, before, -after])
        assert found is None, told(protocol, found)
