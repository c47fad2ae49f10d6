"""What each phrase of a question says once negators, people and time around it are weighed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_triage.understanding.evidence import Evidence, For, Verdict
from voice_triage.understanding.lexicon import ABSENT, IF_ASKED, Sense, Turn
from voice_triage.understanding.matching import Match
from voice_triage.understanding.negators import free_negators
from voice_triage.understanding.phrase_denials import PhraseDenials

_LOOSE_WORD = 5.0
_MENDED_WORD = 15.0
"""Points a match loses for each word between its words, and for each word taken for a misheard one."""
_FEW = 3
"""Words that matter: in so short an answer one misheard word of the question is enough."""
_MANY, _SOME = 5, 2
"""Words that mean nothing to us: beside so many one word of the question says nothing; a time, beside few."""
_PRESENT = frozenset({Sense.PRESENT, Sense.PRESENT_IF_ASKED})
_UNSURE = frozenset({Sense.UNSURE, Sense.UNSURE_IF_ASKED})


@dataclass(frozen=True)
class PhraseJudge(PhraseDenials):
    """Weighs the phrases of one utterance."""

    def match(self, match: Match, explained: frozenset[int]) -> Evidence | None:
        """What a phrase of the question asked about says, with the negators and people around it."""
        if self._says_nothing(match, explained):
            return None
        negators = free_negators(self.shape, match, self.taken, self.particles, self.grammar)
        if not negators and (no := self._or_after_denied(match)) is not None:
            negators = [no]
        if match.sense in ABSENT:
            negators = [place for place in negators if self._turns_round(place, match)]
        if negators and match.sense in IF_ASKED and self._far(negators[0], match, explained):
            return None
        if match.sense is Sense.ABSENT_IF_ASKED and not negators and self._more_beside(match, explained):
            return None
        if match.sense is Sense.UNSURE_IF_ASKED and not negators and self._is_well(match, explained):
            return self._evidence(match, Verdict(For.ABSENT, ", and it is well"), "a phrase of this question")
        verdict = self._unclear(match, negators, explained)
        if verdict is None:
            present = (match.sense in _PRESENT) != bool(negators)
            if present and match.sense in _PRESENT and self._is_well(match, explained):
                verdict = Verdict(For.ABSENT, ", and it is well")
            elif present:
                verdict = self._present(match, negators)
            else:
                verdict = self._absent(match, bool(negators), explained)
        if verdict.says is For.ABSENT and match.mended:
            return None
        return self._evidence(match, verdict, "a phrase of this question" + (", denied" if negators else ""))

    def _evidence(self, match: Match, verdict: Verdict, how: str) -> Evidence:
        certain = not match.mended
        return Evidence(
            verdict.says,
            match.start,
            self.text(match),
            f"{how}{verdict.but}",
            sure=verdict.sure and certain,
            own=verdict.own and certain,
            short=match.sense in IF_ASKED,
            score=max(0.0, 100 - _LOOSE_WORD * match.between - _MENDED_WORD * match.mended),
        )

    def _unclear(self, match: Match, negators: Sequence[int], explained: frozenset[int]) -> Verdict | None:
        """What makes a phrase neither a yes nor a no; None if nothing does."""
        if match.sense in _UNSURE:
            return Verdict(For.UNSURE)
        if negators and match.sense in _PRESENT and self._denies_itself(match):
            return Verdict(For.UNCLEAR, ", denied, and it holds a denial itself")
        if negators and match.sense in _PRESENT and self._cannot_without(negators, match):
            return Verdict(For.UNCLEAR, ", twice")
        if len(negators) > 1 and self._undone(negators):
            return Verdict(For.UNCLEAR, ", twice")
        if (weak := self._weakly_denied(match)) is not None:
            return weak
        if negators and self._far(negators[0], match, explained):
            return Verdict(For.UNCLEAR, ", from afar")
        if negators and match.sense in _PRESENT and self._set_against(negators[-1], match):
            return Verdict(For.UNCLEAR, ", after another was denied")
        if self._before(match.start, Turn.DOUBT):
            return Verdict(For.UNSURE, ", in doubt", own=False)
        return None

    def _present(self, match: Match, negators: Sequence[int]) -> Verdict:
        if match.sense in _PRESENT and not self._denies_itself(match) and self._denied_after(match):
            return Verdict(For.WEAK_NO, ', then "no"', sure=False)
        across = any(
            place in self.own_places for place in range(min(negators, default=match.start), match.start)
        )
        return Verdict(For.PRESENT, sure=not across)  # of "not warfarin and aspirin" the end is in doubt

    def _absent(self, match: Match, denied: bool, explained: frozenset[int]) -> Verdict:
        if self.dated and self._near(match, Turn.RESOLVED):
            return Verdict(For.PRESENT, ", but it was there before", sure=False)
        if self.dated and self._near(match, Turn.NOT_NOW):
            return Verdict(For.UNSURE, ", for now")
        if self.dated and denied and self._of_today_only(match):
            return Verdict(For.UNSURE, ", for today")
        if not denied and self._more_beside(match, explained) > (
            match.sense is Sense.ABSENT and len(match.places) > 2
        ):
            return Verdict(For.ABSENT, ", with more that is not understood", sure=False)
        if match.sense in ABSENT and self._near(match, Turn.ONLY_IF):
            return Verdict(For.PRESENT, ", but only under a condition", sure=False, own=False)
        return Verdict(For.ABSENT)

    def _of_today_only(self, match: Match) -> bool:
        """ "No leaks today"."""
        return self.shape.words[match.end : match.end + 2] in (("today",), ("so", "far"))

    def _says_nothing(self, match: Match, explained: frozenset[int]) -> bool:
        """It only sounds like it, is told of others, or of something else."""
        number = self.shape.clause[match.start]
        if match.sense is Sense.UNLIKE or number in self.shape.elsewhere:
            return True
        if number in self.shape.nearby and match.sense not in ABSENT:
            return True
        if match.sense is Sense.PRESENT_IF_ASKED and (
            self._of_another_part(match) or self._of_another_finding(match)
        ):
            return True
        if self._points(match) and self._said_of_more(match, explained):
            return True
        if match.sense in _PRESENT and self._runs_into_what_is_well(match):
            return True
        return self._is_chance(match, explained)

    def _runs_into_what_is_well(self, match: Match) -> bool:
        """ "my foot tingles, my bottom is fine": its end belongs to the next statement."""
        last = self.shape.clause[match.end - 1]
        if last == self.shape.clause[match.start]:
            return False
        after = match.end
        while after < len(self.shape.words) and self.shape.words[after] in self.grammar.skip:
            after += 1
        well = [
            turn for turn in self.turns if turn.label == Turn.WELL and self.shape.clause[turn.start] == last
        ]
        if any(turn.start <= after < turn.end for turn in well):
            return True
        names = self.grammar.body | self.grammar.names | self.grammar.pointers
        if self.shape.words[match.places[-1]] not in names:
            return False
        return bool(well) or any(self.shape.clause[place] == last for place in self.well_places)

    def _is_chance(self, match: Match, explained: frozenset[int]) -> bool:
        """One word of the question among many that mean nothing to us: "are the lights on tonight"."""
        if len(match.places) > 1 or match.sense not in _PRESENT:
            return False
        if match.mended:
            return len(self.shape.content.words) > _FEW
        when = self.shape.words[match.start] in self.grammar.times
        return match.sense in IF_ASKED and self.foreign(match, explained) >= (_SOME if when else _MANY)

    def _points(self, match: Match) -> bool:
        """It names no more than a side or a number: "both", "the right one"."""
        words = (self.shape.words[place] for place in match.places)
        return match.sense is Sense.PRESENT_IF_ASKED and all(word in self.grammar.pointers for word in words)

    def _said_of_more(self, match: Match, explained: frozenset[int]) -> bool:
        """Something else is said of what is pointed at: it is well, or something we do not understand."""
        number = self.shape.clause[match.start]
        if not self.grammar.others.isdisjoint(self.shape.words[place] for place in match.places):
            return False
        return (
            self._more_beside(match, explained) > 0
            or any(
                turn.label in (Turn.WELL, Turn.MERELY) and self.shape.clause[turn.start] == number
                for turn in self.turns
            )
            or any(self.shape.clause[place] == number for place in self.well_places)
        )

    def _is_well(self, match: Match, explained: frozenset[int]) -> bool:
        """ "my tummy and my sides are fine": what is named is well."""
        grammar = self.grammar
        names = grammar.body | grammar.pointers | grammar.names
        if not all(self.shape.words[place] in names for place in match.places):
            return False
        before = [word for word in self.shape.words[max(0, match.start - 3) : match.start]
                  if word not in grammar.determiners]  # fmt: skip
        places = self.shape.clause_words(self.shape.clause[match.start])
        opening = [word for word in self.shape.words[places[0] : places[0] + 3] if word != "and"]
        if before[-2:] in (["so", "is"], ["so", "are"]) or opening[:2] in (["so", "is"], ["so", "are"]):
            return any(turn.label == Turn.WELL and turn.end < match.start for turn in self.turns) or any(
                place < match.start for place in self.well_places
            )
        if self._nothing_wrong_with(match):
            return True
        for turn in self.turns:
            if turn.label != Turn.WELL or turn.start < match.end:
                continue
            between = range(match.end, turn.start)
            words = [self.shape.words[place] for place in between]
            known = grammar.skip | grammar.verbs | grammar.pointers | grammar.body | self.named
            unknown = [
                w for p, w in zip(between, words, strict=True) if p not in explained and w not in known
            ]
            if grammar.negators.isdisjoint(words) and len(unknown) <= 1:
                return True
        return False

    def _nothing_wrong_with(self, match: Match) -> bool:
        """ "nothing wrong with my sugar nor my immune system"."""
        grammar = self.grammar
        passed = grammar.skip | grammar.nor | grammar.names | grammar.body | self.named
        for turn in self.turns:
            if turn.label != Turn.WELL or turn.end > match.start:
                continue
            between = self.shape.words[turn.end : match.start]
            if "with" in between[:1] and all(word in passed for word in between):
                return True
        return False

    def _of_another_finding(self, match: Match) -> bool:
        """ "it hurts down the leg": a place that belongs to what is said of it, and is no answer."""
        grammar = self.grammar
        named = all(self.shape.words[place] in grammar.body | grammar.pointers for place in match.places)
        return named and any(
            set(match.places) < set(other.places) and other.fact != match.fact for other in self.others
        )

    def _of_another_part(self, match: Match) -> bool:
        """A short answer is about a part of the body nobody asked about: "my hands ache"."""
        return any(
            self.shape.words[place] in self.grammar.body
            and place not in self.own_places
            and "between" not in self.shape.words[max(0, place - 2) : place]
            for place in self.shape.clause_words(self.shape.clause[match.start])
        )

    def _more_beside(self, match: Match, explained: frozenset[int]) -> int:
        """How many words in its clause mean nothing to us: "I can feel it fluttering"."""
        known = self.grammar.idle | self.grammar.conjunctions | self.grammar.restarters
        if match.sense in ABSENT:
            known |= self.named
            well = (turn for turn in self.shape.turns if turn.label in (Turn.WELL, Turn.ALL_RIGHT))
            explained |= {place for turn in well for place in range(turn.start, turn.end)}
        return sum(
            place not in explained and self.shape.words[place] not in known
            for place in self.shape.clause_words(self.shape.clause[match.start])
        )

    def volunteered(self, match: Match) -> bool:
        """A finding of another question is said to be there, of this person."""
        number = self.shape.clause[match.start]
        if number in self.shape.elsewhere or number in self.shape.nearby:
            return False
        if not self.denied.isdisjoint(match.places):
            return False
        if free_negators(self.shape, match, self.taken, self.particles, self.grammar):
            return False
        if self._is_well(match, frozenset()):
            return False  # "both my legs are fine"
        return not self._before(match.start, Turn.DOUBT) and not self._denied_after(match)

    def _before(self, place: int, label: Turn) -> bool:
        number = self.shape.clause[place]
        return any(
            turn.label == label and turn.end <= place and self.shape.clause[turn.start] == number
            for turn in self.turns
        )

    def _near(self, match: Match, label: Turn) -> bool:
        number = self.shape.clause[match.start]
        return any(
            turn.label == label and abs(self.shape.clause[turn.start] - number) <= (label is Turn.ONLY_IF)
            for turn in self.turns
        )
