"""`voice-triage evaluate cases` and `voice-triage simulate`, as another program meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voice_triage.cli import main

KEYS = {
    "n", "exact", "safe", "emergency_sensitivity", "under_triage", "over_triage", "false_emergency",
    "wrong_mode", "worst_under_triage_tiers", "questions_to_emergency", "questions_total",
    "words_to_emergency", "cases",
}  # fmt: skip
CASE = {
    "id": "numb", "age": 41, "facts": {"saddle_numbness": "yes"}, "attributes": {}, "note": "not read",
    "gold_tier": "emergency", "acceptable_tiers": ["emergency"], "gold_mode": "go",
    "opener": "My bum has gone numb.", "answers": {"L1": "No.", "L2": "No.", "C1": "Yes."},
    "when": "Since yesterday.", "readback_yes": "Yes.", "readback_no": "No.",
}  # fmt: skip


@pytest.fixture
def cases(tmp_path: Path) -> str:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(CASE) + "\n")
    return str(file)


def test_one_json_object_and_nothing_else_is_printed(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "cases", cases, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == KEYS
    assert (result["n"], result["exact"], result["emergency_sensitivity"]) == (1, 1, 1.0)
    (told,) = result["cases"]
    assert {"id", "gold", "acceptable", "got", "mode", "rules", "questions", "asked"} <= set(told)
    assert (told["got"], told["mode"], told["rules"]) == ("emergency", "go", ["R10"])


def test_the_whole_interview_can_be_read(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "cases", cases, "--transcripts"]) == 0
    printed = capsys.readouterr().out
    assert "patient:   My bum has gone numb." in printed
    assert "numb: emergency go (R10) after" in printed


def test_a_bad_case_is_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{json.dumps(CASE)}\n{json.dumps({**CASE, 'gold_tier': 'urgent'})}\n")
    assert main(["evaluate", "cases", str(file), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{file}:2: gold_tier" in printed.err


def test_simulated_people_are_told_of_as_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "300", "--seed", "9", "--json"]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert result["n"] == 300
    assert result["dead_ends"] == []
    assert {"seconds", "interviews_per_second", "urgencies", "questions", "rules", "slowest"} <= set(result)
    assert "300/300" in printed.err, "there is no progress bar"


def test_nobody_cannot_be_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", "0"])
    assert ended.value.code == 2
    assert "no number from 1 on" in capsys.readouterr().err
