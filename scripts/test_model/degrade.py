"""Rooms, microphones, loudness and background noise laid on clean clips, and clips of noise alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve, lfilter, resample_poly

from .voices import RATE

Samples = NDArray[np.float32]
FULL_SCALE = 32768.0


def change_speed(samples: Samples, factor: float) -> Samples:
    """Play the clip faster (factor > 1) or slower; pitch and formants move with it."""
    down = round(factor * 100)
    return np.asarray(resample_poly(samples, 100, down), dtype=np.float32)


def coloured_noise(rng: np.random.Generator, length: int, slope: float) -> Samples:
    """Noise of RMS 1 whose power falls with frequency to the given power (0 white, 1 pink, 2 brown)."""
    spectrum = np.fft.rfft(rng.normal(size=length))
    frequencies = np.maximum(np.arange(len(spectrum)) * RATE / max(length, 1), 30.0)
    noise = np.fft.irfft(spectrum * frequencies ** (-slope / 2), n=length)
    return np.asarray(noise / (np.sqrt(np.mean(noise**2)) + 1e-12), dtype=np.float32)


def hum(rng: np.random.Generator, length: int) -> Samples:
    """Mains or motor hum of RMS 1: a low note with its overtones."""
    time = np.arange(length) / RATE
    base = rng.uniform(45, 240)
    tone = np.zeros(length)
    for n in range(1, 9):
        tone += rng.uniform(0.1, 1) / n * np.sin(2 * np.pi * base * n * time + rng.uniform(0, 6))
    return np.asarray(tone / np.sqrt(np.mean(tone**2)), dtype=np.float32)


def notes(rng: np.random.Generator, length: int) -> Samples:
    """Notes one after the other, as of a distant tune or a ring tone; RMS 1."""
    out = np.zeros(length)
    start = 0
    while start < length:
        stop = min(length, start + int(rng.uniform(0.1, 0.6) * RATE))
        time = np.arange(stop - start) / RATE
        decay = np.exp(-time * rng.uniform(1, 8))
        for _ in range(rng.integers(1, 4)):
            out[start:stop] += decay * np.sin(2 * np.pi * 220 * 2 ** (rng.integers(0, 36) / 12) * time)
        start = stop
    return np.asarray(out / (np.sqrt(np.mean(out**2)) + 1e-12), dtype=np.float32)


def clicks(rng: np.random.Generator, length: int) -> Samples:
    """A few knocks, clicks and clatters in near silence; RMS 1."""
    out = rng.normal(0, 0.003, length)
    for _ in range(max(1, int(length / RATE * rng.uniform(0.5, 4)))):
        start = int(rng.integers(0, max(1, length - 400)))
        size = min(length - start, int(rng.uniform(0.002, 0.12) * RATE))
        knock = rng.normal(size=size) * np.exp(-np.arange(size) / (size / 5))
        out[start : start + size] += rng.uniform(0.2, 1) * lfilter([1.0], [1.0, -rng.uniform(0, 0.97)], knock)
    return np.asarray(out / (np.sqrt(np.mean(out**2)) + 1e-12), dtype=np.float32)


def any_noise(rng: np.random.Generator, length: int) -> Samples:
    """Background noise of one kind, RMS 1, sometimes swelling and fading."""
    kind = rng.choice(["coloured", "coloured", "coloured", "hum", "notes", "clicks", "mixed"])
    if kind == "hum":
        noise = hum(rng, length)
    elif kind == "notes":
        noise = notes(rng, length)
    elif kind == "clicks":
        noise = clicks(rng, length)
    else:
        noise = coloured_noise(rng, length, rng.uniform(0, 2.2))
        if kind == "mixed":
            noise = (noise + hum(rng, length)) * np.float32(0.7)
    if rng.random() < 0.3:
        swell = 1 + 0.9 * np.sin(2 * np.pi * rng.uniform(0.2, 4) * np.arange(length) / RATE)
        noise = noise * swell.astype(np.float32)
    return noise


def room(rng: np.random.Generator, samples: Samples) -> Samples:
    """Echo of a room; the direct sound stays first, so that times do not move."""
    decay = rng.uniform(0.08, 0.5)
    length = int(decay * RATE)
    tail = rng.normal(size=length) * 10 ** (-3 * np.arange(length) / length) * rng.uniform(0.02, 0.12)
    tail[: int(rng.uniform(0.001, 0.006) * RATE)] = 0
    tail[0] = 1.0
    return np.asarray(fftconvolve(samples, tail)[: len(samples)], dtype=np.float32)


def microphone(rng: np.random.Generator, samples: Samples) -> Samples:
    """A tilt of the spectrum, and sometimes a missing bottom or top."""
    out = lfilter([1.0, -rng.uniform(-0.5, 0.7)], [1.0], samples)
    if rng.random() < 0.3:
        pole = 1 - 2 * np.pi * rng.uniform(60, 400) / RATE
        out = lfilter([1.0, -1.0], [1.0, -pole], out)
    if rng.random() < 0.25:
        # A telephone: nothing above 4 kHz.
        out = resample_poly(resample_poly(out, 1, 2), 2, 1)[: len(samples)]
    return np.asarray(out, dtype=np.float32)


def speech_level(samples: Samples) -> float:
    """RMS of the louder half of a clip's 20 ms pieces."""
    pieces = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    power = np.sort(np.mean(pieces**2, axis=1))
    return float(np.sqrt(np.mean(power[len(power) // 2 :])) + 1e-9)


def as_heard(rng: np.random.Generator, samples: Samples, babble: Samples) -> Samples:
    """A clip as a microphone might give it, in int16 range, rounded; the length stays.

    ``babble`` is a mix of other voices at least as long as the clip; one clip in four gets it as its noise.
    """
    out = samples
    if rng.random() < 0.35:
        out = room(rng, out)
    if rng.random() < 0.6:
        out = microphone(rng, out)
    level = 10 ** (rng.uniform(-32, -12) / 20)
    out = out * np.float32(level / speech_level(out))
    kind = rng.random()
    if kind > 0.2:  # else as a file: digital silence around the voice
        over_noise = rng.uniform(25, 80) if kind > 0.6 else rng.uniform(5, 30)
        noise = babble[: len(out)] if rng.random() < 0.25 else any_noise(rng, len(out))
        out = out + noise * np.float32(level * 10 ** (-over_noise / 20))
    return as_int16(out)


def noise_alone(rng: np.random.Generator, length: int) -> Samples:
    """A clip without a voice, in int16 range: digital silence, noise, hum, knocks or notes."""
    kind = rng.random()
    if kind < 0.1:
        return np.zeros(length, dtype=np.float32)
    if kind < 0.2:
        return rng.integers(-3, 4, length).astype(np.float32)
    return as_int16(any_noise(rng, length) * np.float32(10 ** (rng.uniform(-95, -22) / 20)))


def as_int16(samples: Samples) -> Samples:
    """Samples of -1..1 rounded and clipped as 16-bit sound holds them, kept as floats."""
    return np.asarray(np.clip(np.round(samples * FULL_SCALE), -32768, 32767), dtype=np.float32)
