"""Two short, soft signals: now I listen (two rising tones), I have stopped listening (two falling ones).

They stand in for a light, which says nothing to a blind person; they differ in direction and in pitch, so
that one can tell them apart with a failing ear for high tones (all of it is below 1 kHz).
"""

from __future__ import annotations

import numpy as np

from voice_triage.ports import Sound

RATE = 22_050
"""Hz: espeak-ng's own, so that a player needs no other for them."""
TONE_SECONDS = 0.06
FADE_SECONDS = 0.012
"""Long enough that no click is heard at either end."""
PEAK = 0.12
"""Of full scale, -18 dBFS: well below speech."""
OPEN_HZ = (587.0, 880.0)
CLOSED_HZ = (659.0, 440.0)


def listening_open() -> Sound:
    """The microphone is open: the person may speak."""
    return _tones(OPEN_HZ)


def listening_closed() -> Sound:
    """The answer is taken; nobody listens now."""
    return _tones(CLOSED_HZ)


def _tones(pitches: tuple[float, ...]) -> Sound:
    """One tone after another, each faded in and out."""
    count = round(TONE_SECONDS * RATE)
    time = np.arange(count) / RATE
    edge = np.minimum(np.minimum(time, time[::-1]) / FADE_SECONDS, 1)
    envelope = PEAK * np.sin(edge * np.pi / 2) ** 2
    wave = np.concatenate([envelope * np.sin(2 * np.pi * hertz * time) for hertz in pitches])
    return Sound(np.round(wave * 32767).astype("<i2").tobytes(), RATE)
