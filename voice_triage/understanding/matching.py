"""Finding phrases in words: word for word, or with words between and misheard words mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Phrases, Sense
from voice_triage.understanding.templates import Point

GAP = 2
"""Unknown words that may stand between two words of a phrase ("numb, sort of thing, down below")."""
MENDED_LETTERS = 5
MENDED_RATIO = 82.0
"""fuzz.ratio at which a word counts as a misheard one: "numness" / "numbness" 93, "growing" / "groin" 83.
Below 80 "never" would meet "fever"."""


_WORD_FOR_WORD = frozenset({Sense.ABSENT, Sense.ABSENT_IF_ASKED})
"""Senses whose phrases must stand as they are: "I can feel it" is not "I can feel a buzz in it"."""


@dataclass(frozen=True)
class Span:
    """A stretch of words with a label."""

    start: int
    end: int
    """One past its last word."""
    labels: tuple[str, ...]
    """What it may be, most likely first."""

    @property
    def label(self) -> str:
        """What it most likely is."""
        return self.labels[0]


def exact_at(graph: Point, words: Sequence[str], start: int) -> Span | None:
    """The longest phrase of `graph` that begins at `start`, word for word."""
    best: Span | None = None
    place = graph
    for at in range(start, len(words)):
        following = place.after(words[at])
        if following is None:
            break
        place = following
        if place.labels:
            best = Span(start, at + 1, place.labels)
    return best


@dataclass(frozen=True)
class Content:
    """The words that matter, each with its place among all words."""

    words: tuple[str, ...]
    places: tuple[int, ...]
    closed: tuple[bool, ...]
    """For each word: a clause ends somewhere between it and the one before."""


@dataclass(frozen=True)
class Match:
    """A phrase of a question found in the words."""

    fact: str
    sense: Sense
    places: tuple[int, ...]
    """Places, among all words, of the words that matched."""
    between: int
    """Words skipped inside."""
    mended: int = 0
    """Words that were taken for misheard ones."""

    @property
    def start(self) -> int:
        """Place of its first word."""
        return self.places[0]

    @property
    def end(self) -> int:
        """One past the place of its last word."""
        return self.places[-1] + 1

    @property
    def weight(self) -> tuple[int, int, int]:
        """Long and close matches beat short and loose ones."""
        return (len(self.places), -self.between, -self.mended)


def matches(
    phrases: Phrases,
    content: Content,
    grammar: Grammar,
    mended: frozenset[int] = frozenset(),
    *,
    out_of_turn: bool = False,
) -> list[Match]:
    """Every longest match of each sense from each word on.

    Between two words of a phrase at most `GAP` others may stand, none of them a word of the question or
    name of a person or "but", and no clause may end there; right after a negator of the phrase none may
    stand ("not ... breathing"). Negators between are let through: they are counted later.
    """
    found: list[Match] = []
    words = content.words
    graph = phrases.out_of_turn if out_of_turn else phrases.graph
    if graph.edges.keys().isdisjoint(words):
        return found
    reach: dict[int, tuple[int, ...]] = {}
    for start, word in enumerate(words):
        if word not in graph.edges:
            continue
        best: dict[str, Match] = {}
        first = graph.after(word)
        stack: list[tuple[Point, int, tuple[int, ...]]] = [] if first is None else [(first, start, (start,))]
        while stack:
            place, at, taken = stack.pop()
            between = at - start + 1 - len(taken)
            for label in place.labels:
                if label in _WORD_FOR_WORD and (between or _runs_on(content, taken, grammar)):
                    continue
                places = tuple(content.places[i] for i in taken)
                match = Match(phrases.fact, Sense(label), places, between, sum(i in mended for i in taken))
                if label not in best or match.weight > best[label].weight:
                    best[label] = match
            if not place.edges:
                continue
            if at not in reach:
                reach[at] = tuple(_within_reach(phrases, content, grammar, at))
            for following in reach[at]:
                after = place.after(words[following])
                if after is not None:
                    stack.append((after, following, (*taken, following)))
        found.extend(best.values())
    return found


def _runs_on(content: Content, taken: tuple[int, ...], grammar: Grammar) -> bool:
    """It goes on with a name in the next statement: "it's my hands, feet are fine"."""
    named = grammar.body | grammar.names
    return any(content.closed[at] and content.words[at] in named for at in taken[1:])


def _within_reach(phrases: Phrases, content: Content, grammar: Grammar, at: int) -> Iterator[int]:
    """Where the word of a phrase that follows the one at `at` may stand."""
    strict = content.words[at] in grammar.negators and content.words[at] not in grammar.abilities
    gap = 0
    for following in range(at + 1, len(content.words)):
        word, closed = content.words[following], content.closed[following]
        if strict and (gap or closed):
            return
        if gap and closed:
            return
        yield following
        if closed or word in grammar.splitters or word in grammar.persons:
            return
        if word in grammar.negators:
            continue
        if word in phrases.words or gap == GAP:
            return
        gap += 1


def mend_by_sound(
    content: Content, phrases: Phrases, alikes: Mapping[str, frozenset[str]]
) -> tuple[Content, dict[int, tuple[str, str]]]:
    """Words taken for those of the question that sound like them; {index: (heard, taken for)}.

    Only for an answer of which nothing else could be made.
    """
    changes = {
        index: (word, min(meant))
        for index, word in enumerate(content.words)
        if word not in phrases.words and (meant := alikes.get(word, frozenset()) & phrases.words)
    }
    words = tuple(changes[i][1] if i in changes else word for i, word in enumerate(content.words))
    return Content(words, content.places, content.closed), changes


def mend(
    content: Content, phrases: Phrases, vocabulary: frozenset[str]
) -> tuple[Content, dict[int, tuple[str, str]]]:
    """Words nobody knows, mended to the nearest word of the question; {index: (heard, taken for)}."""
    changes: dict[int, tuple[str, str]] = {}
    words = list(content.words)
    for index, word in enumerate(words):
        if len(word) < MENDED_LETTERS or word in vocabulary or word.isdigit():
            continue
        nearest = process.extractOne(word, phrases.long_words, scorer=fuzz.ratio, score_cutoff=MENDED_RATIO)
        if nearest is not None:
            words[index] = nearest[0]
            changes[index] = (word, nearest[0])
    if not changes:
        return content, {}
    return Content(tuple(words), content.places, content.closed), changes


_PRECEDENCE = (
    Sense.PRESENT, Sense.PRESENT_IF_ASKED, Sense.UNSURE, Sense.UNSURE_IF_ASKED, Sense.UNLIKE,
    Sense.ABSENT, Sense.ABSENT_IF_ASKED,
)  # fmt: skip


def strongest(found: Sequence[Match]) -> list[Match]:
    """Of matches that share words the longest and closest, in order of speech.

    Of two as long the one that is there wins over the one that is not: doubt is not a no.
    """
    if len(found) < 2:
        return list(found)
    ranked = sorted(found, key=lambda m: (tuple(-w for w in m.weight), _PRECEDENCE.index(m.sense), m.start))
    taken: set[int] = set()
    chosen = []
    for match in ranked:
        if taken.isdisjoint(match.places):
            taken.update(match.places)
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)
