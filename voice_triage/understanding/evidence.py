"""Each thing in an utterance that speaks for or against the finding asked about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.matching import Match, Span

IN_PLAIN_WORDS = "plain words"
AS_IT_SHOULD_BE = "as it should be"
WAS_BEFORE = "it was there before"
"""Why a turn of speech says what it says."""


class For(Enum):
    """What a piece of evidence says."""

    PRESENT = "there"
    ABSENT = "not there"
    UNSURE = "unsure"
    YES = "yes"
    NO = "no"
    WEAK_YES = "weak yes"
    IN_PART = "there in part"
    """At some time, or under some condition."""
    WEAK_NO = "weak no"
    WELL = "all is well"
    UNCLEAR = "cannot be told"


@dataclass(frozen=True)
class Evidence:
    """One piece of it."""

    says: For
    place: int
    """Of its first word."""
    words: str
    why: str
    sure: bool = True
    hedge: bool = False
    """A yes by itself, no more than a hedge beside anything else: "I suppose"."""
    own: bool = True
    """The finding itself is said, and of this person."""
    short: bool = False
    """It means so only because the question was asked: "both", "a bit"."""
    score: float = 100.0


@dataclass(frozen=True)
class Verdict:
    """What one phrase comes to."""

    says: For
    but: str = ""
    """What about it decided."""
    sure: bool = True
    own: bool = True


@dataclass(frozen=True)
class Found:
    """All evidence in one utterance."""

    shape: Shape
    evidence: tuple[Evidence, ...]
    turns: tuple[Span, ...]
    """Turns of speech that are no part of a phrase."""
    also: tuple[Match, ...]
    """Findings of other questions, said to be there."""
    unexplained: tuple[tuple[str, ...], ...]
    """For each clause the words that matter and mean nothing to us."""
    told: frozenset[int]
    """Clauses that hold any phrase of the question, its lookalikes included."""
    unable: bool
    """Something unknown fails ("I can't ...")."""
    grammar: Grammar
    why: tuple[str, ...]

    def has(self, *turns: Turn) -> bool:
        """Any of these turns of speech occurs."""
        return any(label in turns for span in self.turns for label in span.labels)

    def says(self, *what: For) -> tuple[Evidence, ...]:
        """Evidence of these kinds."""
        return tuple(item for item in self.evidence if item.says in what)
