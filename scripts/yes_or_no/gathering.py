"""Words by people, from folders of recordings, and pieces cut from what they say at length."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from recorded_patients.sound_files import RATE, read_sound

from .speaking import Clip, Samples

WORDS = {
    "gsc_test_v2": 16,
    "gsc_v1_oov_words": 12,
    "picovoice_wake_words": 8,
    "mycroft_not_wake_words": 12,
    "number_phrases": 10,
}
"""Set of single words -> pictures made of each. The digits of fsdd_digits_8k are under a share-alike licence,
and only measure."""
LONGER = ("picovoice_coffee_orders", "read_sentences")
"""Sets of sentences in which nobody says "yes" or "no"."""
PIECES = 14
"""Cut from each sentence."""


def words_of_people(data: Path) -> Iterator[tuple[Clip, int]]:
    """Every clip of WORDS under `data`, and how many pictures are made of it."""
    for name, count in WORDS.items():
        for row in _rows(data / name):
            if row["label"] != "no_speech":
                samples = read_sound(data / name / row["path"]).astype(np.float32)
                yield Clip(row["transcript"], row["speaker"] or row["id"], True, samples), count


def pieces_of_sentences(data: Path, rng: np.random.Generator) -> Iterator[Clip]:
    """Parts of sentences, a quarter of a second to one second long."""
    for name in LONGER:
        for row in _rows(data / name):
            samples = read_sound(data / name / row["path"]).astype(np.float32)
            for piece in _pieces(samples, rng):
                yield Clip("", row["speaker"] or row["id"], True, piece)


def _rows(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


def _pieces(samples: Samples, rng: np.random.Generator) -> list[Samples]:
    power = np.convolve(samples**2, np.ones(800) / 800, "same")
    loud = power > np.percentile(power, 95) * 0.05
    found: list[Samples] = []
    for _ in range(PIECES * 6):
        length = int(rng.uniform(0.25, 1.0) * RATE)
        start = int(rng.integers(0, max(1, len(samples) - length)))
        if loud[start : start + length].mean() <= 0.6:
            continue
        piece = samples[start : start + length]
        places = np.arange(len(piece))
        edges = np.minimum(1.0, np.minimum(places, places[::-1]) / 400)
        found.append((piece * edges).astype(np.float32))
        if len(found) == PIECES:
            break
    return found
