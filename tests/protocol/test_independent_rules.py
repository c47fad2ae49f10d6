"""The rules of intents/ against a second statement of them, on all findings: solved, not sampled.

independent_rules.yaml was written from the protocol alone. Where the two differ knowingly,
independent_differences.yaml says so and why; with these they must be the same everywhere.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest
from all_findings import AllFindings
from independent_rules import Table, TableReader

from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Mode, Urgency

TIERS = sorted(set(Urgency) - {Urgency.SELF_CARE}, reverse=True)


class Compared:
    """The rules and a table, side by side over all findings."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.triage = Triage(protocol)
        self.all = AllFindings(protocol)
        self.all.only_real()

    def urgency(self, table: Table, urgency: Urgency) -> tuple[int, int]:
        """That it is at least so urgent: by the rules, and by the table."""
        by_table = [rule.when.literal(self.all) for rule in table.rules if rule.urgency >= urgency]
        return self.all.at_least_as_urgent(urgency), self.all.any_of(by_table)

    def by_ambulance(self, table: Table) -> tuple[int, int]:
        """That an ambulance is called in an emergency: by the rules, and by the table."""
        calling = [rule for rule in table.rules if rule.mode is Mode.CALL]
        return self.all.by_ambulance(), self.all.any_of(
            [rule.when.literal(self.all) for rule in (*calling, *table.calls)]
        )

    def difference(self, table: Table) -> Findings | None:
        """Findings about which the two differ, if there are any."""
        for urgency in TIERS:
            one, two = self.urgency(table, urgency)
            for apart in ([one, -two], [-one, two]):
                if (found := self.all.some(apart)) is not None:
                    return found
        emergency = self.all.at_least_as_urgent(Urgency.EMERGENCY)
        one, two = self.by_ambulance(table)
        for apart in ([emergency, one, -two], [emergency, -one, two]):
            if (found := self.all.some(apart)) is not None:
                return found
        return None


@pytest.fixture(scope="module")
def compared(protocol: Protocol) -> Compared:
    return Compared(protocol)


@pytest.fixture(scope="module")
def reader(protocol: Protocol) -> TableReader:
    return TableReader(protocol)


@pytest.fixture(scope="module")
def table(reader: TableReader) -> Table:
    return reader.table()


def told(protocol: Protocol, findings: Findings) -> dict[str, str]:
    """What is known beside the "no"s, for a message."""
    return {fact: status for fact, status in protocol.facts.names_of(findings).items() if status != "absent"}


def test_the_rules_and_the_table_agree_on_all_findings(compared: Compared, table: Table) -> None:
    found = compared.difference(table)
    assert found is None, (
        compared.triage.disposition(found),
        table.disposition(found),
        told(compared.protocol, found),
    )


def test_the_table_is_a_whole_one(table: Table) -> None:
    assert len(table.rules) > 180
    assert {rule.urgency for rule in table.rules} == set(Urgency)


def test_every_difference_is_needed(compared: Compared, reader: TableReader) -> None:
    needless = [each for each in reader.differences() if compared.difference(reader.table(each)) is None]
    assert needless == []


@pytest.mark.parametrize("years", [14, 34, 72, None])
def test_the_rules_and_the_table_agree_on_every_two_answers(
    protocol: Protocol, table: Table, years: int | None
) -> None:
    """The same without a solver: each pair of findings in each status."""
    triage = Triage(protocol)
    healthy = protocol.facts.nothing
    for question in protocol.questions:
        healthy = protocol.facts.record(healthy, question.id, Status.ABSENT)
    for band in protocol.question("age").bands:
        known = Status.UNANSWERED if years is None else Status.PRESENT if years >= band else Status.ABSENT
        healthy = protocol.facts.record(healthy, f"age.{band}", known)
    doubts = (Status.UNANSWERED, Status.UNSURE, Status.PRESENT)
    pairs = [(question.id, status) for question in protocol.questions for status in doubts]
    for one, two in combinations(pairs, 2):
        if one[0] != two[0]:
            findings = protocol.facts.record(protocol.facts.record(healthy, *one), *two)
            by_rules = triage.disposition(findings)
            assert (by_rules.urgency, by_rules.mode) == table.disposition(findings), told(protocol, findings)


def test_the_rules_and_the_table_agree_on_every_onset_of_every_two_signs(
    protocol: Protocol, table: Table
) -> None:
    triage = Triage(protocol)
    new, old = Status.NOT_ASKED, Status.PRESENT
    onsets = {"new": (Status.PRESENT, new), "unknown": (Status.UNANSWERED, new), "mid": (Status.ABSENT, new)}
    onsets["old"] = (Status.ABSENT, old)
    signs = [name.removesuffix(".new") for name in protocol.facts.names if name.endswith(".new")]
    others = [q.id for q in protocol.questions if q.counts and not q.bands]
    for sign, other in product(signs, others):
        for (is_new, is_old), status in product(onsets.values(), Status):
            findings = protocol.facts.record(protocol.facts.nothing, other, status)
            findings = protocol.facts.record(findings, sign, Status.PRESENT)
            findings = protocol.facts.record(findings, f"{sign}.new", is_new)
            findings = protocol.facts.record(findings, f"{sign}.old", is_old)
            by_rules = triage.disposition(findings)
            assert (by_rules.urgency, by_rules.mode) == table.disposition(findings), told(protocol, findings)
