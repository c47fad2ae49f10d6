"""Speech faster or slower without another pitch."""

from __future__ import annotations

import numpy as np

from voice_triage.ports import Sound

WINDOW = 0.03
"""Seconds: two or three periods of a low voice."""
SEARCH = 0.008
"""Seconds by which a window may be shifted to fit the one before it: a period of a voice of 125 Hz."""
SAME = 0.05
"""A change of 5 % is heard by nobody, and is not made."""


def stretched(sound: Sound, times: float) -> Sound:
    """`sound`, `times` as long (0.3 to 3), at the same pitch.

    Windows are taken from the sound at one pace and laid down at another, each shifted to where it fits best
    on what was laid down (W. Verhelst and M. Roelands, "WSOLA", ICASSP 1993).
    """
    times = min(max(times, 0.3), 3.0)
    samples = np.frombuffer(sound.samples, "<i2").astype(np.float32)
    half = round(WINDOW * sound.rate / 2)
    search = round(SEARCH * sound.rate)
    if abs(times - 1) <= SAME or len(samples) < 4 * half:
        return sound
    window = np.hanning(2 * half + 1)[:-1].astype(np.float32)
    padded = np.concatenate((np.zeros(search, np.float32), samples, np.zeros(3 * half + search, np.float32)))
    count = int(len(samples) * times / half)
    out = np.zeros((count + 2) * half, np.float32)
    at = search
    for step in range(count):
        wanted = search + round(step * half / times)
        if step:
            follows = padded[at + half : at + 3 * half]  # what would come next without any stretching
            room = padded[wanted - search : wanted + search + 2 * half]
            if len(follows) == 2 * half and len(room) >= 2 * half:
                fits = np.correlate(room, follows, "valid")
                wanted += int(fits.argmax()) - search
        at = wanted
        part = padded[at : at + 2 * half]
        out[step * half : step * half + len(part)] += part * window[: len(part)]
    out = out[: round(len(samples) * times)]
    return Sound(np.clip(np.rint(out), -32768, 32767).astype("<i2").tobytes(), sound.rate)
