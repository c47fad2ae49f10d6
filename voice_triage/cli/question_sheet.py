"""All there is to know of one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_triage.content.asking_words import how_taken, when_asked
from voice_triage.content.example_answers import ExampleAnswers, example_answers
from voice_triage.content.protocol_index import ProtocolIndex, RuleEntry
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.answer_reading import asked_of
from voice_triage.protocol.model import Question

_NONE = ExampleAnswers((), ())


@dataclass(frozen=True)
class QuestionSheet:
    """A question, what it is for, and what its answers lead to."""

    question: Question
    index: ProtocolIndex
    dialogue: Dialogue
    examples: ExampleAnswers

    @classmethod
    def of(cls, question: Question, index: ProtocolIndex, dialogue: Dialogue, folder: Path) -> QuestionSheet:
        """The sheet of a question. Raises ContentError."""
        asked = asked_of(dialogue.protocol, question.id)
        home = folder / dialogue.phrasebook.language
        for_other = question.id in dialogue.protocol.asked_of_proxies
        examples = example_answers(home, asked, dialogue.lexicon, for_other) if asked else _NONE
        return cls(question, index, dialogue, examples)

    def lines(self) -> Iterator[str]:
        """For people."""
        told = self.plain()
        yield f"{told['code']} {told['id']}, question {told['place']} of {len(self.index.protocol.questions)}"
        for name in ("question", "second", "why", "finding", "suspects"):
            yield _row(_LABELS[name], told[name])
        yield from _rows("when asked", told["asked"])
        yield from _rows("answer", [told["answer"], *told["taken"]])
        for each in told["follow_ups"]:
            yield _row("follow-up", f"{each['id']}: {each['question']} If: {each['when']}")
        yield from _rows("a yes", [f'"{text}"' for text in told["examples"]["present"]])
        yield from _rows("a no", [f'"{text}"' for text in told["examples"]["absent"]])
        for rule in told["rules"]:
            urgency = f"{rule['urgency']}, {rule['mode']}" if rule["mode"] else rule["urgency"]
            yield _row("rule", f"{rule['id']} ({urgency}): {rule['when']} [{', '.join(rule['sources'])}]")
        for key, title in told["sources"].items():
            yield _row("source", f"{key}: {title}")

    def plain(self) -> dict[str, Any]:
        """For programs."""
        question, index = self.question, self.index
        file, book = index.file(question), self.dialogue.phrasebook
        rules = index.rules_about(question)
        keys = dict.fromkeys((*file.sources, *(key for entry in rules for key in entry.rule.sources)))
        return {
            "code": question.code,
            "id": question.id,
            "place": index.protocol.questions.index(index.protocol.question(question.id)) + 1,
            "question": book.text(f"{question.id}.question"),
            "second": book.text(f"{question.id}.second"),
            "why": book.text(f"{question.id}.why"),
            "finding": file.finding,
            "suspects": file.suspects,
            "answer": question.answer.value,
            "asked": list(when_asked(index, question)),
            "taken": list(how_taken(question)),
            "follow_ups": [
                {
                    "id": f"{question.id}.{each.id}",
                    "question": book.text(f"{question.id}.{each.id}"),
                    "when": index.teller.told(each.when or f"{question.id} present").inline(),
                }
                for each in file.follow_ups
            ],
            "examples": {"present": list(self.examples.present), "absent": list(self.examples.absent)},
            "rules": [self._rule(entry) for entry in rules],
            "sources": {key: index.source(key) for key in keys},
        }

    def _rule(self, entry: RuleEntry) -> dict[str, Any]:
        rule = entry.rule
        return {
            "id": rule.id,
            "urgency": rule.urgency.id,
            "mode": rule.mode.value if rule.mode else None,
            "when": self.index.teller.told(entry.when, resolve=False).inline(),
            "sources": list(rule.sources),
        }


_LABELS = {
    "question": "asks",
    "second": "or else",
    "why": "why",
    "finding": "looks for",
    "suspects": "suspects",
}
_WIDTH = 11


def _row(label: str, text: str) -> str:
    return f"{label:{_WIDTH}}{text}"


def _rows(label: str, texts: list[str]) -> Iterator[str]:
    """The label stands at the first only."""
    for i, text in enumerate(texts):
        yield _row("" if i else label, text)
