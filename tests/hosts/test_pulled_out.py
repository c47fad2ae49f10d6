"""Parts pulled out of a spoken interview: a clear message, the right exit code, and the advice that was due."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from sound_card import RATE, Recording, SoundCard, likeness, without_devices
from terminal import Terminal, terminal

from voice_triage.adapters.bundled_renderer import BundledRenderer
from voice_triage.dialogue import Dialogue
from voice_triage.sound.samples import resampled

CLONE = Path(__file__).parent.parent.parent
MODEL = CLONE / "tests" / "vosk_model"
WITH_MODEL = ("--model", str(MODEL))
TALK = ("talk", "--plain", "--region", "uk", "--rate", "300", "--device-patience", "1")
CALL = "Please call 999 now."
WARNING = "If you're numb down below"
SAME_DAY = "Please be seen today"
WEAK = "I don't hear so well today"

Environment = dict[str, str]


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A user who never used the program before, on a machine without any sound device."""
    home = tmp_path_factory.mktemp("home")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        **without_devices(home),
    }


@pytest.fixture
def listener(user: Environment, sound_card: SoundCard) -> Environment:
    """The same user with a microphone and a loudspeaker."""
    return user | sound_card.env


@pytest.fixture
def spare_card(user: Environment) -> Iterator[tuple[SoundCard, Environment]]:
    """A sound card to be pulled to pieces, and the user who has it."""
    card = SoundCard()
    try:
        yield card, user | card.env
    finally:
        card.stop()


def run(environment: Environment, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and all that was shown of a command that ends by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "voice_triage", *map(str, arguments)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode >= 0, f"it crashed with signal {-done.returncode}"
    return done.returncode, done.stdout + done.stderr


# -- sound devices


def with_only(way: str, device: str, user: Environment, card: SoundCard, folder: Path) -> Environment:
    """A machine whose one device can "playback" alone, or "capture" alone."""
    settings = folder / "one-way.conf"
    there = f'type pulse server "{card.env["PULSE_SERVER"]}" device "{device}"'
    settings.write_text(
        "</usr/share/alsa/alsa.conf>\nctl.!hw { type none }\n"
        f"pcm.only {{ type asym {way}.pcm {{ {there} }} hint {{ show on }} }}\n"
    )
    return user | {"ALSA_CONFIG_PATH": str(settings)}


def test_without_a_microphone_it_does_not_begin(
    user: Environment, sound_card: SoundCard, tmp_path: Path
) -> None:
    code, shown = run(with_only("playback", "speaker", user, sound_card, tmp_path), *TALK, *WITH_MODEL)
    assert code == 5
    assert "no microphone was found" in shown
    assert "voice-triage type" in shown


def test_without_a_speaker_it_does_not_begin(
    user: Environment, sound_card: SoundCard, tmp_path: Path
) -> None:
    code, shown = run(with_only("capture", "mic", user, sound_card, tmp_path), *TALK, *WITH_MODEL)
    assert code == 5
    assert "no loudspeaker was found" in shown
    assert "--no-speech" in shown


def test_a_microphone_pulled_out_in_mid_interview_ends_in_spoken_advice(
    spare_card: tuple[SoundCard, Environment],
) -> None:
    card, environment = spare_card
    named = ("--microphone", "va_mic")
    with (
        terminal(*TALK, *WITH_MODEL, *named, environment=environment) as program,
        card.recording() as recording,
    ):
        program.wait_for("Is this for you")
        program.press("\x1b")
        program.wait_for("(listening)")
        card.unplug("microphone")
        program.wait_for("The microphone (va_mic) stopped working")
        program.wait_for(SAME_DAY)
        wait_for_sound(recording, program, time.monotonic())
        time.sleep(1.0)
        program.press("\x1b")  # it need not be heard to its end
        assert program.end() == 0


def test_the_sound_server_killed_in_mid_greeting_ends_with_advice_on_the_screen(
    spare_card: tuple[SoundCard, Environment],
) -> None:
    card, environment = spare_card
    begun = time.monotonic()
    with terminal(*TALK, *WITH_MODEL, environment=environment) as program:
        wait_until_heard(card, program, begun)
        card.unplug("server")
        program.wait_for("stopped working")
        program.wait_for("did not come back")
        program.wait_for(SAME_DAY)
        assert program.end() == 3


def test_a_sound_server_that_comes_back_goes_on_with_the_interview(
    spare_card: tuple[SoundCard, Environment],
) -> None:
    card, environment = spare_card
    with terminal(*TALK, *WITH_MODEL, "--device-patience", "20", environment=environment) as program:
        wait_until_heard(card, program, time.monotonic())
        card.unplug("server")
        program.wait_for("stopped working")
        card.replug("server")
        program.wait_for("works again")
        again = time.monotonic()
        with card.recording() as recording:
            wait_for_sound(recording, program, again)
        program.press("\x1b")
        program.wait_for("(listening)")


def test_emergency_advice_is_on_the_screen_when_the_sound_server_dies_while_it_is_spoken(
    spare_card: tuple[SoundCard, Environment],
) -> None:
    card, environment = spare_card
    with terminal(*TALK, *WITH_MODEL, environment=environment) as program:
        answer_by_keys_up_to_the_advice(program)
        time.sleep(0.5)  # it is being spoken
        card.unplug("server")
        program.wait_for("This could not be spoken. Please read the lines above.")
        assert program.end() == 3
    assert CALL in program.shown


def wait_until_heard(card: SoundCard, program: Terminal, since: float) -> None:
    """Wait until the greeting is being spoken."""
    with card.recording() as recording:
        wait_for_sound(recording, program, since)


def wait_for_sound(recording: Recording, program: Terminal, since: float) -> None:
    until = time.monotonic() + 20
    while recording.loud(since) is None:
        assert time.monotonic() < until, f"nothing was heard:\n{program.shown}"
        time.sleep(0.05)


def answer_by_keys_up_to_the_advice(program: Terminal) -> None:
    """Not about someone else; nothing to tell; yes, chest pain."""
    for question, key in (
        ("or for someone else?", "n"),
        ("about someone else?", "n"),
        ("In a few words", "k"),
    ):
        program.wait_for(question)
        program.press(key)
    program.wait_for("Do you have chest pain")
    program.press("y")
    program.wait_for(CALL)


# -- ears


def hidden(folder: Path, *packages: str) -> Environment:
    """What to add to the environment for these Python packages not to be found."""
    for package in packages:
        (folder / f"{package}.py").write_text(f"raise ModuleNotFoundError('No module named {package!r}')\n")
    return {"PYTHONPATH": str(folder)}


def damaged_model(folder: Path, file: str) -> Path:
    """A model, one file of which breaks off in the middle."""
    model = folder / "model"
    shutil.copytree(MODEL, model)
    data = (model / file).read_bytes()
    (model / file).write_bytes(data[: len(data) // 2])
    return model


def test_without_a_vosk_model_it_goes_on_and_says_that_it_hears_less_well(listener: Environment) -> None:
    with terminal(*TALK, environment=listener) as program:
        program.wait_for(WEAK)
        program.press("\x1b")
        program.wait_for("(listening)")
        program.press("n")  # for me
        program.wait_for("> no")
        program.interrupt()
        program.wait_for(WARNING)
        program.interrupt()
        assert program.end() == 130


def test_vosk_without_a_model_tells_how_to_get_one(listener: Environment) -> None:
    code, shown = run(listener, *TALK, "--recognizer", "vosk")
    assert code == 5
    assert "voice-triage model fetch" in shown


def test_without_any_recogniser_it_does_not_begin(listener: Environment, tmp_path: Path) -> None:
    code, shown = run(listener | hidden(tmp_path, "vosk", "pocketsphinx"), *TALK, *WITH_MODEL)
    assert code == 5
    assert "pocketsphinx" in shown.lower()


def test_without_the_package_vosk_it_goes_on_with_the_other_recogniser(
    listener: Environment, tmp_path: Path
) -> None:
    with terminal(*TALK, *WITH_MODEL, environment=listener | hidden(tmp_path, "vosk")) as program:
        program.wait_for("I go on with another one")
        program.wait_for(WEAK)


@pytest.mark.parametrize("file", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_damaged_model_is_told_and_the_other_recogniser_is_taken(
    listener: Environment, tmp_path: Path, file: str
) -> None:
    model = damaged_model(tmp_path, file)
    with terminal(*TALK, "--model", str(model), environment=listener) as program:
        program.wait_for(str(model))
        program.wait_for(WEAK)
        program.press("\x1b")
        program.wait_for("(listening)")


@pytest.mark.parametrize("file", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_damaged_model_that_alone_may_be_used_does_not_begin(
    listener: Environment, tmp_path: Path, file: str
) -> None:
    model = damaged_model(tmp_path, file)
    code, shown = run(listener, *TALK, "--model", model, "--recognizer", "vosk")
    assert code == 5
    assert str(model) in shown
    assert "damaged" in shown


def test_a_folder_that_is_no_model_is_refused_by_name(listener: Environment, tmp_path: Path) -> None:
    code, shown = run(listener, *TALK, "--model", tmp_path)
    assert code == 5
    assert f"{tmp_path}: no am/final.mdl" in shown


# -- voice


@pytest.fixture
def voiceless(listener: Environment, tmp_path: Path) -> Environment:
    """No espeak-ng: its command is not found, and its library is none."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_text("not a library\n")
    return listener | {
        "PATH": str(tmp_path),
        "LD_LIBRARY_PATH": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def test_without_espeak_emergency_advice_is_spoken_by_the_bundled_sounds(
    voiceless: Environment, sound_card: SoundCard, dialogue: Dialogue
) -> None:
    with terminal(*TALK, *WITH_MODEL, environment=voiceless) as program, sound_card.recording() as recording:
        answer_by_keys_up_to_the_advice(program)
        wait_for_sound(recording, program, time.monotonic())
        time.sleep(4.0)
        out = recording.samples
    bundled = BundledRenderer().render(dialogue.spoken(CALL), "", 0)
    said = np.frombuffer(resampled(bundled, RATE).samples, "<i2")
    assert likeness(out.astype(float), said.astype(float)) > 0.9


def test_without_espeak_advice_that_is_not_bundled_is_on_the_screen(voiceless: Environment) -> None:
    with terminal(*TALK, *WITH_MODEL, environment=voiceless) as program:
        program.wait_for("Is this for you")
        program.press("s")
        program.wait_for(WARNING)
        program.wait_for(SAME_DAY)
        program.press(" ")  # the warning is bundled, and need not be heard to its end
        assert program.end() == 3
    assert "the espeak-ng command is missing" in program.shown


# -- files


def test_broken_content_is_refused_with_file_and_line(user: Environment, tmp_path: Path) -> None:
    intents = tmp_path / "intents"
    shutil.copytree(CLONE / "intents", intents)
    broken = intents / "en" / "urinary_leak.yaml"
    lines = broken.read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([*lines[:2], "questionn: Is this a word?", *lines[2:]]), encoding="utf-8")
    for command in ("talk", "type", "demo"):
        code, shown = run(user, command, "--intents", intents)
        assert code == 4
        assert f"{broken}:3: " in shown


def wav(path: Path, width: int) -> bytes:
    """The content of a silent WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(16_000)
        file.writeframes(bytes(width * 16_000))
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["8 bits", "cut short", "no WAV at all", "not there"])
def test_a_wav_of_the_wrong_kind_is_refused_by_name(user: Environment, tmp_path: Path, kind: str) -> None:
    answer = tmp_path / "answer.wav"
    contents = {
        "8 bits": wav(answer, 1),
        "cut short": wav(answer, 2)[:-1000],
        "no WAV at all": b"ID3 something else entirely",
    }
    answer.unlink()
    if kind in contents:
        answer.write_bytes(contents[kind])
    manifest = tmp_path / "manifest.jsonl"
    row = '{"id": "1", "path": "answer.wav", "question": "saddle_numbness", "label": "absent"}\n'
    manifest.write_text(row, encoding="utf-8")
    code, shown = run(user, "evaluate", "audio", manifest, *WITH_MODEL, "--json")
    assert code == 2
    assert str(answer) in shown


# -- the person


def test_ctrl_c_in_mid_sentence_is_silence_then_the_warning(
    listener: Environment, sound_card: SoundCard
) -> None:
    begun = time.monotonic()
    with terminal(*TALK, *WITH_MODEL, environment=listener) as program, sound_card.recording() as recording:
        wait_for_sound(recording, program, begun)
        program.interrupt()
        program.wait_for(WARNING)
        program.wait_for(SAME_DAY)
        warned = time.monotonic()
        wait_for_sound(recording, program, warned + 0.5)  # it is spoken, too
        program.interrupt()
        assert program.end() == 130
    assert "Traceback" not in program.shown


@pytest.mark.parametrize("crashes", [False, True])
def test_no_process_is_left_behind_however_it_ends(
    listener: Environment, tmp_path: Path, crashes: bool
) -> None:
    def left() -> list[str]:
        """Command lines of what still runs with our environment."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended, or is somebody else's
                if str(tmp_path).encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found

    # A cache of its own: the prompts are still being made when it ends.
    environment = listener | {"XDG_CACHE_HOME": str(tmp_path)}
    with terminal(*TALK, "--recognizer", "pocketsphinx", environment=environment) as program:
        program.wait_for("Is this for you")
        if crashes:
            program.kill()
        else:
            for _ in range(2):  # the second one silences the warning
                program.interrupt()
                time.sleep(0.5)
            program.end()
    until = time.monotonic() + 5
    while left() and time.monotonic() < until:
        time.sleep(0.1)
    assert left() == []
