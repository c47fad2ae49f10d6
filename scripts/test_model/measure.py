"""What the finished model hears: exact answers and sentences by voice, and words heard in noise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import vosk
from numpy.typing import NDArray

from .degrade import any_noise, as_int16, coloured_noise
from .lexicon import UNKNOWN
from .voices import ESPEAK_HELD_OUT, FESTIVAL_TRAINED, FLITE_HELD_OUT, FLITE_TRAINED, RATE, Voice, speak_all

#: The grammar of a yes/no question: each line is heard as a whole, and anything else should be [unk].
ANSWERS = {
    "yes": (
        "yes",
        "yeah",
        "yep",
        "yes it is",
        "yes i do",
        "yes i have",
        "i think so",
        "yes a bit",
        "correct",
    ),
    "no": (
        "no",
        "nope",
        "no i don't",
        "no i haven't",
        "not at all",
        "no nothing like that",
        "not really",
        "never",
    ),
    "unsure": ("i don't know", "not sure", "i'm not sure", "maybe", "i can't tell", "possibly"),
}
SENTENCES_A_VOICE = 60
NOISE_CLIPS = 100
#: Loudness of the voice in every measured clip (dBFS of its loudest sample).
PEAK = 10 ** (-6 / 20)


@dataclass(frozen=True)
class Rates:
    """Figures for one voice: parts from 0 to 1."""

    voice: str
    trained: bool
    answers_exact: float
    answers_right_kind: float
    answers_wrong_kind: float
    sentences_exact: float
    words_wrong: float


def measured_voices() -> list[tuple[Voice, bool]]:
    """Every named voice as it is made, and espeak-ng's held-out variants; with whether it was trained on."""
    voices = [(Voice("flite", name), True) for name in FLITE_TRAINED]
    voices += [(Voice("festival", name), True) for name in FESTIVAL_TRAINED]
    voices += [(Voice("espeak", f"{name}"), True) for name in ("en-gb+f2", "en-us+m3", "en-gb-scotland+f4")]
    voices += [(Voice("flite", name), False) for name in FLITE_HELD_OUT]
    accents = ("en-gb", "en-us")
    voices += [(Voice("espeak", f"{accents[n % 2]}+{name}"), False) for n, name in enumerate(ESPEAK_HELD_OUT)]
    return voices


def measure_voices(model_folder: Path, phrases: list[str], seed: int = 99) -> list[Rates]:
    """Rates of every voice: answers with the answer grammar, phrases of the domain with none."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(model_folder))
    answers = [(kind, text) for kind, texts in ANSWERS.items() for text in texts]
    kinds = {text: kind for kind, text in answers}
    grammar = json.dumps([*kinds, UNKNOWN])
    longer = [phrase for phrase in phrases if len(phrase.split()) >= 2]
    figures = []
    for number, (voice, trained) in enumerate(measured_voices()):
        rng = np.random.default_rng(seed + number)
        wanted = [str(text) for text in rng.choice(longer, SENTENCES_A_VOICE, replace=False)]
        clips = [_framed(samples, rng) for samples in speak_all(voice, [*kinds, *wanted])]
        heard = [recognise(model, clip, grammar) for clip in clips[: len(kinds)]]
        free = [recognise(model, clip, None) for clip in clips[len(kinds) :]]
        heard_kinds = [kinds.get(text) for text in heard]
        figures.append(
            Rates(
                voice.label,
                trained,
                _part([a == b for a, b in zip(heard, kinds, strict=True)]),
                _part([a == b for a, b in zip(heard_kinds, kinds.values(), strict=True)]),
                _part([a is not None and a != b for a, b in zip(heard_kinds, kinds.values(), strict=True)]),
                _part([a == b for a, b in zip(free, wanted, strict=True)]),
                sum(map(_distance, free, wanted)) / sum(len(text.split()) for text in wanted),
            )
        )
    return figures


def measure_noise(model_folder: Path, seed: int = 7) -> dict[str, float]:
    """Part of clips of noise alone in which words are heard, with the answer grammar and with none."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(model_folder))
    grammar = json.dumps([*(text for texts in ANSWERS.values() for text in texts), UNKNOWN])
    rng = np.random.default_rng(seed)
    free, restricted = [], []
    for _ in range(NOISE_CLIPS):
        noise = as_int16(any_noise(rng, 3 * RATE) * np.float32(10 ** (rng.uniform(-80, -25) / 20)))
        free.append(bool(recognise(model, noise, None)))
        restricted.append(recognise(model, noise, grammar) not in ("", UNKNOWN))
    return {"no grammar": _part(free), "answer grammar": _part(restricted)}


def recognise(model: vosk.Model, samples: NDArray[np.float32], grammar: str | None) -> str:
    """All words of a clip, its endpoints joined; samples in int16 range."""
    recogniser = vosk.KaldiRecognizer(model, RATE, grammar) if grammar else vosk.KaldiRecognizer(model, RATE)
    pcm = samples.astype(np.int16).tobytes()
    heard = []
    for start in range(0, len(pcm), 8000):
        if recogniser.AcceptWaveform(pcm[start : start + 8000]):
            heard.append(json.loads(recogniser.Result())["text"])
    heard.append(json.loads(recogniser.FinalResult())["text"])
    return " ".join(text for text in heard if text)


def _framed(samples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The clip at one loudness between two stretches of faint noise."""
    loud = np.pad(samples / (np.abs(samples).max() + 1e-9) * np.float32(PEAK), (RATE // 3, RATE // 2))
    return as_int16(loud + coloured_noise(rng, len(loud), 1.0) * np.float32(10 ** (-65 / 20)))


def _part(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def _distance(heard: str, wanted: str) -> int:
    """Words to change, add or drop to get from one text to the other."""
    row = list(range(len(wanted.split()) + 1))
    for number, word in enumerate(heard.split(), start=1):
        before, row[0] = row[0], number
        for place, other in enumerate(wanted.split(), start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]
