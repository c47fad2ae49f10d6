"""The shape of an utterance: where its clauses end, and whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_triage.understanding.boundaries import begins
from voice_triage.understanding.cleaning import Words
from voice_triage.understanding.lexicon import Lexicon, Turn
from voice_triage.understanding.matching import Content, Span, exact_at
from voice_triage.understanding.people import others


@dataclass(frozen=True)
class Shape:
    """An utterance with its clauses and the phrases that belong to no question."""

    words: tuple[str, ...]
    pauses: tuple[int, ...]
    clause: tuple[int, ...]
    """For each word the number of its clause."""
    turns: tuple[Span, ...]
    """Labels are `Turn` values; no two share a word."""
    exceptions: frozenset[int]
    """Clauses that begin with "but", "except" and the like."""
    elsewhere: frozenset[int]
    """Clauses about somebody else, in the past."""
    nearby: frozenset[int]
    """Clauses about somebody else, now. None where the person speaks for somebody."""
    content: Content
    people: Content
    """The same with who does what to whom; for words of danger."""

    def clause_words(self, number: int) -> list[int]:
        """Places of the words of a clause."""
        return [place for place, clause in enumerate(self.clause) if clause == number]

    @property
    def clauses(self) -> range:
        """Numbers of all clauses."""
        return range(self.clause[-1] + 1) if self.clause else range(0)


def shape(words: Words, lexicon: Lexicon, for_other: bool = False) -> Shape:
    """The clauses, turns of speech and content words of an utterance.

    `for_other`: the person speaks for somebody else, so what is told of others may be told of the patient.
    """
    grammar = lexicon.grammar_words
    plain = words.words
    turns = _turns(plain, lexicon)
    inside = {place for turn in turns for place in range(turn.start + 1, turn.end)}
    numbers: list[int] = []
    number = 0
    denied = False
    for place, word in enumerate(plain):
        if place and place not in inside:
            whole = plain[place - 1] not in grammar.negators or plain[place - 1] == "nothing"
            restarts = denied and word in grammar.restarters and whole
            if restarts or begins(plain, words.pauses, place, turns, grammar):
                number += 1
                denied = False
        denied = denied or word in grammar.negators
        numbers.append(number)
    clause = tuple(numbers)
    exceptions = frozenset(
        clause[i]
        for i, word in enumerate(plain)
        if word in grammar.splitters
        or (word == "well" and i and clause[i] != clause[i - 1] and not _fit_and_well(plain, i))
    )
    nobody: tuple[frozenset[int], frozenset[int]] = frozenset(), frozenset()
    elsewhere, nearby = nobody if for_other else others(plain, clause, turns, grammar)
    content = content_of(plain, clause, grammar.skip)
    people = content_of(plain, clause, grammar.skip - grammar.people)
    return Shape(plain, words.pauses, clause, turns, exceptions, elsewhere, nearby, content, people)


def _fit_and_well(words: Sequence[str], well: int) -> bool:
    """This "well" ends what is told; it begins nothing."""
    return words[well - 1] == "and" and well >= len(words) - 2


def content_of(words: Sequence[str], clause: Sequence[int], skip: frozenset[str]) -> Content:
    """The words that are not in `skip`, and where clauses end between them."""
    places = tuple(i for i, word in enumerate(words) if word not in skip)
    closed = tuple(bool(k) and clause[place] != clause[places[k - 1]] for k, place in enumerate(places))
    return Content(tuple(words[i] for i in places), places, closed)


def _turns(words: Sequence[str], lexicon: Lexicon) -> tuple[Span, ...]:
    """Of turns that share words the longest; of two as long the one that is more than a bare "I do"."""
    found = [span for at in range(len(words)) if (span := exact_at(lexicon.turns, words, at)) is not None]
    found.sort(key=lambda span: (span.start - span.end, span.label in BY_ITSELF, span.start))
    taken: set[int] = set()
    chosen = []
    for span in found:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(span)
    return tuple(sorted(chosen, key=lambda span: span.start))


BY_ITSELF = frozenset({Turn.YES_ALONE, Turn.NO_ALONE, Turn.WEAK_YES, Turn.RIGHT})
"""Turns that are an answer only where nothing that matters stands beside them."""
