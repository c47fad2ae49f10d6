"""Measuring ears: recorded answers through the real recognisers, and how they are counted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parent.parent.parent / "audio_fixtures"
MODEL = Path(__file__).parent.parent / "vosk_model"
VOSK = ("--recognizer", "vosk", "--model", str(MODEL))
POCKETSPHINX = ("--recognizer", "pocketsphinx")


def manifest(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def row(wav: str, question: str | None, **more: object) -> dict[str, object]:
    return {"id": wav, "path": str(FIXTURES / "conversations" / wav), "question": question, **more}


NO = row("lifted_a_box/both_legs.wav", "both_legs", label="absent")
YES = row("fever/readback_yes.wav", "C1", label="present")
NUMB = row("numb_down_below/opener.wav", "saddle_numbness", label="present")
AGE = row("lifted_a_box/age.wav", "age", transcript="thirty four")


def evaluate(path: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", "evaluate", "audio", str(path), *flags],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def measured(path: Path, *flags: str) -> dict[str, Any]:
    done = evaluate(path, "--json", *flags)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)  # one object, and nothing else
    return result


@pytest.mark.parametrize("ears", [VOSK, POCKETSPHINX], ids=["vosk", "pocketsphinx"])
def test_clear_answers_are_read_right_by_either_recogniser(tmp_path: Path, ears: tuple[str, ...]) -> None:
    result = measured(manifest(tmp_path, NO, YES, AGE), *ears)
    assert result["n"] == 3
    assert result["correct"] == 3, result["rows"]
    assert [each["reading"] for each in result["rows"]] == ["absent", "present", "age 34"]
    assert result["missed"] == result["false_absent"] == result["false_present"] == []
    assert 0 < result["rtf"] < 5
    assert 0 < result["after_endpoint_ms"]["median"] <= result["after_endpoint_ms"]["p95"]


def test_answers_read_as_their_contrary_are_named(tmp_path: Path) -> None:
    path = manifest(
        tmp_path, NO | {"label": "present"}, YES | {"label": "unsure"}, NUMB | {"label": "absent"}
    )
    result = measured(path, *VOSK)
    assert result["missed"] == result["false_absent"] == [NO["id"]]
    assert result["false_present"] == [YES["id"], NUMB["id"]]
    assert result["correct"] == 0


def test_labels_of_other_sets_are_understood(tmp_path: Path) -> None:
    result = measured(manifest(tmp_path, NO | {"label": "no"}, YES | {"label": "yes"}), *VOSK)
    assert result["correct"] == 2


def test_in_loud_noise_nothing_is_read_as_its_contrary(tmp_path: Path) -> None:
    noise = FIXTURES / "conversations" / "lifted_a_box"
    result = measured(manifest(tmp_path, NO, YES), *VOSK, "--noise", str(noise), "--snr", "-10")
    assert result["missed"] == result["false_absent"] == []
    assert result["n"] == 2


def test_the_same_noise_meets_the_same_answer_in_every_run(tmp_path: Path) -> None:
    noise = ("--noise", str(FIXTURES / "conversations" / "fever"), "--snr", "5")
    first, second = (measured(manifest(tmp_path, NO, YES), *VOSK, *noise) for _ in range(2))
    assert [each["heard"] for each in first["rows"]] == [each["heard"] for each in second["rows"]]


@pytest.mark.parametrize(
    "bad",
    [{"path": "missing.wav"}, {"question": "shoe_size"}, {"label": None}, {"id": None, "path": None}],
    ids=["no file", "no question", "no label", "no path"],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, bad: dict[str, object]) -> None:
    done = evaluate(manifest(tmp_path, NO | bad), "--json", *VOSK)
    assert done.returncode == 2
    assert any(name in done.stderr for name in ("manifest.jsonl:1", "missing.wav", "shoe_size"))
    assert done.stdout == ""


def test_a_wav_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "song.wav").write_bytes(b"ID3 this is no WAV file")
    done = evaluate(manifest(tmp_path, NO | {"path": "song.wav"}), *VOSK)
    assert done.returncode == 2
    assert "song.wav" in done.stderr


def test_noise_and_its_level_belong_together(tmp_path: Path) -> None:
    assert evaluate(manifest(tmp_path, NO), "--snr", "5").returncode == 2
    assert evaluate(manifest(tmp_path, NO), "--noise", str(tmp_path), "--snr", "5").returncode == 2


def test_for_people_the_result_is_in_lines(tmp_path: Path) -> None:
    done = evaluate(manifest(tmp_path, NO | {"label": "present"}), *VOSK)
    assert f"{NO['id']}: present read as absent" in done.stdout
    assert "missed: " in done.stdout
