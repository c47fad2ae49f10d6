"""Whole interviews with written people who speak: synthetic voices, the real ears, the real host.

Each case is put in the tier that its spoken words come to, and that is compared with the tier that the same
words come to in writing. From files, faster than real time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from recorded_patients.voices import VOICES, speak

from voice_triage.adapters.file_microphone import FileMicrophone
from voice_triage.adapters.file_player import FilePlayer
from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.adapters.vosk_recognizer import VoskRecognizer
from voice_triage.cli.case_files import read_cases
from voice_triage.content.loading import load
from voice_triage.dialogue import FROM_NOTHING, Conclusion, Dialogue, Turn
from voice_triage.hosts.intervals import wilson
from voice_triage.hosts.judging_cases import interview
from voice_triage.hosts.parts import Gate, Parts, Voice, Way
from voice_triage.hosts.patient_cases import PatientCase, spoken_age
from voice_triage.hosts.speech import Speech
from voice_triage.hosts.text_patient import NO, NOT_SURE, YES, TextPatient
from voice_triage.hosts.voice import VoiceHost
from voice_triage.interview.events import Begin
from voice_triage.interview.state import State
from voice_triage.ports import HEARING_RATE, Recognizer, Sound
from voice_triage.protocol.model import Answer, Protocol
from voice_triage.protocol.urgency import Urgency
from voice_triage.sound.mixing import Room, in_noise, in_quiet_room
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening

from .figures import aligned
from .quiet_screen import QuietScreen

SPEAKERS = tuple(name for name in VOICES if not name.startswith("espeak"))
"""The prompts are espeak's: people who sound like them would be no test."""
PACE = 160
"""Words a minute."""
SNR = 15.0
"""dB of the noisy room."""
REGION = "us"
"""The synthetic voices are American, most of them, and so are the ears."""
PARDON = 0.3
"""Seconds of quiet after what a person waits for before they say it."""


@dataclass(frozen=True)
class Came:
    """How one spoken interview went."""

    case: PatientCase
    written: Urgency | None
    """What the same words come to in writing."""
    spoken: Urgency | None
    put: int
    """Times that the person was asked something."""
    said: tuple[tuple[str, str, str], ...] = field(repr=False)
    """What was asked, what was said, what was heard."""

    @property
    def lower(self) -> bool:
        """Less urgent than in writing; no advice at all is."""
        return (self.spoken or 0) < (self.written or 0)


class Followed(Dialogue):
    """A dialogue that can be asked how it stands: written people look at more than what they hear."""

    turn: Turn

    def open(self, begin: Begin = FROM_NOTHING) -> Turn:
        """See Dialogue."""
        self.turn = super().open(begin)
        return self.turn

    def hear(self, state: State, hearing: Hearing | None) -> Turn:
        """See Dialogue."""
        self.turn = super().hear(state, hearing)
        return self.turn


def followed(dialogue: Dialogue) -> Followed:
    """The same conversation, followed."""
    return Followed(dialogue.protocol, dialogue.lexicon, dialogue.phrasebook, dialogue.policy)


class SpeakingPerson(QuietScreen):
    """Port Captions: where the host waits for an answer, the person of a case gives it aloud."""

    def __init__(
        self, case: PatientCase, dialogue: Followed, say: Callable[[str], Sound], microphone: FileMicrophone
    ) -> None:
        self._patient = TextPatient(case, dialogue)
        self._dialogue = dialogue
        self._say = say
        self._microphone = microphone
        self.said: list[tuple[str, str, str]] = []
        self.conclusion: Conclusion | None = None

    def listening(self, listening: Listening) -> None:
        """The person's turn."""
        words = NO if self.conclusion is not None else self._patient.reply(self._dialogue.turn)
        self.said.append((listening.asked.fact, words, ""))
        sound = self._say(words) if words.strip() else None
        self._microphone.hear(sound, listening.timeout + listening.pausing + PARDON)

    def heard(self, words: str | None) -> None:
        """What the ears made of it."""
        if self.said:
            self.said[-1] = (*self.said[-1][:2], words or "")

    def concluded(self, conclusion: Conclusion) -> None:
        """What it came to first: the person wants nothing more."""
        self.conclusion = self.conclusion or conclusion


def plain_again(case: PatientCase, protocol: Protocol) -> PatientCase:
    """The case with its own words at the first asking, and a plain yes, no or not sure at the second."""
    plain = {True: YES, False: NO, None: NOT_SURE}
    again = {
        each.code: plain[case.fact(each.id) if each.id in case.facts else False]
        for each in protocol.questions
    }
    for each in protocol.questions:
        if each.answer is Answer.AGE:
            again[each.code] = spoken_age(case.age)
        elif each.answer is not Answer.YES_NO:
            del again[each.code]
    return case.model_copy(update={"clarifiers": again})


class Unheard:
    """Port Renderer: nothing of what is said to the person is needed."""

    name = "silence"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """A moment of silence."""
        return Sound(b"\0\0", HEARING_RATE)


class Mouths:
    """Gives each person a voice, and keeps what it said."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Sound] = {}

    def of(self, number: int) -> Callable[[str], Sound]:
        """The voice of this person."""
        return partial(self._say, SPEAKERS[number % len(SPEAKERS)])

    def _say(self, speaker: str, words: str) -> Sound:
        if (speaker, words) not in self._kept:
            samples = speak(VOICES[speaker], words, PACE)
            whole = samples / max(float(np.abs(samples).max()), 1e-9) * 16_000
            self._kept[speaker, words] = Sound(whole.astype("<i2").tobytes(), HEARING_RATE)
        return self._kept[speaker, words]


def spoken(
    case: PatientCase,
    dialogue: Dialogue,
    ears: Callable[[], Recognizer],
    say: Callable[[str], Sound],
    room: Room,
) -> SpeakingPerson:
    """One interview, up to the end."""
    talk = followed(dialogue)
    microphone = FileMicrophone(room)
    person = SpeakingPerson(case, talk, say, microphone)
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(
            ways=(Way(ears, talk),),
            microphone=microphone,
            endpointer=SileroEndpointer(),
            captions=person,
            clock=SystemClock(),
            voice=Voice(Speech(Unheard(), ""), FilePlayer(Path(folder, "tape.wav"))),
            gate=Gate(seconds=0.0),
        )
        VoiceHost(parts).run()
    return person


def came_of(
    cases: Sequence[PatientCase],
    dialogue: Dialogue,
    ears: Callable[[], Recognizer],
    noises: Sequence[Sound],
) -> Iterator[Came]:
    """Every case; in a quiet room where there are no noises."""
    mouths = Mouths()
    for number, case in enumerate(cases):
        room = partial(in_noise, noise=noises[number % len(noises)], snr=SNR) if noises else in_quiet_room
        dressed = plain_again(case, dialogue.protocol)
        person = spoken(dressed, dialogue, ears, mouths.of(number), room)
        written = interview(dialogue.with_ears(weak=False), dressed)
        urgency = person.conclusion.urgency if person.conclusion else None
        came = Came(case, written.got, urgency, len(person.said), tuple(person.said))
        shown = f"{case.id}: written {_name(came.written)}, spoken {_name(came.spoken)}, {came.put} answers"
        print(shown, file=sys.stderr, flush=True)
        if came.lower:
            print(
                "\n".join(f"    {asked}: {said!r} -> {heard!r}" for asked, said, heard in came.said),
                file=sys.stderr,
            )
        yield came


def interviews_page(files: Sequence[Path], data: Path, model: Path, only: str = "", row: str = "") -> str:
    """The table, in Markdown. `files`: cases; `data`: a folder with noise/backgrounds in it; `row`: of the
    table those whose names hold this."""
    dialogue = load(region=REGION)
    cases = [case for case in read_cases(files, dialogue.protocol) if case.id.startswith(only)]
    noises = [read_wav(path) for path in sorted((data / "noise/backgrounds/wav").glob("*.wav"))]
    rows = []
    low: list[str] = []
    for name, make, talk in (
        ("Vosk, the small model of the tests", lambda: VoskRecognizer(model), dialogue),
        ("PocketSphinx", PocketSphinxRecognizer, dialogue.with_ears(weak=True)),
    ):
        for place, heard_over in (("quiet", []), (f"{SNR:g} dB", noises)):
            if row not in f"{name}, {place}":
                continue
            held = list(came_of(cases, talk, make, heard_over))
            rows.append(_row(f"{name}, {place}", held))
            low += [
                f"- {name}, {place}: {each.case.id} {_name(each.spoken)}, in writing {_name(each.written)}"
                for each in held
                if each.lower
            ]
    return "\n".join((aligned([HEAD, *rows]), "", *(low or ["No interview came to less than in writing."])))


HEAD = ("Ears and room", "Cases", "Same tier", "Lower", "Higher", "Emergencies found", "Answers, median")


def _row(name: str, held: Sequence[Came]) -> tuple[str, ...]:
    same = sum(each.spoken is each.written for each in held)
    lower = sum(each.lower for each in held)
    emergencies = [each for each in held if each.written is Urgency.EMERGENCY]
    found = sum(each.spoken is Urgency.EMERGENCY for each in emergencies)
    low, high = wilson(same, len(held))
    return (
        name,
        str(len(held)),
        f"{same} ({100 * low:.0f}-{100 * high:.0f} %)",
        str(lower),
        str(len(held) - same - lower),
        f"{found} of {len(emergencies)}",
        f"{np.median([each.put for each in held]):.0f}",
    )


def _name(urgency: Urgency | None) -> str:
    return urgency.id if urgency is not None else "nothing"
