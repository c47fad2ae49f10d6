"""Measures ears: recorded answers through endpointer, recogniser and understanding, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from voice_triage.dialogue import Dialogue
from voice_triage.errors import SoundFileError
from voice_triage.hosts.attention import OVER, Attending, Attention
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    Event,
    Measured,
    Remarked,
    Requested,
    Told,
)
from voice_triage.ports import FRAME_SAMPLES, Clock, Endpointer, Frame, Recognizer, Sound
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.listening import Expecting

PATIENCE = 7.0
"""Seconds to wait for speech, as in an interview."""
SAME_AS = {
    "yes": "present",
    "no": "absent",
    "silence": "none",
    "no_speech": "none",
    "out_of_vocabulary": "none",
    "out_of_domain_sentence": "none",
}
"""Labels of well-known sets -> what the answer must be read as."""
NOT_THERE = frozenset({"absent", "unsure", "none"})


@dataclass(frozen=True)
class Sample:
    """One recorded answer, and how it must be read."""

    id: str
    question: str | None
    """Id or code of the question; None: any that wants yes or no."""
    label: str | None
    transcript: str | None
    """Where there is no label, the answer must be read as these words are when they are typed."""


@dataclass(frozen=True)
class Judged:
    """How one answer was read."""

    sample: Sample
    expected: str
    reading: str
    """ "present", "absent", "unsure", "none", a request ("repeat"), "age 34", "told ..." or "danger ..."."""
    asked_again: bool
    """The interview would put the question again, or read the answer back as doubtful."""
    heard: tuple[str, ...]
    """What each ear wrote."""
    seconds: float
    """Of sound."""
    cost: float
    """Seconds of work for it."""
    after_endpoint: float
    """Seconds from the end of the turn to the reading."""

    @property
    def correct(self) -> bool:
        """Read as it had to be; a danger is one way for a finding to be there."""
        return self.reading == self.expected or (
            self.expected == "present" and self.reading.startswith("danger")
        )


class Evaluation:
    """Judges samples with one recogniser."""

    def __init__(
        self, dialogue: Dialogue, recognizer: Recognizer, endpointer: Endpointer, clock: Clock
    ) -> None:
        self._dialogue = dialogue
        self._recognizer = recognizer
        self._attention = Attention(endpointer)
        self._clock = clock

    def judge(self, sample: Sample, sound: Sound) -> Judged:
        """`sound` is at HEARING_RATE and ends with quiet. Raises SoundFileError for an unknown question,
        RecognizerError."""
        asked = self._asked(sample)
        expected = self._expected(sample, asked)
        begun = self._clock.monotonic()
        hearing, ended = self._hear(asked, sound)
        event = None if hearing is None else interpret(hearing, asked, self._dialogue.lexicon).event
        done = self._clock.monotonic()
        return Judged(
            sample,
            expected,
            self._reading(event, asked),
            self._again(event, asked),
            tuple(each.text for each in hearing.utterances) if hearing else (),
            sound.seconds,
            done - begun,
            done - ended,
        )

    def _hear(self, asked: Asked, sound: Sound) -> tuple[Hearing | None, float]:
        """What was heard, and when the turn ended by the clock."""
        listening = self._dialogue.listening(asked, PATIENCE)
        self._recognizer.start(listening.phrases, listening.expecting is Expecting.FREE)
        self._attention.start(listening)
        samples = np.frombuffer(sound.samples, "<i2")
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        for part in samples[:whole].reshape(-1, FRAME_SAMPLES):
            for frame in self._attention.accept(Frame(part.tobytes())):
                self._recognizer.accept(frame)
            if self._attention.stands in OVER:
                break
        ended = self._clock.monotonic()
        spoken = self._attention.stands not in (Attending.WAITING, Attending.NOBODY)
        return (self._recognizer.finish() if spoken else None), ended

    def _asked(self, sample: Sample) -> Asked:
        if sample.question is None:
            return Asked("", Kind.READBACK)
        for question in self._dialogue.protocol.questions:
            if sample.question in (question.id, question.code):
                return Asked(question.id, self._kind(question.answer))
            for follow_up in question.follow_ups:
                if sample.question == follow_up.fact:
                    return Asked(follow_up.fact, Kind.ONSET if follow_up.onset else Kind.YES_NO)
        raise SoundFileError(f"{sample.id}: there is no question {sample.question!r}")

    def _kind(self, answer: Answer) -> Kind:
        """The manner in which ears of this kind are asked for it."""
        if answer is Answer.FREE and self._dialogue.policy.weak_ears:
            return Kind.YES_NO
        return Kind(answer.value)

    def _expected(self, sample: Sample, asked: Asked) -> str:
        if sample.label is not None:
            return SAME_AS.get(sample.label, sample.label)
        typed = Hearing.typed(sample.transcript or "")
        return self._reading(interpret(typed, asked, self._dialogue.lexicon).event, asked)

    def _reading(self, event: Event | None, asked: Asked) -> str:
        match event:
            case Answered(Status.ABSENT, sure=False) if self._careful(asked):
                return "none"  # it is not taken for a no: the question is put again
            case Answered(status):
                return status.name.lower()
            case Measured(low, high):
                return f"age {low}" if low == high else f"age {low} to {high}"
            case Requested(request):
                return request.value
            case AskedAbout(topic):
                return f"topic:{topic}"
            case Remarked(remark):
                return f"remark:{remark}"
            case Endangered(interrupt):
                return f"danger {interrupt}" if event.sure else f"asks about danger {interrupt}"
            case Told(also):
                return " ".join(
                    ["told", *sorted(said.fact for said in also if said.status is Status.PRESENT)]
                )
        return "none"

    def _again(self, event: Event | None, asked: Asked) -> bool:
        if isinstance(event, Answered):
            return not event.sure and (event.status is Status.PRESENT or self._careful(asked))
        return not isinstance(event, Measured | Told | Requested | AskedAbout | Remarked | Endangered)

    def _careful(self, asked: Asked) -> bool:
        """A doubtful no to this is asked again; to a read-back it always is."""
        questions = self._dialogue.protocol.questions
        found = next((question for question in questions if question.id == asked.fact), None)
        return found is None or (found.careful and found.answer is Answer.YES_NO)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """All of it as plain values for JSON."""
    delays = sorted(1000 * each.after_endpoint for each in judged if each.heard)
    seconds = sum(each.seconds for each in judged)
    return {
        "n": len(judged),
        "correct": sum(each.correct for each in judged),
        "missed": [
            each.sample.id for each in judged if each.expected == "present" and each.reading == "absent"
        ],
        "false_absent": [
            each.sample.id for each in judged if each.expected != "absent" and each.reading == "absent"
        ],
        "false_present": [
            each.sample.id for each in judged if each.expected in NOT_THERE and each.reading == "present"
        ],
        "asked_again": sum(each.asked_again for each in judged),
        "rtf": round(sum(each.cost for each in judged) / seconds, 3) if seconds else None,
        "after_endpoint_ms": {
            "median": round(median(delays), 1) if delays else None,
            "p95": round(float(np.percentile(delays, 95)), 1) if delays else None,
        },
        "rows": [_row(each) for each in judged],
    }


def _row(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.sample.id,
        "question": judged.sample.question,
        "expected": judged.expected,
        "reading": judged.reading,
        "correct": judged.correct,
        "asked_again": judged.asked_again,
        "heard": list(judged.heard),
        "transcript": judged.sample.transcript,
        "after_endpoint_ms": round(1000 * judged.after_endpoint, 1),
    }
