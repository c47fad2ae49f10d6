"""What intents/ says of one question, for other matchers: templates, and sentences out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from random import Random

from voice_triage.content.lexicon import joined_words, speller
from voice_triage.content.listing import Listing, Place
from voice_triage.content.reading import read
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.templates import Chain, Choice, Part, Rule, Word

SENSES = {
    "present": ("present", "present_if_asked"),
    "unsure": ("unsure", "unsure_if_asked"),
    "absent": ("absent", "absent_if_asked"),
}
"""What an answer means -> lists of a question. Whatever speaks for the finding comes first, as with us."""
TURNS = {
    "present": ("yes", "yes_alone", "weak_yes"),
    "unsure": ("unsure",),
    "absent": ("no", "no_alone", "weak_no"),
}
"""The same -> lists of _answers.yaml."""


@dataclass(frozen=True)
class Written:
    """The phrases of one question with the yes, no and unsure of all; each by what it means."""

    templates: Mapping[str, tuple[str, ...]]
    """In hassil's syntax."""
    rules: Mapping[str, str]
    sentences: Mapping[str, tuple[str, ...]]
    """The longest first: of two that fit as well it tells more."""


class Writer:
    """Writes out the phrases of questions in plain words, as `plain` makes them of answers."""

    def __init__(self, home: Path, lexicon: Lexicon, most: int) -> None:
        """`home`: intents/<language>. `most`: sentences out of one template."""
        self._home = home
        self._spelling = lexicon.spelling
        self._skip = lexicon.grammar_words.skip
        self._spell = speller(lexicon.spelling)
        self._most = most
        answers = self._listing("_answers")
        self._rules = answers.rules(("rules",))
        self._turns = {
            label: self._sentences(
                [part for key in keys for part in _parts(answers, ("turns", key))], self._rules
            )
            for label, keys in TURNS.items()
        }

    def plain(self, text: str) -> str:
        """Cleaned up as our own answers are, without unimportant words unless there are no others."""
        words = clean(text, self._spelling).words
        return " ".join([word for word in words if word not in self._skip] or words)

    def write(self, fact: str) -> Written:
        """Everything about the question `fact`."""
        listing = self._listing(fact)
        rules = self._rules | _rules(listing)
        told = {
            label: [part for key in keys for part in _parts(listing, ("phrases", key))]
            for label, keys in SENSES.items()
        }
        return Written(
            templates={
                label: tuple(dict.fromkeys(filter(None, [*map(self._template, parts), *self._turns[label]])))
                for label, parts in told.items()
            },
            rules={name: text for name, part in rules.items() if (text := self._template(part))},
            sentences={
                label: tuple(
                    sorted({*self._turns[label], *self._sentences(parts, rules)}, key=lambda s: (-len(s), s))
                )
                for label, parts in told.items()
            },
        )

    def _listing(self, name: str) -> Listing:
        listing = Listing(read(self._home / f"{name}.yaml"), [])
        listing.join(joined_words(self._spelling))
        return listing

    def _sentences(self, parts: Sequence[Part], rules: Mapping[str, Part]) -> list[str]:
        written = (self.plain(text) for part in parts for text in _some(part, rules, self._most))
        return list(dict.fromkeys(filter(None, written)))

    def _template(self, part: Part) -> str:
        """Without unimportant words, which are not in the answers either."""
        match part:
            case Word(text):
                return " ".join(word for word in self._spell(text) if word not in self._skip)
            case Rule(name):
                return f"<{name}>"
            case Chain(parts):
                return " ".join(filter(None, map(self._template, parts)))
            case Choice(parts):
                options = list(dict.fromkeys(map(self._template, parts)))
                told = "|".join(filter(None, options))
                return f"[{told}]" if told and "" in options else f"({told})" if told else ""


def _parts(listing: Listing, place: Place) -> list[Part]:
    return [listing.parsed(text) for text, _ in listing.lines(place)] if listing.at(place) is not None else []


def _rules(listing: Listing) -> dict[str, Part]:
    place = ("phrases", "rules")
    return listing.rules(place) if listing.at(place) is not None else {}


def _some(part: Part, rules: Mapping[str, Part], most: int) -> list[str]:
    """At most so many sentences of a template, drawn by lot, and the same ones each time."""
    count = _count(part, rules)
    if count <= most:
        chosen: Sequence[int] = range(count)
    else:
        lot = Random(0)  # noqa: S311 - nothing secret is drawn
        chosen = [lot.randrange(count) for _ in range(most)]
    return [_sentence(part, rules, number) for number in chosen]


def _count(part: Part, rules: Mapping[str, Part]) -> int:
    match part:
        case Word():
            return 1
        case Rule(name):
            return _count(rules[name], rules)
        case Choice(parts):
            return sum(_count(inner, rules) for inner in parts)
        case Chain(parts):
            return prod(_count(inner, rules) for inner in parts)


def _sentence(part: Part, rules: Mapping[str, Part], number: int) -> str:
    """The sentence with this number, of all that a template stands for."""
    match part:
        case Word(text):
            return text
        case Rule(name):
            return _sentence(rules[name], rules, number)
        case Choice(parts):
            for inner in parts:
                if number < (count := _count(inner, rules)):
                    return _sentence(inner, rules, number)
                number -= count
            raise IndexError(number)
        case Chain(parts):
            said = []
            for inner in parts:
                number, own = divmod(number, _count(inner, rules))
                said.append(_sentence(inner, rules, own))
            return " ".join(filter(None, said))
