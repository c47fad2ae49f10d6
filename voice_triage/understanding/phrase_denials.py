"""What denies a phrase of a question, how far a denial reaches, and what undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice_triage.understanding.evidence import For, Verdict
from voice_triage.understanding.lexicon import ABSENT, Turn
from voice_triage.understanding.matching import Match, Span
from voice_triage.understanding.scene import Scene


@dataclass(frozen=True)
class PhraseDenials(Scene):
    """Tells of each phrase of one utterance how it is denied."""

    def _turns_round(self, negator: int, match: Match) -> bool:
        """It has nothing nearer to deny: "not steady"; not "I haven't leaked, my pants are dry"."""
        nearer = any(place in self.own_places for place in range(negator + 1, match.start))
        if any(
            turn.label == Turn.NO
            and turn.start <= negator < turn.end > turn.start + 1
            and not self._acts(turn)
            for turn in self.turns
        ):
            return False  # "nothing of the sort, my head's clear"
        if match.start == negator + 1 and self.shape.words[match.start] in self.grammar.there:
            return False  # "not down there, all normal"
        after = self.shape.words[negator + 1 : negator + 2]
        if self.shape.words[negator] == "never" and self.grammar.starters.issuperset(after) and after:
            return False  # "never, I am always dry"
        return not nearer and not self._denies_itself(match)

    def _acts(self, turn: Span) -> bool:
        """It is the subject of a verb: "none of it makes sense"."""
        after = self.shape.words[turn.end : turn.end + 1]
        return bool(after) and after[0] in self.grammar.verbs | self.grammar.being

    def _denies_itself(self, match: Match) -> bool:
        """ "cannot feel"."""
        return any(self.shape.words[place] in self.grammar.negators for place in match.places)

    def _cannot_without(self, negators: Sequence[int], match: Match) -> bool:
        """ "I can't finish a sentence without stopping for air"."""
        words = self.shape.words
        first = self.shape.clause_words(self.shape.clause[match.start])[0]
        return any(
            words[place] in self.grammar.undoing and not self.grammar.negators.isdisjoint(words[first:place])
            for place in negators
        )

    def _set_against(self, negator: int, match: Match) -> bool:
        """ "not the groin, the tummy", "no fever, sweats at night": the denial may end before it."""
        between = range(negator + 1, match.start)
        own = [place for place in between if place in self.own_places]
        if not own or any(self.shape.words[place] in self.grammar.joining for place in between):
            return False
        words = self.shape.words[own[-1] + 1 : match.start]
        named_anew = bool(words) and all(word in self.grammar.determiners for word in words)
        return (not words and len(match.places) > 1) or (named_anew and words[0] == "the")

    def _undone(self, negators: Sequence[int]) -> bool:
        """One denial denies another: "never without it", "never not numb".

        Most people mean one denial by two: "I haven't got no pain", "neither hot nor cold".
        """
        words = [self.shape.words[place] for place in negators]
        if any(word in self.grammar.undoing for word in words):
            return True
        pairs = pairwise(negators)
        return any(
            after == before + 1
            and "no" not in (self.shape.words[before], self.shape.words[after])
            and self.shape.words[before] != self.shape.words[after]
            for before, after in pairs
        )

    def _or_after_denied(self, match: Match) -> int | None:
        """ "I haven't fallen or banged it": where the negator is that denies both."""
        before = match.start - 1
        while before >= 0 and before not in self.own_places:
            word = self.shape.words[before]
            if word not in self.grammar.skip and word not in self.grammar.nor:
                return None
            before -= 1
        between = self.shape.words[before + 1 : match.start]
        if before not in self.denied or not (self.grammar.alternatives.intersection(between)):
            return None
        return before

    def _weakly_denied(self, match: Match) -> Verdict | None:
        """ "not really numb" is a weak no, "hardly numb" only makes little of it; "hardly fine" is a yes."""
        for turn in self.turns:
            same = self.shape.clause[turn.start] == self.shape.clause[match.start]
            if turn.label != Turn.WEAK_NO or not same:
                continue
            if match.sense in ABSENT:
                before = turn.end <= match.start
                return Verdict(For.PRESENT if before else For.UNCLEAR, ", hardly", sure=False)
            between = self.shape.words[turn.end : match.start]
            if turn.end <= match.start and all(word in self.grammar.skip for word in between):
                words = self.shape.words[turn.start : turn.end]
                said_no = self.grammar.negators.intersection(words)
                return Verdict(For.WEAK_NO if said_no else For.UNCLEAR, ", weakly denied", sure=False)
        return None

    def _far(self, negator: int, match: Match, explained: frozenset[int]) -> bool:
        """Between negator and phrase stand words we do not know: "never stops being numb"."""
        known = self.grammar.idle | self.grammar.motion
        return any(
            place not in explained and self.shape.words[place] not in known
            for place in range(negator + 1, match.start)
        )

    def _denied_after(self, match: Match) -> bool:
        """ "weak no", "chest pain no": the noun, and then the answer."""
        words = self.shape.words[match.start : match.end]
        if any(word in self.grammar.verbs or word in self.grammar.starters for word in words):
            return False
        before = match.start - 1
        if before >= 0 and self.shape.clause[before] == self.shape.clause[match.start]:
            word = self.shape.words[before]
            if word in self.grammar.verbs or word in self.grammar.starters:
                return False
        return any(turn.label == Turn.NO and turn.start == match.end for turn in self.turns)
