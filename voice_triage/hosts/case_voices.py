"""Voices: the same cases in the words of another kind of person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field

from voice_triage.hosts.patient_cases import Answers, PatientCase, PlainWords, spoken_age
from voice_triage.protocol.model import Answer, Protocol, Question

Ways = Annotated[list[str], Field(min_length=1)]


class Voice(BaseModel):
    """How one kind of person speaks. Keys of findings are codes of questions ("C1")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voice: str
    """Its name."""
    plain: PlainWords
    opener: Ways
    for_me: Ways
    """To "is this for you?"."""
    for_other: Ways
    nothing_else: Ways
    """To the closing question."""
    refuses: Ways
    age: Ways
    """With "{age}", in words."""
    course: dict[Literal["same", "worse", "better"], Ways]
    """With "{since}", a length of time."""
    when: Ways
    """With "{began}", when it began."""
    present: dict[str, Ways]
    """A finding that is there; not since when."""
    unsure: dict[str, Ways] = {}
    cases: dict[str, Answers] = {}
    """Id of a case -> its own words: "opener", "when", codes ("C1"), codes with a part ("C6.worse"), and
    "C1 again" for the second wording and the check."""


def in_voice(case: PatientCase, voice: Voice, protocol: Protocol) -> PatientCase:
    """The case in this voice: words for this case where it has some, else for each finding, else plain ones.

    Always the same words for the same case and voice. Raises ValueError if the voice has no words for a
    finding that is there.
    """
    return _Dressing(case, voice, protocol).dressed()


class _Dressing:
    def __init__(self, case: PatientCase, voice: Voice, protocol: Protocol) -> None:
        self._case = case
        self._voice = voice
        self._protocol = protocol
        self._own = voice.cases.get(case.id, {})

    def dressed(self) -> PatientCase:
        case, voice = self._case, self._voice
        answers = {key: words for key, words in case.answers.items() if "." in key}
        clarifiers: Answers = {}
        told = [self._opener()]
        for question in self._protocol.questions:
            code = question.code
            words = self._own.get(code, self._words(question))
            if words is not None:
                answers[code] = words
            if (again := self._own.get(f"{code} again")) is not None:
                clarifiers[code] = again
            if code.startswith("H") and case.fact(question.id) and "opener" not in self._own:
                told.append(self._present(question))  # nobody asks for it
        answers |= {key: words for key, words in self._own.items() if "." in key}
        return case.model_copy(
            update={
                "opener": " ".join(told),
                "answers": answers,
                "clarifiers": clarifiers,
                "preliminary": {},
                "when": self._when(),
                "readback_yes": self._one_of(voice.plain.right, "right"),
                "readback_no": self._one_of(voice.plain.wrong, "wrong"),
                "plain": voice.plain,
            }
        )

    def _words(self, question: Question) -> str | None:
        """What is said to this question; None: plainly, by what is there."""
        case, voice, code = self._case, self._voice, question.code
        told = case.facts.get(question.id, "no")
        if told == "unanswered":
            return self._one_of(voice.refuses, code)
        if told == "unknown":
            return self._one_of(voice.unsure.get(code, voice.plain.unsure), code)
        match question.answer:
            case Answer.AGE:
                return self._one_of(voice.age, code).format(age=spoken_age(case.age))
            case Answer.DURATION:
                return self._course()
            case Answer.CHOICE:
                return self._one_of(voice.for_other if case.fact(question.id) else voice.for_me, code)
            case Answer.FREE if case.fact(question.id):
                return self._present(question)
            case Answer.FREE:
                return self._one_of(voice.nothing_else, code) if code == "Z" else None
        return self._present(question) if case.fact(question.id) else None

    def _present(self, question: Question) -> str:
        ways = self._voice.present.get(question.code)
        if ways is None:
            raise ValueError(f"the voice {self._voice.voice!r} has no words for {question.code}")
        return self._one_of(ways, question.code)

    def _opener(self) -> str:
        return self._own.get("opener") or self._one_of(self._voice.opener, "opener")

    def _course(self) -> str:
        times = self._case.times
        if "since" not in times:
            return self._case.answers.get("U1", self._case.when)
        going = times.get("course")
        ways = self._voice.course["worse" if going == "worse" else "better" if going == "better" else "same"]
        return self._one_of(ways, "U1").format(since=times["since"])

    def _when(self) -> str:
        if (own := self._own.get("when")) is not None:
            return own
        if (began := self._case.times.get("began")) is None:
            return self._case.when
        return self._one_of(self._voice.when, "when").format(began=began)

    def _one_of(self, ways: Sequence[str], what: str) -> str:
        drawn = crc32(f"{self._case.id} {self._voice.voice} {what}".encode())
        return ways[drawn % len(ways)]
