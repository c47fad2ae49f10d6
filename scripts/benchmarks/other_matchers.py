"""Matchers that others use, each made to read answers to one question by the phrases of ours.

Where two meanings fit as well, each takes what comes first: "present".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from rapidfuzz import fuzz, process

from .written_phrases import Written

Read = Callable[[str], str]
"""Plain words of an answer -> "present", "absent", "unsure", or "none"."""
CUT_OFF = 80.0
"""Of 100, for the nearest phrase; of 70, 80 and 90 the one that reads most of another batch rightly."""


def hassil_whole(written: Written) -> Read:
    """A template has to be the whole answer, as hassil is meant."""
    return _hassil(written.templates, written.rules)


def hassil_anywhere(written: Written) -> Read:
    """Anything may stand before and after a template: wildcards.

    Its other way to let go of words, `allow_unmatched_entities`, is one for lists; there are none here.
    """
    return _hassil(_anywhere(written.templates, "{before}", "{after}"), written.rules)


def _anywhere(phrases: Mapping[str, Iterable[str]], before: str, after: str) -> dict[str, list[str]]:
    """Each phrase alone, and with anything before it, after it, and both."""
    return {
        label: [
            " ".join(filter(None, (b, text, a))) for text in texts for b in ("", before) for a in ("", after)
        ]
        for label, texts in phrases.items()
    }


def _hassil(templates: Mapping[str, Iterable[str]], rules: Mapping[str, str]) -> Read:
    hassil = import_module("hassil")
    # Of two that fit as well it takes the first by name; that has to be "present", as with the others.
    ranked = {f"{rank} {label}": list(lines) for rank, (label, lines) in enumerate(templates.items())}
    intents = hassil.Intents.from_dict(
        {
            "language": "en",
            "intents": {name: {"data": [{"sentences": lines}]} for name, lines in ranked.items()},
            "lists": {"before": {"wildcard": True}, "after": {"wildcard": True}},
            "expansion_rules": dict(rules),
        }
    )
    for intent in intents.intents.values():
        for data in intent.data:
            _ = data.sentences  # it reads them when they are wanted first

    def read(answer: str) -> str:
        found = hassil.recognize_best(answer, intents)
        return str(found.intent.name).partition(" ")[2] if found else "none"

    return read


def rapidfuzz_nearest(written: Written) -> Read:
    """The nearest phrase by `token_set_ratio`; of several the longest."""
    labels: dict[str, str] = {}
    for label, texts in written.sentences.items():
        for text in texts:
            labels.setdefault(text, label)
    phrases = sorted(labels, key=len, reverse=True)

    def read(answer: str) -> str:
        found = process.extractOne(answer, phrases, scorer=fuzz.token_set_ratio, score_cutoff=CUT_OFF)
        return labels[found[0]] if found else "none"

    return read


def adapt_keywords(written: Written) -> Read:
    """Every phrase is a keyword; the meaning whose keyword covers most of the answer."""
    engine = import_module("adapt.engine").IntentDeterminationEngine()
    builder = import_module("adapt.intent").IntentBuilder
    for label, texts in written.sentences.items():
        for text in texts:
            engine.register_entity(text, label)
        engine.register_intent_parser(builder(label).require(label).build())

    def read(answer: str) -> str:
        found = max(engine.determine_intent(answer), key=lambda each: each["confidence"], default=None)
        return str(found["intent_type"]) if found else "none"

    return read


def padacioso_whole(written: Written) -> Read:
    """A phrase has to be the whole answer."""
    return _padacioso(written.sentences, _in_this_process())


def padacioso_anywhere(written: Written) -> Read:
    """Anything may stand before and after a phrase."""
    return _padacioso(_anywhere(written.sentences, "*", "*"), _in_this_process())


def padacioso_pool(written: Written) -> Read:
    """The same as it comes: it starts a pool of processes for every answer."""
    return _padacioso(written.sentences, import_module("padacioso").IntentContainer)


def _padacioso(sentences: Mapping[str, Iterable[str]], container: Any) -> Read:
    made = container()
    for label, texts in sentences.items():
        made.add_intent(label, list(texts))

    def read(answer: str) -> str:
        return made.calc_intent(answer)["name"] or "none"

    return read


def _in_this_process() -> Any:
    """Its container without the pool: much faster, with the same answers."""

    def calc_intents(self: Any, query: str) -> Any:
        each = (self._match(query, name, texts) for name, texts in self.intent_samples.items())
        return (found for found in each if found is not None)

    return type(
        "InThisProcess", (import_module("padacioso").IntentContainer,), {"calc_intents": calc_intents}
    )
