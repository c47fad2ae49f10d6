"""Rooms in which patients speak: noise made by arithmetic, and the mixing of speech into it."""

from __future__ import annotations

import functools
import hashlib

import numpy as np
from numpy.typing import NDArray

from recorded_patients.sound_files import RATE
from recorded_patients.voices import VOICES, speak

Samples = NDArray[np.float64]

FLOOR = 10 ** (-60 / 20)
"""RMS of the noise of a quiet room: recognisers stumble over digital silence."""
PEAK = 10 ** (-6 / 20)
"""Every recording's loudest sample: far from clipping, well above the floor."""

BYSTANDERS = (
    ("flite-rms", "so we went down to the market and bought two loaves of bread"),
    ("espeak-gb", "the bus was late again and then it began to rain"),
    ("festival-ked", "he said that they would paint the whole house blue"),
    ("flite-slt", "have you seen the new film about the mountain"),
    ("festival-kal", "put the plates over there and open a window"),
    ("espeak-scotland", "she has always liked the garden best in june"),
)
"""Voices of the babble; none says a word that could be an answer."""


def random_numbers(name: str) -> np.random.Generator:
    """The same numbers for the same name, on every machine."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))


def record(
    speech: Samples, name: str, noise: tuple[str, float] | None, margins: tuple[float, float]
) -> Samples:
    """Speech with `margins` (seconds before and after) of the room around it, in a quiet room or in noise.

    `noise` is a kind and the level in dB by which the speech stands above it.
    """
    speech = trim(speech)
    speech = speech / np.abs(speech).max()
    spoken = np.pad(speech, (round(margins[0] * RATE), round(margins[1] * RATE)))
    numbers = random_numbers(name)
    room = numbers.standard_normal(spoken.size) * FLOOR / PEAK
    if noise is not None:
        kind, snr_db = noise
        sound = KINDS[kind](spoken.size, numbers)
        room = room + sound / level(sound) * level(active(speech)) * 10 ** (-snr_db / 20)
    mixed = spoken + room
    return np.asarray(mixed / np.abs(mixed).max() * PEAK)


def trim(speech: Samples) -> Samples:
    """Without the quiet before and after; 50 ms of it are kept, for soft beginnings and ends."""
    loud = np.flatnonzero(np.abs(speech) > np.abs(speech).max() * 10 ** (-40 / 20))
    keep = RATE // 20
    return speech[max(0, int(loud[0]) - keep) : int(loud[-1]) + keep]


def active(speech: Samples) -> Samples:
    """The 20 ms pieces of `speech` that are within 25 dB of the loudest one."""
    pieces = speech[: speech.size // 320 * 320].reshape(-1, 320)
    power = (pieces**2).mean(axis=1)
    return np.asarray(pieces[power > power.max() * 10 ** (-25 / 10)].ravel())


def level(sound: Samples) -> float:
    """Root mean square."""
    return float(np.sqrt((sound**2).mean()))


def coloured(size: int, numbers: np.random.Generator, slope: float) -> Samples:
    """Noise whose power falls with frequency to the `slope`: 0 white, 1 pink, 2 brown. From 40 Hz up."""
    spectrum = np.fft.rfft(numbers.standard_normal(size))
    frequency = np.fft.rfftfreq(size, 1 / RATE)
    weight = np.zeros_like(frequency)
    heard = frequency >= 40
    weight[heard] = frequency[heard] ** (-slope / 2)
    sound = np.fft.irfft(spectrum * weight, size)
    return np.asarray(sound / level(sound))


def tones(size: int, base: float, strengths: tuple[float, ...]) -> Samples:
    """`base` Hz and its multiples, each with its strength."""
    time = np.arange(size) / RATE
    return np.asarray(sum(s * np.sin(2 * np.pi * base * (n + 1) * time) for n, s in enumerate(strengths)))


def hum(size: int, numbers: np.random.Generator) -> Samples:
    """Mains hum of an old appliance, with a little hiss."""
    return tones(size, 60, (1, 0.6, 0.5, 0.3, 0.3, 0.2, 0.15, 0.1)) + 0.3 * coloured(size, numbers, 0.5)


def fan(size: int, numbers: np.random.Generator) -> Samples:
    """Rushing air and the tone of the blades."""
    return coloured(size, numbers, 1.4) + 0.3 * tones(size, 118, (1, 0.5, 0.25))


def tap(size: int, numbers: np.random.Generator) -> Samples:
    """Water running into a basin: bright noise that flutters."""
    flutter = 1 + 0.3 * coloured(size, numbers, 2)
    return coloured(size, numbers, 0.2) * flutter


def road(size: int, numbers: np.random.Generator) -> Samples:
    """Traffic: deep noise that swells and falls as cars pass."""
    swell = 1 + 0.5 * np.sin(2 * np.pi * (np.arange(size) / RATE / 2.5 + numbers.random()))
    return coloured(size, numbers, 1.8) * swell + 0.2 * coloured(size, numbers, 1)


def kitchen(size: int, numbers: np.random.Generator) -> Samples:
    """A refrigerator, a cooker hood, and the clink of dishes about twice in a second."""
    sound = coloured(size, numbers, 1) + 0.4 * tones(size, 50, (1, 0.5, 0.3))
    time = np.arange(RATE // 4) / RATE
    for start in numbers.integers(0, size, max(1, round(2 * size / RATE))):
        pitch, strength = numbers.uniform(2500, 5500), numbers.uniform(1, 4)
        clink = strength * np.exp(-time * 30) * np.sin(2 * np.pi * pitch * time)
        end = min(size, start + clink.size)
        sound[start:end] += clink[: end - start]
    return sound


def babble(size: int, numbers: np.random.Generator) -> Samples:
    """Six people talking at once, somewhere behind."""
    total = np.zeros(size)
    for voice in bystanders():
        repeated = np.resize(voice, size + voice.size)
        start = int(numbers.integers(voice.size))
        total += repeated[start : start + size]
    return total


@functools.cache
def bystanders() -> tuple[Samples, ...]:
    """What the people in the background say, all at one level."""
    voices = (trim(speak(VOICES[voice], text, 170)) for voice, text in BYSTANDERS)
    return tuple(voice / level(voice) for voice in voices)


KINDS = {"babble": babble, "fan": fan, "hum": hum, "kitchen": kitchen, "road": road, "tap": tap}
