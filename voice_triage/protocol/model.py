"""The protocol as values: questions in order, rules, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from voice_triage.protocol.conditions import Condition
from voice_triage.protocol.findings import Facts
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency


class Answer(StrEnum):
    """What kind of answer a question wants."""

    YES_NO = "yes_no"
    AGE = "age"
    """A number of years."""
    DURATION = "duration"
    """For how long: a number of days."""
    FREE = "free"
    CHOICE = "choice"


MEASURED = frozenset({Answer.AGE, Answer.DURATION})
"""Answers that are numbers."""


class Ears(StrEnum):
    """With which ears a question is put."""

    ANY = "any"
    STRONG = "strong"
    """Only where free speech can be heard."""
    WEAK = "weak"
    """Only where it cannot."""


@dataclass(frozen=True)
class FollowUp:
    """A further question about a finding that is there."""

    fact: str
    """ "saddle_numbness.new" """
    onset: bool
    """It asks when; a time is an answer too."""
    when: Condition
    """Asked only while this holds, and an onset always then; others only if an answer could raise the
    urgency, decide how to get help, or take back what was only held to be so."""


@dataclass(frozen=True)
class Question:
    """One question of the interview."""

    id: str
    code: str
    """Its short name in the protocol, such as "C1"."""
    answer: Answer
    follow_ups: tuple[FollowUp, ...] = ()
    confirm: bool = False
    """A bare yes is read back before it counts."""
    careful: bool = False
    """A doubtful no is asked again in the second wording: a yes can reach an emergency."""
    denial: bool = False
    """A no is read back before any advice below emergency."""
    has_check: bool = False
    """There is a checking question for "I don't know"."""
    reask: bool = True
    """Silence is asked again in the second wording."""
    counts: bool = True
    """Left unsure or unanswered, it counts as uncertainty (amendment 13)."""
    ask_when: Condition | None = None
    """It makes sense only if this holds: no child is asked about sex. None: always."""
    gate: Condition | None = None
    """It matters only if this holds, or if another answer pulls it forward. None: always."""
    always: bool = True
    """Asked even when no answer to it could raise the urgency any more."""
    volunteered: bool = False
    """Never put by itself: only if the person speaks of it."""
    bands: tuple[int, ...] = ()
    """For a number: where a rule changes its mind, in years or days; each is a fact "age.50"."""
    noted: bool = False
    """A yes is acknowledged in words of its own."""
    ears: Ears = Ears.ANY
    chase: tuple[tuple[Status, tuple[str, ...]], ...] = ()
    """Status -> questions to ask next when this question came to it."""


@dataclass(frozen=True)
class Rule:
    """If the condition holds, the person needs to be seen at least this soon."""

    id: str
    urgency: Urgency
    when: Condition
    advice: str
    """Key of the text that is spoken."""
    mode: Mode | None
    """In an emergency: call or go."""
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Protocol:
    """Everything that decides what is asked and what the answers mean."""

    version: str
    facts: Facts
    questions: tuple[Question, ...]
    """In the order of asking."""
    rules: tuple[Rule, ...]
    advice_order: tuple[str, ...]
    """Keys of advice texts, first the one spoken when several rules of one urgency fire."""
    call_when: Condition | None
    """In any emergency: call an ambulance when this holds, whatever the rule says."""
    call_texts: Mapping[str, str]
    """Key of an advice to go -> key of the text that is spoken instead when an ambulance must be called."""
    end_when: Condition | None
    """The person wants no more questions when this holds."""
    most_questions: int
    """No more than so many counted questions are put; what is left out then stays open."""
    left_out: str
    """Fact: a question that still mattered was left out for that reason."""
    left_out_urgent: str
    """Fact: it might have shown that the person must be seen the same day, or at once."""
    ended_early: str
    """Fact: the interview ended before all was asked."""
    ended_silent: str
    """Fact: it ended because nobody answered."""
    help_question: str
    """Asked when somebody says "help me"."""
    self_care_advice: str
    """Key of the text when no rule fires."""
    proxy_question: str
    """Its yes means that the person speaks for somebody else."""
    away_question: str = ""
    """Its yes means that the one they speak for is not with them, and cannot be asked."""
    child_when: Condition | None = None
    """The patient is a child when this holds."""
    repeat_question: str = ""
    """Its yes means that the person sought advice about this before; records of ours may tell it, too."""
    repeated: str = ""
    """Fact: they did so more than once."""
    interrupts: tuple[str, ...] = ()
    """Ids of the dangers that are acted on at any moment; each is a fact "interrupt.chest"."""
    danger_questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Danger -> what is asked at once, where that decides what to do about it."""
    danger_tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Danger -> questions that its words answer with a yes, if one of them was asked."""

    @cached_property
    def counted(self) -> Mapping[str, str]:
        """Question id -> code, of those that `most_questions` is for.

        Not counted are who it is about, where they are, the opener (codes G...), what is asked in a danger
        (S...), what is only asked once it was spoken of (H...), and the closing questions (Z...).
        """
        return {question.id: question.code for question in self.questions if question.code[0] not in "GHSZ"}

    @cached_property
    def asked_of_proxies(self) -> frozenset[str]:
        """Questions that only those are asked who may speak for somebody else."""
        place = self.facts.place(self.proxy_question)
        gated = (q.id for q in self.questions if q.ask_when is not None and place in q.ask_when.places())
        return frozenset((self.proxy_question, *gated))

    def question(self, name: str) -> Question:
        """The question with this id or code. Raises KeyError."""
        for question in self.questions:
            if name in (question.id, question.code):
                return question
        raise KeyError(name)
