"""The rules of intents/ against decision_table.yaml, a second and independent statement of the protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import MEASURED, Answer
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Mode, Urgency

PROTOCOL = build_protocol(read_files(find_intents()))
FACTS = PROTOCOL.facts
TRIAGE = Triage(PROTOCOL)
TABLE = YAML(typ="safe").load(Path(__file__).with_name("decision_table.yaml"))
ROWS: list[dict[str, Any]] = TABLE["rows"]
EVERY_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])

NUMBERS = {question.id: question.bands for question in PROTOCOL.questions if question.answer in MEASURED}
SIGNS = [q.id for q in PROTOCOL.questions if q.answer is Answer.YES_NO and q.code[0] not in "GS"]
WORSE_AND_WORSE = (Status.ABSENT, Status.UNANSWERED, Status.UNSURE, Status.PRESENT)
DOUBT = (Status.UNSURE, Status.UNANSWERED)
NEVER_AT_HOME = ("L1", "L2", "C1", "C2", "C3", "C4", "C5", "T1")
ONSETS = {
    "new": {"": "present", ".new": "present"},
    "mid": {"": "present", ".new": "absent"},
    "old": {"": "present", ".new": "absent", ".old": "present"},
}


def number(bands: tuple[int, ...], value: int | str) -> dict[str, str]:
    """A number of years or days as bands, or the doubt about it."""
    if isinstance(value, str):
        return dict.fromkeys(("", *(f".{band}" for band in bands)), value)
    return {"": "present"} | {f".{band}": "present" if value >= band else "absent" for band in bands}


def findings_of(row: dict[str, Any]) -> Findings:
    known = {}
    for fact, value in (TABLE["base"] | row["known"]).items():
        parts = number(NUMBERS[fact], value) if fact in NUMBERS else ONSETS.get(value, {"": value})
        known |= {fact + suffix: status for suffix, status in parts.items()}
    return FACTS.from_names(known)


def urgency_with(findings: Findings, fact: str, status: Status) -> Urgency:
    """The urgency if this fact were so; a sign that is there is then a new one."""
    findings = FACTS.record(findings, fact, status)
    if status is Status.PRESENT and f"{fact}.new" in FACTS:
        findings = FACTS.record(findings, f"{fact}.new", Status.PRESENT)
        findings = FACTS.record(findings, f"{fact}.old", Status.NOT_ASKED)
    return TRIAGE.disposition(findings).urgency


def test_there_are_rows_and_their_names_are_unique() -> None:
    assert len({row["name"] for row in ROWS}) == len(ROWS) >= 450


@EVERY_ROW
def test_the_rules_agree_with_the_table(row: dict[str, Any]) -> None:
    disposition = TRIAGE.disposition(findings_of(row))
    fired = [rule.id for rule in disposition.rules]
    assert (disposition.urgency.id, disposition.mode) == (row["tier"], row.get("mode")), (row["why"], fired)
    if "advice" in row:
        told = disposition.rules[0].advice
        if disposition.mode is Mode.CALL:
            told = PROTOCOL.call_texts.get(told, told)
        assert told == row["advice"], (row["why"], fired)


@EVERY_ROW
def test_a_more_worrying_finding_never_lowers_the_urgency(row: dict[str, Any]) -> None:
    findings = findings_of(row)
    for fact in SIGNS:
        before = Urgency.SELF_CARE
        for status in WORSE_AND_WORSE:
            after = urgency_with(findings, fact, status)
            assert after >= before, (fact, status)
            before = after
        if FACTS.status(findings, fact) is Status.PRESENT:
            assert before >= TRIAGE.disposition(findings).urgency, (fact, "new")


@EVERY_ROW
def test_doubt_about_the_worst_is_never_sent_home(row: dict[str, Any]) -> None:
    findings = findings_of(row)
    for code in NEVER_AT_HOME:
        for status in DOUBT:
            assert urgency_with(findings, PROTOCOL.question(code).id, status) >= Urgency.SOON, (code, status)
