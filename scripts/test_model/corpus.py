"""The training clips: what is said by which voice, and the features and labels made from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from .alignment import Aligner
from .degrade import as_heard, as_int16, change_speed, noise_alone
from .features import log_mel
from .lexicon import Lexicon
from .voices import ESPEAK_ACCENTS, ESPEAK_TRAINED, RATE, Voice, speak_all

#: Clips that one voice says before the next voice is drawn.
CLIPS_A_BATCH = 10
#: Times a clip is heard anew (room, microphone, noise) beside the clean clip.
DEGRADED_COPIES = 2
#: Phrases up to this many words are answers and requests rather than stories: they are said more often.
SHORT_PHRASE = 3
SHORT_PHRASE_WEIGHT = 2.0
NOISE_CLIP_SECONDS = 2.5
FLITE_BASE = {"slt": 14, "awb": 14, "kal16": 10}
FESTIVAL_BASE = {"ked_diphone": 9, "kal_diphone": 8, "cmu_us_slt_arctic_hts": 8}
ESPEAK_SHARE = 37


@dataclass(frozen=True)
class Batch:
    """Texts for one voice, the speed of their replay, and the seed of all that is random in it."""

    voice: Voice
    texts: tuple[str, ...]
    replay: float
    seed: int


@dataclass
class Clip:
    """One text as features of its copies (the first one clean), with labels where alignment succeeded."""

    text: str
    copies: list[NDArray[np.float16]]
    labels: NDArray[np.uint8] | None


@dataclass
class Corpus:
    """All training clips, and features of clips that hold noise alone."""

    clips: list[Clip] = field(default_factory=list)
    noise: list[NDArray[np.float16]] = field(default_factory=list)


def draw_text(
    rng: np.random.Generator, phrases: list[str], weights: NDArray[np.float64], words: list[str]
) -> str:
    """A phrase, two phrases, one word, or a string of words that mean nothing together."""
    kind = rng.random()
    if kind < 0.5:
        return phrases[rng.choice(len(phrases), p=weights)]
    if kind < 0.6:
        return " ".join(phrases[rng.choice(len(phrases), p=weights)] for _ in range(2))
    if kind < 0.72:
        return str(rng.choice(words))
    return " ".join(str(word) for word in rng.choice(words, size=rng.integers(2, 5)))


def draw_voice(rng: np.random.Generator) -> Voice:
    """A training voice with its own speed and pitch."""
    named = {("flite", name): share for name, share in FLITE_BASE.items()}
    named |= {("festival", name): share for name, share in FESTIVAL_BASE.items()}
    keys = [*named, ("espeak", "")]
    shares = np.array([*named.values(), ESPEAK_SHARE], dtype=float)
    engine, name = keys[rng.choice(len(keys), p=shares / shares.sum())]
    if engine == "espeak":
        name = f"{rng.choice(ESPEAK_ACCENTS)}+{rng.choice(ESPEAK_TRAINED)}"
    return Voice(engine, name, speed=float(rng.uniform(0.8, 1.25)), pitch=float(rng.uniform(0.75, 1.35)))


def plan(phrases: list[str], lexicon: Lexicon, clips: int, seed: int) -> list[Batch]:
    """What is said by whom: the same for the same seed."""
    rng = np.random.default_rng(seed)
    words = list(lexicon.words)
    weights = np.array([SHORT_PHRASE_WEIGHT if len(p.split()) <= SHORT_PHRASE else 1.0 for p in phrases])
    weights /= weights.sum()
    batches = []
    for number in range(-(-clips // CLIPS_A_BATCH)):
        texts = tuple(draw_text(rng, phrases, weights, words) for _ in range(CLIPS_A_BATCH))
        replay = float(rng.uniform(0.88, 1.14))
        batches.append(Batch(draw_voice(rng), texts, replay, seed * 1_000_003 + number))
    return batches


_aligner: list[Aligner] = []


def make_batch(batch: Batch) -> list[Clip]:
    """Speak, align and degrade one batch; runs in a worker process."""
    if not _aligner:
        _aligner.append(Aligner())
    rng = np.random.default_rng(batch.seed)
    spoken = [change_speed(samples, batch.replay) for samples in speak_all(batch.voice, list(batch.texts))]
    babble = crowd(rng, spoken)
    clips = []
    for text, samples in zip(batch.texts, spoken, strict=True):
        before, after = (int(RATE * seconds) for seconds in rng.uniform(0.1, 0.8, 2))
        padded = np.pad(samples, (before, after))
        loud = padded / (np.abs(padded).max() + 1e-9) * np.float32(0.5)
        heard = [as_int16(loud * 10 ** float(rng.uniform(-1, 0.2)))]
        heard += [as_heard(rng, loud, babble) for _ in range(DEGRADED_COPIES)]
        copies = [log_mel(samples).astype(np.float16) for samples in heard]
        labels = _aligner[0].align(loud, text)
        frames = len(copies[0])
        clips.append(Clip(text, copies, labels[:frames] if labels is not None else None))
    return clips


def crowd(rng: np.random.Generator, spoken: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Ten seconds of the clips talking over each other; RMS 1."""
    mix = np.zeros(10 * RATE, dtype=np.float32)
    for _ in range(3):
        for samples in spoken:
            fitted = np.resize(samples, len(mix)) / (np.sqrt(np.mean(samples**2)) + 1e-9)
            mix += np.roll(fitted, int(rng.integers(len(mix)))) * np.float32(rng.uniform(0.3, 1))
    return np.asarray(mix / np.sqrt(np.mean(mix**2)), dtype=np.float32)


def make_noise(seed: int) -> NDArray[np.float16]:
    """Features of one clip of noise alone."""
    rng = np.random.default_rng(seed)
    length = int(NOISE_CLIP_SECONDS * RATE)
    return log_mel(noise_alone(rng, length)).astype(np.float16)


def make_corpus(
    batches: list[Batch], noise_clips: int, workers: int, report: Callable[[str], None]
) -> Corpus:
    """All clips of the plan, made by worker processes, in the order of the plan."""
    corpus = Corpus()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, clips in enumerate(pool.map(make_batch, batches, chunksize=2), start=1):
            corpus.clips += clips
            if number % 50 == 0 or number == len(batches):
                aligned = sum(clip.labels is not None for clip in corpus.clips)
                report(f"clips: {len(corpus.clips)} spoken, {aligned} aligned")
        corpus.noise = list(pool.map(make_noise, range(noise_clips), chunksize=20))
    return corpus
