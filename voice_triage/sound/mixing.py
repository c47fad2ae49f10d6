"""Speech in a noisy room: recorded noise under recorded speech, at a known distance in level."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Sound
from voice_triage.sound.samples import resampled

QUIET_ROOM = 33.0
"""Root mean square of -60 dBFS. Recognisers do badly on exact zeros, which no microphone in a room brings."""
SPEAKING = 20.0
"""Decibels below the loudest frame, within which a frame of a clip counts as speech."""

Floats = npt.NDArray[np.float64]


class Room(Protocol):
    """Where somebody speaks."""

    def __call__(self, sound: Sound, *, before: float, after: float) -> Sound:
        """`sound` at HEARING_RATE in a room that begins `before` seconds earlier and ends `after` later."""


def in_quiet_room(sound: Sound, before: float, after: float) -> Sound:
    """`sound` at HEARING_RATE in faint hiss, which begins `before` seconds earlier and ends `after` later."""
    speech = _floats(sound)
    room = np.random.default_rng(1).normal(0.0, QUIET_ROOM, _longer(speech, before, after))
    return _placed(speech, room, before)


def in_noise(sound: Sound, noise: Sound, snr: float, before: float, after: float) -> Sound:
    """`sound` at HEARING_RATE over `noise`, which begins `before` seconds earlier and ends `after`
    later, and is repeated where it is short.

    `snr`: decibels from the noise up to the frames of `sound` in which somebody speaks.
    """
    speech, room = _floats(sound), _floats(noise)
    room = np.resize(room, _longer(speech, before, after))
    loudness = np.sqrt(np.mean(room**2)) or 1.0
    return _placed(speech, room * (speech_level(speech) / loudness / 10 ** (snr / 20)), before)


def speech_level(samples: Floats) -> float:
    """Root mean square of the frames in which somebody speaks."""
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    if not whole:
        return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
    power = (samples[:whole].reshape(-1, FRAME_SAMPLES) ** 2).mean(axis=1)
    return float(np.sqrt(power[power >= power.max() / 10 ** (SPEAKING / 10)].mean()))


def _placed(speech: Floats, room: Floats, before: float) -> Sound:
    start = round(before * HEARING_RATE)
    room[start : start + len(speech)] += speech
    return Sound(np.clip(np.rint(room), -32768, 32767).astype("<i2").tobytes(), HEARING_RATE)


def _longer(samples: Floats, before: float, after: float) -> int:
    return len(samples) + round(before * HEARING_RATE) + round(after * HEARING_RATE)


def _floats(sound: Sound) -> Floats:
    return np.frombuffer(resampled(sound, HEARING_RATE).samples, "<i2").astype(np.float64)
