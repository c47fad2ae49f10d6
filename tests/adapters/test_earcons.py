"""The two signals of listening."""

import numpy as np
import pytest
from numpy.typing import NDArray

from voice_triage.adapters.earcons import listening_closed, listening_open
from voice_triage.ports import Sound


def samples(sound: Sound) -> NDArray[np.float64]:
    return np.frombuffer(sound.samples, "<i2") / 32768


def pitch(part: NDArray[np.float64], rate: int) -> float:
    """Hz of the strongest tone."""
    return float(np.abs(np.fft.rfft(part, 1 << 16)).argmax()) * rate / (1 << 16)


@pytest.mark.parametrize("sound", [listening_open(), listening_closed()])
def test_signals_are_short_soft_and_without_clicks(sound: Sound) -> None:
    wave = samples(sound)
    assert 0.08 <= sound.seconds <= 0.15
    assert 0.05 < np.abs(wave).max() < 0.2
    assert np.abs(wave[[0, -1]]).max() == 0
    assert np.abs(np.diff(wave)).max() < 0.05


def test_open_rises_and_closed_falls() -> None:
    for sound, rises in ((listening_open(), True), (listening_closed(), False)):
        first, second = np.array_split(samples(sound), 2)
        assert (pitch(second, sound.rate) > 1.2 * pitch(first, sound.rate)) is rises
        assert (pitch(first, sound.rate) > 1.2 * pitch(second, sound.rate)) is not rises
