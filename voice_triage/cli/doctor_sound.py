"""The doctor listens to itself: the voice speaks, the microphone hears it, each ill is told with its cure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic, sleep

import numpy as np

from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import MOST_GAPS, SounddevicePlayer
from voice_triage.hosts.parts import Gate
from voice_triage.ports import HEARING_RATE, DeviceLost, Finished, Frame, Happening, Sound
from voice_triage.sound.hearing_oneself import Floats, Heard, judge, level
from voice_triage.sound.samples import resampled

ROOM = 1.5
"""Seconds of the room alone, before anything is played: a muted device is known after one."""
AFTER = 0.8
"""Seconds after the end of our speech, in which its echo may still come."""
PATIENCE = 5.0
"""Seconds for a device to bring or to finish something."""
TOO_QUIET = -75.0
"""dBFS; a microphone in the quietest room brings more than this."""
TOO_NOISY = -42.0
"""dBFS: 15 dB below the -27 dBFS of a voice at arm's length; closer than that, answers are misheard."""
TOO_CLIPPED = 0.001
"""Share of samples: one in a thousand is heard as a crackle."""
TOO_LOUD = -12.0
"""dBFS of our own voice in the microphone: it is close to clipping, and its echo outlasts it."""
MOST_MISSING = 0.25
"""Share of our words that may be lost on their way: a room swallows some."""


@dataclass(frozen=True)
class Finding:
    """What one check showed."""

    good: bool
    what: str


def listen_to_oneself(
    microphone_name: str, speaker_name: str, speech: Sound
) -> Iterator[tuple[str, Finding]]:
    """Name and finding of each check. Raises MicrophoneError, PlayerError."""
    with _microphone(microphone_name) as microphone:
        before = microphone.take(ROOM)
        finding = _microphone_finding(microphone, before)
        yield "microphone", finding
        if not finding.good:
            yield "speaker", speak_alone(speaker_name, speech)
            return
        with _speaker(speaker_name) as speaker:
            during, end = microphone.take_while(speaker, speech)
        yield "speaker", _speaker_finding(speaker.player, end)
        heard = judge(
            before, during, np.frombuffer(resampled(speech, HEARING_RATE).samples, "<i2").astype(float)
        )
        yield "room", _room(heard)
        yield "level", _clipping(heard)
        yield "echo", _echo(heard)
        yield "drop-outs", _dropouts(heard, microphone.microphone, speaker.player)


def speak_alone(speaker_name: str, speech: Sound) -> Finding:
    """The speaker without anybody to listen. Raises PlayerError."""
    with _speaker(speaker_name) as speaker:
        speaker.player.play(speech)
        until = monotonic() + speech.seconds + PATIENCE
        while (end := speaker.finished()) is None and monotonic() < until:
            sleep(0.05)
        return _speaker_finding(speaker.player, end)


class _Listener:
    def __init__(self, microphone: SounddeviceMicrophone, happenings: SimpleQueue[Happening]) -> None:
        self.microphone = microphone
        self.why = ""
        """What the device itself says is wrong."""
        self._happenings = happenings

    def take(self, seconds: float) -> Floats:
        """So much of what is heard; less where it stops."""
        frames: list[Frame] = []
        while len(frames) * 512 / HEARING_RATE < seconds and not self.why:
            if (frame := self._next(PATIENCE)) is None:
                break
            frames.append(frame)
        return _samples(frames)

    def take_while(self, speaker: _Speaker, speech: Sound) -> tuple[Floats, Finished | None]:
        """All that is heard from the beginning of `speech` until a while after its end."""
        while self._next(0.0) is not None:
            pass
        speaker.player.play(speech)
        frames: list[Frame] = []
        until = monotonic() + speech.seconds + PATIENCE
        end: Finished | None = None
        while monotonic() < until:
            if end is None and (end := speaker.finished()) is not None:
                until = monotonic() + AFTER
            frame = self._next(0.2)
            if frame is not None:
                frames.append(frame)
        return _samples(frames), end

    def _next(self, timeout: float) -> Frame | None:
        """The next frame; None where none comes, and when the device is lost."""
        try:
            happening = self._happenings.get(timeout=timeout) if timeout else self._happenings.get_nowait()
        except Empty:
            return None
        match happening:
            case Frame():
                return happening
            case DeviceLost(why=why):
                self.why = self.why or why
            case _:
                pass
        return None if self.why else self._next(timeout)


@dataclass(frozen=True)
class _Speaker:
    player: SounddevicePlayer
    happenings: SimpleQueue[Happening]

    def finished(self) -> Finished | None:
        """The end of the sound, if it has come."""
        while not self.happenings.empty():
            happening = self.happenings.get()
            if isinstance(happening, Finished):
                return happening
        return None


@contextmanager
def _microphone(name: str) -> Iterator[_Listener]:
    happenings: SimpleQueue[Happening] = SimpleQueue()
    microphone = SounddeviceMicrophone(name)
    microphone.start(happenings.put)
    try:
        yield _Listener(microphone, happenings)
    finally:
        microphone.close()


@contextmanager
def _speaker(name: str) -> Iterator[_Speaker]:
    happenings: SimpleQueue[Happening] = SimpleQueue()
    player = SounddevicePlayer(name)
    player.start(happenings.put)
    try:
        yield _Speaker(player, happenings)
    finally:
        player.close()


def _samples(frames: list[Frame]) -> Floats:
    return np.frombuffer(b"".join(frame.samples for frame in frames), "<i2").astype(float)


SETTINGS = "Look at the system's sound settings"


def _microphone_finding(listener: _Listener, room: Floats) -> Finding:
    name = listener.microphone.name
    if not len(room) and not listener.why:
        return Finding(False, f"{name}: brings nothing; is another program using it?")
    if listener.why or level(room) < TOO_QUIET:
        why = listener.why or "it brings silence; is it muted, or its level at zero?"
        return Finding(
            False,
            f"{name}: {why.rstrip('?')}. {SETTINGS}, or choose another with --microphone NAME (see: devices)",
        )
    return Finding(True, f"{name}, {level(room):.0f} dBFS in this room")


def _speaker_finding(player: SounddevicePlayer, end: Finished | None) -> Finding:
    if end is None:
        return Finding(False, f"{player.name}: takes sound, but does not come to its end; connect it again")
    if end.unheard:
        return Finding(False, f"{player.name}: nobody can hear it, {end.unheard}. {SETTINGS}")
    lead = " (a wireless one: half a second of quiet comes first)" if player.wireless else ""
    return Finding(True, f"{player.name}; you should have heard a sentence{lead}")


def _room(heard: Heard) -> Finding:
    if heard.noise > TOO_NOISY:
        return Finding(
            False,
            f"too noisy, {heard.noise:.0f} dBFS: close the window, turn off radio and fan, or use a "
            "headset; the keys work in any noise",
        )
    return Finding(True, f"quiet enough, {heard.noise:.0f} dBFS")


def _clipping(heard: Heard) -> Finding:
    if heard.clipped > TOO_CLIPPED:
        return Finding(
            False,
            f"{heard.clipped:.1%} of the sound is clipped: turn down the microphone's level, or the speaker",
        )
    return Finding(True, "nothing is clipped")


def _echo(heard: Heard) -> Finding:
    if heard.echo is None:
        return Finding(
            True,
            "the microphone does not hear the speaker: right for headphones; else, is the speaker on?",
        )
    what = f"the microphone hears the speaker after {heard.delay * 1000:.0f} ms, at {heard.echo:.0f} dBFS"
    if heard.echo > TOO_LOUD:
        return Finding(False, f"{what}: too loud; move them apart, turn the speaker down, or use headphones")
    late = Gate().seconds
    if heard.delay > late + AFTER / 2:
        return Finding(False, f"{what}: too late; wireless speakers do that, a wired one does not")
    return Finding(True, f"{what}; the ears stay closed while it speaks")


def _dropouts(heard: Heard, microphone: SounddeviceMicrophone, player: SounddevicePlayer) -> Finding:
    faults = []
    if player.gaps >= MOST_GAPS:
        faults.append(f"{player.gaps} gaps while it spoke")
    if microphone.dropped:
        faults.append(f"{microphone.dropped} blocks lost while it listened")
    if heard.echo is not None and heard.missing > MOST_MISSING:
        faults.append(f"{heard.missing:.0%} of what was said did not come back")
    if faults:
        return Finding(False, f"{', '.join(faults)}: close other programs, or use a cable in place of radio")
    return Finding(True, "none")
