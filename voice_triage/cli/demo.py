"""`voice-triage demo`: recorded patients talk to the real recogniser, without a microphone."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import platformdirs

from voice_triage.adapters.file_microphone import FileMicrophone
from voice_triage.adapters.file_player import FilePlayer
from voice_triage.adapters.recorded_patients import (
    RecordedPatient,
    find_recordings,
    read_patient,
    shipped_patients,
)
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli import engines
from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.setup import captions_for, load_dialogue
from voice_triage.cli.tape import play_tape, speaker_there
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.dialogue import Listening
from voice_triage.errors import SoundFileError
from voice_triage.hosts.demo import Line, Patient, RecordedPerson, Stage
from voice_triage.hosts.parts import Gate, Parts
from voice_triage.hosts.voice import Ending, VoiceHost
from voice_triage.ports import Captions, Sound
from voice_triage.protocol.urgency import Urgency

THINKING = 0.5
"""Seconds before and after an answer, on the tape."""


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, EngineError, ModelError, SoundFileError, UsageError."""
    captions = captions_for(arguments.plain)
    recordings = find_recordings()
    names = arguments.patients or shipped_patients(recordings)
    folder = _folder(arguments.out)
    play = arguments.play
    if play is None:
        play = sys.stdout.isatty() and speaker_there(arguments.speaker)
    worst = Exit.ADVICE_GIVEN
    for name in names:
        patient = read_patient(recordings, name)
        print(f"== {patient.name}: {patient.about}", flush=True)
        tape = folder / f"{patient.name}.wav"
        ending = _converse(patient, tape, arguments, captions)
        print(_outcome(patient, ending), flush=True)
        print(f"Sound and transcript: {tape}, {tape.with_suffix('.txt').name}\n", flush=True)
        worst = max(worst, _exit(patient, ending))
        if play:
            play_tape(tape, arguments.speaker, captions)
    return worst


def _folder(out: Path | None) -> Path:
    """Where the conversations go; a new folder for each run, unless the user named one. Raises UsageError."""
    if out is None:
        cache = Path(platformdirs.user_cache_dir("voice-triage", appauthor=False), "demo")
        out = cache / f"{datetime.now():%Y%m%d-%H%M%S}"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be made: {error.strerror}; name a folder with --out DIR") from error
    return out


def _converse(
    patient: RecordedPatient, tape: Path, arguments: argparse.Namespace, captions: Captions
) -> Ending:
    """One interview, by the host that conducts the spoken ones too. Raises EngineError."""
    dialogue = load_dialogue(arguments.intents, patient.region)
    ways = engines.ways(arguments.recognizer, arguments.model, dialogue, captions.note)
    dialogue = ways[0].dialogue
    microphone, player = FileMicrophone(), FilePlayer(tape)

    def speak(sound: Sound | None, listening: Listening) -> None:
        if sound is not None:
            player.record(sound, pause=THINKING)
            player.record(Sound(b"\0\0" * round(THINKING * sound.rate), sound.rate))
        microphone.hear(sound, listening.timeout + listening.hangover + THINKING)

    stage = Stage(speak, lambda: player.seconds, captions)
    person = RecordedPerson(Patient(patient.texts, dialogue), patient.texts, patient.sounds, stage)
    parts = Parts(
        ways=ways,
        microphone=microphone,
        endpointer=SileroEndpointer(),
        captions=person,
        clock=SystemClock(),
        voice=engines.voice(dialogue, captions, player, VoiceChoice.of(arguments)),
        gate=Gate(seconds=0.0),
    )
    ending = VoiceHost(parts).run()
    if ending.ears is not None:
        raise ending.ears
    _write_transcript(patient, person.transcript, ending, tape.with_suffix(".txt"))
    return ending


def _write_transcript(patient: RecordedPatient, lines: Sequence[Line], ending: Ending, path: Path) -> None:
    told = [f"{line.at // 60:02.0f}:{line.at % 60:04.1f}  {line.who}: {line.text}" for line in lines]
    text = "\n".join([patient.about, "", *told, "", _outcome(patient, ending), ""])
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SoundFileError(f"{path}: cannot be written: {error.strerror}") from error


def _outcome(patient: RecordedPatient, ending: Ending) -> str:
    came, due = _tier(ending), " ".join(filter(None, (patient.urgency, patient.mode)))
    return f"Came to {came}, as it should." if came == due else f"Came to {came}; it should have been {due}."


def _tier(ending: Ending) -> str:
    if ending.conclusion is None:
        return "nothing"
    mode = ending.conclusion.mode
    return " ".join(filter(None, (ending.conclusion.urgency.id, mode.value if mode else None)))


def _exit(patient: RecordedPatient, ending: Ending) -> Exit:
    """Less urgent than it should be is a failure; more urgent, as by an answer not understood, is none."""
    if ending.conclusion is None or ending.conclusion.urgency < Urgency[patient.urgency.upper()]:
        return Exit.NOT_AS_EXPECTED
    return Exit.SOUND_FAILED if ending.sound_failed else Exit.ADVICE_GIVEN
