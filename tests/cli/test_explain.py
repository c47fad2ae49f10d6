"""`voice-triage explain`: every step from the words to the reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voice_triage.cli import main


def explained(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["explain", "--json", *words]) == 0
    result = json.loads(capsys.readouterr().out)
    assert isinstance(result, dict)
    return result


def test_the_steps_the_phrase_and_the_reading_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "C2", "um", "i can go", "i just have to push"]) == 0
    printed = capsys.readouterr().out
    assert 'heard "um i can go i just have to push"' in printed
    assert 'cleaned to "i can go i just have to push"' in printed
    assert "bladder_retention_or_lost_urge.yaml:" in printed
    assert "read as    present" in printed


def test_the_line_that_is_named_holds_the_phrase(capsys: pytest.CaptureFixture[str]) -> None:
    result = explained(capsys, "C1", "my bottom has gone numb")
    phrase = result["phrases"][0]
    lines = Path(phrase["file"]).read_text(encoding="utf-8").splitlines()
    assert lines[phrase["line"] - 1].strip() == phrase["template"]
    assert phrase["words"] == "bottom gone numb"


def test_another_finding_and_a_repetition_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    result = explained(capsys, "C5", "no but my bottom is numb")
    assert result["also"] == {"saddle_numbness": "present"}
    assert explained(capsys, "C1", "not really")["asked_again"] is True


def test_who_speaks_for_somebody_else_may_tell_of_their_mother(capsys: pytest.CaptureFixture[str]) -> None:
    said = "my mother has a fever"
    assert explained(capsys, "I1", said)["read_as"] == ["none"]
    assert explained(capsys, "I1", said, "--for-other")["read_as"] == ["present"]


def test_an_unknown_question_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "X9", "no"]) == 2
    assert "C1" in capsys.readouterr().err
