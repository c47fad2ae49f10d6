"""Finds known sentences in a recording of the loudspeaker, by the shape of their sound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voice_triage.ports import Sound
from voice_triage.sound.samples import resampled

RATE = 4_000
"""Hz: enough to tell sentences of one voice apart, and little to compute."""
PIECE = 0.25
"""Seconds. A sentence is looked for in pieces, as a sound server on a loaded machine may leave a gap in it."""
ALIKE = 0.7
"""Correlation from which a piece counts as found: the same sound over the virtual card gives more than 0.9,
other words of the same voice mostly less than 0.4."""
SLACK = 1.5
"""Seconds that a piece may be away from its place in the sentence: what gaps before it may add up to."""

Floats = npt.NDArray[np.float64]


def find_in_order(recorded: Sound, sentences: Sequence[tuple[str, Sound]], within: float = 60.0) -> list[str]:
    """Those sentences of which at least half is heard, each after the one before it and at most `within`
    seconds later."""
    tape = _samples(recorded)
    found: list[str] = []
    begin = 0
    for text, sound in sentences:
        wanted = _samples(sound)
        place = _find(tape[begin : begin + len(wanted) + round(within * RATE)], wanted)
        if place is not None:
            found.append(text)
            begin += place + len(wanted) * 9 // 10
    return found


def _find(tape: Floats, wanted: Floats) -> int | None:
    """Where the sentence begins in `tape`: the first place at which half of its pieces are."""
    if len(tape) < len(wanted):
        return None
    pieces = np.array_split(wanted, max(2, round(len(wanted) / RATE / PIECE)))
    offsets = np.cumsum([0, *map(len, pieces[:-1])])
    alike = [np.flatnonzero(correlate(tape, piece) >= ALIKE) for piece in pieces]
    starts = sorted(
        {int(place - offset) for places, offset in zip(alike, offsets, strict=True) for place in places}
    )
    for start in starts:
        near = [
            np.abs(places - offset - start) <= SLACK * RATE
            for places, offset in zip(alike, offsets, strict=True)
        ]
        if sum(each.any() for each in near) >= len(pieces) / 2:
            return max(start, 0)
    return None


def correlate(tape: Floats, wanted: Floats) -> Floats:
    """How alike `wanted` (-1 to 1) is to each stretch of `tape`."""
    size = 1 << (len(tape) + len(wanted)).bit_length()
    product = np.fft.rfft(tape, size) * np.conj(np.fft.rfft(wanted, size))
    matches = np.fft.irfft(product, size)[: len(tape) - len(wanted) + 1]
    energy = np.concatenate(([0.0], np.cumsum(tape**2)))
    energies = energy[len(wanted) :] - energy[: len(tape) - len(wanted) + 1]
    likeness: Floats = matches / np.sqrt(np.maximum(energies, 1e4) * np.maximum(np.sum(wanted**2), 1.0))
    return likeness


def _samples(sound: Sound) -> Floats:
    return np.frombuffer(resampled(sound, RATE).samples, "<i2").astype(np.float64)
