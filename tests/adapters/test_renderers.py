"""Text to sound by real engines: pyttsx3 in its child process, and the espeak-ng command."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.pyttsx3_renderer import CHILD, Pyttsx3Renderer
from voice_triage.errors import EngineMissing, RendererError
from voice_triage.ports import Renderer

QUESTION = "Is your bottom, your private parts or your inner thighs numb or tingling?"


@pytest.fixture(params=[Pyttsx3Renderer, EspeakRenderer])
def renderer(request: pytest.FixtureRequest) -> Renderer:
    return request.param()


def espeak_seconds(text: str, rate: int, voice: str = "en-gb") -> float:
    """What the espeak-ng command itself makes of it (44 bytes of header, 22,050 Hz)."""
    command = ["espeak-ng", "--stdout", "-v", voice, "-s", str(rate), text]
    return (len(subprocess.run(command, capture_output=True, check=True).stdout) - 44) / 2 / 22050


@pytest.mark.parametrize("rate", [80, 120, 160, 220, 300])
def test_speech_lasts_as_long_as_espeak_takes_at_every_rate(renderer: Renderer, rate: int) -> None:
    seconds = renderer.render(QUESTION, "", rate).seconds
    assert seconds == pytest.approx(espeak_seconds(QUESTION, rate), abs=0.02)


def test_ten_renders_in_a_row_are_all_whole(renderer: Renderer) -> None:
    seconds = [renderer.render(QUESTION, "", 160).seconds for _ in range(10)]
    assert seconds == pytest.approx([espeak_seconds(QUESTION, 160)] * 10, abs=0.02)


def test_speech_is_heard_from_the_start_to_the_end(renderer: Renderer) -> None:
    sound = renderer.render(QUESTION, "", 160)
    loud = np.flatnonzero(np.abs(np.frombuffer(sound.samples, "<i2").astype(int)) > 1000) / sound.rate
    assert loud[0] < 0.2
    assert loud[-1] > sound.seconds - 0.5


def test_british_and_american_sound_different(renderer: Renderer) -> None:
    assert renderer.render(QUESTION, "en-gb", 160).samples != renderer.render(QUESTION, "en-us", 160).samples


@pytest.mark.parametrize("kind", [Pyttsx3Renderer, EspeakRenderer])
def test_a_higher_pitch_is_another_sound_of_the_same_length(kind: type) -> None:
    usual, high = kind("en-gb", 50).render("Hello.", "", 160), kind("en-gb", 90).render("Hello.", "", 160)
    assert high.samples != usual.samples
    assert high.seconds == pytest.approx(usual.seconds, abs=0.1)
    assert kind().render("Hello.", "", 160) == usual


def test_the_voice_given_at_the_start_is_the_default() -> None:
    for kind in (Pyttsx3Renderer, EspeakRenderer):
        assert kind("en-us").render("Hello.", "", 160) == kind("en-gb").render("Hello.", "en-us", 160)


def test_a_rate_beyond_the_engine_is_spoken_at_the_nearest(renderer: Renderer) -> None:
    assert renderer.render(QUESTION, "", 20) == renderer.render(QUESTION, "", 80)


@pytest.mark.parametrize("text", ["", "   ", "...", "\n"])
def test_a_text_without_words_is_refused(renderer: Renderer, text: str) -> None:
    with pytest.raises(RendererError, match="nothing to speak"):
        renderer.render(text, "", 160)


@pytest.mark.parametrize(
    "text",
    ["Stop\x00 at once and call for help now.", "- minus -v first, \N{SNOWMAN} and naïve \udc80 text"],
)
def test_odd_characters_do_not_cut_a_text_off(renderer: Renderer, text: str) -> None:
    assert renderer.render(text, "", 160).seconds > 2


def test_an_unknown_voice_is_refused_with_advice(renderer: Renderer) -> None:
    with pytest.raises(RendererError, match="voice"):
        renderer.render("Hello.", "xx-nobody", 160)


def test_without_the_espeak_command_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="install espeak-ng"):
        EspeakRenderer().render("Hello.", "", 160)


def test_without_the_espeak_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):  # found first, and of no use
        (tmp_path / name).write_text("not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="install espeak-ng"):
        Pyttsx3Renderer().render("Hello.", "", 160)


def test_an_espeak_command_that_gives_no_sound_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for script, why in {
        "exit 0": "gave no sound",
        "echo cannot open the data >&2; exit 7": "exit code 7: cannot open the data",
        "head -c 100 /dev/zero": "something else than a mono 16-bit WAV",
        f"{shutil.which('espeak-ng')} --stdout -v en-gb Hello.": "s of sound where",  # too short for its text
    }.items():
        command = tmp_path / "espeak-ng"
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        with pytest.raises(RendererError, match=why):
            EspeakRenderer().render(QUESTION, "", 160)


def children() -> set[int]:
    """Process ids of our own children, of any thread."""
    lists = (task / "children" for task in Path("/proc/self/task").iterdir())
    return {int(pid) for children in lists for pid in children.read_text().split()}


def signal_the_child(before: set[int], number: signal.Signals, sent: threading.Event) -> None:
    """Send a signal to the first child that was not there before."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for pid in children() - before:
            # Not before its program runs: stopped earlier it would hold up its parent, inside vfork.
            if b"pyttsx3_child" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, number)
                sent.set()
                return
        time.sleep(0.001)


@pytest.mark.parametrize(
    ("number", "why"), [(signal.SIGKILL, "exit code -9"), (signal.SIGSTOP, "not ready after")]
)
def test_a_killed_or_hanging_child_is_an_error_and_no_endless_wait(number: signal.Signals, why: str) -> None:
    sent = threading.Event()
    killer = threading.Thread(target=signal_the_child, args=(children(), number, sent))
    before = children()
    killer.start()
    with pytest.raises(RendererError, match=why):
        Pyttsx3Renderer().render(QUESTION, "", 160)
    killer.join()
    assert sent.is_set()
    assert children() <= before


def test_with_no_room_for_its_file_pyttsx3_fails_and_espeak_still_speaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(RendererError, match="no usable sound"):
        Pyttsx3Renderer().render("Hello.", "", 160)
    assert EspeakRenderer().render("Hello.", "", 160).seconds > 0.3


def test_a_child_whose_caller_is_gone_ends_even_if_its_engine_never_does(tmp_path: Path) -> None:
    """The folder of its sound goes with the caller, and then the sound can never be whole."""
    caller = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-P', '-m', {CHILD!r}, sys.argv[1], 'en-gb', '200'],"
        " stdin=subprocess.PIPE, start_new_session=True)\n"
        "child.stdin.write(b'Nobody waits for this.')\n"
        "child.stdin.close()\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    sound = tmp_path / "gone" / "speech.wav"
    with subprocess.Popen([sys.executable, "-c", caller, sound], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().strip())
        time.sleep(1.5)
        stuck = child.exists()
        parent.kill()
    until = time.monotonic() + 5
    while child.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert stuck, "it ended before its caller, so that nothing is shown"
    assert not child.exists()
