"""One answer through endpointer and both ears, and what each way to join the ears makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.attention import OVER, Attending, Attention
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, NotUnderstood
from voice_triage.ports import FRAME_SAMPLES, Frame, Sound
from voice_triage.protocol.status import Status
from voice_triage.sound.two_ears import Opinion, SecondEar
from voice_triage.sound.yes_or_no import NEITHER
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret

from .recordings import DIGITS, Recording

ASKED = Asked("saddle_numbness", Kind.YES_NO)
"""Every answer is one to this question: a wrong "no" to it does the most harm."""


NOBODY = Opinion("", "", "", NEITHER)


@dataclass(frozen=True)
class Listened:
    """What each ear made of one answer. All empty: nobody was heard to speak."""

    recording: Recording
    place: str
    heard: Opinion = NOBODY
    digits: tuple[str, str] = ("", "")
    """Of a digit, when digits are what is expected."""


Joined = Callable[[Opinion], tuple[str, ...]]
"""Which texts must agree for an answer to be taken."""


class Listener:
    """Hears as in an interview with weak ears."""

    def __init__(self, dialogue: Dialogue, second: SecondEar) -> None:
        self._dialogue = dialogue
        self._attention = Attention(SileroEndpointer())
        self._recognizer = PocketSphinxRecognizer(second)

    def hear(self, recording: Recording, place: str, sound: Sound) -> Listened:
        """`sound` is the recording in a place. Raises EngineError."""
        frames = self._turn(sound)
        if frames is None:
            return Listened(recording, place)
        heard = self._decoded(frames, self._dialogue.listening(ASKED, 7.0).phrases)
        digits = self._decoded(frames, DIGITS) if recording.digit else NOBODY
        return Listened(recording, place, heard, (digits.plain, digits.rejecting))

    def close(self) -> None:
        """Release the engine."""
        self._recognizer.close()

    def _turn(self, sound: Sound) -> list[Frame] | None:
        """The frames of the answer; None if nobody speaks."""
        self._attention.start(self._dialogue.listening(ASKED, 7.0))
        answer: list[Frame] = []
        samples = np.frombuffer(sound.samples, "<i2")
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        for part in samples[:whole].reshape(-1, FRAME_SAMPLES):
            answer += self._attention.accept(Frame(part.tobytes()))
            if self._attention.stands in OVER:
                break
        return None if self._attention.stands in (Attending.WAITING, Attending.NOBODY) else answer

    def _decoded(self, frames: list[Frame], phrases: tuple[str, ...]) -> Opinion:
        self._recognizer.start(phrases, False)
        for frame in frames:
            self._recognizer.accept(frame)
        return self._recognizer.opinion()


def read(texts: tuple[str, ...], dialogue: Dialogue) -> str:
    """ "yes", "no", "again", or "other": any other answer or request that is acted on."""
    first, *rest = texts if len(texts) > 1 else texts * 2  # a single text agrees with itself
    others = tuple(Utterance(text, Ear.REJECTING) for text in rest)
    hearing = Hearing((Utterance(first, Ear.GRAMMAR), *others), weak=True)
    match interpret(hearing, ASKED, dialogue.lexicon).event:
        case Answered(Status.PRESENT):
            return "yes"
        case Answered(Status.ABSENT, sure=True):
            return "no"
        case Answered(Status.ABSENT) | NotUnderstood():
            return "again"
    return "other"
