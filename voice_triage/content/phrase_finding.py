"""Which lines of intents/ an answer was read by: for those who want to know why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_triage.content.lexicon import joined_words, speller
from voice_triage.content.listing import Listing, Place
from voice_triage.content.reading import read
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon, Phrases, Sense
from voice_triage.understanding.matching import Match, matches
from voice_triage.understanding.templates import Compiler, Part


@dataclass(frozen=True)
class FoundPhrase:
    """One line of a list of phrases that is in an answer."""

    file: Path
    line: int
    sense: Sense
    template: str
    match: Match


def find_phrases(home: Path, fact: str, shape: Shape, lexicon: Lexicon) -> tuple[FoundPhrase, ...]:
    """The lines about `fact` (a question or follow-up) that fit what was said; of each stretch the longest.

    `home` is intents/<language>. Raises ContentError where its files are broken.
    """
    found = list(_fitting(home, fact, shape, lexicon))
    found.sort(key=lambda each: (-len(each.match.places), each.match.between, each.line))
    chosen: list[FoundPhrase] = []
    for each in found:
        places = set(each.match.places)
        if not any(places < set(other.match.places) for other in chosen):
            chosen.append(each)
    return tuple(sorted(chosen, key=lambda each: (each.match.start, each.line)))


def _fitting(home: Path, fact: str, shape: Shape, lexicon: Lexicon) -> Iterator[FoundPhrase]:
    base, _, part = fact.partition(".")
    file = home / f"{base}.yaml"
    listing, answers = Listing(read(file), []), Listing(read(home / "_answers.yaml"), [])
    for each in (listing, answers):
        each.join(joined_words(lexicon.spelling))
    rules = answers.rules(("rules",))
    place: Place = ("phrases",)
    rules |= _rules(listing, place)
    if part:
        place = next(
            (at for at in (("phrases", "follow_ups", part), ("phrases", "facts", part)) if listing.at(at)),
            place,
        )
        rules |= _rules(listing, place)
    known = lexicon.questions[fact]
    grammar = lexicon.grammar_words
    skip = grammar.skip - grammar.people if known.by_person else grammar.skip
    for sense in Sense:
        if listing.at((*place, sense.value)) is None:
            continue
        for text, line in listing.lines((*place, sense.value)):
            compiler = Compiler(rules, skip, speller(lexicon.spelling))
            graph = compiler.graph(listing.parsed(text), sense.value)
            phrases = Phrases(fact, graph, graph, known.words)
            for match in _longest(phrases, shape, lexicon):
                yield FoundPhrase(file, line, sense, text, match)


def _rules(listing: Listing, place: Place) -> dict[str, Part]:
    at = (*place, "rules")
    return listing.rules(at) if listing.at(at) is not None else {}


def _longest(phrases: Phrases, shape: Shape, lexicon: Lexicon) -> Sequence[Match]:
    content = shape.people if lexicon.questions[phrases.fact].by_person else shape.content
    found = matches(phrases, content, lexicon.grammar_words)
    return [m for m in found if not any(set(m.places) < set(other.places) for other in found)]
