"""The weights of the second reader, from a file of NumPy arrays, and to it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from voice_triage.understanding.classifier import Classifier

CLASSIFIER_FILE = "_classifier.npz"
"""In the folder of a language."""
_STEPS = 127
"""Weights are kept as whole numbers from -127 to 127."""


def read_classifier(file: Path) -> Classifier:
    """Raises OSError, or ValueError for a file that does not hold a classifier."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            facts = frozenset(str(arrays["facts"]).split())
            return Classifier(arrays["weights"], float(arrays["scale"]), arrays["bias"], facts)
    except (KeyError, BadZipFile, EOFError, TypeError) as error:
        raise ValueError(f"is not a classifier: {error}") from error


def write_classifier(
    file: Path, weights: npt.NDArray[np.float64], bias: npt.NDArray[np.float64], facts: Collection[str]
) -> None:
    """`weights`: [buckets, labels]; `bias`: [labels]. Raises OSError."""
    scale = max(float(np.abs(weights).max()), 1.0) / _STEPS
    np.savez_compressed(
        file,
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=bias.astype(np.float32),
        facts=np.str_(" ".join(sorted(facts))),
    )
