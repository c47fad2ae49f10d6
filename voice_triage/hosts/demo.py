"""A recorded patient in place of a person: answers what is asked, and keeps the transcript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voice_triage.dialogue import Conclusion, Dialogue
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Endangered, Measured, Told
from voice_triage.ports import Captions, Sound
from voice_triage.protocol.model import Answer, Ears, Question
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.listening import Listening


class Patient:
    """Chooses the recorded answer to what is asked."""

    def __init__(self, texts: Mapping[str, str], dialogue: Dialogue) -> None:
        """`texts`: what the patient says at each step; see adapters/recorded_patients."""
        self._texts = texts
        self._dialogue = dialogue
        self._put: set[str] = set()

    def choose(self, asked: Asked, prompt: str) -> str | None:
        """The name of the step with the answer to `prompt`; None: the patient says nothing."""
        match asked.kind:
            case Kind.READBACK:
                return "readback_yes" if self._true(asked.fact, prompt) else "readback_no"
            case Kind.OFFER if asked.fact == "lost":  # "I can't hear you": this patient has gone silent
                return None
            case Kind.DENIALS | Kind.OFFER | Kind.MORE:
                return "denials_ok"
        if asked.fact not in self._texts:
            return self._unforeseen(asked)
        if (
            asked.fact in self._put
            and self._question(asked.fact, Answer.CHOICE)
            and asked.kind is Kind.YES_NO
        ):
            return "readback_no"  # "is it about someone else?", where "me" would be no answer
        again = f"{asked.fact}.second"
        if asked.fact in self._put and again in self._texts:
            return again
        self._put.add(asked.fact)
        return asked.fact

    def _unforeseen(self, asked: Asked) -> str | None:
        """Yes to what the first words told, no to all else: unless the patient, gone silent, has no "no".

        A menu, which only weak ears need, is answered by what it leads to.
        """
        if asked.kind is not Kind.YES_NO or "readback_no" not in self._texts:
            return None
        question = self._question(asked.fact, Answer.YES_NO)
        told = {asked.fact}
        if question is not None and question.ears is Ears.WEAK:
            told.update(dict(question.chase).get(Status.PRESENT, ()))
        return "readback_yes" if any(self._has(fact) for fact in told) else self._plain_no(asked)

    def _plain_no(self, asked: Asked) -> str | None:
        """A step at which the patient says no to anything: "no, that's wrong" is none, nor "it hurts"."""
        for step, text in self._texts.items():
            event = interpret(Hearing.typed(text), asked, self._dialogue.lexicon).event
            if (
                isinstance(event, Answered)
                and event.status is Status.ABSENT
                and event.sure
                and not event.in_words
            ):
                return step
        return None

    def _question(self, fact: str, answer: Answer) -> Question | None:
        """The question with this id, if it wants such an answer."""
        questions = self._dialogue.protocol.questions
        return next((each for each in questions if each.id == fact and each.answer is answer), None)

    def _true(self, fact: str, prompt: str) -> bool:
        """What is read back is what the patient says."""
        if self._question(fact, Answer.AGE) is None:
            return self._has(fact)
        said = Hearing.typed(self._texts.get(fact, ""))
        read = interpret(said, Asked(fact, Kind.AGE), self._dialogue.lexicon)
        return isinstance(read.event, Measured) and str(read.event.low) in prompt

    def _has(self, fact: str) -> bool:
        """The patient says at some step that this finding is there."""
        lexicon = self._dialogue.lexicon
        opening = Hearing.typed(self._texts.get("opener", ""))
        told = interpret(opening, Asked("opener", Kind.FREE), lexicon).event
        if isinstance(told, Told) and any(said.fact == fact for said in told.also):
            return True
        texts = (self._texts.get(fact), self._texts.get(f"{fact}.second"))
        hearings = (Hearing.typed(text) for text in texts if text)
        events = [told, *(interpret(each, Asked(fact, Kind.YES_NO), lexicon).event for each in hearings)]
        return any(
            isinstance(event, Endangered) or (isinstance(event, Answered) and event.status is Status.PRESENT)
            for event in events
        )


@dataclass(frozen=True)
class Line:
    """One line of a transcript."""

    at: float
    """Seconds from the beginning."""
    who: str
    """"assistant", "patient", or "heard" for what the recogniser made of the patient."""
    text: str


@dataclass(frozen=True)
class Stage:
    """Where a recorded patient speaks."""

    speak: Callable[[Sound | None, Listening], None]
    """Lets the host hear the sound; None: nothing until it waits no longer."""
    now: Callable[[], float]
    """Seconds from the beginning."""
    shown: Captions
    """The screen."""


class RecordedPerson:
    """Port Captions: when the host waits for an answer, the patient gives it."""

    def __init__(
        self, patient: Patient, texts: Mapping[str, str], sounds: Mapping[str, Sound], stage: Stage
    ) -> None:
        self._patient = patient
        self._texts = texts
        self._sounds = sounds
        self._stage = stage
        self._prompt: list[str] = []
        self.transcript: list[Line] = []

    def say(self, text: str) -> None:
        """What the patient hears."""
        self._prompt.append(text)
        self._note_down("assistant", text)
        self._stage.shown.say(text)

    def listening(self, listening: Listening) -> None:
        """The patient's turn."""
        step = self._patient.choose(listening.asked, " ".join(self._prompt))
        self._prompt.clear()
        self._note_down("patient", "(says nothing)" if step is None else self._texts[step])
        self._stage.shown.listening(listening)
        self._stage.speak(None if step is None else self._sounds[step], listening)

    def heard(self, words: str | None) -> None:
        """What the recogniser made of it."""
        self._note_down("heard", "(nothing)" if words is None else words or "(not understood)")
        self._stage.shown.heard(words)

    def note(self, text: str) -> None:
        """About engines."""
        self._stage.shown.note(text)

    def alarm(self) -> None:
        """Somebody is to look at the screen."""
        self._stage.shown.alarm()

    def concluded(self, conclusion: Conclusion) -> None:
        """What it came to."""
        self._stage.shown.concluded(conclusion)

    def _note_down(self, who: str, text: str) -> None:
        self.transcript.append(Line(self._stage.now(), who, text))
