"""What a microphone brought while the loudspeaker spoke: is the machine fit for a conversation?

All sound here is mono at HEARING_RATE; all levels are in decibels below full scale (dBFS).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice_triage.ports import HEARING_RATE

Floats = npt.NDArray[np.float64]

PIECE = 0.25
"""Seconds: what was played is looked for in pieces, so that those which are missing can be counted."""
ALIKE = 0.35
"""Correlation from which a piece counts as heard again. A room changes sound more than a cable does; noise
gave less than 0.2."""
AUDIBLE = 500.0
"""Root mean square of pieces that are looked for (-36 dBFS): pauses of speech are in every sound."""
FULL = 32_600
"""A sample from here on is clipped."""
SLACK = 0.06
"""Seconds by which pieces may come earlier or later than the first: clocks differ, rooms echo."""
QUIETEST = 1e-3
"""In place of exact silence, whose level is no number."""


@dataclass(frozen=True)
class Heard:
    """What one try showed."""

    noise: float
    """dBFS of the room before anything was played, in its louder moments."""
    echo: float | None
    """dBFS at which the microphone heard the loudspeaker; None: it did not."""
    delay: float
    """Seconds from handing the sound over until it was heard; 0 where it was not."""
    clipped: float
    """Share of the samples at full scale, of all that was heard."""
    missing: float
    """Share of the pieces that were played and not heard, once the first was; 0 where none was."""


def judge(before: Floats, during: Floats, played: Floats) -> Heard:
    """`before`: the room alone, a second or so. `during`: from when `played` was handed over."""
    pieces = [
        (at, piece)
        for at, piece in _pieces(played)
        if np.sqrt(np.mean(piece**2)) > AUDIBLE and at + len(piece) < len(during)
    ]
    places = [(at, *_best(during, piece)) for at, piece in pieces]
    strong = [place - at for at, place, alike in places if alike >= ALIKE]
    whole = np.concatenate((before, during))
    clipped = float(np.mean(np.abs(whole) >= FULL))
    if not strong:
        return Heard(_loudest(before), None, 0.0, clipped, 0.0)
    # The delay on which most agree: vowels are like each other, so that a lost piece is found elsewhere.
    delay = max(strong, key=lambda each: sum(abs(other - each) <= SLACK * HEARING_RATE for other in strong))
    near = [alike >= ALIKE and abs(place - at - delay) <= SLACK * HEARING_RATE for at, place, alike in places]
    if sum(near) < max(2, len(pieces) / 4):
        return Heard(_loudest(before), None, 0.0, clipped, 0.0)
    start = max(0, round(delay))
    echo = _level(during[start : start + len(played)])
    return Heard(_loudest(before), echo, delay / HEARING_RATE, clipped, 1 - sum(near) / len(near))


def level(samples: Floats) -> float:
    """dBFS of all of it."""
    return _level(samples)


def _pieces(sound: Floats) -> list[tuple[int, Floats]]:
    length = round(PIECE * HEARING_RATE)
    return [(at, sound[at : at + length]) for at in range(0, len(sound) - length + 1, length)]


def _best(tape: Floats, piece: Floats) -> tuple[int, float]:
    """Where `piece` is most like what is on `tape`, and how much (0 to 1)."""
    size = 1 << (len(tape) + len(piece)).bit_length()
    products = np.fft.irfft(np.fft.rfft(tape, size) * np.conj(np.fft.rfft(piece, size)), size)
    products = np.abs(products[: len(tape) - len(piece) + 1])  # a microphone may be of opposite phase
    energy = np.concatenate(([0.0], np.cumsum(tape**2)))
    energies = np.maximum(energy[len(piece) :] - energy[: len(products)], len(piece))
    alike = products / np.sqrt(energies * np.sum(piece**2))
    at = int(alike.argmax())
    return at, float(alike[at])


def _level(samples: Floats) -> float:
    power = float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
    return float(20 * np.log10(max(power, QUIETEST) / 32768))


def _loudest(room: Floats) -> float:
    """The level that a tenth of the room's moments of 32 ms exceed."""
    moments = np.array_split(room, max(1, len(room) // 512))
    return float(np.quantile([_level(moment) for moment in moments], 0.9))
