"""Written patients of our own, interviewed as text: each must come out as urgent as the protocol says."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_triage.cli.case_files import read_cases
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.judging_cases import Interviewed, interview
from voice_triage.protocol.urgency import Mode

FOLDER = Path(__file__).resolve().parent.parent / "cases"
FILES = ("nerves", "others", "people", "doubts")
WAITING = {
    "C1-six-weeks-never-checked": "same_day",
    "C1-a-year-nobody-knows-why": "soon",
    "V1-colic-with-vomiting": "emergency",
}
"""What the cases of waiting.yaml come to as long as nothing is decided."""


Held = dict[str, dict[str, Interviewed]]


@pytest.fixture(scope="module")
def held(dialogue: Dialogue) -> Held:
    """Every file's interviews by case."""
    return {
        name: {
            case.id: interview(dialogue, case)
            for case in read_cases([FOLDER / f"{name}.yaml"], dialogue.protocol)
        }
        for name in (*FILES, "waiting")
    }


@pytest.mark.parametrize("name", FILES)
def test_every_case_comes_out_as_urgent_as_the_protocol_says(held: Held, name: str) -> None:
    wrong = {}
    for each in held[name].values():
        call = each.case.gold_mode is Mode.CALL and each.mode is not Mode.CALL
        if each.got not in each.case.acceptable or call:
            wrong[each.case.id] = (each.got, each.mode, each.conclusion.rules if each.conclusion else ())
    assert wrong == {}


def test_every_case_says_where_its_urgency_is_written(held: Held) -> None:
    cases = [each.case for file in held.values() for each in file.values()]
    assert [case.id for case in cases if not case.why.startswith("section")] == []


def test_the_questions_that_are_left_open_are_put(held: Held) -> None:
    asked = {name: each.asked for name, each in held["doubts"].items()}
    one = {name: code for name in asked if (code := name.partition("-")[0]).isupper()}
    assert len(one) == 58
    assert [name for name, code in one.items() if code != "C7" and code not in asked[name]] == []


def test_cases_that_wait_for_a_decision_still_wait(held: Held) -> None:
    """One that comes out right belongs into another file."""
    came = {name: each.got.id for name, each in held["waiting"].items() if each.got is not None}
    assert came == WAITING
