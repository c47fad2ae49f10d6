"""Synthetic voices that say "yes", "no" and what is neither."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from test_model.voices import ESPEAK_ACCENTS, ESPEAK_TRAINED, SynthesisFailed, Voice, speak_all

Samples = NDArray[np.float32]

NEITHER, YES, NO = 0, 1, 2
YES_WORDS = ("yes", "yeah", "yep", "yup")
NO_WORDS = ("no", "nope", "nah")
NAMED = (
    *(("flite", name) for name in ("slt", "awb", "kal16", "rms")),
    *(("festival", name) for name in ("ked_diphone", "kal_diphone", "cmu_us_slt_arctic_hts")),
)
WAYS_EACH, ESPEAKS = 6, 150
"""Ways of speaking of each named voice, and voices of espeak-ng."""
FILE = Path(__file__).with_name("other_words.txt")


@dataclass(frozen=True)
class Clip:
    """A word or a few, by itself."""

    words: str
    speaker: str
    human: bool
    samples: Samples
    """Within -1..1, at 16 kHz."""

    @property
    def kind(self) -> int:
        """NEITHER, YES or NO."""
        return YES if self.words in YES_WORDS else NO if self.words in NO_WORDS else NEITHER


def spoken(seed: int) -> Iterator[Clip]:
    """About 3,800 clips. Raises SynthesisFailed where a program is missing."""
    rng = np.random.default_rng(seed)
    words, phrases = other_words()

    def some(of: list[str], count: int) -> list[str]:
        return [str(text) for text in rng.choice(of, count, replace=False)]

    jobs: list[tuple[Voice, list[str]]] = []
    for engine, name in NAMED:
        for _ in range(WAYS_EACH):
            voice = Voice(engine, name, float(rng.uniform(0.75, 1.25)), float(rng.uniform(0.75, 1.35)))
            polar = ["yes", "yes", "yeah", "yep", "no", "no", "nope", "nah"]
            jobs.append((voice, polar + some(words, 26) + some(phrases, 4)))
    for _ in range(ESPEAKS):
        name = f"{rng.choice(ESPEAK_ACCENTS)}+{rng.choice(ESPEAK_TRAINED)}"
        voice = Voice("espeak", name, float(rng.uniform(0.7, 1.3)), float(rng.uniform(0.6, 1.5)))
        polar = ["yes", "no", str(rng.choice(YES_WORDS)), str(rng.choice(NO_WORDS))]
        jobs.append((voice, polar + some(words, 9) + some(phrases, 2)))
    with ProcessPoolExecutor() as processes:
        for (voice, texts), clips in zip(jobs, processes.map(_speak, jobs), strict=True):
            speaker = f"{voice.engine}-{voice.name}"
            yield from (Clip(text, speaker, False, clip) for text, clip in zip(texts, clips, strict=False))


def other_words() -> tuple[list[str], list[str]]:
    """Single words, and phrases of several, that are neither."""
    words: list[str] = []
    phrases: list[str] = []
    several = False
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            several = "Several" in line
        elif several:
            phrases.append(line)
        else:
            words += line.split()
    return words, phrases


def _speak(job: tuple[Voice, list[str]]) -> list[Samples]:
    """Nothing where this one voice fails, as a few of espeak-ng's do."""
    voice, texts = job
    try:
        return speak_all(voice, texts)
    except SynthesisFailed:
        if voice.engine != "espeak":
            raise
        return []
