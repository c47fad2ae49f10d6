"""What stands around each phrase and turn of speech in one utterance."""

from __future__ import annotations

from dataclasses import dataclass

from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.matching import Match, Span


@dataclass(frozen=True)
class Scene:
    """One utterance with all that was found in it."""

    shape: Shape
    turns: tuple[Span, ...]
    taken: frozenset[int]
    """Places of words that already belong to a phrase, and deny nothing more."""
    particles: frozenset[int]
    """Places of a "no" that is an answer by itself."""
    grammar: Grammar
    own_places: frozenset[int]
    """Places of words in phrases of the question itself, its lookalikes apart."""
    dated: bool
    happened: bool
    denied: frozenset[int]
    """Places of words in phrases of the question that deny by a negator of their own: "no fall"."""
    well_places: frozenset[int]
    """Places of words in phrases by which the finding is not there: "legs are strong"."""
    named: frozenset[str]
    """Words for what has to be well for the finding not to be there."""
    others: tuple[Match, ...]
    """Findings of other questions."""

    def text(self, span: Match | Span) -> str:
        """Its words."""
        return " ".join(self.shape.words[span.start : span.end])

    def foreign(self, what: Span | Match, explained: frozenset[int]) -> int:
        """How many words of its clause mean nothing to us."""
        places = self.shape.clause_words(self.shape.clause[what.start])
        return sum(p not in explained and self.shape.words[p] not in self.grammar.idle for p in places)
