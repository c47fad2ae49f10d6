"""What the states of a finding mean, and that a rule never lowers what another one raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.protocol.conditions import STATES, all_of, any_of, fact_is
from voice_triage.protocol.findings import Facts
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Urgency

FACTS = Facts(("leak", "leak.new", "leak.old", "fever"))
PROTOCOL = build_protocol(read_files(find_intents()))
TRIAGE = Triage(PROTOCOL)


def known(**facts: Status) -> int:
    findings = FACTS.nothing
    for name, status in facts.items():
        findings = FACTS.record(findings, name.replace("_", "."), status)
    return findings


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.NOT_ASKED, {"unheard", "undenied"}),
        (Status.ABSENT, {"absent", "not_present", "unheard"}),
        (Status.UNANSWERED, {"unanswered", "unknown", "possible", "not_present", "unheard", "undenied"}),
        (
            Status.UNSURE,
            {"unsure", "unknown", "possible", "concerning", "not_present", "unheard", "undenied"},
        ),
        (Status.PRESENT, {"present", "possible", "concerning", "undenied"}),
    ],
)
def test_each_status_is_in_the_states_that_its_name_says(status: Status, states: set[str]) -> None:
    plain = {state for state, tests in STATES.items() if len(tests) == 1}
    assert {state for state in plain if fact_is(FACTS, "fever", state).holds(known(fever=status))} == states


def test_a_sign_is_new_unless_the_person_says_it_is_not() -> None:
    for when in (Status.NOT_ASKED, Status.UNANSWERED, Status.UNSURE, Status.PRESENT):
        assert fact_is(FACTS, "leak", "new").holds(known(leak=Status.PRESENT, leak_new=when))
    assert not fact_is(FACTS, "leak", "new").holds(known(leak=Status.PRESENT, leak_new=Status.ABSENT))


def test_a_sign_is_old_only_when_that_was_said() -> None:
    not_new = {"leak": Status.PRESENT, "leak_new": Status.ABSENT}
    assert fact_is(FACTS, "leak", "mid").holds(known(**not_new))
    assert fact_is(FACTS, "leak", "recent").holds(known(**not_new))
    assert fact_is(FACTS, "leak", "old").holds(known(**not_new, leak_old=Status.PRESENT))
    assert not fact_is(FACTS, "leak", "recent").holds(known(**not_new, leak_old=Status.PRESENT))


def test_what_was_not_asked_decides_nothing_but_could_still_come() -> None:
    both = all_of(fact_is(FACTS, "leak", "present"), fact_is(FACTS, "fever", "present"))
    half = known(leak=Status.PRESENT)
    assert (both.holds(half), both.could_hold(half)) == (False, True)
    denied = known(leak=Status.PRESENT, fever=Status.ABSENT)
    assert both.could_hold(denied) is False
    assert any_of(fact_is(FACTS, "leak", "absent"), both).could_hold(denied) is False


STATUSES = st.sampled_from(list(Status))
WHOLE = st.fixed_dictionaries(dict.fromkeys(PROTOCOL.facts.names, STATUSES))


def recorded(facts: dict[str, Status]) -> int:
    findings = PROTOCOL.facts.nothing
    for name, status in facts.items():
        findings = PROTOCOL.facts.record(findings, name, status)
    return findings


@given(WHOLE)
def test_the_urgency_is_the_highest_of_all_rules_that_fire(facts: dict[str, Status]) -> None:
    findings = recorded(facts)
    fired = [rule.urgency for rule in PROTOCOL.rules if rule.when.holds(findings)]
    assert TRIAGE.disposition(findings).urgency is max(fired, default=Urgency.SELF_CARE)


@given(WHOLE)
def test_findings_survive_being_written_by_name(facts: dict[str, Status]) -> None:
    findings = recorded(facts)
    assert PROTOCOL.facts.from_names(PROTOCOL.facts.names_of(findings)) == findings


@given(WHOLE, st.sampled_from(PROTOCOL.questions))
def test_a_question_that_cannot_raise_the_urgency_never_does(facts: dict[str, Status], question) -> None:
    others = {name: s for name, s in facts.items() if name.partition(".")[0] != question.id}
    own = {
        name: Status.PRESENT if s is Status.PRESENT else Status.ABSENT
        for name, s in facts.items()
        if name not in others
    }
    before = recorded(others)
    if not TRIAGE.could_raise(before, question.id):
        after = TRIAGE.disposition(recorded(others | own)).urgency
        assert after <= TRIAGE.disposition(before).urgency
