"""The order of the questions, their follow-ups and what pulls them forward, as a Mermaid flowchart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from voice_triage.content.protocol_index import ProtocolIndex
from voice_triage.protocol.model import Question
from voice_triage.protocol.status import Status

_STATUS_WORDS = {Status.PRESENT: "yes", Status.UNSURE: "not sure", Status.UNANSWERED: "no answer"}


def question_tree(index: ProtocolIndex) -> str:
    """Solid: the order, with the follow-ups at the side; dotted: what an answer pulls forward."""
    return "\n".join(("flowchart TD", *(f"  {line}" for line in _lines(index))))


def _lines(index: ProtocolIndex) -> Iterator[str]:
    questions = index.protocol.questions
    asked = [question for question in questions if not question.volunteered]
    spoken_of = [question for question in questions if question.volunteered]
    for question in asked:
        yield _node(question)
    yield 'subgraph spoken_of ["only when the person speaks of it"]'
    for question in spoken_of:
        yield f"  {_node(question)}"
    yield "end"
    for one, other in pairwise(asked):
        yield f"{one.code} --> {other.code}"
    for question in questions:
        for follow_up in question.follow_ups:
            part = follow_up.fact.partition(".")[2]
            yield f'{question.code} --- {question.code}_{part}(["{part.replace("_", " ")}"])'
    for question in questions:
        for name, words in _pulled(question).items():
            yield f'{question.code} -. "{", ".join(words)}" .-> {index.protocol.question(name).code}'


def _node(question: Question) -> str:
    """Round where it is asked in any case, with corners where it may be left out."""
    text = f'"{question.code} {question.id.replace("_", " ")}"'
    return f"{question.code}({text})" if question.always else f"{question.code}[{text}]"


def _pulled(question: Question) -> dict[str, list[str]]:
    """Question that is pulled forward -> by which answers."""
    pulled: dict[str, list[str]] = {}
    for status, names in question.chase:
        for name in names:
            pulled.setdefault(name, []).append(_STATUS_WORDS[status])
    return pulled
