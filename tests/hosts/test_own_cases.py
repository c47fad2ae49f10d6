"""Written patients of our own, interviewed as text: each must come out as urgent as the protocol says."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_triage.cli.case_files import read_cases
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.judging_cases import interview
from voice_triage.hosts.patient_cases import PatientCase
from voice_triage.protocol.urgency import Mode

FOLDER = Path(__file__).resolve().parent.parent / "cases"
FILES = ("nerves", "others", "people", "doubts")
WAITING = {
    "C1-six-weeks-never-checked": "same_day",
    "C1-a-year-nobody-knows-why": "soon",
    "V1-colic-with-vomiting": "emergency",
    "M2-tired-in-words": "same_day",
    "H3-a-lump-on-it": "self_care",
    "C5-eases-off-sitting": "same_day",
    "C1-would-sooner-not-say": "self_care",
    "C2-not-this-question": "self_care",
}
"""What the cases of waiting.yaml come to as long as nothing is decided."""


def cases(dialogue: Dialogue, name: str) -> list[PatientCase]:
    return read_cases([FOLDER / f"{name}.yaml"], dialogue.protocol)


@pytest.mark.parametrize("name", FILES)
def test_every_case_comes_out_as_urgent_as_the_protocol_says(dialogue: Dialogue, name: str) -> None:
    wrong = {}
    for case in cases(dialogue, name):
        held = interview(dialogue, case)
        call = case.gold_mode is Mode.CALL and held.mode is not Mode.CALL
        if held.got not in case.acceptable or call:
            wrong[case.id] = (held.got, held.mode, held.conclusion.rules if held.conclusion else ())
    assert wrong == {}


def test_every_case_says_where_its_urgency_is_written(dialogue: Dialogue) -> None:
    for name in (*FILES, "waiting"):
        assert [case.id for case in cases(dialogue, name) if not case.why.startswith("section")] == []


def test_the_questions_that_are_left_open_are_put(dialogue: Dialogue) -> None:
    asked = {case.id: interview(dialogue, case).asked for case in cases(dialogue, "doubts")}
    one = {name: code for name in asked if (code := name.partition("-")[0]).isupper()}
    assert len(one) == 58
    assert [name for name, code in one.items() if code != "C7" and code not in asked[name]] == []


def test_cases_that_wait_for_a_decision_still_wait(dialogue: Dialogue) -> None:
    """One that comes out right belongs into another file."""
    held = {case.id: interview(dialogue, case).got for case in cases(dialogue, "waiting")}
    assert {name: got.id if got is not None else None for name, got in held.items()} == WAITING
