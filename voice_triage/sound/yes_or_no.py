"""A small network that tells a spoken "yes" and "no" from each other and from all else.

A second ear for those that hear poorly, and independent of them: it was trained on other voices, and knows no
phrases. docs/hearing.md says how it was made and how well it hears; scripts/train_yes_or_no makes it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice_triage.sound.spoken_word import BANDS, FRAMES, Picture, picture

WEIGHTS = Path(__file__).with_name("yes_or_no.npz")
STEPS = (2, 1, 1, 1, 1)
"""Frames between the places at which each layer looks."""
SPREADS = (1, 1, 2, 4, 8)
"""Places between the frames that a layer sees from one place."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Verdict:
    """How likely each is; the three add up to one."""

    yes: float
    no: float
    neither: float
    """Other words, a longer answer, or nobody."""


NEITHER = Verdict(0.0, 0.0, 1.0)


class YesOrNo:
    """The networks, whose verdicts are averaged; may be used by any number of threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load them. Raises OSError, ValueError or KeyError where the file is missing or damaged."""
        with np.load(weights) as file:
            arrays = {name: np.asarray(file[name], dtype=np.float32) for name in file.files}
        self._networks = [
            {name.partition(".")[2]: array for name, array in arrays.items() if name.startswith(f"{number}.")}
            for number in range(int(arrays["networks"]))
        ]
        for network in self._networks:
            _scores(network, np.zeros((FRAMES, BANDS), dtype=np.float32))  # every array is there, and fits

    def hear(self, samples: bytes) -> Verdict:
        """What one answer was: mono 16-bit sound at HEARING_RATE, with the quiet around it."""
        seen = picture(np.frombuffer(samples, "<i2").astype(np.float64))
        if seen is None:
            return NEITHER
        neither, yes, no = np.mean([_shares(_scores(network, seen)) for network in self._networks], axis=0)
        return Verdict(float(yes), float(no), float(neither))


def _scores(network: dict[str, Array], seen: Picture) -> Array:
    """Of neither, yes and no: convolutions over time, each added to what it saw, then mean and maximum."""
    value: Array = seen
    for number, (step, spread) in enumerate(zip(STEPS, SPREADS, strict=True)):
        weights = network[f"w{number}"]
        width = weights.shape[0]
        places = range(0, len(value) - (width - 1) * spread, step)
        looked = sum(
            value[at * spread : at * spread + places.stop : step][: len(places)] @ weights[at]
            for at in range(width)
        )
        out = np.maximum(looked + network[f"b{number}"], 0.0)
        value = out if number == 0 else out + value[spread:-spread]
    pooled = np.concatenate([value.mean(axis=0), value.max(axis=0)])
    return np.asarray(pooled @ network["wo"] + network["bo"], dtype=np.float32)


def _shares(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max())
    return np.asarray(exponents / exponents.sum(), dtype=np.float32)
