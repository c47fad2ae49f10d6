"""The order of words when no grammar is given: word pairs with back-off, from the domain's phrases."""

from __future__ import annotations

import math
from collections import defaultdict

import pywrapfst as fst

from .lexicon import Lexicon

#: Part of each count of a pair that goes to pairs never seen.
DISCOUNT = 0.5
#: How often every word is taken to stand alone, against once for each phrase.
ALONE = 0.3
START, END = "<s>", "</s>"
#: Sentences as words, with how often each is said.
Sentences = dict[tuple[str, ...], float]


def bigram_acceptor(lexicon: Lexicon, sentences: Sentences) -> fst.VectorFst:
    """An acceptor of word ids, sorted by input, whose back-off arcs are empty."""
    pairs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    singles: dict[str, float] = defaultdict(float)
    for sentence, weight in sentences.items():
        for left, right in zip((START, *sentence), (*sentence, END), strict=True):
            pairs[left][right] += weight
            singles[right] += weight
    total = sum(singles.values())
    out = fst.VectorFst()
    back_off = out.add_state()
    states = {word: out.add_state() for word in pairs}
    out.set_start(states[START])

    def arc(source: int, word: str, cost: float) -> None:
        number = lexicon.word_id(word)
        out.add_arc(source, fst.Arc(number, number, fst.Weight("tropical", cost), states.get(word, back_off)))

    for word, count in singles.items():
        cost = -math.log(count / total)
        if word == END:
            out.set_final(back_off, fst.Weight("tropical", cost))
        else:
            arc(back_off, word, cost)
    for left, following in pairs.items():
        all_pairs = sum(following.values())
        for right, count in following.items():
            kept = max(count - DISCOUNT, 0.0) / all_pairs
            if kept == 0:
                continue
            if right == END:
                out.set_final(states[left], fst.Weight("tropical", -math.log(kept)))
            else:
                arc(states[left], right, -math.log(kept))
        spared = 1 - sum(max(count - DISCOUNT, 0.0) for count in following.values()) / all_pairs
        out.add_arc(states[left], fst.Arc(0, 0, fst.Weight("tropical", -math.log(spared)), back_off))
    out.arcsort(sort_type="ilabel")
    return out


def domain_sentences(phrases: list[str], lexicon: Lexicon) -> Sentences:
    """The phrases, short ones more often, two short ones in a row, and every word alone."""
    sentences: Sentences = defaultdict(float)
    for phrase in phrases:
        words = tuple(phrase.split())
        sentences[words] += 3 if len(words) <= 3 else 2
    for word in lexicon.words:
        sentences[(word,)] += ALONE
    return sentences
