"""Synthetic voices that stand for patients, and how each is made to speak."""

from __future__ import annotations

import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from recorded_patients.sound_files import RATE

NATURAL_PACE = 170
"""Words a minute at which the voices below speak when nothing is asked of them, about."""


FLITE = "free CMU licence (MIT-like)"
FESTVOX = "free licence of the University of Edinburgh and CMU (MIT-like)"
HTS = "free CMU licence (MIT-like) and BSD-3-Clause"
ESPEAK = "program GPL-3.0-or-later, which does not reach the sound it makes"


@dataclass(frozen=True)
class Voice:
    """One synthetic voice."""

    engine: str
    """flite, festival or espeak-ng."""
    name: str
    """The engine's own name of it."""
    maker: str
    """What made the sound, and whose voice it was."""
    licence: str
    """Terms of the voice itself; what it says here is this project's."""


VOICES = {
    "flite-slt": Voice("flite", "slt", "flite 2.2, voice cmu_us_slt, an American woman", FLITE),
    "flite-rms": Voice("flite", "rms", "flite 2.2, voice cmu_us_rms, an American man", FLITE),
    "flite-awb": Voice("flite", "awb", "flite 2.2, voice cmu_us_awb, a Scottish man", FLITE),
    "flite-kal16": Voice("flite", "kal16", "flite 2.2, voice cmu_us_kal16, an American man", FLITE),
    "festival-kal": Voice(
        "festival", "kal_diphone", "festival 2.5, voice kal_diphone, an American man", FESTVOX
    ),
    "festival-ked": Voice(
        "festival", "ked_diphone", "festival 2.5, voice ked_diphone, an American man", FESTVOX
    ),
    "festival-slt-hts": Voice(
        "festival",
        "cmu_us_slt_arctic_hts",
        "festival 2.5, voice cmu_us_slt_arctic_hts, an American woman",
        HTS,
    ),
    "espeak-us": Voice("espeak-ng", "en-us+m3", "espeak-ng 1.51, voice en-us+m3, American", ESPEAK),
    "espeak-gb": Voice("espeak-ng", "en-gb+f2", "espeak-ng 1.51, voice en-gb+f2, English", ESPEAK),
    "espeak-scotland": Voice(
        "espeak-ng", "en-gb-scotland+f4", "espeak-ng 1.51, voice en-gb-scotland+f4, Scottish", ESPEAK
    ),
}


def speak(voice: Voice, text: str, rate: float) -> NDArray[np.float64]:
    """`text` as 16 kHz samples within -1..1, just as the voice gave them.

    One process for each text: festival's parametric voice would otherwise depend on what it said before.
    Raises FileNotFoundError or subprocess.CalledProcessError where the engine is missing or fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        stretch = NATURAL_PACE / rate
        said = None
        match voice.engine:
            case "flite":
                pace = f"duration_stretch={stretch:.3f}"
                command = ["flite", "-voice", voice.name, "--setf", pace, "-t", text, "-o", str(path)]
            case "festival":
                command = ["festival", "--pipe"]
                said = (
                    f"(voice_{voice.name}) (Parameter.set 'Duration_Stretch {stretch:.3f})"
                    f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{path}" \'riff)'
                )
            case "espeak-ng":
                command = ["espeak-ng", "-v", voice.name, "-s", str(round(rate)), "-w", str(path), text]
            case _:
                raise ValueError(f"no such engine: {voice.engine}")
        subprocess.run(command, input=said, text=True, check=True, capture_output=True)
        with wave.open(str(path), "rb") as recording:
            samples = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2") / 32768
            return np.asarray(soxr.resample(samples, recording.getframerate(), RATE, quality="HQ"))
