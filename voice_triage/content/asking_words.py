"""When a question is put, and how carefully its answer is taken, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from voice_triage.content.protocol_index import ProtocolIndex
from voice_triage.protocol.model import Ears, Question

_EARS = {
    Ears.STRONG: "only where free speech is heard well",
    Ears.WEAK: "only where free speech is not heard well",
}


def when_asked(index: ProtocolIndex, question: Question, *, resolve: bool = True) -> tuple[str, ...]:
    """What decides whether this question is put; without `resolve` terms stay the names they are."""
    return tuple(_when_asked(index, question, resolve))


def _when_asked(index: ProtocolIndex, question: Question, resolve: bool) -> Iterator[str]:
    protocol, file, told = index.protocol, index.file(question), index.teller.told
    dangers = [name for name, asked in protocol.danger_questions.items() if question.id in asked]
    if dangers:
        yield f"at once when words of danger are heard ({', '.join(dangers)})"
    if question.volunteered:
        yield "only taken up when the person speaks of it"
    elif question.always and file.ask_when is None and file.gate is None and question.ears is Ears.ANY:
        yield "in every interview"
    elif not question.always and not dangers:
        yield "only while an answer could still make it more urgent"
    if question.ears in _EARS:
        yield _EARS[question.ears]
    if file.ask_when is not None:
        yield f"only if: {told(file.ask_when, resolve=resolve).inline()}"
    pulled = [
        f"{other.code} {status.name.lower()}"
        for other in protocol.questions
        for status, names in other.chase
        if question.id in names
    ]
    if file.gate is not None:
        yield f"only if, or when pulled forward: {told(file.gate, resolve=resolve).inline()}"
    if pulled:
        yield f"pulled forward by {', '.join(pulled)}"
    if question.id == protocol.help_question:
        yield 'first of all when somebody says only "help me"'


def how_taken(question: Question) -> tuple[str, ...]:
    """With which care an answer to this question is taken."""
    told = {
        "a bare yes is read back": question.confirm,
        "a doubtful no is asked again in other words": question.careful,
        "a no is read back before any advice below emergency": question.denial,
        '"I don\'t know" gets one checking question': question.has_check,
        "silence is not asked again": not question.reask,
        "left open, it counts as uncertainty": question.counts,
    }
    return tuple(words for words, so in told.items() if so)
