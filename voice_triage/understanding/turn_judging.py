"""What yes, no, unsure and the like say, where they stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice_triage.understanding.evidence import (
    AS_IT_SHOULD_BE,
    IN_PLAIN_WORDS,
    WAS_BEFORE,
    Evidence,
    For,
)
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.matching import Span
from voice_triage.understanding.scene import Scene

_PLAIN = {
    Turn.YES: For.YES,
    Turn.YES_ALONE: For.YES,
    Turn.WEAK_YES: For.WEAK_YES,
    Turn.NO: For.NO,
    Turn.NO_ALONE: For.NO,
    Turn.WEAK_NO: For.WEAK_NO,
    Turn.UNSURE: For.UNSURE,
    Turn.DOUBT: For.UNSURE,
    Turn.ASK_AGAIN: For.UNCLEAR,
}
"""Turns that say what they say wherever they stand."""


_IT_IS_NOTHING = frozenset((it, verb, "nothing") for it in ("it", "that", "this") for verb in ("is", "was"))
_THAT = frozenset({"that", "this", "it", "those", "these"})


@dataclass(frozen=True)
class TurnJudge(Scene):
    """Weighs the turns of speech of one utterance."""

    def turns_of_speech(self, explained: frozenset[int]) -> Iterator[Evidence]:
        """What yes, no, unsure and the like say, where they stand for themselves."""
        for turn in self.turns:
            text = self.text(turn)
            if turn.label == Turn.YES and (
                self._of_something_else(turn, explained) or self._counts_what_is_well(turn)
            ):
                continue
            if turn.label == Turn.RIGHT:
                says = For.NO if self._before_negator(turn) else For.YES
                yield Evidence(says, turn.start, text, IN_PLAIN_WORDS, own=False)
                continue
            if turn.label == Turn.WRONG:
                yield Evidence(For.WEAK_NO, turn.start, text, "what was asked is not so", False, own=False)
                continue
            if turn.label in (Turn.WELL, Turn.UNWELL):
                if (item := self._wellness(turn, explained)) is not None:
                    yield item
            elif turn.label == Turn.RESOLVED:
                if self.foreign(turn, explained) > 1:
                    continue
                says = For.IN_PART if self.dated or self.happened else For.UNSURE
                yield Evidence(says, turn.start, text, WAS_BEFORE, False, own=False)
            elif turn.label == Turn.NOT_NOW:
                says = For.UNSURE if self.dated else For.NO
                yield Evidence(says, turn.start, text, "not at this moment", own=False)
            elif turn.label == Turn.UNSURE and self._of_the_rest(turn):
                continue
            elif turn.label in _PLAIN:
                says = _PLAIN[Turn(turn.label)]
                sure = says in (For.YES, For.NO)
                hedge = Turn.HEDGE in turn.labels or (says is For.YES and self._leans_on_more(turn))
                yield Evidence(says, turn.start, text, IN_PLAIN_WORDS, sure, hedge, own=False)

    def _of_something_else(self, turn: Span, explained: frozenset[int]) -> bool:
        """ "weak no pain yes": the yes belongs to a noun that nobody asked about."""
        before = turn.start - 1
        last = self.shape.clause_words(self.shape.clause[turn.start])[-1]
        if self.shape.pauses[turn.start]:
            return False
        if turn.end <= last or before < 0 or self.shape.clause[before] != self.shape.clause[turn.start]:
            return False
        word = self.shape.words[before]
        if any(before in other.places and before not in self.own_places for other in self.others):
            return True
        return before not in explained and word not in self.grammar.skip | self.grammar.generic

    def _of_the_rest(self, turn: Span) -> bool:
        """ "I'm worn out and I don't know why": what is not known is not whether it is there."""
        after = self.shape.words[turn.end : turn.end + 1]
        return (
            after == ("why",)
            and bool(self.shape.clause[turn.start])
            and turn.end + 1 == len(self.shape.words)
        )

    def _leans_on_more(self, turn: Span) -> bool:
        """ "it is", "totally": no answer where something else was answered with."""
        words = self.shape.words[turn.start : turn.end]
        return all(word in self.grammar.skip for word in words)

    def _counts_what_is_well(self, turn: Span) -> bool:
        """ "my legs are fine, both of them"."""
        number = self.shape.clause[turn.start]
        words = self.shape.words[turn.start : turn.end]
        return not self.grammar.pointers.isdisjoint(words) and any(
            self.shape.clause[place] == number for place in self.well_places
        )

    def _before_negator(self, turn: Span) -> bool:
        return any(
            self.shape.words[place] in self.grammar.negators
            for place in self.shape.clause_words(self.shape.clause[turn.start])
            if place < turn.start and self.shape.words[place] != "no"
        )

    def _wellness(self, turn: Span, explained: frozenset[int]) -> Evidence | None:
        number = self.shape.clause[turn.start]
        if number in self.shape.elsewhere or number in self.shape.nearby:
            return None
        others = [
            self.shape.words[place]
            for place in self.shape.clause_words(number)
            if place not in explained
            and self.shape.words[place] not in self.grammar.skip | self.grammar.times
        ]
        pointers = (self.grammar.pointers - self.grammar.body) | self.grammar.there
        named = self.named.intersection(others)
        grammar = self.grammar
        known = self.named | grammar.generic | pointers | grammar.negators | grammar.being
        known |= grammar.splitters | grammar.conjunctions
        foreign = [word for word in others if word not in known]
        negators = [
            place
            for place in self.shape.clause_words(number)
            if place < turn.start
            and self.shape.words[place] in self.grammar.negators
            and place not in explained
            and explained.isdisjoint(range(place, turn.start))
        ]
        if turn.label == Turn.WELL and not negators and self._denied_before(turn):
            return None  # "I can't move very well"
        after = self.shape.words[turn.end : turn.end + 1]
        if (
            turn.end - turn.start == 1
            and self.grammar.starters.issuperset(after)
            and after
            and after[0] != "there"
        ):
            return None  # "once I'm there it comes"
        well = (turn.label == Turn.WELL) != bool(negators)
        text = self.text(turn)
        if foreign and (well or turn.label == Turn.UNWELL):
            return None
        if not well:
            return Evidence(For.WEAK_YES, turn.start, text, "not as it should be", False, own=False)
        if any(t.label == Turn.ONLY_IF and abs(self.shape.clause[t.start] - number) <= 1 for t in self.turns):
            return Evidence(For.IN_PART, turn.start, text, "well only under a condition", False, own=False)
        if named and not negators and self._said_of_them(turn) and self._joined(number):
            return Evidence(For.ABSENT, turn.start, text, f"{' and '.join(sorted(named))} {AS_IT_SHOULD_BE}")
        return Evidence(For.WELL, turn.start, text, "all is as it should be", own=False)

    def _joined(self, number: int) -> bool:
        """Several names in a clause belong together: "hands and feet are fine"."""
        words = self.shape.words
        places = [p for p in self.shape.clause_words(number) if words[p] in self.named]
        return all(
            after - before < 3 and (after == before + 1 or words[before + 1] in self.grammar.joining)
            for before, after in pairwise(places)
            if not any(words[p] in self.grammar.determiners for p in range(before + 1, after))
        )

    def _said_of_them(self, turn: Span) -> bool:
        """What is named stands before it: "the feeling is normal"."""
        number = self.shape.clause[turn.start]
        places = [p for p in self.shape.clause_words(number) if self.shape.words[p] in self.named]
        return any(place < turn.start for place in places)

    def _denied_before(self, turn: Span) -> bool:
        """A negator that is no answer by itself stands before it in its clause."""
        number = self.shape.clause[turn.start]
        return any(
            place < turn.start and self.shape.words[place] in self.grammar.abilities
            for place in self.shape.clause_words(number)
        )

    def _is_of_no_use(self, words: Sequence[str]) -> bool:
        """ "It does nothing": tablets that do not help."""
        return any(
            word == "nothing" and at and words[at - 1] in self.grammar.doing for at, word in enumerate(words)
        )

    def plain_denials(self, explained: frozenset[int]) -> Iterator[Evidence]:
        """ "I haven't had any of that": a negator, and nothing known or unknown that it denies."""
        for number in self.shape.clauses:
            places = [p for p in self.shape.clause_words(number) if p not in explained]
            words = [self.shape.words[p] for p in places]
            negators = [p for p in places if self.shape.words[p] in self.grammar.negators]
            if len(negators) != 1 or number in self.shape.elsewhere or number in self.shape.nearby:
                continue
            if self.shape.words[negators[0]] in self.grammar.undoing:
                continue  # "without my tablets I'd be lost"
            empty = (
                self.grammar.skip | self.grammar.negators | self.grammar.splitters | self.grammar.conjunctions
            )
            content = [word for word in words if word not in empty]
            if any(w not in self.grammar.generic for w in content):
                continue
            inside = [self.shape.words[p] for p in self.shape.clause_words(number)]
            if self.grammar.abilities.intersection(inside) or self._not_felt(number, explained):
                continue
            if any(
                t.label == Turn.MERELY and 0 <= number - self.shape.clause[t.start] <= 1 for t in self.turns
            ):
                continue  # "nothing's touching it, nothing"
            if (
                self._is_a_simile(inside)
                or self.grammar.telling.intersection(inside)
                or self._is_of_no_use(inside)
            ):
                continue  # "I didn't like to mention it"
            if self.grammar.third_persons.intersection(inside) and not self.grammar.speaker.intersection(
                inside
            ):
                continue  # "they did nothing"
            after = negators[0] + 1
            if any(p in explained for p in self.shape.clause_words(number) if p >= after):
                continue
            if self.shape.words[negators[0]] == "no" and self.shape.words[after : after + 1] == ():
                continue
            if self.shape.words[negators[0]] == "no" and self.shape.words[after] not in self.grammar.generic:
                continue
            told_more = any(self._means_nothing(p, explained) for p in range(len(self.shape.words)))
            if told_more and not self.grammar.noticing.isdisjoint(inside):
                continue  # "it came out, and I didn't even notice"
            little = (
                told_more and self.shape.words[max(0, negators[0] - 2) : negators[0] + 1] in _IT_IS_NOTHING
            )
            says = For.WEAK_NO if little else For.NO  # "I cut my arm, it's nothing"
            yield Evidence(says, negators[0], " ".join(words), "denies what was asked", own=False)

    def _is_a_simile(self, words: Sequence[str]) -> bool:
        """ "It was like it wasn't mine"; not "never had anything like that"."""
        following = zip(words, [*words[1:], ""], strict=True)
        return any(word == "like" and after not in _THAT for word, after in following)

    def _means_nothing(self, place: int, explained: frozenset[int]) -> bool:
        """A word that tells something we do not understand."""
        return place not in explained and self.shape.words[place] not in self.grammar.idle

    def _not_felt(self, number: int, explained: frozenset[int]) -> bool:
        """ "I never felt it"; not "I don't feel like it", nor "I feel normal, not hot"."""
        words = self.shape.words
        for place in self.shape.clause_words(number):
            if words[place] not in self.grammar.sensing or place in explained:
                continue
            after = place + 1
            if after in explained or (after < len(words) and words[after] in self.grammar.felt_like):
                continue
            if (self.grammar.negators - {"no"}).intersection(words[max(0, place - 2) : place]):
                return True
        return False

    def rest(self, explained: frozenset[int]) -> tuple[tuple[tuple[str, ...], ...], bool]:
        """The words of each clause that mean nothing to us, and whether one tells of something failing."""
        unexplained = []
        unable = False
        for number in self.shape.clauses:
            places = [p for p in self.shape.clause_words(number) if p not in explained]
            words = tuple(self.shape.words[p] for p in places if self.shape.words[p] not in self.grammar.idle)
            unexplained.append(() if number in self.shape.elsewhere else words)
            all_words = {self.shape.words[p] for p in places}
            if all_words & self.grammar.negators and all_words & self.grammar.abilities:
                unable = True
            if self._not_felt(number, explained):
                unable = True
        return tuple(unexplained), unable
