"""Three parts of all speakers: what hears a part was trained without it."""

from __future__ import annotations

import hashlib
from pathlib import Path

PARTS = 3
FOLDER = Path(__file__).parent / "folds"
SYNTHETIC = {
    **dict.fromkeys(("flite-slt", "festival-cmu_us_slt_arctic_hts"), 0),
    **dict.fromkeys(("flite-rms", "flite-kal16", "festival-kal_diphone"), 1),
    "flite-awb": 2,
}
"""Voices that measure as well; two programs may have a voice of the same person. All others only teach."""


def part_of(speaker: str) -> int:
    """The part to which a speaker belongs, on every machine."""
    if speaker in SYNTHETIC:
        return SYNTHETIC[speaker]
    return int(hashlib.sha256(speaker.encode()).hexdigest(), 16) % PARTS


def weights_without(part: int) -> Path:
    """The file of the networks that never met a speaker of `part`."""
    return FOLDER / f"without_{part}.npz"
