"""Conditions of intents/ in plain words: "all of (I1 fever sweats: yes; V1 abdominal or flank pain: yes)"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from voice_triage.content.protocol import ENDED_EARLY, ENDED_SILENT, LEFT_OUT, LEFT_OUT_URGENT, Files
from voice_triage.protocol.model import Answer, Protocol

STATE_WORDS = {
    "present": "yes",
    "absent": "no",
    "unsure": "not sure",
    "unanswered": "no answer",
    "unknown": "not sure or no answer",
    "concerning": "yes or not sure",
    "possible": "yes, not sure or no answer",
    "not_present": "no, not sure or no answer",
    "unheard": "nobody said yes",
    "undenied": "nobody said no",
    "new": "yes, new or nobody knows since when",
    "mid": "yes, neither new nor long-standing",
    "old": "yes, long-standing",
    "recent": "yes, not known to be long-standing",
}
"""State of a fact -> how it is told."""
_OWN_FACTS = {
    ENDED_EARLY: "the interview ended early",
    ENDED_SILENT: "the interview ended because nobody spoke",
    LEFT_OUT: "a question that still mattered was left out",
    LEFT_OUT_URGENT: "a question that could reach an emergency was left out",
}
_UNITS = {"age": "years", "duration": "days"}
_HEADS = {"all": "all of", "any": "any of"}
COUNTED = "counted"
"""The group that no file writes down: questions that count when they stay open."""


@dataclass(frozen=True)
class ConditionWords:
    """A condition in words, with its parts."""

    text: str
    """What must be so; of one with parts, how many of them: "all of"."""
    parts: tuple[ConditionWords, ...] = ()
    name: str = ""
    """The term that protocol.yaml gives it."""

    def inline(self) -> str:
        """On one line."""
        return f"{self.text} ({'; '.join(part.inline() for part in self.parts)})" if self.parts else self.text

    def outline(self, indent: str = "") -> Iterator[str]:
        """On a line each, parts further in."""
        named = f"{self.name}: " if self.name else ""
        yield f"{indent}{named}{self.text}"
        for part in self.parts:
            yield from part.outline(indent + "  ")


class ConditionTeller:
    """Tells the conditions of one protocol."""

    def __init__(self, files: Files, protocol: Protocol) -> None:
        self._main = files.protocol[1]
        self._files = {name: file for name, (_, file) in files.questions.items()}
        self._codes = {question.id: question.code for question in protocol.questions}
        self.counted = tuple(
            q.id for q in protocol.questions if q.counts and q.answer is not Answer.FREE and not q.volunteered
        )
        """The questions of the group that no file writes down."""

    def told(self, when: Any, *, resolve: bool = True) -> ConditionWords:
        """The condition that is written in `when`; without `resolve` a term stays the name it is."""
        if isinstance(when, str):
            term = when.strip()
            if term not in self._main.terms:
                return ConditionWords(self._literal(term, "any of "))
            if not resolve:
                return ConditionWords(f'"{term.replace("_", " ")}"')
            return replace(self.told(self._main.terms[term]), name=term.replace("_", " "))
        if "at_least" in when:
            parts = tuple(self._counted(part, resolve) for part in when["of"])
            return ConditionWords(f"at least {when['at_least']} of", parts)
        ((key, inner),) = when.items()
        return ConditionWords(_HEADS[key], tuple(self.told(part, resolve=resolve) for part in inner))

    def _counted(self, part: Any, resolve: bool) -> ConditionWords:
        """One of several to be counted: of a group each member counts."""
        if isinstance(part, str) and part.strip() not in self._main.terms:
            return ConditionWords(self._literal(part.strip(), ""))
        return self.told(part, resolve=resolve)

    def _literal(self, text: str, several: str) -> str:
        name, _, state = text.partition(" ")
        words = STATE_WORDS[state.strip()]
        if name == COUNTED:
            return f"{several}the counted questions: {words}"
        if name in self._main.groups:
            return f"{several}{', '.join(self._codes[each] for each in self._main.groups[name])}: {words}"
        return f"{self.fact(name)}: {words}"

    def fact(self, name: str) -> str:
        """One fact: "C1 saddle numbness", "D1 age, 50 years or more", "words of danger (chest)"."""
        base, _, part = name.partition(".")
        if name in _OWN_FACTS:
            return _OWN_FACTS[name]
        if base not in self._codes:
            return f"words of danger ({part})"
        told = f"{self._codes[base]} {base.replace('_', ' ')}"
        if part.isdigit():
            return f"{told}, {part} {_UNITS[self._files[base].answer]} or more"
        return f"{told}, {part.replace('_', ' ')}" if part else told
