"""Phrase templates: one line such as `(my|the) (bum|bottom) [really] numb` stands for many sentences.

The syntax is that of hassil: `(a|b)` either, `[a]` maybe, `(a;b)` in any order, `<rule>` a named part.
hassil itself takes 0.25 s to import and 0.7 ms to read a line, and then wants every sentence written
out; a line with two lists of sixty words would be seven thousand of them. Here a line becomes a small
graph of words instead, which is followed word by word while reading an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

Labels = tuple[str, ...]
Spelling = Callable[[str], tuple[str, ...]]
"""How one word of a template is written after clean-up: "can't" -> ("can", "not")."""


class TemplateError(ValueError):
    """A template is not written rightly; the message says how."""


@dataclass(frozen=True)
class Word:
    """One word."""

    text: str


@dataclass(frozen=True)
class Rule:
    """The name of a part that is written elsewhere."""

    name: str


@dataclass(frozen=True)
class Chain:
    """Parts one after another."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]


Part = Word | Rule | Chain | Choice
_Length = tuple[int, bool, int]
_FULL = {(2, True, 2)}
_TOKENS = re.compile(r"[()\[\]|;]|<[a-z_]+>|[^\s()\[\]|;<>]+")


def parse(template: str) -> Part:
    """The parts of a template. Raises TemplateError."""
    tokens = _TOKENS.findall(template)
    if "".join(tokens) != "".join(template.split()):
        raise TemplateError(f"cannot read {template!r}")
    part, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        raise TemplateError(f"{tokens[rest]!r} closes nothing in {template!r}")
    return part


_CLOSING = {"(": ")", "[": "]"}


def _alternatives(tokens: list[str], at: int) -> tuple[Part, int]:
    options: list[Part] = []
    chain: list[Part] = []
    separators: set[str] = set()
    while at < len(tokens) and tokens[at] not in _CLOSING.values():
        sign = tokens[at]
        at += 1
        if sign in ("|", ";"):
            separators.add(sign)
            options.append(Chain(tuple(chain)))
            chain = []
        elif sign in _CLOSING:
            inner, at = _alternatives(tokens, at)
            if at >= len(tokens) or tokens[at] != _CLOSING[sign]:
                raise TemplateError(f"{sign!r} is never closed by {_CLOSING[sign]!r}")
            at += 1
            inside = inner.parts if isinstance(inner, Choice) else (inner,)
            chain.append(inner if sign == "(" else Choice((*inside, Chain(()))))
        elif sign.startswith("<"):
            chain.append(Rule(sign[1:-1]))
        else:
            chain.append(Word(sign))
    options.append(Chain(tuple(chain)))
    if len(separators) > 1:
        raise TemplateError("| and ; cannot be mixed in one pair of brackets")
    if ";" in separators:
        return Choice(tuple(Chain(order) for order in permutations(options))), at
    return (options[0] if len(options) == 1 else Choice(tuple(options))), at


class Point:
    """A place in a graph of words: which words may follow, and what is complete here."""

    __slots__ = ("edges", "labels")

    def __init__(self, labels: Labels = ()) -> None:
        self.edges: dict[str, tuple[Point, ...]] = {}
        self.labels = labels

    def after(self, word: str) -> Point | None:
        """Where all phrases that go on with `word` go on from; made at the first asking, and kept."""
        ways = self.edges.get(word)
        if ways is None:
            return None
        if len(ways) > 1:
            ways = self.edges[word] = (merge(ways),)
        return ways[0]


def merge(points: Iterable[Point]) -> Point:
    """A place from which each of `points` can be gone on."""
    wanted = list(dict.fromkeys(points))
    if len(wanted) == 1:
        return wanted[0]
    result = Point(tuple(dict.fromkeys(label for point in wanted for label in point.labels)))
    edges = result.edges
    for point in wanted:
        for word, after in point.edges.items():
            known = edges.get(word)
            edges[word] = after if known is None else tuple(dict.fromkeys(known + after))
    return result


class Compiler:
    """Makes graphs out of templates that share named parts."""

    def __init__(self, rules: Mapping[str, Part], skip: frozenset[str], spelling: Spelling) -> None:
        """`skip`: words that no graph holds, because they are also taken out of what is heard."""
        self._rules = rules
        self._skip = skip
        self._spelling = spelling
        self._made: dict[tuple[str, int], Point] = {}
        self._kept: list[Point] = []
        self._ends: dict[str, Point] = {}
        self._weights: dict[tuple[str, frozenset[str]], frozenset[_Length]] = {}
        self.words: set[str] = set()
        """Every word that the graphs made so far hold."""

    def graph(self, template: Part, label: str) -> Point:
        """The graph of one template. Raises TemplateError if nothing of it is left, or rules circle."""
        start = self._compile(template, self._ends.setdefault(label, Point((label,))), ())
        if start.labels:
            raise TemplateError("nothing is left of it once the unimportant words are taken out")
        return start

    def check_weight(self, template: Part, empty: frozenset[str]) -> None:
        """Raises TemplateError if some reading of a template says too little.

        That is so if several words shrink to a single one that matters ("have a fit" would fire on "I keep
        fit"; such a word has to be written by itself, on purpose), or if only words of `empty` are left.
        """
        for written, heavy, kept in self._lengths(template, empty):
            if kept == 1 and written > 1:
                raise TemplateError("of some of its readings only one word is left; write it by itself")
            if not heavy:
                raise TemplateError("of some of its readings nothing is left but words such as no and it")

    def _lengths(self, part: Part, empty: frozenset[str]) -> frozenset[_Length]:
        """For each reading: words written (2: two or more), whether one says something, words kept (same)."""
        match part:
            case Word(text):
                key = (text, empty)
                if key not in self._weights:
                    kept = [word for word in self._spelling(text) if word not in self._skip]
                    heavy = any(word not in empty for word in kept)
                    self._weights[key] = frozenset({(1, heavy, min(2, len(kept)))})
                return self._weights[key]
            case Rule(name):
                key = (f"<{name}>", empty)
                if key not in self._weights:
                    self._weights[key] = self._lengths(self._rules[name], empty)
                return self._weights[key]
            case Choice(parts):
                readings = [self._lengths(inner, empty) for inner in parts]
                optional = any((0, False, 0) in each for each in readings)
                if not optional and any(kept == 0 for each in readings for _, _, kept in each):
                    raise TemplateError("one of several alternatives holds unimportant words only")
                return frozenset().union(*readings)
            case Chain(parts):
                totals = {(0, False, 0)}
                for inner in parts:
                    each = self._lengths(inner, empty)
                    if totals != _FULL:  # else nothing that follows makes it less
                        totals = {
                            (min(2, t[0] + e[0]), t[1] or e[1], min(2, t[2] + e[2]))
                            for t in totals
                            for e in each
                        }
                return frozenset(totals)

    def _compile(self, part: Part, then: Point, inside: tuple[str, ...]) -> Point:
        match part:
            case Word(text):
                for word in reversed(self._spelling(text)):
                    if word in self._skip:
                        continue
                    self.words.add(word)
                    point = Point()
                    point.edges[word] = (then,)
                    then = point
                return then
            case Chain(parts):
                for inner in reversed(parts):
                    then = self._compile(inner, then, inside)
                return then
            case Choice(parts):
                return self._choice(parts, then, inside)
            case Rule(name):
                if name in inside:
                    raise TemplateError(f"the rule <{name}> leads back to itself")
                if name not in self._rules:
                    raise TemplateError(f"there is no rule <{name}>")
                key = (name, id(then))
                if key not in self._made:
                    self._kept.append(then)  # an id stays its own only while the object lives
                    self._made[key] = self._compile(self._rules[name], then, (*inside, name))
                return self._made[key]

    def _choice(self, parts: Sequence[Part], then: Point, inside: tuple[str, ...]) -> Point:
        """Single words, which are most of all choices, share one place to begin at."""
        begin = Point()
        further = []
        for inner in parts:
            single = inner.parts[0] if isinstance(inner, Chain) and len(inner.parts) == 1 else inner
            plain = self._spelling(single.text) if isinstance(single, Word) else ()
            if len(plain) == 1 and plain[0] not in self._skip:
                self.words.add(plain[0])
                begin.edges[plain[0]] = (then,)
            else:
                further.append(self._compile(inner, then, inside))
        return merge([begin, *further]) if begin.edges else merge(further)


def sentences(part: Part, rules: Mapping[str, Part]) -> list[str]:
    """Every sentence that a template stands for, written out; for checks and small grammars only."""
    match part:
        case Word(text):
            return [text]
        case Rule(name):
            if name not in rules:
                raise TemplateError(f"there is no rule <{name}>")
            return sentences(rules[name], rules)
        case Choice(parts):
            return list(dict.fromkeys(text for inner in parts for text in sentences(inner, rules)))
        case Chain(parts):
            columns = [sentences(inner, rules) for inner in parts]
            return list(dict.fromkeys(" ".join(filter(None, row)) for row in product(*columns)))
