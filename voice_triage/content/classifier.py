"""The weights of the readers that have learnt, from files of NumPy arrays, and to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from voice_triage.understanding.classifier import Classifier
from voice_triage.understanding.finding_reader import FindingReader

CLASSIFIER_FILE, FINDINGS_FILE, DANGERS_FILE = "_classifier.npz", "_findings.npz", "_dangers.npz"
"""In the folder of a language: the second reader of answers, the reader of free speech, that of dangers."""
_STEPS = 127
"""Weights are kept as whole numbers from -127 to 127."""


def read_classifier(file: Path) -> Classifier:
    """The second reader of answers. Raises OSError, or ValueError for a file that does not hold one."""
    weights, scale, bias, names = _read(file)
    return Classifier(weights, scale, bias, frozenset(names))


def read_finding_reader(file: Path) -> FindingReader:
    """The reader of free speech, or of dangers. Raises OSError, or ValueError if the file holds none."""
    return FindingReader(*_read(file))


def _read(file: Path) -> tuple[npt.NDArray[np.int8], float, npt.NDArray[np.float32], list[str]]:
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return arrays["weights"], float(arrays["scale"]), arrays["bias"], str(arrays["facts"]).split()
    except (KeyError, BadZipFile, EOFError, TypeError) as error:
        raise ValueError(f"is not a classifier: {error}") from error


def write_classifier(
    file: Path, weights: npt.NDArray[np.float64], bias: npt.NDArray[np.float64], facts: Sequence[str]
) -> None:
    """`weights`: [buckets, labels]; `bias`: [labels]; `facts`: what it knows, for the reader of free speech
    its labels in the order of the columns. Raises OSError."""
    scale = max(float(np.abs(weights).max()), 1.0) / _STEPS
    np.savez_compressed(
        file,
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=bias.astype(np.float32),
        facts=np.str_(" ".join(facts)),
    )
