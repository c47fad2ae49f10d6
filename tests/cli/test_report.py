"""--report and `voice-triage report`: where the report goes, who can read it, and what happens when it cannot."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

NUMB = ["me", "my back hurts", "no", "no", "i can't feel it when i wipe", "yes", "no"]
ENDINGS = [".fhir.json", ".html", ".pdf", ".txt"]


def run(*arguments: str | Path, lines: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", *arguments],
        input="".join(f"{line}\n" for line in lines or []),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def body(folder: Path) -> str:
    """The text of the report without the moment it was made, in one line."""
    (text,) = (path.read_text() for path in folder.glob("*.txt"))
    return " ".join("\n".join(text.splitlines()[2:]).split())


def endings(folder: Path) -> list[str]:
    return sorted("".join(path.suffixes) for path in folder.iterdir())


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the journal of an interview, and the folder of its report."""
    home = tmp_path_factory.mktemp("interview")
    done = run(
        "type", "--region", "uk", "--save", home / "kept.jsonl", "--report", home / "reports", "--json",
        lines=[*NUMB[:-1], "summary", "no"],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (home / "screen").write_text(done.stdout)
    (home / "notes").write_text(done.stderr)
    return home


def test_a_report_is_written_for_its_owner_alone_and_the_screen_says_where(interview: Path) -> None:
    folder = interview / "reports"
    assert endings(folder) == ENDINGS
    for path in (folder, *folder.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, f"others on this machine can read {path}"
        assert str(path) in (interview / "notes").read_text()
    assert json.loads((interview / "screen").read_text().splitlines()[-1])["urgency"] == "emergency"
    assert "“i can't feel it when i wipe”" in body(folder)


def test_the_report_of_a_journal_is_that_of_the_interview_and_writes_over_nothing(
    interview: Path, tmp_path: Path
) -> None:
    journal = interview / "kept.jsonl"
    started = datetime.fromisoformat(json.loads(journal.read_text().splitlines()[0])["started"])
    mine = tmp_path / f"back-pain-{started:%Y%m%d-%H%M%S}.txt"
    mine.write_text("mine\n")
    done = run("report", journal, "--to", tmp_path)
    assert done.returncode == 0, done.stderr
    assert mine.read_text() == "mine\n"
    mine.unlink()
    assert endings(tmp_path) == ENDINGS
    assert body(tmp_path) == body(interview / "reports")


def test_a_report_of_an_interview_that_was_left_says_so(tmp_path: Path) -> None:
    done = run("type", "--region", "uk", "--report", tmp_path, lines=["me", "my back hurts", "no"])
    assert done.returncode == 0
    assert "THE QUESTIONS ENDED EARLY" in body(tmp_path)


def test_a_journal_that_breaks_off_is_reported_as_ended_early(interview: Path, tmp_path: Path) -> None:
    journal = tmp_path / "kept.jsonl"
    journal.write_text("".join((interview / "kept.jsonl").read_text().splitlines(keepends=True)[:4]))
    assert run("report", journal, "--to", tmp_path / "reports").returncode == 0
    assert "THE QUESTIONS ENDED EARLY" in body(tmp_path / "reports")


def test_a_journal_that_was_tampered_with_gives_no_report(interview: Path, tmp_path: Path) -> None:
    journal = tmp_path / "kept.jsonl"
    journal.write_text((interview / "kept.jsonl").read_text().replace('"emergency"', '"self_care"'))
    done = run("report", journal, "--to", tmp_path / "reports")
    assert done.returncode == 2
    assert "conclusion was" in done.stderr
    assert list((tmp_path / "reports").iterdir()) == []


@pytest.mark.parametrize("place", ["taken.txt", "nowhere/reports"])
def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_asked(
    tmp_path: Path, place: str
) -> None:
    (tmp_path / "taken.txt").write_text("mine\n")
    done = run("type", "--report", tmp_path / place, lines=NUMB)
    assert done.returncode == 2
    assert str(tmp_path / place) in done.stderr
    assert done.stdout == ""
    assert (tmp_path / "taken.txt").read_text() == "mine\n"


def test_without_its_libraries_the_cure_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    without = "import sys; sys.modules['segno'] = None; from voice_triage.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", without, "type", "--report", tmp_path / "reports"],
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'voice-triage[report]'" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "reports").exists()


def test_what_is_no_journal_is_refused_by_name(tmp_path: Path) -> None:
    journal = tmp_path / "other.jsonl"
    journal.write_text("{}\n")
    done = run("report", journal, "--to", tmp_path / "reports")
    assert done.returncode == 2
    assert f"{journal}:1" in done.stderr
