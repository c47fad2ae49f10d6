"""Sounds of somebody who taps: decaying bursts with the ring of what is tapped on, in a hissing room."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voice_triage.ports import Sound

RATE = 16_000
RINGS = {"wood": (420.0, 0.018), "phone": (1100.0, 0.008), "table": (180.0, 0.03)}
"""What is tapped on -> its tone in Hz, and the seconds in which it falls to a third."""


def taps(count: int, gap: float, what: str, peak: float, room: float) -> Sound:
    """So many taps, `gap` seconds apart and not quite even, and the quiet after them."""
    dice = np.random.default_rng(count * 1000 + int(gap * 100) + len(what))
    sound = np.zeros(int(RATE * (0.1 + count * gap + 1.8)))
    for number in range(count):
        one = _tap(what, dice) * peak * dice.uniform(0.75, 1.15)
        at = int((0.1 + number * gap * dice.uniform(0.95, 1.05)) * RATE)
        sound[at : at + len(one)] += one
    return in_a_room(sound, room)


def in_a_room(sound: npt.NDArray[np.float64], room: float) -> Sound:
    """The sound in hiss of this root mean square, half a second before it and two seconds after."""
    whole = np.concatenate([np.zeros(RATE // 2), sound, np.zeros(2 * RATE)])
    whole += np.random.default_rng(11).normal(0, 1, len(whole)) * room
    return Sound(np.clip(np.rint(whole), -32768, 32767).astype("<i2").tobytes(), RATE)


def _tap(what: str, dice: np.random.Generator) -> npt.NDArray[np.float64]:
    hertz, falls = RINGS[what]
    time = np.arange(int(0.25 * RATE)) / RATE
    burst = dice.normal(0, 1, len(time)) * np.exp(-time / (falls * 0.4))
    ring = 1.2 * np.sin(2 * np.pi * hertz * time + dice.uniform(0, 6)) * np.exp(-time / falls)
    tap: npt.NDArray[np.float64] = burst + ring
    return tap / np.abs(tap).max()
