"""Finds known sentences in a recording of the loudspeaker, by the shape of their sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice_triage.ports import Sound
from voice_triage.sound.samples import resampled

RATE = 4_000
"""Hz: enough to tell sentences of one voice apart, and little to compute."""
ALIKE = 0.5
"""Correlation from which a sentence counts as found: the same sound over the virtual card gives more than 0.9,
other sentences of the same voice less than 0.3."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """Where a sentence is in the recording."""

    text: str
    begin: float
    end: float
    """Seconds."""
    alike: float


def find_in_order(
    recorded: Sound, sentences: Sequence[tuple[str, Sound]], within: float = 60.0
) -> list[Found]:
    """Each sentence, at most `within` seconds after the end of the one before it; those not found are left out."""
    tape = _samples(recorded)
    found: list[Found] = []
    begin = 0
    for text, sound in sentences:
        wanted = _samples(sound)
        window = tape[begin : begin + len(wanted) + round(within * RATE)]
        if len(window) < len(wanted):
            continue
        likeness = correlate(window, wanted)
        place = int(likeness.argmax())
        if likeness[place] >= ALIKE:
            at = begin + place
            found.append(Found(text, at / RATE, (at + len(wanted)) / RATE, float(likeness[place])))
            begin = at + len(wanted) * 9 // 10
    return found


def correlate(tape: Floats, wanted: Floats) -> Floats:
    """How alike `wanted` (-1 to 1) is to each stretch of `tape`."""
    size = 1 << (len(tape) + len(wanted)).bit_length()
    product = np.fft.rfft(tape, size) * np.conj(np.fft.rfft(wanted, size))
    matches = np.fft.irfft(product, size)[: len(tape) - len(wanted) + 1]
    energy = np.concatenate(([0.0], np.cumsum(tape**2)))
    energies = energy[len(wanted) :] - energy[: len(tape) - len(wanted) + 1]
    return matches / np.sqrt(np.maximum(energies, 1e4) * np.sum(wanted**2))


def _samples(sound: Sound) -> Floats:
    return np.frombuffer(resampled(sound, RATE).samples, "<i2").astype(np.float64)
