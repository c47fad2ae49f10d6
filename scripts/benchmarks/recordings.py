"""The answers that are listened to: by people, from folders on the command line, and by synthetic voices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from recorded_patients.voices import VOICES, speak

from voice_triage.adapters.sound_files import read_wav
from voice_triage.ports import HEARING_RATE, Sound

SETS = (
    "gsc_test_v2",
    "gsc_v1_oov_words",
    "fsdd_digits_8k",
    "number_phrases",
    "picovoice_wake_words",
    "mycroft_not_wake_words",
)
"""Folders of words by people, each with a manifest.jsonl; one that is not there is left out."""
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SYNTHETIC = {
    "yes": ("yes", "yeah", "yes i do"),
    "no": ("no", "nope", "no i don't"),
    "other": ("now", "note", "know how", "guess", "yet", "yesterday", "go on then", "my sister has a dog"),
    "request": ("repeat that please", "stop", "wait"),
}
SPEAKERS = ("flite-slt", "flite-rms", "flite-awb", "flite-kal16")
PACES = (140, 185)
"""Words a minute."""


@dataclass(frozen=True)
class Recording:
    """One answer, by itself."""

    id: str
    kind: str
    """What was said: "yes", "no", "request", "other", or "nothing"."""
    words: str
    speaker: str
    by: str
    """ "people" or "voices"."""
    sound: Sound

    @property
    def digit(self) -> str | None:
        """The digit that was said, if one was."""
        return self.words if self.words in DIGITS else None


def people(data: Path) -> Iterator[Recording]:
    """Every clip of SETS under `data`, at HEARING_RATE. Raises ValueError if there is none."""
    found = 0
    for name in SETS:
        manifest = data / name / "manifest.jsonl"
        if not manifest.is_file():
            continue
        for row in map(json.loads, manifest.read_text(encoding="utf-8").splitlines()):
            if row.get("duplicate_of"):
                continue
            found += 1
            said = row["transcript"] or ""
            kind = {"yes": "yes", "no": "no", "stop": "request", "": "nothing"}.get(said, "other")
            speaker = row["speaker"] or row["id"]
            yield Recording(row["id"], kind, said, speaker, "people", read_wav(data / name / row["path"]))
    if not found:
        raise ValueError(f"{data}: holds none of {', '.join(SETS)}")


def synthetic() -> Iterator[Recording]:
    """Answers by voices that are not espeak's, which it understates."""
    for voice in SPEAKERS:
        for kind, texts in SYNTHETIC.items():
            for text in texts:
                for pace in PACES:
                    samples = np.clip(np.rint(speak(VOICES[voice], text, pace) * 16000), -32768, 32767)
                    sound = Sound(samples.astype("<i2").tobytes(), HEARING_RATE)
                    yield Recording(f"{voice}/{text}/{pace}", kind, text, voice, "voices", sound)


def noise_alone(noises: dict[str, Sound]) -> Iterator[Recording]:
    """Pieces of noise in which nobody speaks, eight seconds each, and silence."""
    size = 8 * HEARING_RATE * 2
    yield Recording("silence", "nothing", "", "", "noise", Sound(bytes(size), HEARING_RATE))
    for name, noise in noises.items():
        for start in range(0, len(noise.samples) - size // 2, size):
            piece = noise.samples[start : start + size]
            yield Recording(f"{name}/{start}", "nothing", "", "", "noise", Sound(piece, HEARING_RATE))
