"""`voice-triage talk`: the interview by voice."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from voice_triage.adapters.jsonl_journal import JsonlJournal
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import write_wav
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli import engines
from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.keeping import keep
from voice_triage.cli.output import print_conclusion
from voice_triage.cli.reports import exit_with, folder_for, write_report
from voice_triage.cli.setup import captions_for, load_dialogue
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.errors import JournalError, MicrophoneError, PlayerError, SoundFileError
from voice_triage.hosts.keys import LEGEND
from voice_triage.hosts.parts import KeepAudio, Parts
from voice_triage.hosts.voice import Ending, VoiceHost
from voice_triage.ports import Sound

OTHERWISE = "To answer by typing instead: voice-triage type."


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, EngineError, JournalError, ModelError, ReportError, UsageError."""
    if arguments.save_audio and arguments.save is None and not arguments.resume:
        raise UsageError("--save-audio needs --save, beside whose journal the sound is kept")
    captions = captions_for(arguments.plain or arguments.no_speech)
    dialogue = load_dialogue(arguments.intents, arguments.region)
    if arguments.patient:
        dialogue = dialogue.unhurried()
    ways = engines.ways(arguments.recognizer, arguments.model, dialogue, captions.note)
    dialogue = ways[0].dialogue
    header = {"host": "talk", "weak_ears": dialogue.policy.weak_ears, "recognizer": ways[0].name}
    folder = folder_for(arguments.report)
    kept = keep(arguments, dialogue, header, captions.note)
    journal = kept.journal
    keys = engines.keys()
    player = SounddevicePlayer(arguments.speaker, arguments.lead)
    parts = Parts(
        ways=ways,
        microphone=SounddeviceMicrophone(arguments.microphone),
        endpointer=SileroEndpointer(),
        captions=captions,
        clock=SystemClock(),
        voice=None
        if arguments.no_speech
        else engines.voice(dialogue, captions, player, VoiceChoice.of(arguments)),
        keys=keys,
        journal=journal,
        keep_audio=_keeper(journal) if arguments.save_audio and journal is not None else None,
        gate=engines.gate(),
        device_patience=arguments.device_patience,
        begin=kept.begin,
    )
    if keys is not None:
        captions.note(LEGEND)
    host = VoiceHost(parts)
    try:
        ending = _conduct(host)
    finally:
        written = write_report(folder, host.summary, dialogue)
    return exit_with(_exit(ending, arguments.json), written)


def _conduct(host: VoiceHost) -> Ending:
    try:
        with _interrupts(host.interrupt):
            return host.run()
    except MicrophoneError as error:
        raise MicrophoneError(f"{error} {OTHERWISE}") from error
    except PlayerError as error:
        raise PlayerError(f"{error} To go on without sound: --no-speech. {OTHERWISE}") from error


@contextmanager
def _interrupts(interrupt: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C, a closed terminal and `kill` end the interview with its warning; the third one ends all."""
    count = 0

    def handle(_number: int, _frame: FrameType | None) -> None:
        nonlocal count
        count += 1
        if count > 2:
            raise KeyboardInterrupt
        interrupt()

    before = {
        number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(ending: Ending, as_json: bool) -> Exit:
    if ending.ears is not None:
        raise ending.ears
    if as_json and ending.conclusion is not None:
        print_conclusion(ending.conclusion)
    if ending.hung_up:
        return Exit.INTERRUPTED
    return Exit.SOUND_FAILED if ending.sound_failed else Exit.ADVICE_GIVEN


def _keeper(journal: JsonlJournal) -> KeepAudio:
    """Writes each answer beside the journal. Raises JournalError if there is no place for it."""
    folder = journal.path.with_suffix(".audio")
    try:
        # Voices that talk about their health are for nobody else on this machine.
        folder.mkdir(mode=0o700, exist_ok=journal.earlier is not None)
    except OSError as error:
        raise JournalError(f"{folder}: cannot be made: {error.strerror}") from error
    count = len(list(folder.iterdir()))

    def keep(question: str, sound: Sound) -> None:
        nonlocal count
        count += 1
        try:
            write_wav(folder / f"{count:03}-{question}.wav", sound)
        except SoundFileError as error:
            raise JournalError(str(error)) from error

    return keep
