"""`voice-triage evaluate answers`, as another program meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voice_triage.cli import main

KEYS = {
    "n", "correct", "missed", "false_absent", "false_present", "asked_again",
    "value_right", "value_wrong", "value_asked_again",
    "findings_found", "findings_asked", "findings_missed", "findings_invented", "findings_asked_in_vain",
    "findings_reversed",
    "interrupts_missed", "interrupts_asked", "interrupts_false", "interrupts_asked_in_vain", "by_label", "microseconds_per_answer", "rows", "skipped",
}  # fmt: skip
ROWS = (
    {"id": "a", "question": "C1", "text": "I can't feel when I wipe", "label": "present"},
    {"id": "b", "question": "D1", "text": "forty one", "kind": "age", "value": 41},
    {"id": "c", "question": "X9", "text": "no", "label": "absent"},
)


def write(path: Path, *rows: object) -> str:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return str(path)


def test_one_json_object_and_nothing_else_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write(tmp_path / "first.jsonl", ROWS[0], "", ROWS[1])
    second = write(tmp_path / "second.jsonl", ROWS[2])
    assert main(["evaluate", "answers", first, second, "--json"]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert set(result) == KEYS
    assert (result["n"], result["correct"]) == (2, 2)
    assert result["skipped"] == [{"id": "c", "what": "X9"}]
    assert "X9" in printed.err


def test_without_json_the_wrong_ones_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "rows.jsonl", {**ROWS[0], "label": "absent"}, ROWS[1])
    assert main(["evaluate", "answers", file]) == 0
    printed = capsys.readouterr().out
    assert "a: absent read as present  (I can't feel when I wipe)" in printed
    assert "b:" not in printed
    assert "correct: 1" in printed


def test_every_bad_line_is_named_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = write(tmp_path / "good.jsonl", ROWS[0]), tmp_path / "bad.jsonl"
    write(bad, ROWS[0], '{"id": "b",', {"id": "c", "text": "no", "label": "nope"}, {"label": "absent"}, "[]")
    assert main(["evaluate", "answers", good, str(bad), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    for expected in (
        f"{bad}:2: is not JSON",
        f"{bad}:3: label: 'nope' is no label",
        f"{bad}:4: id is missing",
        f"{bad}:4: text is missing",
        f"{bad}:5: ",
    ):
        assert expected in printed.err
    assert f"{good}:" not in printed.err


@pytest.mark.parametrize("content", [None, "", "\n\n", b"\xff\xfe"])
def test_a_file_without_rows_is_refused_by_name(
    tmp_path: Path, content: str | bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.jsonl"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        file.write_text(content)
    assert main(["evaluate", "answers", str(file), "--json"]) == 2
    assert str(file) in capsys.readouterr().err
