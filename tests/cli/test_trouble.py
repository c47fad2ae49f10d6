"""Pulling things out: each gives its clear message and exit code, and advice that was due is still given."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from sound_card import SoundCard, without_devices
from terminal import MODEL, Terminal

from voice_triage.content.locating import find_intents

VOSK = ("--recognizer", "vosk", "--model", MODEL)
TALK = ("talk", "--plain", "--region", "uk", "--rate", "300")


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


def nobody(folder: Path) -> dict[str, str]:
    """The environment of a user who has nothing: no model, no cache."""
    home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    return {**home, "VOICE_TRIAGE_MODEL": "", "VOSK_MODEL_PATH": ""}


def test_without_any_device_it_says_so_and_how_to_go_on(tmp_path: Path) -> None:
    done = run(*TALK, *VOSK, env=without_devices(tmp_path))
    assert done.returncode == 5
    assert "voice-triage type" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_microphone_that_is_not_there_is_named_with_those_that_are(sound_card: SoundCard) -> None:
    done = run(*TALK, *VOSK, "--microphone", "golden microphone")
    assert done.returncode == 5
    assert "golden microphone" in done.stderr
    assert "va_mic" in done.stderr


def test_a_speaker_that_is_not_there_is_named_with_those_that_are(sound_card: SoundCard) -> None:
    done = run(*TALK, *VOSK, "--speaker", "golden speaker")
    assert done.returncode == 5
    assert "golden speaker" in done.stderr
    assert "va_speaker" in done.stderr


def test_without_a_model_vosk_does_not_begin_and_the_cure_is_told(tmp_path: Path) -> None:
    done = run(*TALK, "--recognizer", "vosk", env=nobody(tmp_path))
    assert done.returncode == 5
    assert "model fetch" in done.stderr


def test_a_corrupt_model_folder_is_named(sound_card: SoundCard, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    (model / "am" / "final.mdl").write_bytes(b"not a model at all" * 100)
    done = run(*TALK, "--recognizer", "vosk", "--model", model)
    assert done.returncode == 5
    assert str(model) in done.stderr
    assert "Traceback" not in done.stderr


def test_broken_content_is_told_by_file_and_line(tmp_path: Path) -> None:
    intents = tmp_path / "intents"
    shutil.copytree(find_intents(), intents)
    broken = intents / "en" / "saddle_numbness.yaml"
    broken.write_text(broken.read_text() + "\nquestion: twice the same key\n")
    done = run(*TALK, *VOSK, "--intents", intents)
    assert done.returncode == 4
    assert f"{broken}:" in done.stderr
    checked = run("protocol", "check", intents)
    assert checked.returncode == 4
    assert f"{broken}:" in checked.stdout


def test_the_content_that_comes_with_the_program_has_no_problems() -> None:
    done = run("protocol", "check")
    assert done.returncode == 0, done.stdout


def test_wrong_usage_has_its_exit_code() -> None:
    assert run("talk", "--rate", "1000").returncode == 2
    assert run("sing").returncode == 2
    assert run("talk", "--save-audio").returncode == 2


def test_ctrl_c_in_the_middle_of_a_sentence_gives_the_warning_aloud(sound_card: SoundCard) -> None:
    with sound_card.recording() as recording:
        terminal = Terminal("talk", "--plain", "--region", "uk", *VOSK)
        terminal.wait_for("Is this for you")
        while recording.loud(0) is None:
            time.sleep(0.05)
        time.sleep(0.3)  # now the first sentence is half spoken
        terminal.interrupt()
        pressed = time.monotonic()
        assert terminal.end() == 130
        assert "numb down below" in terminal.shown
        assert "\x1b" not in terminal.shown, "--plain must not move the cursor"
        loud = recording.loud(pressed + 1.0)
    assert loud is not None, "the warning was not spoken"


def emergency_by_keys(terminal: Terminal) -> None:
    """Somebody who answers by keys comes to an emergency."""
    terminal.answer("someone else?", "n")
    terminal.answer("about someone else?", "n")
    terminal.answer("what's the trouble?", "k")
    terminal.answer("chest pain, or trouble breathing", "y")


def test_a_sound_server_that_dies_in_the_middle_of_the_advice_leaves_it_on_the_screen() -> None:
    card = SoundCard()
    try:
        terminal = Terminal(*TALK, *VOSK, "--device-patience", "1", env=card.env)
        emergency_by_keys(terminal)
        terminal.wait_for("If you faint or get worse, call 999 again.")
        time.sleep(1.0)
        card.unplug("server")
        assert terminal.end() == 3
        assert "stopped working" in terminal.shown
        assert "\a" in terminal.shown, "nobody was called to the screen"
    finally:
        card.stop()


def test_a_sound_server_that_dies_early_ends_in_advice_on_the_screen() -> None:
    card = SoundCard()
    try:
        terminal = Terminal(*TALK, *VOSK, "--device-patience", "1", env=card.env)
        terminal.wait_for("Is this for you")
        card.unplug("server")
        assert terminal.end() == 3
        assert "Please be seen today" in terminal.shown or "111" in terminal.shown
    finally:
        card.stop()


def without_espeak(folder: Path) -> dict[str, str]:
    """The environment of a machine without espeak-ng: neither its command nor its library can be loaded."""
    folder.mkdir()
    for name in ("libespeak-ng.so.1", "libespeak-ng.so", "libespeak.so.1", "libespeak.so"):
        (folder / name).write_text("no library")
    tools = folder / "bin"
    tools.mkdir()
    return {"PATH": str(tools), "LD_LIBRARY_PATH": str(folder)}


def test_without_espeak_the_emergency_advice_is_spoken_all_the_same(
    sound_card: SoundCard, tmp_path: Path
) -> None:
    environment = nobody(tmp_path) | without_espeak(tmp_path / "none") | sound_card.env
    with sound_card.recording() as recording:
        terminal = Terminal(*TALK, *VOSK, env=environment)
        emergency_by_keys(terminal)
        terminal.wait_for("call 999 again.")
        since = time.monotonic()
        terminal.answer("repeat that?", "n", timeout=90)
        code = terminal.end()
        samples = recording.samples
        assert recording.loud(since) is not None, "the emergency advice was not heard"
    assert code == 0
    assert "espeak-ng" in terminal.shown or "cannot speak" in terminal.shown
    assert np.abs(samples).max() > 3000


@pytest.mark.parametrize("command", ["demo", "type"])
def test_no_network_socket_is_ever_opened(tmp_path: Path, command: str) -> None:
    trace = tmp_path / "trace"
    arguments = (
        ["demo", "--no-play", "--out", str(tmp_path), "numb_down_below"] if command == "demo" else ["type"]
    )
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", trace, sys.executable, "-m", "voice_triage", *arguments],
        input="me\nmy back hurts\nyes\n", text=True, check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    lines = trace.read_text().splitlines()
    assert [line for line in lines if "AF_INET" in line] == []
