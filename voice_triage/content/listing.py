"""One document of phrases, read value by value; every problem is kept with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from voice_triage.content.reading import Document, Plain
from voice_triage.errors import Problem
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Sense
from voice_triage.understanding.templates import (
    Compiler,
    Part,
    Point,
    TemplateError,
    merge,
    parse,
    sentences,
)

Place = tuple[str | int, ...]


class Listing:
    """Gives lists, words, figures and graphs out of a document, and empty ones where it is wrong."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self._document = document
        self._problems = problems
        self._joined: re.Pattern[str] | None = None
        self._one: Mapping[str, str] = {}

    def join(self, one_word: Mapping[str, str]) -> None:
        """From now on words of a template that stand side by side are one: "all right" -> "alright"."""
        self._one = one_word
        either = "|".join(sorted(map(re.escape, one_word), key=len, reverse=True))
        self._joined = re.compile(rf"(?<![^\s(\[|])(?:{either})(?![^\s)\]|])")

    def parsed(self, text: str) -> Part:
        """A template of this document. Raises TemplateError."""
        if self._joined is not None:
            text = self._joined.sub(lambda found: self._one[found[0]], text)
        return parse(text)

    def problem(self, place: Place, what: str) -> None:
        """Keeps a problem at a place of the document."""
        self._problems.append(self._document.problem(place, what))

    def at(self, place: Place) -> Plain | None:
        """The value at a place; None where there is none."""
        value: Plain = self._document.value
        for step in place:
            if isinstance(value, dict) and isinstance(step, str) and step in value:
                value = value[step]
            else:
                return None
        return value

    def mapping(self, place: Place, optional: bool = False) -> dict[str, Plain]:
        """The mapping at a place."""
        value = self.at(place)
        if value is None and optional:
            return {}
        if isinstance(value, dict):
            return value
        self.problem(place, f"{_name(place)} should be a mapping")
        return {}

    def lines(self, place: Place) -> list[tuple[str, int]]:
        """Each phrase of a list with its line.

        One text with a phrase on each line is a list too: it needs no quotes around [ ], and is read ten
        times faster than a YAML list.
        """
        value = self.at(place)
        if isinstance(value, str):
            first = self._document.line(place) + 1
            numbered = [(line.strip(), first + i) for i, line in enumerate(value.splitlines())]
            found = [(text, line) for text, line in numbered if text and not text.startswith("#")]
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found = [(str(item), self._document.line((*place, i))) for i, item in enumerate(value)]
        else:
            self.problem(place, f"{_name(place)} should be a list of texts")
            return []
        if not found:
            self.problem(place, f"{_name(place)} is an empty list")
        return found

    def words(self, place: Place) -> frozenset[str]:
        """A set of words, written as one text or as a list."""
        value = self.at(place)
        if isinstance(value, str):  # many short words read better as one line of text
            return frozenset(value.split())
        return frozenset(text for text, _ in self.lines(place))

    def texts(self, place: Place) -> dict[str, str]:
        """A mapping of texts."""
        found = {}
        for key, value in self.mapping(place).items():
            if isinstance(value, str):
                found[key] = value
            else:
                self.problem((*place, key), f"{key!r} should be text")
        return found

    def figures(self, place: Place, count: int) -> dict[str, list[float]]:
        """A mapping to `count` numbers each."""
        figures = {}
        for key, text in self.texts(place).items():
            try:
                few = [float(part) for part in text.split()]
            except ValueError:
                few = []
            if len(few) != count:
                self.problem((*place, key), f"{text!r} should be {count} number(s)")
                few = [0.0] * count
            figures[key] = few
        return figures

    def ranges(self, place: Place) -> dict[tuple[str, ...], tuple[float, float]]:
        """Words -> least and most."""
        return {tuple(words.split()): (few[0], few[1]) for words, few in self.figures(place, 2).items()}

    def amounts(self, place: Place) -> dict[tuple[str, ...], list[float]]:
        """Words -> a number, in a list of one."""
        return {tuple(words.split()): few for words, few in self.figures(place, 1).items()}

    def rules(self, place: Place) -> dict[str, Part]:
        """Named parts of templates."""
        rules = {}
        for name, text in self.texts(place).items():
            try:
                rules[name] = self.parsed(text)
            except TemplateError as error:
                self.problem((*place, name), str(error))
        return rules

    def graph(
        self, lists: Iterable[tuple[Place, str]], compiler: Compiler, grammar: Grammar | None = None
    ) -> Point:
        """The graph of several labelled lists of phrases; with `grammar` each has to say something."""
        points = []
        for place, label in lists:
            for text, line in self.lines(place):
                try:
                    template = self.parsed(text)
                    points.append(compiler.graph(template, label))
                    if grammar is not None:
                        compiler.check_weight(template, _saying_nothing(grammar, label))
                except TemplateError as error:
                    self._problems.append(Problem(str(self._document.file), line, str(error)))
        return merge(points) if points else Point()

    def sentences(self, place: Place, rules: Mapping[str, Part] | None = None) -> tuple[str, ...]:
        """Every sentence of a short list of templates, written out."""
        found: list[str] = []
        for text, line in self.lines(place):
            try:
                found.extend(sentences(parse(text), rules or {}))
            except TemplateError as error:
                self._problems.append(Problem(str(self._document.file), line, str(error)))
        return tuple(dict.fromkeys(found))


def _saying_nothing(grammar: Grammar, label: str) -> frozenset[str]:
    """Words of which no phrase may consist: more for one that counts whatever was asked."""
    if label != Sense.PRESENT:
        return grammar.negators
    return grammar.negators | grammar.linkers | (grammar.generic - grammar.people)


def _name(place: Place) -> str:
    return ".".join(map(str, place)) or "the file"
