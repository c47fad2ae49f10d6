"""Hears taps: short knocks on a table or a phone, by which somebody answers who cannot speak.

A tap is loud at once, holds sound from low to high, and is over within a tenth of a second; speech, a cough
or a chair last longer. Taps are counted as long as nothing else is heard.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame

BLOCK = 64
"""Samples: 4 ms, about what a knuckle takes to come to its loudest."""
BLOCK_SECONDS = BLOCK / HEARING_RATE
SOUND = 10 ** (9 / 10)
"""Power over that of the room from which something counts as sound (9 dB); hiss alone stays below it."""
TAP = 10 ** (17 / 10)
"""Power over that of the room that a tap reaches (17 dB). What only comes near may be one, or not."""
LEAST = 50.0**2
"""Power below which nothing counts as sound (-56 dBFS): the hiss of a quiet room has its own peaks."""
ATTACK = 4
"""Blocks (16 ms) within which a tap has come to its loudest."""
DECAY = 10 ** (-12 / 10)
"""Power against the loudest block (-12 dB) ..."""
SHORT = 18
"""... below which a tap has fallen within so many blocks (72 ms). A short "no" holds on for twice as long."""
LASTING = 45
"""Blocks (180 ms) of sound without a gap that are no tap: a table still rings at the end of one."""
RINGS, RINGS_OUT = 18.0, 60.0
"""What a table that was knocked on still rings with: decibels below the knock, and how many more a second."""
HIGH = 0.02
"""Least share of the power above 2 kHz: a door or a step sounds low, a knuckle on wood clicks as well."""
APART = 0.09
"""Seconds between the beginnings of two taps, at least: a knock bounces."""
RINGING = 0.1
"""Seconds more in which something a hundredth as loud is the ringing of the tap."""
TOGETHER = 1.1
"""Seconds without another tap that end an answer: people tap two or three a second, the slow one a second."""
MOST = 3
_FIRST_BLOCKS = 10
"""Blocks (40 ms) that are taken for the room when nothing is known of it."""
_ROOM_BLOCKS = 100
"""Blocks (0.4 s) from which the power of the room is known."""

Floats = npt.NDArray[np.float64]


class Knocks:
    """Counts the taps of one answer, frame by frame."""

    def __init__(self) -> None:
        self._room: deque[float] = deque(maxlen=_ROOM_BLOCKS)
        self.start()

    def start(self) -> None:
        """Forget the last answer; what is known of the room stays."""
        self.count = 0
        """Taps so far."""
        self.spoilt = False
        """Something else was heard: speech, a cough, a thing that fell."""
        self._blocks = 0
        self._last = -1e9
        self._peak, self._peaked = 0.0, 0
        """The loudest block of the last sound, and its number."""
        self._loud: list[tuple[float, float]] = []
        """Power, and share above 2 kHz, of each block of the sound that is going on."""

    def accept(self, frame: Frame) -> None:
        """Take one frame in."""
        samples = np.frombuffer(frame.samples, "<i2").astype(np.float64)
        blocks = samples.reshape(-1, BLOCK)
        power = (blocks**2).mean(axis=1)
        high = _above(blocks)
        room = float(np.median(self._room or power))
        for level, share in zip(power, high, strict=True):
            self._block(float(level), float(share), room)

    @property
    def taps(self) -> int | None:
        """How many taps the answer was, once it is over and was nothing else; None: it is not, or was."""
        over = self.count and not self._loud and (self._blocks * BLOCK_SECONDS - self._last) >= TOGETHER
        return self.count if over and not self.spoilt and self.count <= MOST else None

    @property
    def under_way(self) -> bool:
        """A tap was heard a moment ago, and another one may follow."""
        return bool(self.count) and not self.spoilt and self.taps is None and self.count <= MOST

    def _block(self, power: float, high: float, room: float) -> None:
        self._blocks += 1
        if len(self._room) < _FIRST_BLOCKS:
            self._room.append(power)
            return
        if power > max(room * SOUND, LEAST, self._ringing()):
            self._loud.append((power, high))
            if len(self._loud) > LASTING:
                self.spoilt = True
                self._room.append(power)  # it may be the room that has become louder
            return
        if self._loud:
            self._judge(room)
            peak, at = self._loud_peak()
            if peak > self._peak / 100 or (at - self._peaked) * BLOCK_SECONDS > APART + RINGING:
                self._peak, self._peaked = peak, at
            self._loud = []
        self._room.append(power)

    def _loud_peak(self) -> tuple[float, int]:
        """The loudest block of the sound that is going on, and its number."""
        powers = [level for level, _ in self._loud]
        return max(powers), self._blocks - len(powers) + powers.index(max(powers))

    def _ringing(self) -> float:
        """Power that the last sound may still have: a table rings on."""
        peak, at = self._loud_peak() if self._loud else (self._peak, self._peaked)
        decibels = RINGS + RINGS_OUT * (self._blocks - at) * BLOCK_SECONDS
        return float(peak * 10 ** (-decibels / 10))

    def _judge(self, room: float) -> None:
        """A sound is over: was it one tap? What was too faint to tell spoils the count."""
        power = [level for level, _ in self._loud]
        peak = max(power)
        at = power.index(peak)
        began = (self._blocks - len(power)) * BLOCK_SECONDS
        held = sum(level > peak * DECAY for level in power)
        high = max(share for level, share in self._loud if level > peak * DECAY)
        faint = peak < max(room * TAP, LEAST * TAP / SOUND)
        if faint and began - self._last < APART + RINGING and peak < self._peak / 100:
            return  # the ringing of the tap before
        if faint or at > ATTACK or held > SHORT or len(power) > LASTING or high < HIGH:
            self.spoilt = True
        elif began - self._last >= APART:
            self.count += 1
            self._last = began


def _above(blocks: Floats) -> Floats:
    """Share of each block's power above 2 kHz."""
    spectrum = np.abs(np.fft.rfft(blocks * _WINDOW, axis=1)) ** 2
    spectrum[:, 0] = 0.0
    whole = spectrum.sum(axis=1)
    return np.asarray(spectrum[:, _HIGH_BIN:].sum(axis=1) / np.maximum(whole, 1e-9))


_WINDOW = np.hanning(BLOCK)
_HIGH_BIN = 2000 * BLOCK // HEARING_RATE
assert FRAME_SAMPLES % BLOCK == 0  # noqa: S101 - so that no sample is left over
