"""All stages of making the test model, one after the other."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .alignment import DICTIONARY
from .corpus import Corpus, make_corpus, plan
from .features import cepstra_to_mel
from .lexicon import build_lexicon, read_dictionary, read_phrases
from .measure import measure_noise, measure_voices
from .model_directory import label_priors, write_model
from .network import ChunkSource, Layer, Schedule, exported_layers, train
from .notice import Making, notice

HIDDEN = 144
NOISE_CLIPS_A_CLIP = 0.12
FRAMES_AN_HOUR = 360_000
Report = Callable[[str], None]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Options:
    """What to make and where: see scripts/make_test_model."""

    out: Path
    clips: int
    steps: int
    workers: int
    seed: int
    keep: Path | None
    command: str
    made_on: date


def build(options: Options, report: Report) -> None:
    """Make the model, write it and its NOTICE.md, and report its figures."""
    phrases = read_phrases()
    lexicon = build_lexicon(phrases, read_dictionary(DICTIONARY))
    report(f"{len(phrases)} phrases, {len(lexicon.words)} words")
    noise_clips = int(options.clips * NOISE_CLIPS_A_CLIP)
    batches = plan(phrases, lexicon, options.clips, options.seed)
    corpus = _kept(
        options, f"corpus{options.clips}", lambda: make_corpus(batches, noise_clips, options.workers, report)
    )
    frames, labels = joined(corpus, options.seed)
    report(f"{len(frames) / FRAMES_AN_HOUR:.1f} hours of sound")
    layers = _kept(
        options,
        f"network{options.clips}-{options.steps}",
        lambda: trained_layers(frames, labels, Schedule(options.steps, seed=options.seed), report),
    )
    write_model(options.out, lexicon, phrases, layers, label_priors(labels))
    report(f"written to {options.out}")
    rates = measure_voices(options.out, phrases)
    noise = measure_noise(options.out)
    making = Making(
        command=options.command,
        made_on=options.made_on,
        phrases=len(phrases),
        words=len(lexicon.words),
        parameters=sum(layer.weights.size + layer.bias.size for layer in layers),
        clips=len(corpus.clips),
        hours=len(frames) / FRAMES_AN_HOUR,
    )
    text = notice(making, rates, noise)
    (options.out / "NOTICE.md").write_text(text, encoding="utf-8")
    report(text)


def trained_layers(
    frames: NDArray[np.float16], labels: NDArray[np.uint8], schedule: Schedule, report: Report
) -> list[Layer]:
    """The layers of a newly trained network, as the model file wants them."""
    source = ChunkSource(frames, labels, schedule)
    parameters, statistics = train(source, HIDDEN, schedule, report)
    return exported_layers(parameters, statistics, source.mean, source.spread, cepstra_to_mel())


def joined(corpus: Corpus, seed: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
    """All labelled clips and the noise in random order, as one stretch of frames with their labels."""
    pieces = [(copy, clip.labels) for clip in corpus.clips if clip.labels is not None for copy in clip.copies]
    pieces += [(noise, np.zeros(len(noise), dtype=np.uint8)) for noise in corpus.noise]
    order = np.random.default_rng(seed).permutation(len(pieces))
    frames = np.concatenate([pieces[place][0] for place in order])
    labels = np.concatenate([pieces[place][1] for place in order])
    return frames, labels


def _kept(options: Options, name: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, read from the folder of kept results when it is there."""
    if options.keep is None:
        return make()
    path = options.keep / f"{name}.pickle"
    if path.exists():
        with path.open("rb") as file:
            kept: Made = pickle.load(file)  # noqa: S301 - our own file of an earlier run
            return kept
    made = make()
    options.keep.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump(made, file)
    return made
