"""Commands about the program itself: usage, devices, doctor, the check of the content."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from sound_card import SoundCard, without_devices

from voice_triage.content.locating import find_intents

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


def test_the_doctor_finds_a_healthy_machine_healthy(sound_card: SoundCard) -> None:
    done = run("doctor", "--model", MODEL)
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


def test_the_content_that_comes_with_the_program_has_no_problems() -> None:
    done = run("protocol", "check")
    assert done.returncode == 0, done.stdout


def test_broken_content_is_told_by_file_and_line(tmp_path: Path) -> None:
    intents = tmp_path / "intents"
    shutil.copytree(find_intents(), intents)
    broken = intents / "en" / "saddle_numbness.yaml"
    broken.write_text(broken.read_text() + "\nquestion: the same key twice\n")
    done = run("protocol", "check", intents)
    assert done.returncode == 4
    assert f"{broken}:" in done.stdout
