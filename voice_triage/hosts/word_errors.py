"""A recogniser that is not there: it writes wrong, leaves out and adds a given share of the words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from rapidfuzz import fuzz, process

from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.lexicon import Lexicon

_WRONG, _LEFT_OUT = 0.65, 0.22
"""Shares of the errors; the rest are added words. Most errors of recognisers are wrong words, and more words
are lost than added (project judgement)."""
_ADDED = ("the", "a", "and", "in", "to", "it", "i", "oh", "so", "uh")
_SHORT = {
    "no": "know now oh", "know": "no", "not": "knot a", "yes": "yet just", "yeah": "year here",
    "aye": "i eye",
    "nope": "hope note", "can": "can't and", "can't": "can", "don't": "do won't", "didn't": "did",
    "haven't": "have", "hasn't": "has", "isn't": "is", "wasn't": "was", "won't": "want don't", "i": "a eye",
    "i'm": "and i", "i've": "i of", "it": "at is", "it's": "is its", "the": "a", "a": "the", "and": "in an",
    "in": "and on", "is": "his as", "of": "a", "my": "by mind", "to": "two the", "that": "the at",
    "been": "being bin", "for": "four", "when": "one in", "there": "their", "down": "done town", "or": "are",
}  # fmt: skip
"""Small words, said fast: what they are written as. A lost "n't" turns an answer round."""
_NEAR = 60.0
"""Of 100: likeness in spelling from which one word may be written for another."""
_CHOICES = 6


class SoundAlikes:
    """Which words may be written for a word: those that sound like it, else those spelled like it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = sorted(word for word in lexicon.vocabulary if word.isalpha())
        self._alike: dict[str, list[str]] = {word: alike.split() for word, alike in _SHORT.items()}
        for heard, meant in sorted(lexicon.sound_alikes.items()):
            for word in sorted(meant):
                if word not in _SHORT:
                    self._alike.setdefault(word, []).append(heard)

    def of(self, word: str) -> list[str]:
        """Other words for this one, always in the same order; there may be none."""
        if word not in self._alike:
            near = process.extract(word, self._words, scorer=fuzz.ratio, limit=_CHOICES, score_cutoff=_NEAR)
            self._alike[word] = [other for other, *_ in near if other != word]
        return self._alike[word]


class PoorEar:
    """One open ear with word errors. The same seeds give the same errors, in the order of what is said.

    A real interview has a second ear that must agree: two ears would do better than this one alone.
    """

    def __init__(self, errors: float, alikes: SoundAlikes, seeds: Iterable[int]) -> None:
        """`errors`: errors for each word said, 0 to 1."""
        self._errors = errors
        self._alikes = alikes
        self._rng = np.random.default_rng(list(seeds))

    def hear(self, said: str) -> Hearing:
        """What is written, in small letters and without punctuation, as recognisers do."""
        heard: list[str] = []
        for word in plain_words(said):
            heard += self._written(word) if self._rng.random() < self._errors else [word]
        return Hearing((Utterance(" ".join(heard), Ear.OPEN),))

    def _written(self, word: str) -> list[str]:
        kind = self._rng.random()
        if kind < _WRONG and (others := self._alikes.of(word)):
            return [others[self._rng.integers(len(others))]]
        if kind < _WRONG + _LEFT_OUT:
            return []
        return [word, _ADDED[self._rng.integers(len(_ADDED))]]


_APART = str.maketrans("-–—’", "   '", '.,!?;:…"()')


def plain_words(said: str) -> list[str]:
    """The words of a sentence as a recogniser writes them."""
    return said.lower().translate(_APART).split()
