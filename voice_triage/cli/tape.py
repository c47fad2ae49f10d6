"""Plays a recorded conversation to its end."""

from __future__ import annotations

from pathlib import Path
from queue import SimpleQueue

from voice_triage.adapters.sound_devices import find_speaker
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.errors import EngineError
from voice_triage.ports import Captions, DeviceLost, Finished, Happening


def speaker_there(name: str) -> bool:
    """There is such a speaker ("": any at all)."""
    try:
        find_speaker(name)
    except EngineError:
        return False
    return True


def play_tape(tape: Path, speaker: str, captions: Captions) -> None:
    """Play it, and wait for its end; Ctrl-C ends it. Says so on the screen where it cannot be played."""
    happenings: SimpleQueue[Happening] = SimpleQueue()
    player = SounddevicePlayer(speaker)
    try:
        player.start(happenings.put)
        player.play(read_wav(tape))
        while not isinstance(happening := happenings.get(), Finished):
            if isinstance(happening, DeviceLost):
                captions.note(f"The speaker stopped working: {happening.why}")
                return
    except EngineError as error:
        captions.note(f"The conversation is written, but cannot be played: {error}")
    finally:
        player.close()
