"""Pictures to learn from: every clip in several rooms, through several microphones, in several noises."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from recorded_patients.sound_files import RATE
from test_model.degrade import any_noise, change_speed, microphone, noise_alone, room, speech_level

from voice_triage.sound.spoken_word import picture

from .dealing import SYNTHETIC, part_of
from .gathering import pieces_of_sentences, words_of_people
from .speaking import NEITHER, Clip, Samples, spoken

NAMED_COPIES, ESPEAK_COPIES, PIECE_COPIES = 3, 2, 3
NOISES = 600
"""Pictures of noise without a voice."""
BABBLE_SECONDS = 60
TEACHES_ALL = -1


@dataclass
class Pictures:
    """What is learnt from; row by row alike."""

    seen: NDArray[np.float16]
    kind: NDArray[np.int64]
    human: NDArray[np.bool_]
    part: NDArray[np.int64]
    """Of the speaker; TEACHES_ALL for voices that nothing is measured with."""


def pictures(data: Path, seed: int) -> Pictures:
    """From the sets under `data` and from synthetic voices. Raises OSError, SynthesisFailed."""
    rng = np.random.default_rng(seed)
    machine = list(spoken(seed))
    babble = _babble([clip.samples for clip in machine if clip.kind == NEITHER], rng)
    wanted = [
        (clip, ESPEAK_COPIES if clip.speaker.startswith("espeak") else NAMED_COPIES) for clip in machine
    ]
    wanted += words_of_people(data)
    wanted += [(piece, PIECE_COPIES) for piece in pieces_of_sentences(data, rng)]
    jobs = [(clip, count, babble, seed + number) for number, (clip, count) in enumerate(wanted)]
    rows: list[tuple[NDArray[np.float16], int, bool, int]] = []
    with ProcessPoolExecutor() as processes:
        for (clip, _), made in zip(wanted, processes.map(_copies, jobs, chunksize=20), strict=True):
            part = part_of(clip.speaker) if clip.human or clip.speaker in SYNTHETIC else TEACHES_ALL
            rows += [(one, clip.kind, clip.human, part) for one in made]
    for _ in range(NOISES):
        seen = picture(noise_alone(rng, 2 * RATE).astype(np.float64))
        if seen is not None:
            rows.append((seen.astype(np.float16), NEITHER, False, TEACHES_ALL))
    seen_all, kind, human, part_all = zip(*rows, strict=True)
    return Pictures(np.stack(seen_all), np.array(kind), np.array(human), np.array(part_all))


def _copies(job: tuple[Clip, int, Samples, int]) -> list[NDArray[np.float16]]:
    clip, count, babble, seed = job
    rng = np.random.default_rng(seed)
    made = (picture(_as_heard(rng, clip.samples, babble).astype(np.float64)) for _ in range(count))
    return [one.astype(np.float16) for one in made if one is not None]


def _as_heard(rng: np.random.Generator, samples: Samples, babble: Samples) -> Samples:
    """A clip as an answer comes in, in int16 range: in a room, at a distance, in noise."""
    out = change_speed(samples, float(np.clip(np.exp(rng.normal(0, 0.09)), 0.8, 1.25)))
    out = np.pad(out, (int(rng.uniform(0.4, 0.7) * RATE), int(rng.uniform(0.6, 1.0) * RATE)))
    if rng.random() < 0.35:
        out = room(rng, out)
    if rng.random() < 0.6:
        out = microphone(rng, out)
    level = 10 ** (rng.uniform(-38, -12) / 20)
    out = out * np.float32(level / speech_level(out))
    over_noise = rng.uniform(30, 70) if rng.random() < 0.45 else rng.uniform(6, 30)
    if rng.random() < 0.3:
        start = int(rng.integers(0, len(babble) - len(out)))
        noise = babble[start : start + len(out)]
        noise = noise / (np.sqrt(np.mean(noise**2)) + 1e-9)
    else:
        noise = any_noise(rng, len(out))
    out = out + noise * np.float32(level * 10 ** (-over_noise / 20))
    out = out + rng.normal(0, 1e-3 * 10 ** rng.uniform(-0.5, 0.3), len(out))
    return np.asarray(np.clip(np.round(out * 32768), -32768, 32767), dtype=np.float32)


def _babble(voices: list[Samples], rng: np.random.Generator) -> Samples:
    """Six synthetic voices that talk at once."""
    total = np.zeros(BABBLE_SECONDS * RATE, dtype=np.float32)
    for _ in range(6):
        at = 0
        while at < len(total):
            voice = voices[rng.integers(len(voices))]
            voice = voice / (np.sqrt(np.mean(voice**2)) + 1e-4)
            total[at : at + len(voice)] += voice[: len(total) - at]
            at += len(voice) + int(rng.uniform(0, 2000))
    return total
