"""Phrases against the whole lexicon: what is written for a finding must be read as that finding.

A phrase can be stolen by another question, or turned round by a word list; tests of one file alone can
never see that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.protocol import Files
from voice_triage.content.reading import Document, read
from voice_triage.errors import Problem
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

_MEANT = {"present": Status.PRESENT, "absent": Status.ABSENT}


def check_phrases(folder: Path, language: str, files: Files) -> Iterator[Problem]:
    """Every plain phrase of every question, put to the reader as an answer to that question."""
    lexicon = read_lexicon(folder, language)
    for name, (_, question) in files.questions.items():
        if question.answer != "yes_no":
            continue
        yield from _answers_are_understood(folder / language / f"{name}.yaml", name, lexicon)
        document = read(folder / language / f"{name}.yaml")
        for sense, status in _MEANT.items():
            for place, phrase in _plain_phrases(document, sense):
                read_as = _status(phrase, name, lexicon)
                if read_as is not status and (read_as is Status.ABSENT or status is Status.ABSENT):
                    got = read_as.name.lower() if read_as else "nothing"
                    yield document.problem(place, f"{phrase!r} is written as {sense}, but is read as {got}")


def _answers_are_understood(file: Path, name: str, lexicon: Lexicon) -> Iterator[Problem]:
    for word, status in (("yes", Status.PRESENT), ("no", Status.ABSENT), ("not sure", Status.UNSURE)):
        if _status(word, name, lexicon) is not status:
            yield Problem(
                str(file), 1, f"a plain {word!r} to this question is not read as {status.name.lower()}"
            )


def _status(text: str, name: str, lexicon: Lexicon) -> Status | None:
    event = interpret(Hearing.typed(text), Asked(name, Kind.YES_NO), lexicon).event
    return event.status if isinstance(event, Answered) else None


def _plain_phrases(document: Document, sense: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Phrases without alternatives or optional parts, as they would be said."""
    value = document.value if isinstance(document.value, dict) else {}
    phrases = value.get("phrases", {})
    entries = phrases.get(sense, []) if isinstance(phrases, dict) else []
    for i, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, str) and not set(entry) & set("()[]<>|{}"):
            yield ("phrases", sense, i), entry
