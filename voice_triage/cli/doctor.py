"""`voice-triage doctor`: each part that an interview needs, tried out; each failure with its cure."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from voice_triage.adapters.earcons import listening_open
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.model_store import find_model
from voice_triage.adapters.pyttsx3_renderer import Pyttsx3Renderer
from voice_triage.adapters.wyoming_renderer import WyomingRenderer
from voice_triage.cli import engines
from voice_triage.cli.doctor_sound import Finding, listen_to_oneself, speak_alone
from voice_triage.cli.exits import Exit
from voice_triage.cli.setup import load_dialogue
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.errors import EngineError, MicrophoneError, PlayerError, VoiceTriageError
from voice_triage.ports import Frame, Renderer, Sound
from voice_triage.understanding.hearing import Hearing

TEXT = "This is the voice that asks the questions. Can you hear me well?"


def run(arguments: argparse.Namespace) -> Exit:
    """Prints a line for each check; 4 if the content is wrong, 5 if anything else is."""
    bad: list[str] = []
    for name, finding in _findings(arguments):
        print(f"{'ok  ' if finding.good else 'FAIL'} {name}: {finding.what}", flush=True)
        if not finding.good:
            bad.append(name)
    if "content" in bad:
        return Exit.BAD_CONTENT
    return Exit.NO_DEVICE if bad else Exit.ADVICE_GIVEN


def _findings(arguments: argparse.Namespace) -> Iterator[tuple[str, Finding]]:
    yield "content", _tried(lambda: _content(arguments.intents, arguments.region))
    voice, speech = _voice(VoiceChoice.of(arguments))
    yield "voice", voice
    yield from _sound(arguments, speech or listening_open())
    yield "model", _tried(lambda: _model(arguments.model))
    yield "ears", _tried(lambda: _ears(arguments))


def _tried(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except VoiceTriageError as error:
        return Finding(False, str(error))


def _sound(arguments: argparse.Namespace, speech: Sound) -> Iterator[tuple[str, Finding]]:
    """Both devices at once; where the microphone cannot be opened, the speaker is tried alone, and is heard
    by nobody but the person."""
    try:
        yield from listen_to_oneself(arguments.microphone, arguments.speaker, speech)
    except MicrophoneError as error:
        yield "microphone", Finding(False, str(error))
        yield "speaker", _tried(lambda: speak_alone(arguments.speaker, speech))
    except PlayerError as error:
        yield "speaker", Finding(False, str(error))


def _content(intents: Path | None, region: str | None) -> Finding:
    dialogue = load_dialogue(intents, region)
    pack = dialogue.phrasebook.region
    call = f"numbers and services of region {pack.id}: in an emergency {pack.words['emergency_number']}"
    return Finding(True, f"protocol {dialogue.protocol.version}, {call}")


def _voice(choice: VoiceChoice) -> tuple[Finding, Sound | None]:
    """And what it said; None: nothing."""
    failed: list[str] = []
    kinds: list[Callable[[], Renderer]] = [lambda: WyomingRenderer(choice.server)] if choice.server else []
    kinds += [lambda: Pyttsx3Renderer(pitch=choice.pitch), lambda: EspeakRenderer(pitch=choice.pitch)]
    for kind in kinds:
        try:
            renderer = kind()
            sound = renderer.render(TEXT, choice.name, choice.rate or 150)
        except EngineError as error:
            failed.append(str(error))
            continue
        instead = f" ({failed[0]})" if failed else ""
        return Finding(True, f"{renderer.name}, {sound.seconds:.1f} s of sound{instead}"), sound
    return Finding(False, "; ".join(failed)), None


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
