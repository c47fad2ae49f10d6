"""WAV files of 16 kHz, one channel, 16 bits."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000


def read_sound(path: Path) -> NDArray[np.float64]:
    """Samples within -1..1. Raises ValueError for a file of another form."""
    with wave.open(str(path), "rb") as recording:
        form = recording.getframerate(), recording.getnchannels(), recording.getsampwidth()
        if form != (RATE, 1, 2):
            raise ValueError(f"{path}: not 16 kHz, one channel, 16 bits")
        return np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2") / 32768


def write_sound(path: Path, samples: NDArray[np.float64]) -> None:
    """Write samples within -1..1."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        recording.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
