"""Single words and phrases by real people: which recordings are taken, and under which licence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recorded_patients.rooms import FLOOR, random_numbers
from recorded_patients.sound_files import read_sound, write_sound

WANTED = {
    "yes": 12,
    "no": 12,
    "stop": 4,
    **dict.fromkeys(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1),
    **dict.fromkeys(("happy", "house", "tree", "sheila", "cat", "wow", "learn", "dog", "backward"), 1),
    "": 2,
    "you better talk": 1,
    "a cheddar block": 1,
    "she'll be all right": 1,
}
"""What was said -> how many recordings of it, each by another person. Empty: nobody speaks."""

DIGITS = frozenset(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
READINGS = {"yes": "present", "no": "absent", "stop": "stop"}
"""How a word must be read as the answer to a yes/no question; every other one answers nothing."""

QUESTIONS = (
    "chest_pain_or_breathless", "collapse_or_faint", "saddle_numbness", "bladder_retention_or_lost_urge",
    "urinary_leak", "bowel_loss", "both_legs", "leg_or_foot_weakness", "major_trauma", "fever_sweats",
    "abdominal_or_flank_pain", "sexual_change",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Where a set of recordings comes from. The set is known by how the ids of its recordings begin."""

    maker: str
    licence: str


ORIGINS = {
    "gsc-": Origin("Speech Commands v0.02 test set, collected by Pete Warden (Google)", "CC-BY-4.0"),
    "prec-": Origin("Mycroft AI, Precise Community Data", "public domain"),
    "cv-": Origin("Mozilla Common Voice", "CC0-1.0"),
}


def take(folders: list[Path], target: Path) -> Iterator[dict[str, Any]]:
    """Copy the wanted recordings of `folders` into `target`; yield a manifest row for each.

    Each folder holds a manifest.jsonl with id, path, transcript, source, speaker, flags and measured audio
    for each recording. Of each recording nothing is changed but that the faint noise of a quiet room is
    added, since many fall silent to the last bit. Raises ValueError when there are too few.
    """
    missing = Counter(WANTED)
    voices: set[tuple[str, str]] = set()
    turn: Counter[str] = Counter()
    for folder in folders:
        lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        for row in map(json.loads, lines):
            said, voice = row["transcript"] or "", row["speaker"] or row["id"]
            origin = next((o for start, o in ORIGINS.items() if row["id"].startswith(start)), None)
            if origin is None or not missing[said] or (said, voice) in voices or not fit(row):
                continue
            missing[said] -= 1
            voices.add((said, voice))
            name = f"{row['id']}.wav"
            sound = read_sound(folder / row["path"])
            floor = random_numbers(f"clips/{name}").standard_normal(sound.size) * FLOOR
            write_sound(target / name, np.clip(sound + floor, -1, 1))
            reading = READINGS.get(said, "none")
            question = QUESTIONS[turn[reading] % len(QUESTIONS)]
            turn[reading] += 1
            yield {
                "id": f"clips/{row['id']}",
                "path": f"clips/{name}",
                "question": None if said in DIGITS else question,
                **({} if said in DIGITS else {"label": reading}),
                "transcript": said,
                "voice": voice if row["speaker"] else "not named",
                "maker": origin.maker,
                "licence": origin.licence,
                "source": row["source"],
            }
    if +missing:
        raise ValueError(f"too few recordings by people in the folders given: missing {dict(+missing)}")


def fit(row: dict[str, Any]) -> bool:
    """Free of the faults that were found by measuring (too quiet, clipped, cut), and clear of noise."""
    audio = row["audio"]
    if row["flags"] or row.get("duplicate_of"):
        return False
    return not row["transcript"] or (
        audio["active_s"] >= 0.25 and audio["snr_db"] >= 20 and audio["peak"] < 0.98
    )
