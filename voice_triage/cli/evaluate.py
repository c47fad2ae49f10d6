"""`voice-triage evaluate audio`: how well recorded answers are heard."""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path

from voice_triage.adapters.recorded_answers import RecordedAnswer, read_manifest
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli import engines
from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.setup import load_dialogue
from voice_triage.hosts.evaluation import Evaluation, Judged, Sample, summary
from voice_triage.ports import Sound
from voice_triage.sound.mixing import in_noise, in_quiet_room

BEFORE, AFTER = 0.5, 3.0
"""Seconds of the room around each answer: the longest hangover is shorter than what comes after."""


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, EngineError, ModelError, SoundFileError, UsageError."""
    if (arguments.noise is None) != (arguments.snr is None):
        raise UsageError("--noise DIR and --snr DB belong together")
    noises = _noises(arguments.noise)
    dialogue = load_dialogue(arguments.intents, None)
    way = engines.ways(arguments.recognizer, arguments.model, dialogue, _complain)[0]
    answers = [answer for manifest in arguments.manifests for answer in read_manifest(manifest)]
    recognizer = way.open_recognizer()
    try:
        evaluation = Evaluation(way.dialogue, recognizer, SileroEndpointer(), SystemClock())
        judged = [_judge(evaluation, answer, noises, arguments.snr) for answer in answers]
    finally:
        recognizer.close()
    result = {"recognizer": recognizer.name, **summary(judged)}
    print(json.dumps(result, ensure_ascii=False) if arguments.json else _in_words(result, judged))
    return Exit.ADVICE_GIVEN


def _complain(text: str) -> None:
    print(text, file=sys.stderr)


def _noises(folder: Path | None) -> tuple[Sound, ...]:
    if folder is None:
        return ()
    noises = tuple(read_wav(path) for path in sorted(folder.glob("**/*.wav")))
    if not noises:
        raise UsageError(f"--noise {folder}: there are no WAV files in it")
    return noises


def _judge(
    evaluation: Evaluation, answer: RecordedAnswer, noises: tuple[Sound, ...], snr: float | None
) -> Judged:
    sound = read_wav(answer.path)
    if noises and snr is not None:
        # The same answer meets the same noise in every run, whatever else is in the manifest.
        noise = noises[zlib.crc32(answer.id.encode()) % len(noises)]
        sound = in_noise(sound, noise, snr, BEFORE, AFTER)
    else:
        sound = in_quiet_room(sound, BEFORE, AFTER)
    return evaluation.judge(Sample(answer.id, answer.question, answer.label, answer.transcript), sound)


def _in_words(result: dict[str, object], judged: list[Judged]) -> str:
    lines = [
        f"{each.sample.id}: {each.expected} read as {each.reading}  ({' | '.join(each.heard)})"
        for each in judged
        if not each.correct
    ]
    return "\n".join(lines + [f"{name}: {value}" for name, value in result.items() if name != "rows"])
