"""What the interview makes of one answer, in the words by which measuring sets label answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.hosts.answer_rows import HALF_HEARD, INTERRUPT
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
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

ANY_QUESTION = Asked("", Kind.YES_NO)
"""Some question that wants yes or no, of which nothing else is known."""


def asked_of(protocol: Protocol, name: str | None) -> Asked | None:
    """How the question or follow-up with this id or code is put; None: the protocol has none such."""
    if name is None:
        return ANY_QUESTION
    base, _, part = name.partition(".")
    try:
        question = protocol.question(base)
    except KeyError:
        return None
    if not part:
        return Asked(question.id, Kind(question.answer.value))
    for follow_up in question.follow_ups:
        if follow_up.fact == f"{question.id}.{part}":
            return Asked(follow_up.fact, Kind.ONSET if follow_up.onset else Kind.YES_NO)
    return None


@dataclass(frozen=True)
class Read:
    """How an answer was read."""

    readings: tuple[str, ...]
    """All it was read as, first what the interview acts on: "present", "absent", "unsure", "none", a request
    ("repeat"), a topic ("topic:tests"), a remark ("remark:not-stress"), a danger ("interrupt:chest") or one
    that is asked about ("half_heard:chest")."""
    found: Mapping[str, Status]
    """Findings of questions that were not asked, by id."""
    alike: frozenset[str]
    """Questions that ask about a danger that was read."""
    again: bool
    """The interview would put the question again, or read the answer back as doubtful."""

    @property
    def interrupts(self) -> tuple[str, ...]:
        """The dangers among the readings."""
        return tuple(reading for reading in self.readings if reading.startswith(INTERRUPT))

    @property
    def half_heard(self) -> str | None:
        """The danger that is asked about; None: none is."""
        reading = self.readings[0]
        return reading.removeprefix(HALF_HEARD) if reading.startswith(HALF_HEARD) else None


class AnswerReader:
    """Names what events mean, by what was asked."""

    def __init__(self, protocol: Protocol) -> None:
        self._careful = {question.id for question in protocol.questions if question.careful}
        self._findings = {question.id for question in protocol.questions}
        self._alike = _alike(protocol)

    def read(self, event: Event, asked: Asked) -> Read:
        """What this event means as an answer to `asked`."""
        base = asked.fact.partition(".")[0]
        said = {each.fact: each.status for each in getattr(event, "also", ())}
        found = {fact: status for fact, status in said.items() if fact in self._findings}
        readings: list[str] = []
        alike: frozenset[str] = frozenset()
        if isinstance(event, Endangered) and not event.sure:
            readings += [HALF_HEARD + event.interrupt, *(["present"] if base in found else [])]
        elif isinstance(event, Endangered):
            dangers = [f"interrupt.{event.interrupt}", *(f for f in said if f.startswith("interrupt."))]
            readings += [INTERRUPT + danger.partition(".")[2] for danger in dangers]
            alike = frozenset().union(*(self._alike.get(danger, ()) for danger in dangers))
            if base in alike or base in found:
                readings.append("present")
        elif base in found and asked.kind is not Kind.FREE:
            readings += [found[base].name.lower(), self._answer(event, asked)]
        else:
            readings.append(self._answer(event, asked))
        found.pop(base, None)
        return Read(tuple(dict.fromkeys(readings)), found, alike, self._again(event, asked))

    def _answer(self, event: Event, asked: Asked) -> str:
        match event:
            case Answered(Status.ABSENT, sure=False) if self._asks_twice(asked):
                return "none"  # it is not taken for a no: the question is put again
            case Answered(status):
                return status.name.lower()
            case Requested(request):
                return request.value
            case AskedAbout(topic):
                return f"topic:{topic}"
            case Remarked(remark):
                return f"remark:{remark}"
            case Told(also) if also:
                return "present"
        return "none"

    def _again(self, event: Event, asked: Asked) -> bool:
        match event:
            case Answered(status, sure=sure):
                return not sure and (status is Status.PRESENT or self._asks_twice(asked))
            case Endangered():
                return not event.sure
            case Measured() | Told() | Requested() | AskedAbout() | Remarked():
                return False
        return True

    def _asks_twice(self, asked: Asked) -> bool:
        """A doubtful no to this is not taken."""
        return asked.kind is Kind.YES_NO and asked.fact in self._careful


def _alike(protocol: Protocol) -> Mapping[str, frozenset[str]]:
    """Danger -> questions about the same thing: its words answer them, or a rule speaks the same advice.

    Pain that crushes the chest is chest pain too, whichever of the two it is read as.
    """
    spoken: dict[tuple[str, int], set[str]] = {}
    for rule in protocol.rules:
        names = {protocol.facts.names[place] for place in rule.when.places()}
        spoken.setdefault((rule.advice, rule.urgency), set()).update(names)
    questions = {question.id for question in protocol.questions}
    alike: dict[str, frozenset[str]] = {}
    for names in spoken.values():
        for danger in (name for name in names if name.startswith("interrupt.")):
            alike[danger] = alike.get(danger, frozenset()) | (names & questions)
    for name, told in protocol.danger_tells.items():
        alike[f"interrupt.{name}"] = alike.get(f"interrupt.{name}", frozenset()) | frozenset(told)
    return alike
