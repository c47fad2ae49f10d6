"""The synthetic voices that speak the training and the measuring clips.

Three free programs are used: espeak-ng (formant voices), flite and festival. No recording of a person enters
the model.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from math import gcd
from pathlib import Path

import numpy as np
import soundfile as sf
from numpy.typing import NDArray
from scipy.signal import resample_poly

RATE = 16000

ESPEAK_ACCENTS = (
    "en-gb",
    "en-us",
    "en-gb-scotland",
    "en-gb-x-rp",
    "en-gb-x-gbclan",
    "en-gb-x-gbcwmd",
    "en-029",
    "en-us-nyc",
)
#: Never trained on: the measure of voices that the model has not met.
ESPEAK_HELD_OUT = ("f5", "m7", "steph", "boris", "Mike", "linda", "klatt4")
_ESPEAK_TRAINED = (
    "adam Alex Alicia Andrea Andy Annie anika antonio aunty belinda benjamin caleb david Denis Diogo ed "
    "edward edward2 f1 f2 f3 f4 Gene Gene2 grandma grandpa gustave Henrique Hugo iven iven2 iven3 iven4 "
    "Jacky john kaukovalta klatt klatt2 klatt3 klatt5 Lee m1 m2 m3 m4 m5 m6 m8 marcelo Marco Mario max "
    "michel miguel Mr norbert pablo paul pedro quincy RicishayMax rob robert sandro shelby steph2 "
    "steph3 Storm travis Tweaky victor zac"
)
ESPEAK_TRAINED = tuple(_ESPEAK_TRAINED.split())
FLITE_TRAINED = ("slt", "awb", "kal16")
FLITE_HELD_OUT = ("rms",)
FESTIVAL_TRAINED = ("ked_diphone", "kal_diphone", "cmu_us_slt_arctic_hts")


@dataclass(frozen=True)
class Voice:
    """One voice of one program, with its speed (1 = as made) and pitch (1 = as made)."""

    engine: str
    name: str
    speed: float = 1.0
    pitch: float = 1.0

    @property
    def label(self) -> str:
        return f"{self.engine} {self.name}"


class SynthesisFailed(RuntimeError):
    """A speech program is missing or made no sound."""


def as_written(text: str) -> str:
    """The text as a speech program expects it: the word "i" with a capital."""
    return re.sub(r"\bi\b", "I", text)


def speak_all(voice: Voice, texts: list[str]) -> list[NDArray[np.float32]]:
    """Clips of the texts at 16 kHz, samples in -1..1.

    Raises SynthesisFailed when the program is missing or leaves no file.
    """
    with tempfile.TemporaryDirectory(prefix="speak") as folder:
        paths = [Path(folder) / f"{number}.wav" for number in range(len(texts))]
        if voice.engine == "festival":
            _run(["festival", "--batch", _festival_script(voice, texts, paths, Path(folder))])
        else:
            for text, path in zip(texts, paths, strict=True):
                _run(_command(voice, as_written(text), path))
        return [_read(path, voice) for path in paths]


def _command(voice: Voice, text: str, path: Path) -> list[str]:
    if voice.engine == "espeak":
        words_a_minute, pitch = round(165 * voice.speed), round(min(99, 50 * voice.pitch))
        manner = ["-v", voice.name, "-s", str(words_a_minute), "-p", str(pitch)]
        return ["espeak-ng", *manner, "-w", str(path), text]
    stretch = f"duration_stretch={1 / voice.speed:.3f}"
    base = {"slt": 172, "awb": 125, "kal16": 105, "rms": 98}[voice.name]
    pitch_setting = f"int_f0_target_mean={base * voice.pitch:.1f}"
    return [
        "flite", "-voice", voice.name, "--setf", stretch, "--setf", pitch_setting, "-t", text, "-o", str(path)
    ]  # fmt: skip


def _festival_script(voice: Voice, texts: list[str], paths: list[Path], folder: Path) -> str:
    lines = [f"(voice_{voice.name})", f"(Parameter.set 'Duration_Stretch {1 / voice.speed:.3f})"]
    for text, path in zip(texts, paths, strict=True):
        lines.append(f'(utt.save.wave (utt.synth (Utterance Text "{as_written(text)}")) "{path}" \'riff)')
    script = folder / "speak.scm"
    script.write_text("\n".join(lines), encoding="ascii")
    return str(script)


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except FileNotFoundError as missing:
        raise SynthesisFailed(f"{command[0]} is missing: install espeak-ng, flite and festival") from missing
    except subprocess.SubprocessError as failure:
        raise SynthesisFailed(f"{command[0]} failed: {failure}") from failure


def _read(path: Path, voice: Voice) -> NDArray[np.float32]:
    if not path.exists():
        raise SynthesisFailed(f"{voice.label} wrote no sound")
    samples, rate = sf.read(path, dtype="float32")
    if rate != RATE:
        common = gcd(rate, RATE)
        samples = resample_poly(samples, RATE // common, rate // common)
    return np.asarray(samples, dtype=np.float32)
