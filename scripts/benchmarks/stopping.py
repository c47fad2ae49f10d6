"""From the press of a key to silence: the real host, player and keyboard; a steady tone is the voice."""

from __future__ import annotations

import os
import pty
import queue
import threading
import time
from collections.abc import Iterator

import numpy as np

from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.adapters.terminal_keys import TerminalKeys
from voice_triage.cli import engines
from voice_triage.hosts.parts import Gate, Parts, Voice
from voice_triage.hosts.speech import Speech
from voice_triage.hosts.voice import VoiceHost
from voice_triage.ports import Sound

from .figures import Figure
from .quiet_screen import QuietScreen
from .tape import LOUD, RATE, Tape
from .workshop import Workshop

RUNS = 30
GOAL = 120.0
"""Milliseconds."""
HEARD = 0.5
"""Seconds for which the tone has been playing when the key is pressed, and some more each time."""
MUTE = 0.02
"""Seconds without a loud sample that are silence; the tone is loud again after a millisecond."""
ESC = b"\x1b"


class _Tone:
    """A Renderer that makes every text into the same long tone."""

    name = "tone"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        time_ = np.arange(10 * 22_050) / 22_050
        return Sound((8_000 * np.sin(2 * np.pi * 440 * time_)).astype("<i2").tobytes(), 22_050)


class _NotedPlayer(SounddevicePlayer):
    """Tells when something is played."""

    def __init__(self, plays: queue.SimpleQueue[float]) -> None:
        super().__init__()
        self._plays = plays

    def play(self, sound: Sound) -> None:
        super().play(sound)
        self._plays.put(time.monotonic())


def stop_figures(place: Workshop) -> list[Figure]:
    """Esc, in the middle of a prompt."""
    stops: list[float] = []
    while len(stops) < RUNS:
        stops += _interview(place)
    return [Figure("stop, Esc until silence", "ms", tuple(1000 * stop for stop in stops[:RUNS]), GOAL, GOAL)]


def _interview(place: Workshop) -> list[float]:
    """One interview, in which each prompt is stopped and then answered by a key."""
    keyboard, terminal = pty.openpty()
    plays: queue.SimpleQueue[float] = queue.SimpleQueue()
    host = VoiceHost(
        Parts(
            ways=engines.ways("vosk", place.model, place.dialogue, print),
            microphone=SounddeviceMicrophone(),
            endpointer=SileroEndpointer(),
            captions=QuietScreen(),
            clock=SystemClock(),
            voice=Voice(Speech(_Tone(), ""), _NotedPlayer(plays)),
            keys=TerminalKeys(terminal),
            gate=Gate(),
        )
    )
    stops: list[float] = []
    person = threading.Thread(target=lambda: stops.extend(_press(host, place.tape, plays, keyboard)))
    person.start()
    try:
        host.run()
        person.join()
    finally:
        os.close(keyboard)
        os.close(terminal)
    return stops


def _press(host: VoiceHost, tape: Tape, plays: queue.SimpleQueue[float], keyboard: int) -> Iterator[float]:
    """Stop a dozen prompts; seconds until each was silent."""
    for number in range(12):
        played = plays.get(timeout=30)
        time.sleep(max(0.0, played + HEARD + 0.007 * number - time.monotonic()))
        pressed = time.monotonic()
        os.write(keyboard, ESC)
        yield silent_after(tape, pressed)
        os.write(keyboard, b"n")
    plays.get(timeout=30)
    for _ in range(2):  # the second one silences the good-bye
        host.interrupt()


def silent_after(tape: Tape, pressed: float) -> float:
    """Seconds from `pressed` until the last loud sample before silence."""
    begun, samples = tape.heard(pressed, pressed + 0.6)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > LOUD)
    gaps = np.flatnonzero(np.diff(loud, append=len(samples)) > MUTE * RATE)
    return begun + int(loud[gaps[0]]) / RATE - pressed
