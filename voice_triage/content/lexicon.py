"""intents/<language>/ -> Lexicon: how people answer, ask, and speak of each finding and danger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from voice_triage.content.reading import Document, Plain, read
from voice_triage.errors import ContentError, Problem
from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Request
from voice_triage.understanding.cleaning import Spelling, clean
from voice_triage.understanding.lexicon import (
    Grammar,
    Lexicon,
    NumberWords,
    Phrases,
    Sense,
    Turn,
)
from voice_triage.understanding.matching import MENDED_LETTERS
from voice_triage.understanding.templates import (
    Compiler,
    Part,
    Point,
    TemplateError,
    merge,
    parse,
    sentences,
)

_Place = tuple[str | int, ...]
Speller = Callable[[str], tuple[str, ...]]
_CLASSES = (
    "skip", "people", "negators", "starters", "verbs", "linkers", "splitters", "conjunctions", "persons", "past",
    "abilities", "generic", "body", "restarters", "articles",
)  # fmt: skip
_NUMBER_LISTS = (
    "early", "middle", "late", "over", "under", "nearly", "about", "something", "being", "between",
    "before_unit", "corrections", "every", "not_years",
)  # fmt: skip
_ANSWERS_KEYS = frozenset(
    {"fillers", "openers", "courtesies", "repeatable", "contractions", "rewrites", "classes", "numbers",
     "rules", "turns", "requests", "grammar", "never_mended"}
)  # fmt: skip


def read_lexicon(folder: Path, language: str = "en") -> Lexicon:
    """Everything understanding looks up. `folder` is intents/. Raises ContentError with ALL problems."""
    return _Reader(folder / language).lexicon()


class _Reader:
    """Reads the files of one language and keeps every problem on the way."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._problems: list[Problem] = []

    def lexicon(self) -> Lexicon:
        answers = self._document("_answers.yaml")
        interrupts = self._document("_interrupts.yaml")
        wordings = [self._document(file.name) for file in sorted(self._home.glob("[a-z]*.yaml"))]
        if answers is None or interrupts is None:
            raise ContentError(self._problems)
        for key in sorted(set(self._mapping(answers, ())) ^ _ANSWERS_KEYS):
            known = key in _ANSWERS_KEYS
            self._add(
                answers, () if known else (key,), f"the key {key!r} is {'missing' if known else 'unknown'}"
            )
        if self._problems:
            raise ContentError(self._problems)
        spelling = self._spelling(answers)
        classes = {name: self._words(answers, ("classes", name)) for name in _CLASSES}
        grammar = Grammar(**classes)
        spell = self._speller(spelling)
        rules = self._rules(answers, ("rules",))
        exact = Compiler(rules, frozenset(), spell)
        turns = self._labelled(answers, "turns", {turn.value for turn in Turn}, exact)
        requests = self._labelled(answers, "requests", {request.value for request in Request}, exact)
        questions: dict[str, Phrases] = {}
        for document in wordings:
            if document is not None:
                questions |= self._questions(document, rules, grammar, spell)
        questions = _with_topics(questions, grammar)
        dangers = self._dangers(interrupts, rules, grammar, spell)
        numbers = self._numbers(answers)
        spoken, requested = self._grammar(answers)
        if self._problems:
            raise ContentError(self._problems)
        vocabulary = frozenset().union(
            exact.words, *classes.values(), *(q.words for q in questions.values()),
            *(d.words for d in dangers), self._words(answers, ("never_mended",)), numbers.units, numbers.decades,
        )  # fmt: skip
        return Lexicon(
            spelling, grammar, turns, requests, questions, dangers, vocabulary, numbers, spoken, requested
        )

    # -- parts of _answers.yaml

    def _spelling(self, document: Document) -> Spelling:
        contractions = {
            short: tuple(text.split()) for short, text in self._texts(document, ("contractions",)).items()
        }
        rough = Spelling(contractions)
        plain = {
            self._plain(rough, short): self._plain(rough, text)
            for short, text in self._texts(document, ("rewrites",)).items()
        }
        return Spelling(
            contractions=contractions,
            rewrites=plain,
            fillers=self._words(document, ("fillers",)),
            openers=self._words(document, ("openers",)),
            courtesies=frozenset(self._plain(rough, text) for text, _ in self._list(document, ("courtesies",))),
            repeatable=self._words(document, ("repeatable",)),
        )

    def _plain(self, spelling: Spelling, text: str) -> tuple[str, ...]:
        return clean(text, Spelling(spelling.contractions, spelling.rewrites)).words

    def _speller(self, spelling: Spelling) -> Callable[[str], tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}

        def spell(word: str) -> tuple[str, ...]:
            if word not in known:
                parts = word.lower().replace("-", " ").split()
                known[word] = tuple(plain for part in parts for plain in spelling.word(part))
            return known[word]

        return spell

    def _rules(self, document: Document, place: _Place) -> dict[str, Part]:
        rules = {}
        for name, text in self._texts(document, place).items():
            try:
                rules[name] = parse(text)
            except TemplateError as error:
                self._add(document, (*place, name), str(error))
        return rules

    def _labelled(self, document: Document, key: str, known: set[str], compiler: Compiler) -> Point:
        points = []
        listed = self._mapping(document, (key,))
        for label in sorted(known - set(listed)):
            self._add(document, (key,), f"nothing is listed for {label!r}")
        for label in listed:
            if label not in known:
                self._add(document, (key, label), f"{label!r} is not one of {', '.join(sorted(known))}")
                continue
            points.append(self._graph(document, [((key, label), label)], compiler))
        return merge(points) if points else Point()

    def _graph(
        self, document: Document, lists: Iterable[tuple[_Place, str]], compiler: Compiler,
        grammar: Grammar | None = None,
    ) -> Point:  # fmt: skip
        """The graph of several lists of phrases; with `grammar` every phrase has to say something."""
        points = []
        for place, label in lists:
            for text, line in self._list(document, place):
                try:
                    template = parse(text)
                    points.append(compiler.graph(template, label))
                    if grammar is not None:
                        compiler.check_weight(template, _saying_nothing(grammar, label))
                except TemplateError as error:
                    self._problems.append(Problem(str(document.file), line, str(error)))
        return merge(points) if points else Point()

    def _numbers(self, document: Document) -> NumberWords:
        at: _Place = ("numbers",)
        lists = {name: self._words(document, (*at, name)) for name in _NUMBER_LISTS}
        return NumberWords(
            units={word: few[0] for word, few in self._figures(document, (*at, "units"), 1).items()},
            plurals={
                word: (few[0], few[1]) for word, few in self._figures(document, (*at, "plurals"), 2).items()
            },
            moments=self._many(document, (*at, "moments")),
            amounts=self._many(document, (*at, "amounts")),
            decades={word: int(few[0]) for word, few in self._figures(document, (*at, "decades"), 1).items()},
            and_a_half=frozenset(tuple(t.split()) for t, _ in self._list(document, (*at, "and_a_half"))),
            or_two=frozenset(tuple(t.split()) for t, _ in self._list(document, (*at, "or_two"))),
            **lists,
        )

    def _many(self, document: Document, place: _Place) -> dict[tuple[str, ...], tuple[float, float]]:
        return {
            tuple(words.split()): (few[0], few[1]) for words, few in self._figures(document, place, 2).items()
        }

    def _figures(self, document: Document, place: _Place, count: int) -> dict[str, list[float]]:
        figures = {}
        for key, text in self._texts(document, place).items():
            try:
                few = [float(part) for part in text.split()]
            except ValueError:
                few = []
            if len(few) != count:
                self._add(document, (*place, key), f"{text!r} should be {count} number(s)")
                few = [0.0] * count
            figures[key] = few
        return figures

    def _grammar(
        self, document: Document
    ) -> tuple[dict[Kind, tuple[str, ...]], dict[Request, tuple[str, ...]]]:
        spoken, requested = {}, {}
        kinds = {kind.value: kind for kind in Kind}
        for key in self._mapping(document, ("grammar", "answers")):
            if key not in kinds:
                self._add(document, ("grammar", "answers", key), f"{key!r} is no kind of question")
                continue
            spoken[kinds[key]] = self._sentences(document, ("grammar", "answers", key))
        wanted = {request.value: request for request in Request}
        for key in self._mapping(document, ("grammar", "requests")):
            if key not in wanted:
                self._add(document, ("grammar", "requests", key), f"{key!r} is no request")
                continue
            requested[wanted[key]] = self._sentences(document, ("grammar", "requests", key))
        return spoken, requested

    def _sentences(self, document: Document, place: _Place) -> tuple[str, ...]:
        found: list[str] = []
        for text, line in self._list(document, place):
            try:
                found.extend(sentences(parse(text), {}))
            except TemplateError as error:
                self._problems.append(Problem(str(document.file), line, str(error)))
        return tuple(dict.fromkeys(found))

    # -- questions and dangers

    def _questions(
        self, document: Document, rules: Mapping[str, Part], grammar: Grammar, spell: Speller
    ) -> dict[str, Phrases]:
        value = self._mapping(document, ())
        fact = value.get("id")
        if not isinstance(fact, str) or "phrases" not in value:
            return {}  # the reader of the wording tells of this
        found = {}
        follow_ups = value.get("follow_ups")
        dated = isinstance(follow_ups, dict) and "new" in follow_ups
        phrases = self._phrases(document, ("phrases",), fact, dated, rules, grammar, spell)
        if phrases is not None:
            found[fact] = phrases
        for name in self._mapping(document, ("phrases", "follow_ups"), optional=True):
            if not isinstance(follow_ups, dict) or name not in follow_ups:
                self._add(document, ("phrases", "follow_ups", name), f"{fact} has no follow-up {name!r}")
                continue
            place = ("phrases", "follow_ups", name)
            inner = self._phrases(document, place, f"{fact}.{name}", False, rules, grammar, spell)
            if inner is not None:
                found[f"{fact}.{name}"] = inner
        return found

    def _phrases(
        self, document: Document, place: _Place, fact: str, dated: bool,
        rules: Mapping[str, Part], grammar: Grammar, spell: Speller,
    ) -> Phrases | None:  # fmt: skip
        listed = self._mapping(document, place)
        if not listed:
            return None
        senses = {sense.value for sense in Sense}
        other = {"rules", "grammar", "follow_ups", "by_number", "by_person"}
        for key in listed:
            if key not in senses | other:
                known = ", ".join(sorted(senses | other))
                self._add(document, (*place, key), f"{key!r} is not one of {known}")
        own = dict(rules)
        if "rules" in listed:
            own |= self._rules(document, (*place, "rules"))
        by_person = listed.get("by_person") == "true"
        skip = grammar.skip - grammar.people if by_person else grammar.skip
        compiler = Compiler(own, skip, spell)
        lists = [((*place, sense), sense) for sense in sorted(senses & set(listed))]
        graph = self._graph(document, lists, compiler, grammar)
        words = frozenset(compiler.words)
        return Phrases(
            fact=fact,
            graph=graph,
            words=words - grammar.negators,
            long_words=tuple(
                sorted(w for w in words - grammar.negators - grammar.abilities if len(w) >= MENDED_LETTERS)
            ),
            grammar=self._sentences(document, (*place, "grammar")) if "grammar" in listed else (),
            dated=dated,
            by_person=by_person,
            by_number=listed.get("by_number") == "true",
        )

    def _dangers(
        self, document: Document, rules: Mapping[str, Part], grammar: Grammar, spell: Speller
    ) -> tuple[Phrases, ...]:
        found = []
        own = dict(rules) | self._rules(document, ("rules",))
        for name in self._mapping(document, ("interrupts",)):
            place: _Place = ("interrupts", name)
            listed = self._mapping(document, place)
            for key in set(listed) - {"present", "unlike", "vague", "vague_not_to"}:
                self._add(
                    document, (*place, key), f"{key!r} is not one of present, unlike, vague, vague_not_to"
                )
            unlike = [((*place, "unlike"), Sense.UNLIKE.value)] if "unlike" in listed else []
            for key, not_to in (("present", ""), ("vague", "vague_not_to")):
                if key not in listed:
                    continue
                skip = grammar.skip - grammar.people
                compiler = Compiler(own, skip, spell)
                lists = [((*place, key), Sense.PRESENT.value), *unlike]
                graph = self._graph(document, lists, compiler, grammar)
                found.append(
                    Phrases(
                        fact=name,
                        graph=graph,
                        words=frozenset(compiler.words) - grammar.negators,
                        not_while_answering=self._words(document, (*place, not_to))
                        if not_to in listed
                        else frozenset(),
                    )
                )
        return tuple(found)

    # -- the tree of a document

    def _document(self, name: str) -> Document | None:
        try:
            return read(self._home / name)
        except ContentError as error:
            self._problems.extend(error.problems)
            return None

    def _add(self, document: Document, place: _Place, what: str) -> None:
        self._problems.append(document.problem(place, what))

    def _at(self, document: Document, place: _Place) -> Plain | None:
        value: Plain = document.value
        for step in place:
            if (isinstance(value, dict) and isinstance(step, str) and step in value) or (isinstance(value, list) and isinstance(step, int) and step < len(value)):
                value = value[step]
            else:
                return None
        return value

    def _mapping(self, document: Document, place: _Place, optional: bool = False) -> dict[str, Plain]:
        value = self._at(document, place)
        if value is None and optional:
            return {}
        if isinstance(value, dict):
            return value
        self._add(document, place, f"{_name(place)} should be a mapping")
        return {}

    def _list(self, document: Document, place: _Place) -> list[tuple[str, int]]:
        """Each phrase of a list with its line. One text with a phrase on each line is a list too: it needs
        no quotes around [ ] and is read ten times faster than a YAML list."""
        value = self._at(document, place)
        if isinstance(value, str):
            first = document.line(place) + 1
            lines = [(line.strip(), first + i) for i, line in enumerate(value.splitlines())]
            return [(text, line) for text, line in lines if text and not text.startswith("#")]
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return [(str(item), document.line((*place, i))) for i, item in enumerate(value)]
        self._add(document, place, f"{_name(place)} should be a list of texts")
        return []

    def _words(self, document: Document, place: _Place) -> frozenset[str]:
        value = self._at(document, place)
        if isinstance(value, str):  # many short words read better as one line of text
            return frozenset(value.split())
        return frozenset(text for text, _ in self._list(document, place))

    def _texts(self, document: Document, place: _Place) -> dict[str, str]:
        found = {}
        for key, value in self._mapping(document, place).items():
            if isinstance(value, str):
                found[key] = value
            else:
                self._add(document, (*place, key), f"{key!r} should be text")
        return found


def _saying_nothing(grammar: Grammar, label: str) -> frozenset[str]:
    """Words of which no phrase may consist: more for one that counts whatever was asked."""
    if label != Sense.PRESENT:
        return grammar.negators
    return grammar.negators | grammar.linkers | (grammar.generic - grammar.people)


_SHARED_BY = 5
"""A word that more questions share than this is about none of them: "go", "one", "only"."""


def _with_topics(questions: Mapping[str, Phrases], grammar: Grammar) -> dict[str, Phrases]:
    shared = Counter(
        word for fact, phrases in questions.items() if "." not in fact for word in phrases.words
    )
    common = grammar.generic | grammar.splitters | grammar.persons
    return {
        fact: replace(
            phrases,
            topic=frozenset(w for w in phrases.words if shared[w] <= _SHARED_BY and w not in common),
        )
        for fact, phrases in questions.items()
    }


def _name(place: _Place) -> str:
    return ".".join(map(str, place)) or "the file"
