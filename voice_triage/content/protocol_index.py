"""The protocol for readers: each question and rule with what is written about it, found by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from voice_triage.content.condition_words import ConditionTeller
from voice_triage.content.protocol import Files, build_protocol, read_files
from voice_triage.content.reading import read
from voice_triage.content.schema import ProtocolFile, QuestionFile, SourceFile, parse
from voice_triage.protocol.findings import bits
from voice_triage.protocol.model import Protocol, Question, Rule
from voice_triage.protocol.status import Status

_ANY_STATUS = sum(1 << status for status in Status)
_NEAREST = 5


@dataclass(frozen=True)
class RuleEntry:
    """One rule, as it is written and as it is asked."""

    rule: Rule
    when: Any
    """The condition as the file writes it."""
    questions: tuple[str, ...]
    """Ids of the questions that it looks at, in the order of asking."""


@dataclass(frozen=True)
class ProtocolIndex:
    """Everything that is written about what is asked and what the answers mean."""

    files: Files
    protocol: Protocol
    sources: Mapping[str, SourceFile]
    rules: tuple[RuleEntry, ...]

    @cached_property
    def teller(self) -> ConditionTeller:
        """Tells the conditions in words."""
        return ConditionTeller(self.files, self.protocol)

    def file(self, question: Question) -> QuestionFile:
        """What the file of a question says."""
        return self.files.questions[question.id][1]

    def question(self, name: str) -> Question | None:
        """The question with this id or code, in capitals or not; None: there is none."""
        found = _same(name, (key for q in self.protocol.questions for key in (q.id, q.code)))
        return self.protocol.question(found) if found else None

    def rules_called(self, name: str) -> tuple[RuleEntry, ...]:
        """The rules with this id, of which there may be several; the most urgent first."""
        found = _same(name, (entry.rule.id for entry in self.rules))
        return self._urgent_first(entry for entry in self.rules if entry.rule.id == found)

    def rules_about(self, question: Question) -> tuple[RuleEntry, ...]:
        """The rules that look at this question or a follow-up of it; the most urgent first."""
        return self._urgent_first(entry for entry in self.rules if question.id in entry.questions)

    def by_urgency(self) -> tuple[RuleEntry, ...]:
        """Every rule, the most urgent first."""
        return self._urgent_first(iter(self.rules))

    def _urgent_first(self, entries: Iterator[RuleEntry]) -> tuple[RuleEntry, ...]:
        return tuple(sorted(entries, key=lambda entry: -entry.rule.urgency))

    def source(self, key: str) -> str:
        """Title and edition of a source."""
        return f"{self.sources[key].title} ({self.sources[key].edition})"

    def nearest(self, name: str) -> tuple[str, ...]:
        """The known names that are most like one that is not known."""
        known = {key.lower(): key for q in self.protocol.questions for key in (q.id, q.code)}
        known |= {entry.rule.id.lower(): entry.rule.id for entry in self.rules}
        wanted = name.lower().replace(" ", "_").replace("-", "_")
        holding = [key for key in known if len(wanted) > 2 and wanted in key]
        close = get_close_matches(wanted, known, n=_NEAREST, cutoff=0.6)
        found = holding + close or get_close_matches(wanted, known, n=_NEAREST, cutoff=0.0)
        return tuple(known[key] for key in dict.fromkeys(found))[:_NEAREST]


def read_index(folder: Path) -> ProtocolIndex:
    """The index of a folder of content. Raises ContentError with all problems of the protocol."""
    files = read_files(folder)
    protocol = build_protocol(files)
    document = read(folder / "sources.yaml")
    entries = document.value if isinstance(document.value, dict) else {}
    sources = {key: parse(SourceFile, document, value, (key,)) for key, value in entries.items()}
    owners: tuple[QuestionFile | ProtocolFile, ...] = (
        *(files.questions[q.id][1] for q in protocol.questions),
        files.protocol[1],
    )
    written = [rule for owner in owners for rule in owner.rules]
    rules = tuple(
        RuleEntry(rule, file.when, _questions(protocol, rule))
        for file, rule in zip(written, protocol.rules, strict=True)
    )
    return ProtocolIndex(files, protocol, sources, rules)


def _questions(protocol: Protocol, rule: Rule) -> tuple[str, ...]:
    seen = {
        name.partition(".")[0]
        for place, name in enumerate(protocol.facts.names)
        if rule.when.bits & bits(place, _ANY_STATUS)
    }
    return tuple(question.id for question in protocol.questions if question.id in seen)


def _same(name: str, known: Iterator[str]) -> str | None:
    """The known name that is this one; where none is, the one that differs in capitals only."""
    names = tuple(known)
    if name in names:
        return name
    return next((key for key in names if key.lower() == name.lower()), None)
