"""Phrases against the whole lexicon: what is written for a finding must be read as that finding.

A phrase can be stolen by another question, or turned round by a word list; tests of one file alone can
never see that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from voice_triage.content.listing import Listing
from voice_triage.content.protocol import Files
from voice_triage.content.reading import Document, read
from voice_triage.errors import Problem
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, AskedAbout, Remarked
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.templates import Chain, Choice, Part, Rule, Word, parse

_MEANT = {
    "present": Status.PRESENT,
    "present_if_asked": Status.PRESENT,
    "absent": Status.ABSENT,
    "absent_if_asked": Status.ABSENT,
}
_OPPOSITE = {Status.PRESENT: Status.ABSENT, Status.ABSENT: Status.PRESENT}


def check_phrases(home: Path, files: Files, lexicon: Lexicon) -> Iterator[Problem]:
    """Two readings of every phrase of every question, put to the reader as answers to that question.

    By the rules alone: a phrase that only the second reader gets right is no phrase.
    """
    lexicon = replace(lexicon, classifier=None)
    shared = Listing(read(home / "_answers.yaml"), []).rules(("rules",))
    for name, (_, question) in files.questions.items():
        if question.answer != "yes_no":
            continue
        yield from _answers_are_understood(home / f"{name}.yaml", name, lexicon)
        document = read(home / f"{name}.yaml")
        for sense, status in _MEANT.items():
            for line, phrase in _said(document, sense, shared):
                event = interpret(Hearing.typed(phrase), Asked(name, Kind.YES_NO), lexicon).event
                if isinstance(event, AskedAbout | Remarked):
                    says = f"{phrase!r} is written as {sense}, but is taken for a topic or a remark"
                    yield Problem(str(document.file), line, says)
                read_as = event.status if isinstance(event, Answered) else None
                if read_as is _OPPOSITE[status]:
                    says = f"{phrase!r} is written as {sense}, but is read as {read_as.name.lower()}"
                    yield Problem(str(document.file), line, says)


def _answers_are_understood(file: Path, name: str, lexicon: Lexicon) -> Iterator[Problem]:
    for word, status in (("yes", Status.PRESENT), ("no", Status.ABSENT), ("not sure", Status.UNSURE)):
        if _status(word, name, lexicon) is not status:
            yield Problem(
                str(file), 1, f"a plain {word!r} to this question is not read as {status.name.lower()}"
            )


def _status(text: str, name: str, lexicon: Lexicon) -> Status | None:
    event = interpret(Hearing.typed(text), Asked(name, Kind.YES_NO), lexicon).event
    return event.status if isinstance(event, Answered) else None


def _said(document: Document, sense: str, shared: Mapping[str, Part]) -> Iterator[tuple[int, str]]:
    """Each phrase with its line as it would be said: with all that is optional, and with nothing of it."""
    listing = Listing(document, [])
    place = ("phrases", sense)
    if listing.at(place) is None:
        return
    own = listing.rules(("phrases", "rules")) if listing.at(("phrases", "rules")) is not None else {}
    for text, line in listing.lines(place):
        template = parse(text)
        for reading in dict.fromkeys(_reading(template, {**shared, **own}, option) for option in (0, -1)):
            yield line, reading


def _reading(part: Part, rules: Mapping[str, Part], option: int) -> str:
    match part:
        case Word(text):
            return text
        case Rule(name):
            return _reading(rules[name], rules, option)
        case Choice(parts):
            return _reading(parts[option], rules, option)
        case Chain(parts):
            return " ".join(filter(None, (_reading(inner, rules, option) for inner in parts)))
