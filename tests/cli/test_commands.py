"""Commands about the program itself: usage, devices, doctor, the check of the content."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from few_phrases import with_few_phrases
from sound_card import SoundCard, without_devices

from voice_triage.cli import main

MODEL = Path(__file__).parent.parent / "vosk_model"


def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | dict(env or {}),
    )


@pytest.mark.parametrize(
    "arguments",
    [["sing"], ["talk", "--rate", "1000"], ["talk", "--save-audio"], ["type", "--region", "atlantis"], ["replay"],
     ["demo", "nobody"], ["evaluate", "audio", "nothing.jsonl"], ["--recognizer", "ears"]],
)  # fmt: skip
def test_wrong_usage_has_its_exit_code_and_no_traceback(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_command_the_flags_are_those_of_the_spoken_interview(tmp_path: Path) -> None:
    done = run("--plain", "--region", "uk", env=without_devices(tmp_path))
    assert done.returncode == 5
    assert "voice-triage type" in done.stderr, "it is not told how to go on without sound"


@pytest.mark.parametrize(("flag", "there"), [("--microphone", "va_mic"), ("--speaker", "va_speaker")])
def test_an_unknown_device_is_named_with_those_that_are_there(
    sound_card: SoundCard, flag: str, there: str
) -> None:
    done = run("talk", "--plain", "--model", MODEL, flag, "the golden one")
    assert done.returncode == 5
    assert "the golden one" in done.stderr
    assert there in done.stderr


def test_devices_lists_microphones_and_speakers(sound_card: SoundCard) -> None:
    done = run("devices")
    assert done.returncode == 0
    microphones, speakers = done.stdout.split("Speakers:")
    assert "va_mic" in microphones
    assert "va_speaker" in speakers


def test_devices_says_where_there_is_none(tmp_path: Path) -> None:
    done = run("devices", env=without_devices(tmp_path))
    assert done.returncode == 5
    assert "none" in done.stdout


def test_the_doctor_finds_a_healthy_machine_healthy() -> None:
    card = SoundCard()  # one that no other test has used
    try:
        done = run("doctor", "--model", MODEL, env=os.environ | card.env)
    finally:
        card.stop()
    assert done.returncode == 0, done.stdout
    for name in ("content", "microphone", "speaker", "voice", "model", "ears"):
        assert f"ok   {name}:" in done.stdout


def test_the_doctor_names_each_ill_part_and_goes_on(tmp_path: Path) -> None:
    done = run("doctor", "--model", tmp_path, env=without_devices(tmp_path))
    assert done.returncode == 5
    for name in ("microphone", "speaker", "model"):
        assert f"FAIL {name}:" in done.stdout
    assert "ok   content:" in done.stdout
    assert "ok   voice:" in done.stdout


def test_the_doctor_hears_that_a_microphone_is_muted(sound_card: SoundCard) -> None:
    sound_card.control("set-source-mute", "mic", "1")
    try:
        done = run("doctor", "--model", MODEL)
    finally:
        sound_card.control("set-source-mute", "mic", "0")
    assert done.returncode == 5
    assert "muted" in done.stdout


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Content of which the check takes no time."""
    return with_few_phrases(tmp_path / "intents")


def test_the_content_that_comes_with_the_program_has_no_problems() -> None:
    done = run("protocol", "check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("no problems\n")


def test_every_line_that_is_said_is_listed_with_its_place_grade_words_and_seconds(small: Path) -> None:
    listed = run("protocol", "check", small).stdout.splitlines()
    greeting = re.compile(
        r".*/en/_prompts\.yaml:2: grade \d\.\d, (\d+) words, (\d+\.\d) s: In an emergency, .*"
    )
    words, seconds = next(found for line in listed if (found := greeting.fullmatch(line))).groups()
    assert float(seconds) == pytest.approx(int(words) / 150 * 60, abs=0.05)
    assert len(listed) > 300


def test_only_problems_are_told_when_asked_to_be_quiet(small: Path) -> None:
    done = run("protocol", "check", "--quiet", small)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_without_textstat_all_else_is_checked_and_it_is_told_how_to_get_grades(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    def none(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("voice_triage.content.reading_grade.version", none)
    assert main(["protocol", "check", str(small)]) == 0
    told = capsys.readouterr().out
    assert "reading grades were not checked: textstat is not installed: pip install" in told
    assert "grade unknown" in told
    (small / "en" / "saddle_numbness.yaml").unlink()
    assert main(["protocol", "check", "--quiet", str(small)]) == 4


def test_broken_content_is_told_by_file_and_line(small: Path) -> None:
    broken = small / "en" / "saddle_numbness.yaml"
    broken.write_text(broken.read_text() + "\nquestion: the same key twice\n")
    done = run("protocol", "check", small)
    assert done.returncode == 4
    assert f"{broken}:" in done.stdout
