"""The interview by typed answers, as another program or a screen reader meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SELF_CARE = {
    "who_for": "me",
    "opener": "my back hurts since i lifted a box",
    "age": "34",
    "anything_else": "no",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where journals were put is noted in a home of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def type_in(lines: list[str], *flags: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", "type", "--region", "uk", *flags],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=cwd,
    )


def conclusion(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]  # it is JSON of ours


def test_an_emergency_is_told_from_a_pipe() -> None:
    done = type_in(["me", "my back hurts", "no", "no", "yes", "yes", "yes", "no"], "--json")
    assert done.returncode == 0, done.stderr
    assert conclusion(done)["urgency"] == "emergency"
    assert "A&E" in done.stdout


def test_the_end_of_input_is_a_stop_with_its_warning() -> None:
    done = type_in(["me", "my back hurts", "no"], "--json")
    assert done.returncode == 0
    assert "If you're numb down below" in done.stdout
    assert conclusion(done)["urgency"] in ("same_day", "emergency")


def test_empty_lines_are_silence_and_never_reassure() -> None:
    done = type_in([""] * 60, "--json")
    assert done.returncode == 0
    assert conclusion(done)["urgency"] in ("same_day", "emergency")


def test_the_json_object_is_the_last_line_and_names_rules_and_findings() -> None:
    done = type_in(["me", "my back hurts", "yes"], "--json")
    told = conclusion(done)
    assert set(told) == {"urgency", "mode", "rules", "findings", "advice"}
    assert told["findings"]["chest_pain_or_breathless"] == "present"  # type: ignore[index]  # an object within
    assert told["rules"]


def test_lines_are_plain_for_screen_readers() -> None:
    done = type_in(["me"])
    assert "\x1b" not in done.stdout + done.stderr


def test_a_journal_is_kept_only_where_it_was_asked_for(tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    type_in(["me", "my back hurts", "yes"], cwd=tmp_path)
    assert set(tmp_path.iterdir()) == before


def test_a_kept_interview_is_replayed_to_the_same_end(tmp_path: Path) -> None:
    journal = tmp_path / "kept.jsonl"
    done = type_in(["me", "my back hurts", "no", "", "not sure", "no"], "--json", "--save", str(journal))
    again = subprocess.run(
        [sys.executable, "-m", "voice_triage", "replay", str(journal), "--json"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert conclusion(again) == conclusion(done)
    assert journal.stat().st_mode & 0o077 == 0, "others on this machine could read it"


def test_a_journal_that_was_tampered_with_is_found_out(tmp_path: Path) -> None:
    journal = tmp_path / "kept.jsonl"
    type_in(["me", "my back hurts", "yes"], "--save", str(journal))
    journal.write_text(journal.read_text().replace('"emergency"', '"self_care"'))
    again = subprocess.run(
        [sys.executable, "-m", "voice_triage", "replay", str(journal)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert again.returncode == 1
    assert "conclusion was" in again.stderr


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_text("mine\n")
    done = type_in(["me"], "--save", str(kept))
    assert done.returncode == 2
    assert str(kept) in done.stderr
    assert kept.read_text() == "mine\n"


@pytest.mark.parametrize("content", ["", "{}\n", "no json\n", '{"program": "0"}\n[]\n'])
def test_what_is_no_journal_is_refused_by_name(tmp_path: Path, content: str) -> None:
    journal = tmp_path / "other.jsonl"
    journal.write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "voice_triage", "replay", str(journal)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert str(journal) in done.stderr


def test_an_unknown_region_is_refused_with_those_known() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voice_triage", "type", "--region", "atlantis"],
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2
    assert "uk" in done.stderr


def test_ctrl_c_gives_the_warning_and_its_exit_code() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "voice_triage", "type", "--region", "uk"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline(), "it did not begin"
    time.sleep(0.3)  # until it waits for a line
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "If you're numb down below" in output
    assert "Traceback" not in errors
