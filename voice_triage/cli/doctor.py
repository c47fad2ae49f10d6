"""`voice-triage doctor`: each part that an interview needs, tried out; each failure with its cure."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np

from voice_triage.adapters.earcons import listening_open
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.model_store import find_model
from voice_triage.adapters.pyttsx3_renderer import Pyttsx3Renderer
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.cli import engines
from voice_triage.cli.exits import Exit
from voice_triage.cli.setup import load_dialogue
from voice_triage.errors import EngineError, PlayerError, VoiceTriageError
from voice_triage.ports import Finished, Frame, Happening
from voice_triage.understanding.hearing import Hearing

LISTENED = 1.0
"""Seconds of the room to judge the microphone by."""
TOO_QUIET = -75.0
"""dBFS; a microphone in the quietest room brings more than this."""
PATIENCE = 5.0
"""Seconds for a device to bring or to finish something."""


@dataclass(frozen=True)
class Finding:
    """What one check showed."""

    good: bool
    what: str


def run(arguments: argparse.Namespace) -> Exit:
    """Prints a line for each check; 4 if the content is wrong, 5 if anything else is."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("content", lambda: _content(arguments.intents, arguments.region)),
        ("microphone", lambda: _microphone(arguments.microphone)),
        ("speaker", lambda: _speaker(arguments.speaker)),
        ("voice", lambda: _voice(arguments.voice)),
        ("model", lambda: _model(arguments.model)),
        ("ears", lambda: _ears(arguments)),
    )
    bad: list[str] = []
    for name, check in checks:
        try:
            finding = check()
        except VoiceTriageError as error:
            finding = Finding(False, str(error))
        print(f"{'ok  ' if finding.good else 'FAIL'} {name}: {finding.what}", flush=True)
        if not finding.good:
            bad.append(name)
    if "content" in bad:
        return Exit.BAD_CONTENT
    return Exit.NO_DEVICE if bad else Exit.ADVICE_GIVEN


def _content(intents: Path | None, region: str | None) -> Finding:
    dialogue = load_dialogue(intents, region)
    pack = dialogue.phrasebook.region
    call = f"numbers and services of region {pack.id}: in an emergency {pack.words['emergency_number']}"
    return Finding(True, f"protocol {dialogue.protocol.version}, {call}")


def _microphone(name: str) -> Finding:
    happenings: SimpleQueue[Happening] = SimpleQueue()
    microphone = SounddeviceMicrophone(name)
    microphone.start(happenings.put)
    frames: list[bytes] = []
    try:
        while len(frames) * 0.032 < LISTENED:
            happening = happenings.get(timeout=PATIENCE)
            if isinstance(happening, Frame):
                frames.append(happening.samples)
    except Empty:
        return Finding(False, f"{microphone.name}: brings nothing; is another program using it?")
    finally:
        microphone.close()
    samples = np.frombuffer(b"".join(frames), "<i2").astype(np.float64)
    level = 20 * np.log10(max(float(np.sqrt(np.mean(samples**2))), 1e-3) / 32768)
    if level < TOO_QUIET:
        return Finding(
            False,
            f"{microphone.name}: brings silence; is it muted, or its level at zero? "
            "Look at the system's sound settings, or choose another with --microphone NAME (see: devices)",
        )
    return Finding(True, f"{microphone.name}, {level:.0f} dBFS in this room")


def _speaker(name: str) -> Finding:
    happenings: SimpleQueue[Happening] = SimpleQueue()
    player = SounddevicePlayer(name)
    player.start(happenings.put)
    try:
        player.play(listening_open())
        while not isinstance(happenings.get(timeout=PATIENCE), Finished):
            continue
    except Empty:
        raise PlayerError(f"{player.name}: takes sound, but does not come to its end") from None
    finally:
        player.close()
    return Finding(True, f"{player.name}; you should have heard two rising tones")


def _voice(name: str) -> Finding:
    text = "This is the voice that asks the questions."
    failed: list[str] = []
    for renderer in (Pyttsx3Renderer(), EspeakRenderer()):
        try:
            sound = renderer.render(text, name, 150)
        except EngineError as error:
            failed.append(f"{renderer.name}: {error}")
            continue
        instead = f" ({failed[0]})" if failed else ""
        return Finding(True, f"{renderer.name}, {sound.seconds:.1f} s of sound{instead}")
    return Finding(False, "; ".join(failed))


def _model(chosen: Path | None) -> Finding:
    found = find_model(chosen)
    if found is not None:
        return Finding(True, str(found))
    return Finding(True, f"PocketSphinx's own, as {engines.NO_MODEL}")


def _ears(arguments: argparse.Namespace) -> Finding:
    """The recogniser loads, and makes no words of silence."""
    notes: list[str] = []
    ways = engines.ways(
        arguments.recognizer, arguments.model, load_dialogue(arguments.intents, None), notes.append
    )
    recognizer = ways[0].open_recognizer()
    try:
        recognizer.start(("yes", "no"), free=False)
        for _ in range(30):
            recognizer.accept(Frame(bytes(1024)))
        heard: Hearing = recognizer.finish()
    finally:
        recognizer.close()
    said = " ".join(each.text for each in heard.utterances).replace("[unk]", "").strip()
    quality = "hears less well than Vosk" if recognizer.weak else "hears well"
    good = said not in ("yes", "no")
    return Finding(
        good, f"{recognizer.name}, {quality}" if good else f"{recognizer.name} hears {said!r} in silence"
    )
