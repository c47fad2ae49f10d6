"""One spoken word as a picture: energies by pitch and time, at one level, with the word in the middle."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voice_triage.ports import HEARING_RATE

Floats = npt.NDArray[np.float64]
Picture = npt.NDArray[np.float32]

HOP, WINDOW, TRANSFORM = 160, 400, 512
"""Samples: a frame every 10 ms, of 25 ms."""
FRAMES, BANDS = 150, 40
"""Shape of a picture: a second and a half, and bands as wide as hearing tells apart."""
LOWEST, HIGHEST = 60.0, 7600.0
"""Hz."""
DEPTH = 9.0
"""How far below the loudest a picture goes, in nepers of power (39 dB)."""
LONGEST = 130
"""Frames; what lasts longer is no single word."""
SHORTEST = 6
"""Frames above the background; less is a click."""
CORE = 10.0
"""dB below the loudest, within which a word stands out of a noise that goes on around it ..."""
CORE_LONGEST, AROUND = 80, 25
"""... for so many frames at most; and so many before and after may be of the same word."""


def picture(samples: Floats) -> Picture | None:
    """FRAMES rows of BANDS energies, from -3 (nothing) to about 0 (loudest), of mono sound at HEARING_RATE.

    None if nobody speaks in it, or for longer than a word lasts.
    """
    found = _word(samples)
    if found is None:
        return None
    middle = (found[0] + found[1]) // 2 * HOP
    needed = (FRAMES - 1) * HOP + WINDOW
    start = middle - needed // 2
    before, after = max(0, -start), max(0, start + needed - len(samples))
    cut = np.pad(samples[max(0, start) : start + needed], (before, after))
    frames = np.lib.stride_tricks.sliding_window_view(cut, WINDOW)[::HOP] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(frames, TRANSFORM)) ** 2
    energies = np.log(power @ _MEL.T + 1e-3)
    energies -= np.percentile(energies, 98)
    return np.asarray(np.clip(energies, -DEPTH, 1.0) / 3.0, dtype=np.float32)


def _word(samples: Floats) -> tuple[int, int] | None:
    """First and last frame of what was said, also where a noise goes on around it."""
    if len(samples) < 2 * WINDOW:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples, 2 * HOP)[::HOP]
    levels = np.maximum(-90.0, 10 * np.log10(np.mean(frames**2, axis=1) + 1e-9) - 90.3)
    background, loudest = np.percentile(levels, 10), np.percentile(levels, 98)
    loud = np.convolve(levels > max(background + 6.0, loudest - 25.0), np.ones(3), "same") >= 2
    spoken = np.flatnonzero(loud)
    if len(spoken) < SHORTEST:
        return None
    first, last = int(spoken[0]), int(spoken[-1])
    if last - first > LONGEST:
        core = np.flatnonzero(np.convolve(levels > loudest - CORE, np.ones(3), "same") >= 2)
        if len(core) < SHORTEST or core[-1] - core[0] > CORE_LONGEST:
            return None
        first, last = max(first, int(core[0]) - AROUND), min(last, int(core[-1]) + AROUND)
    return first, last


def _mel_bands() -> Floats:
    """BANDS triangles over the frequencies of the transform, evenly spaced in mel."""

    def mel(hertz: Floats) -> Floats:
        return np.asarray(1127.0 * np.log1p(hertz / 700.0))

    lowest, highest = mel(np.array([LOWEST, HIGHEST])).tolist()
    edges: Floats = np.linspace(lowest, highest, BANDS + 2)
    places = mel(np.asarray(np.fft.rfftfreq(TRANSFORM, 1 / HEARING_RATE), dtype=np.float64))
    rising = (places - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - places) / (edges[2:] - edges[1:-1])[:, None]
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)))


_MEL = _mel_bands()
