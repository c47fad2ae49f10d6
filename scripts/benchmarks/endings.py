"""Ends of answers: how soon after the last word the end is declared, and how often a pause is taken for it.

The real endpointer, attention and patience, and real recognisers that are asked at each pause, on sound taken
in as fast as it can be.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from recorded_patients.voices import VOICES, speak

from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.vosk_recognizer import VoskRecognizer
from voice_triage.content.loading import load
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.attention import FRAME_SECONDS, OVER, Attending, Attention
from voice_triage.hosts.ears import Ears
from voice_triage.hosts.happenings import Heard
from voice_triage.hosts.intervals import wilson
from voice_triage.hosts.pause import Pause
from voice_triage.interview.effects import Asked, Kind
from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Recognizer, Sound
from voice_triage.sound.mixing import in_noise, in_quiet_room
from voice_triage.understanding.listening import Expecting, Listening

from .figures import aligned

VOICED = ("flite-slt", "flite-awb", "festival-kal")
REFUSED = frozenset({Attending.OTHERS, Attending.TOO_EARLY})
"""Voices were there before the answer, and it was not told apart from them: it is asked again."""
BEFORE, AFTER = 0.8, 2.6
"""Seconds of the room before and after; what has not ended then never does."""
PEOPLE = 30
PLAIN = Asked("fever_sweats", Kind.YES_NO)
NERVES = Asked("saddle_numbness", Kind.YES_NO)
AGE = Asked("age", Kind.AGE)
COURSE = Asked("course", Kind.DURATION)
OPEN = Asked("opener", Kind.FREE)
YES_NO = ("no", "yes", "no i don't think so", "yes i have", "not that i know of", "i'm not sure")
NUMBERS = (
    (AGE, "thirty four"), (AGE, "i'm seventy two"), (AGE, "fifty eight years old"), (AGE, "i am forty six"),
    (COURSE, "three weeks"), (COURSE, "about two days"), (COURSE, "two months"), (COURSE, "six years"),
)  # fmt: skip
OPEN_WORDS = ("my back hurts since i lifted a box", "it started on sunday after a fall")
SHORT_PAUSES = (
    ("no", "i don't think so"), ("yes", "i have"), ("not", "that i know of"), ("well", "no"),
    ("no", "not really"), ("yes", "a little"),
)  # fmt: skip
LONG_IN_NUMBERS = (
    (AGE, "seventy", "four"), (AGE, "i'm", "seventy two"), (COURSE, "about", "three weeks"),
    (COURSE, "three", "weeks"), (COURSE, "two", "and a half months"), (COURSE, "since", "last week"),
)  # fmt: skip
LONG_AFTER = (
    ("no but", "my leg is weak"), ("yes and", "it's getting worse"), ("it's in my", "left leg"),
    ("i have a", "bad back"),
)  # fmt: skip
LONG_AT_NERVES = (("no", "but it tingles"), ("yes", "since yesterday"), ("no", "i can't feel it"))
LONG_IN_OPEN = (("my back hurts", "since i lifted a box"), ("it started", "on sunday after a fall"))
QUIET_END = 4e-3
"""Of the loudest 30 ms: what is fainter at the end of a recording is not speech."""

Samples = np.ndarray


@dataclass(frozen=True)
class Clip:
    """Somebody answers."""

    group: str
    asked: Asked
    sound: Samples
    """The words alone, -1 to 1 at HEARING_RATE."""


@dataclass(frozen=True)
class Outcome:
    """When its end was declared."""

    group: str
    delay: float | None
    """Seconds after the last word; negative: before it. None: never."""


class _EarsAtOnce(Ears):
    """The recogniser without a thread. It is asked 0.3 s before what it heard is needed, and is held to be
    done by then, as it is on a quiet machine."""

    def __init__(self, recognizer: Recognizer, listening: Listening) -> None:
        super().__init__(lambda: recognizer)
        self._recognizer = recognizer
        self._listening = listening
        self._frames: list[Frame] = []
        self.told: Heard | None = None
        """What it made of the pause."""

    def accept(self, frame: Frame) -> None:
        self._frames.append(frame)

    def look(self) -> int:
        self._looks += 1
        self._recognizer.start(self._listening.phrases, self._listening.expecting is Expecting.FREE)
        for frame in self._frames:
            self._recognizer.accept(frame)
        self.told = Heard(0, self._looks, self._recognizer.finish())
        return self._looks


def endings_page(data: Path, model: Path) -> str:
    """The tables, in Markdown. `data`: a folder with audio/gsc_test_v2 and noise/backgrounds in it."""
    dialogue = load(region="us")
    noises = [read_wav(data / "noise/backgrounds" / row["path"]) for row in _rows(data / "noise/backgrounds")]
    clips = [*people(data), *synthetic()]
    tables = []
    for name, make, talk in (
        ("PocketSphinx", PocketSphinxRecognizer, dialogue.with_ears(weak=True)),
        ("Vosk, the small model of the tests", lambda: VoskRecognizer(model), dialogue),
    ):
        recognizer = make()
        outcomes = [
            replace(outcome, group=f"{outcome.group}, {room}")
            for room, snr in (("quiet", None), ("10 dB", 10.0))
            for outcome in measure(clips, recognizer, talk, noises, snr)
        ]
        recognizer.close()
        tables.append(f"With {name}:\n\n{table(outcomes)}")
    return "\n\n".join(tables)


def measure(
    clips: Sequence[Clip],
    recognizer: Recognizer,
    dialogue: Dialogue,
    noises: Sequence[Sound],
    snr: float | None,
) -> Iterator[Outcome]:
    """Each clip in a quiet room, or at `snr` dB over one noise after another."""
    attention = Attention(SileroEndpointer())
    for number, clip in enumerate(clips):
        if snr is not None and not clip.group.startswith("end: yes/no"):
            continue
        if not recognizer.weak and clip.group.startswith("end: yes/no"):
            continue  # the same with all ears: what is asked for after "no" does not change it
        sound = Sound((clip.sound * 16_000).astype("<i2").tobytes(), HEARING_RATE)
        room = (
            in_quiet_room(sound, BEFORE, AFTER)
            if snr is None
            else in_noise(sound, noises[number % len(noises)], snr, BEFORE, AFTER)
        )
        ended = end_of(room, clip.asked, recognizer, dialogue, attention)
        yield Outcome(clip.group, None if ended is None else ended - BEFORE - sound.seconds)


def end_of(
    room: Sound, asked: Asked, recognizer: Recognizer, dialogue: Dialogue, attention: Attention
) -> float | None:
    """Second of the recording at which the end is declared; None: nowhere in it."""
    listening = dialogue.listening(asked, 60.0)
    ears = _EarsAtOnce(recognizer, listening)
    pause = Pause(listening, ears, lambda heard: dialogue.goes_on(asked, heard))
    attention.start(listening)
    samples = np.frombuffer(room.samples, "<i2")
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    for number, part in enumerate(frames):
        taken = attention.accept(Frame(part.tobytes()))
        over = bool(taken) and pause.take(taken, attention.pause)
        if ears.told is not None:
            told, ears.told = ears.told, None
            over = pause.answered(told)
        if attention.stands in REFUSED:
            return None
        if over or attention.stands in OVER:
            return number * FRAME_SECONDS + FRAME_SECONDS
    return None


def people(data: Path) -> Iterator[Clip]:
    """ "Yes" and "no" of people, of which the end can be seen."""
    rows = [
        row
        for row in _rows(data / "audio/gsc_test_v2")
        if row["transcript"] in ("yes", "no")
        and not row["flags"]
        and not row.get("duplicate_of")
        and row["audio"]["snr_db"] >= 30
    ]
    random.Random(1).shuffle(rows)  # noqa: S311 - a choice of clips
    words = [words_of(_floats(read_wav(data / "audio/gsc_test_v2" / row["path"]))) for row in rows[:PEOPLE]]
    for word in words:
        yield Clip("end: yes/no by people", PLAIN, word)
    for word in words[:10]:
        yield Clip("end: bare yes/no to C1-C5, people", NERVES, word)
    for first, second in zip(words[0::2], words[1::2], strict=False):
        yield Clip("cut: 0.7 s between two words of people", PLAIN, joined(first, second, 0.7))
        yield Clip("cut: 1.5 s after a bare yes/no to C1-C5, people", NERVES, joined(first, second, 1.5))


def synthetic() -> Iterator[Clip]:
    """Answers of synthetic voices, whole and with pauses."""
    for voice in VOICED:

        def say(text: str, voice: str = voice) -> Samples:
            return words_of(speak(VOICES[voice], text, 160))

        yield from _whole(say)
        yield from _with_pauses(say)


def _whole(say: Callable[[str], Samples]) -> Iterator[Clip]:
    for text in YES_NO:
        yield Clip("end: yes/no, synthetic", PLAIN, say(text))
    for asked, text in NUMBERS:
        yield Clip("end: ages and times", asked, say(text))
    for text in OPEN_WORDS:
        yield Clip("end: open answers", OPEN, say(text))


def _with_pauses(say: Callable[[str], Samples]) -> Iterator[Clip]:
    for first, second in SHORT_PAUSES:
        yield Clip("cut: 0.7 s in yes/no answers, synthetic", PLAIN, joined(say(first), say(second), 0.7))
    for asked, first, second in LONG_IN_NUMBERS:
        yield Clip("cut: 1.5 s in ages and times", asked, joined(say(first), say(second), 1.5))
    for first, second in LONG_AFTER:
        yield Clip("cut: 1.5 s after and, but, my, a", PLAIN, joined(say(first), say(second), 1.5))
    for first, second in LONG_AT_NERVES:
        yield Clip("cut: 1.5 s after a bare yes/no to C1-C5", NERVES, joined(say(first), say(second), 1.5))
    for first, second in LONG_IN_OPEN:
        yield Clip("cut: 1.5 s in open answers", OPEN, joined(say(first), say(second), 1.5))


def joined(first: Samples, second: Samples, pause: float) -> Samples:
    """Both at one level, with `pause` seconds of nothing between."""
    both = (
        first / np.sqrt((first**2).mean()),
        np.zeros(round(pause * HEARING_RATE)),
        second / np.sqrt((second**2).mean()),
    )
    whole = np.concatenate(both)
    return np.asarray(whole / np.abs(whole).max())


def words_of(samples: Samples) -> Samples:
    """Without the quiet before and after."""
    power = np.convolve(
        (samples[: len(samples) // 160 * 160].reshape(-1, 160) ** 2).mean(axis=1), np.ones(3) / 3, "same"
    )
    loud = np.flatnonzero(power > power.max() * QUIET_END)
    cut = samples[loud[0] * 160 : (loud[-1] + 1) * 160]
    return np.asarray(cut / np.abs(cut).max())


HEAD = ("Answers", "Clips", "Median", "p95", "Never ended", "Cut off", "Cut off, 95 % interval")


def table(outcomes: Sequence[Outcome]) -> str:
    """One row for each group."""
    groups = dict.fromkeys(outcome.group for outcome in outcomes)
    return aligned(
        [HEAD, *(_row(group, [each for each in outcomes if each.group == group]) for group in groups)]
    )


def _row(group: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    delays = [outcome.delay for outcome in outcomes if outcome.delay is not None]
    whole = [delay for delay in delays if delay > -0.1] or [float("nan")]
    cut = len(delays) - sum(delay > -0.1 for delay in delays)
    low, high = wilson(cut, len(outcomes))
    return (
        group,
        str(len(outcomes)),
        f"{np.median(whole):.2f} s",
        f"{np.percentile(whole, 95):.2f} s",
        str(len(outcomes) - len(delays)),
        str(cut),
        f"{100 * low:.0f}-{100 * high:.0f} %",
    )


def _rows(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def _floats(sound: Sound) -> Samples:
    return np.frombuffer(sound.samples, "<i2").astype(np.float64) / 32768
