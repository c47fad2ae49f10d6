"""`voice-triage explain QUESTION TEXT`: how an answer is read, step by step."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.setup import load_dialogue
from voice_triage.content.locating import find_intents
from voice_triage.content.phrase_finding import FoundPhrase, find_phrases
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.answer_reading import AnswerReader, Read, asked_of
from voice_triage.interview.effects import Asked, Kind
from voice_triage.understanding.clauses import shape
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

LANGUAGE = "en"


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, UsageError."""
    folder = arguments.intents or find_intents()
    dialogue = load_dialogue(folder, None)
    asked = asked_of(dialogue.protocol, arguments.question)
    if asked is None:
        codes = ", ".join(question.code for question in dialogue.protocol.questions)
        raise UsageError(f"there is no question {arguments.question!r}; known are {codes}, and their ids")
    told = _explain(dialogue, folder, asked, " ".join(arguments.text), arguments.for_other)
    print(json.dumps(told.plain(), ensure_ascii=False) if arguments.json else "\n".join(told.lines()))
    return Exit.ADVICE_GIVEN


@dataclass(frozen=True)
class _Explanation:
    code: str
    asked: Asked
    text: str
    read: Read
    steps: tuple[str, ...]
    phrases: tuple[tuple[str, FoundPhrase], ...]
    """The words that fit, and what they fit."""
    score: float
    margin: float | None

    def lines(self) -> Iterator[str]:
        yield f"asked      {self.code} {self.asked.fact}"
        yield from (f"step       {step}" for step in self.steps)
        for words, each in self.phrases:
            where = f"{each.file.name}:{each.line}: {each.template}"
            yield f'phrase     "{words}" is {each.sense.value} by {where}'
        for fact, status in self.read.found.items():
            yield f"also       {fact}: {status.name.lower()}"
        again = " (it is asked again, or read back)" if self.read.again else ""
        yield f"read as    {', '.join(self.read.readings)}{again}"
        yield f"score      {self.score:.0f} of 100"
        if self.margin is not None:
            yield f"margin     {self.margin:.0f} of 100"

    def plain(self) -> dict[str, Any]:
        return {
            "question": self.asked.fact,
            "text": self.text,
            "read_as": list(self.read.readings),
            "asked_again": self.read.again,
            "score": round(self.score, 1),
            "margin": None if self.margin is None else round(self.margin, 1),
            "steps": list(self.steps),
            "phrases": [
                {
                    "words": words,
                    "sense": each.sense.value,
                    "file": str(each.file),
                    "line": each.line,
                    "template": each.template,
                }
                for words, each in self.phrases
            ],
            "also": {fact: status.name.lower() for fact, status in self.read.found.items()},
        }


def _explain(dialogue: Dialogue, folder: Path, asked: Asked, text: str, for_other: bool) -> _Explanation:
    lexicon, base = dialogue.lexicon, asked.fact.partition(".")[0]
    for_other = for_other or asked.fact in dialogue.protocol.asked_of_proxies
    meant = interpret(Hearing.typed(text), asked, lexicon, for_other)
    form = shape(clean(text, lexicon.spelling), lexicon, for_other)
    fact = asked.fact if asked.fact in lexicon.questions else base
    known = asked.kind is not Kind.FREE and fact in lexicon.questions
    found = find_phrases(folder / LANGUAGE, fact, form, lexicon) if known else ()
    return _Explanation(
        code=dialogue.protocol.question(base).code,
        asked=asked,
        text=text,
        read=AnswerReader(dialogue.protocol).read(meant.event, asked),
        steps=meant.why,
        phrases=tuple((" ".join(form.words[p] for p in each.match.places), each) for each in found),
        score=meant.score,
        margin=meant.margin,
    )
