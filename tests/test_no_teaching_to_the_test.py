"""Phrases are written for people, not for the sentences by which they are measured.

A phrase that holds a whole sentence of a case, a test or a measuring set would make the measure say more than
it knows. So every phrase in intents/, with all its alternatives, is searched for such sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from measuring_sets import (
    BEGINNINGS,
    LONGEST,
    SHORTEST,
    Hashes,
    Sentence,
    checked_in,
    normalised,
    outside,
    sentences,
)

from voice_triage.content.listing import Listing
from voice_triage.content.locating import find_intents
from voice_triage.content.reading import Document, Path_, Plain, read
from voice_triage.understanding.templates import Compiler, Part, Point, TemplateError, parse

HOME = find_intents() / "en"
TAUGHT = ("_answers.yaml", "_interrupts.yaml")
"""Files that hold nothing but phrases; those of questions have them under `phrases`."""
ANYBODYS = {
    "not that i can remember", "not that i can think of", "i can not say i do", "i do not know what that means",
    "i did not say it", "i missed that say it again", "i did not hear you can you say that again",
    "can you repeat the question again", "sorry can you repeat that", "say it one more time",
    "can you say that again", "say that one more time", "my back is killing me", "my lower back is sore", "not much feeling at all", "only when i roll over",
    "hold on till i find my glasses", "what was the question again", "i want to talk to a real person", "nothing goes down either leg",
    "no accident no fall no hit", "hang on till i find my glasses", "not slept in four nights", "took a load of tablets", "not one drop came out", "came on slowly no knocks", "can not feel it coming out",
    "can not get him to wake up properly", "go back to the one before", "id rather not answer that",
    "i did not catch the question could you repeat it", "leave that one and go to the next",
    "stood there ages before anything comes", "no crash no fall no knock", "why do you want to know that",
    "saw someone last year but nobody since", "stomach sides groin all grand",
}  # fmt: skip
"""What anybody may say, reached by a phrase with many alternatives, most of them said by people of a later batch in
the words of a phrase that was there before; looked at and written here one by one."""


def phrases(document: Document) -> Iterator[tuple[Path_, str]]:
    """Every template of a file with its place."""
    whole = document.file.name in TAUGHT
    for place, text in leaves(document.value, ()):
        if whole or place[0] == "phrases":
            for line in text.splitlines():
                if line.strip() and not line.strip().startswith("#"):
                    yield place, line.strip()


def leaves(value: Plain, place: Path_) -> Iterator[tuple[Path_, str]]:
    match value:
        case str():
            yield place, value
        case list():
            for i, item in enumerate(value):
                yield from leaves(item, (*place, i))
        case dict():
            for key, item in value.items():
                yield from leaves(item, (*place, key))


def graphs(home: Path, grammar: bool = False) -> list[Point]:
    """Each template by which answers are read, or of the recogniser's grammar, as a graph of its words."""
    shared = Listing(read(home / "_answers.yaml"), []).rules(("rules",))
    found = []
    for file in sorted(home.glob("*.yaml")):
        if file.name.startswith("_") and file.name not in TAUGHT:
            continue
        document = read(file)
        compilers: dict[Path_, Compiler] = {}
        for place, template in phrases(document):
            if "rules" in place or ("grammar" in place) != grammar:
                continue  # rules are parts of templates, and searched with them
            if place[:-1] not in compilers:
                rules = shared | rules_around(document, place)
                compilers[place[:-1]] = Compiler(rules, frozenset(), normalised)
            try:
                found.append(compilers[place[:-1]].graph(parse(template), "phrase"))
            except TemplateError as error:
                raise AssertionError(f"{document.file}:{document.line(place)}: {error}") from error
    return found


def rules_around(document: Document, place: Path_) -> dict[str, Part]:
    """The named parts that a template at this place may use, nearer ones before farther ones."""
    listing, rules = Listing(document, []), {}
    for length in range(len(place)):
        at = (*place[:length], "rules")
        if listing.at(at) is not None:
            rules |= listing.rules(at)
    return rules


def within(graph: list[Point], hashes: Hashes) -> set[Sentence]:
    """The sentences that some reading of some phrase holds, wherever in it they begin."""
    every: dict[int, Point] = {}
    left = list(graph)
    while left:
        point = left.pop()
        if id(point) not in every:
            every[id(point)] = point
            left += (after for points in point.edges.values() for after in points)
    found: set[Sentence] = set()
    seen: dict[Sentence, bool] = {}

    def search(point: Point, before: Sentence) -> None:
        for word, points in point.edges.items():
            words = (*before, word)
            if len(words) >= BEGINNINGS[0]:
                if words not in seen:
                    seen[words] = hashes.go_on(words)
                    if len(words) >= SHORTEST and hashes.hold(words):
                        found.add(words)
                if not seen[words] or len(words) == LONGEST:
                    continue
            for after in points:
                search(after, words)

    for point in every.values():
        search(point, ())
    return found


def every_set() -> Hashes:
    return Hashes(Hashes.read().known | Hashes.of(checked_in()).known)


def copied(graph: list[Point], hashes: Hashes) -> list[str]:
    return sorted({" ".join(words) for words in within(graph, hashes)} - ANYBODYS)


def test_no_phrase_holds_a_sentence_by_which_it_is_measured() -> None:
    assert copied(graphs(HOME), every_set()) == []


def test_the_grammar_of_the_recogniser_holds_no_sentence_of_an_outside_set() -> None:
    """Recorded patients have to be in it: they show that all parts fit, not how well people are heard."""
    assert copied(graphs(HOME, grammar=True), Hashes.read()) == []


def test_the_hashes_are_those_of_the_sets_that_lie_beside_the_clone() -> None:
    """Where there are none, the hashes that are kept stand for them."""
    kept = Hashes.read()
    assert len(kept.known) > 10_000
    new = {words for words in outside() if not kept.hold(words)}
    assert not new, f"run scripts/hash_measuring_sets: {len(new)} sentences are not in it"


def test_what_is_let_off_is_there() -> None:
    hashes = every_set()
    assert {text for text in ANYBODYS if not hashes.hold(tuple(text.split()))} == set()


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("i cannot feel my left foot", "I can't feel my left foot."),
        ("well (i|we) (fell|slipped) [right] down the stairs today", "we slipped down the stairs"),
        ("(down the stairs;i fell)", "I fell down the stairs!"),
        ("yes <fell> badly last night", "last night i fell badly. I fell badly last night"),
    ],
)
def test_a_copied_sentence_is_found_in_any_reading_of_a_phrase(template: str, sentence: str) -> None:
    compiler = Compiler({"fell": parse("(i fell|i slipped)")}, frozenset(), normalised)
    graph = [compiler.graph(parse(template), "phrase")]
    assert within(graph, Hashes.of(sentences(sentence)))


@pytest.mark.parametrize("sentence", ["i can not feel", "feel my left foot now", "can i feel my left foot"])
def test_a_phrase_that_shares_only_a_part_is_not_a_copy(sentence: str) -> None:
    compiler = Compiler({}, frozenset(), normalised)
    graph = [compiler.graph(parse("i cannot feel my left foot"), "phrase")]
    assert not within(graph, Hashes.of(sentences(sentence)))
