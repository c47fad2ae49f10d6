"""Findings in free speech for which no phrase stands that counts out of turn.

The reader of free speech looks at every clause and at pieces of it. Whether its finding is asked about or
read back depends on what else speaks for it: a phrase that counts only in answers, the second reader of
answers, a word that names what the finding is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.evidence import Found
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.lexicon import Lexicon, Sense
from voice_triage.understanding.matching import Match, matches, strongest
from voice_triage.understanding.numbers import with_digits

_AGREED_IF_ASKED, _WORTH_ASKING, _READ_BACK = 0.5, 0.7, 0.9
"""So likely it is asked about where a phrase fits that counts only in answers; without any phrase; and so
likely it is read back."""
_WELL_HEARD = 0.8
"""Below that the second reader of answers must hear it in the clause, to `_THERE`."""
_DENIED, _NOT_DENIED = 0.5, 0.1
"""From here the second reader hears a denial in the clause; up to here none at all."""
_THERE, _SURELY_THERE = 0.7, 0.85
"""From here it hears that it is there."""
_WINDOWS = ((6, 2), (3, 1))
"""How many words of a clause are looked at together, and how far the next ones begin."""
_FAR = 4
"""Words between those of a phrase, from which they may have met by chance."""
_FEW = 3
"""So few words tell of nothing without a phrase."""
_THERE_IF_ASKED = frozenset({Sense.PRESENT, Sense.PRESENT_IF_ASKED})
_OTHERWISE = frozenset({Sense.ABSENT, Sense.UNLIKE})


@dataclass(frozen=True)
class FreeSpeech:
    """One utterance of free speech."""

    found: Found
    lexicon: Lexicon
    reader: FindingReader
    _phrases: dict[str, list[Match]] = field(default_factory=dict)
    """Of each question looked at, what fits it in any sense."""

    def told(self) -> Iterator[tuple[Said, str]]:
        """What is read back (PRESENT) or asked about (UNSURE), and in which words it was heard."""
        heard: dict[str, tuple[Status, float, str]] = {}
        shape = self.found.shape
        for number in shape.clauses:
            if number in shape.elsewhere or number in shape.nearby:
                continue
            clause = shape.clause_words(number)
            for places in _windows(clause):
                if not self._says_something(places):
                    continue
                words = [shape.words[place] for place in places]
                for fact, chance in self.reader.chances(words).items():
                    if chance < _AGREED_IF_ASKED or fact not in self.reader.facts:
                        continue
                    status = self._status(fact, chance, places, clause)
                    if status is not None and (status, chance) > heard.get(fact, (Status.NOT_ASKED, 0.0))[:2]:
                        heard[fact] = (status, chance, " ".join(words))
        for fact, (status, _, text) in sorted(heard.items(), key=lambda item: -item[1][1]):
            yield Said(fact, status, sure=status is Status.UNSURE), text

    def _status(
        self, fact: str, chance: float, places: Sequence[int], clause: Sequence[int]
    ) -> Status | None:
        """What words come to of which the reader hears the finding so likely."""
        near = [match for match in self._fitting(fact) if not frozenset(places).isdisjoint(match.places)]
        agreed = [m for m in near if m.sense in _THERE_IF_ASKED and self._says_something(m.places)]
        few = len(places) <= _FEW < len(clause)
        if few and not (agreed and chance >= _READ_BACK):
            return None
        if not agreed:
            otherwise = any(match.sense in _OTHERWISE and match.between < _FAR for match in near)
            if otherwise or chance < _WORTH_ASKING or not self._about_it(fact, places, clause):
                return None
        words, grammar = [self.found.shape.words[place] for place in clause], self.lexicon.grammar_words
        opinion = self.lexicon.second_opinion(fact, words)
        if opinion is None:
            return Status.UNSURE
        own = {place for match in agreed for place in match.places}
        negators = [place for place in clause if self.found.shape.words[place] in grammar.negators]
        denied = not own.issuperset(negators)
        if opinion.absent >= _DENIED and (denied or not agreed):
            return None
        if not agreed and chance < _WELL_HEARD and opinion.present < _THERE:
            return None
        said_no = any(
            place not in own and self.found.shape.words[place] in grammar.plain_no for place in negators
        )
        sure = opinion.present >= _SURELY_THERE and opinion.absent <= _NOT_DENIED and not said_no
        in_phrase = any(match.sense is Sense.PRESENT for match in agreed) and not denied
        clear = sure or (in_phrase and opinion.present > opinion.absent)
        mine = grammar.third_persons.isdisjoint(words) and words[0] not in grammar.alternatives
        free = not any(set(match.places) & set(places) for match in self.found.also)
        return (
            Status.PRESENT if chance >= _READ_BACK and clear and mine and free and not few else Status.UNSURE
        )

    def _fitting(self, fact: str) -> list[Match]:
        if fact not in self._phrases:
            phrases, content = self.lexicon.questions[fact], self.found.shape.content
            self._phrases[fact] = strongest(matches(phrases, content, self.lexicon.grammar_words))
        return self._phrases[fact]

    def _about_it(self, fact: str, places: Sequence[int], clause: Sequence[int]) -> bool:
        """A word names what the finding is about, if one has to; or it is a word of few other questions."""
        phrases, shape = self.lexicon.questions[fact], self.found.shape
        before = shape.clause_words(shape.clause[clause[0]] - 1)
        near = (shape.words[place] for place in (*before, *clause))
        heard = (shape.words[place] for place in places)
        return not (phrases.anchors and phrases.anchors.isdisjoint(near) and phrases.topic.isdisjoint(heard))

    def _says_something(self, places: Sequence[int]) -> bool:
        """More than a time, of which everything may be told."""
        grammar, units = self.lexicon.grammar_words, self.lexicon.numbers.units
        empty = grammar.skip | grammar.times | grammar.generic | units.keys()
        words = (self.found.shape.words[place] for place in places)
        return any(word not in empty and not with_digits((word,))[0].isdigit() for word in words)


def _windows(clause: Sequence[int]) -> Iterator[Sequence[int]]:
    """The places of a clause, and of pieces of it."""
    yield clause
    for length, step in _WINDOWS:
        for start in range(0, len(clause) - length + 1 if len(clause) > length else 0, step):
            yield clause[start : start + length]
