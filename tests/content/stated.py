"""People of intents/statements.yaml interviewed, and what was reached of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voice_triage.content.schema import CoverFile, PersonFile
from voice_triage.dialogue import Dialogue, Turn
from voice_triage.interview.effects import Conclude, Kind
from voice_triage.interview.events import (
    Answered,
    Endangered,
    Event,
    Measured,
    Request,
    Requested,
    Said,
    Silence,
    Told,
)
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing

YES, NO = Answered(Status.PRESENT), Answered(Status.ABSENT)
PLAIN: Mapping[str, Event] = {
    "there": YES,
    "not": NO,
    "unsure": Answered(Status.UNSURE),
    "silent": Silence(),
}
EASING = (
    Said("course.sudden", Status.ABSENT),
    Said("course.worse", Status.ABSENT),
    Said("course.improving", Status.PRESENT),
)
MOST_TURNS = 200


@dataclass
class Held:
    """One interview."""

    asked: set[str] = field(default_factory=set)
    """Ids of questions that were put in full, not only read back."""
    said: list[str] = field(default_factory=list)
    """Every sentence; also of those why a question is put, and how it is put again."""
    ends: list[Conclude] = field(default_factory=list)


class Person:
    """Answers as the table says; whatever it is silent on is denied. 34 years old unless it tells the age."""

    def __init__(self, told: PersonFile) -> None:
        self._told = told
        self._spoke = False

    def answer(self, state: State) -> Event:
        assert state.asked is not None
        fact, kind = state.asked.fact, state.asked.kind
        if fact == "opener" and kind is Kind.FREE and not self._spoke:
            self._spoke = True
            if self._told.danger is not None:
                return Endangered(self._told.danger)
            return Told(tuple(Said(each, Status.PRESENT) for each in self._told.opener))
        if kind is Kind.READBACK:
            return YES
        value = self._told.told.get(fact)
        if kind is Kind.AGE:
            return Measured(int(value or 34), int(value or 34))
        if kind is Kind.DURATION:
            return Measured(int(value or 4), int(value or 4), also=() if value else EASING)
        if value is None:
            new = kind is Kind.ONSET and fact.partition(".")[0] in self._told.told
            return YES if new else NO
        if value == "old":
            return Answered(Status.ABSENT, also=(Said(fact.replace(".new", ".old"), Status.PRESENT),))
        return PLAIN[value]


def interviewed(talk: Dialogue, told: PersonFile) -> Held:
    """The whole interview; what each question would lead to by "why?", silence and doubt is heard as well."""
    person, held, turn = Person(told), Held(), talk.open()
    held.said += turn.say
    for _ in range(MOST_TURNS):
        if turn.listen is None:
            return held
        if turn.state.phase is Phase.ASKING:
            held.asked.add(turn.listen.asked.fact)
            for event in (Requested(Request.WHY), Silence(), PLAIN["unsure"]):
                held.said += talk.take(turn.state, event).say
        event = person.answer(turn.state)
        held.ends += [e for e in talk.interview.step(turn.state, event)[1] if isinstance(e, Conclude)]
        turn = talk.take(turn.state, event)
        held.said += turn.say
    raise AssertionError("the interview does not end")


@dataclass
class Reached:
    """What is reached in a conversation by what the table names. Interviews are remembered."""

    talk: Dialogue
    ways: Mapping[str, Sequence[str]]
    """Topic or remark -> how somebody asks for it, or says it."""
    _held: dict[str, Held] = field(default_factory=dict)
    _asides: dict[str, str] = field(default_factory=dict)

    def missing(self, entry: CoverFile) -> Iterator[str]:
        """What the table promises of a statement and nobody hears."""
        held = [self.held(person) for person in entry.people]
        for person, each in zip(entry.people, held, strict=True):
            yield from _wrong(person, each)
        asked = {question for each in held for question in each.asked}
        yield from (f"{question} is never put" for question in entry.asked if question not in asked)
        heard = " ".join((*self.well.said, *(sentence for each in held for sentence in each.said)))
        for key, words in {**entry.said, **entry.asked}.items():
            yield from (f"nobody hears {each!r} of {key}" for each in words if not _in(each, heard))
        for name, words in {**entry.topics, **entry.remarks}.items():
            told = self.aside(name)
            yield from (f"{name} does not tell {each!r}" for each in words if not _in(each, told))

    def held(self, person: PersonFile) -> Held:
        key = person.model_dump_json()
        if key not in self._held:
            self._held[key] = interviewed(self.talk, person)
        return self._held[key]

    @cached_property
    def well(self) -> Held:
        """The interview of somebody who denies everything."""
        return self.held(PersonFile(comes_to="self_care", hears="self_care"))

    @cached_property
    def _first_question(self) -> Turn:
        turn = self.talk.open()
        while turn.listen is None or turn.listen.asked.fact in ("who_for", "opener"):
            turn = self.talk.take(turn.state, NO)
        return turn

    def aside(self, name: str) -> str:
        """Title and all parts of a topic, or what is answered to a remark: asked for in each of its ways."""
        if name not in self._asides:
            book = self.talk.phrasebook
            told = [book.topics[name].title] if name in book.topics else []
            for way in self.ways[name]:
                turn = self.talk.hear(self._first_question.state, Hearing.typed(way))
                told += turn.say
                while turn.state.phase is Phase.TELLING:
                    turn = self.talk.hear(turn.state, Hearing.typed("yes please"))
                    told += turn.say
            self._asides[name] = " ".join(told)
        return self._asides[name]


def _wrong(person: PersonFile, held: Held) -> Iterator[str]:
    who = f"{person.opener or ''}{person.danger or ''}{person.told}"
    if not held.ends:
        yield f"{who} gets no advice"
        return
    end = held.ends[-1]
    if end.urgency.id != person.comes_to:
        yield f"{who} comes to {end.urgency.id}, not {person.comes_to}"
    if not set(person.by) <= set(end.rules):
        yield f"{who} comes to it by {end.rules}, not by {person.by}"
    if end.advice != person.hears:
        yield f"{who} hears {end.advice}, not {person.hears}"


def _in(words: str, text: str) -> bool:
    return words.lower() in text.lower()
