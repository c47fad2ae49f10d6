"""What a person asks of the interview itself: "say that again", "stop", "why do you ask?"."""

from __future__ import annotations

from dataclasses import dataclass

from voice_triage.interview.events import Request
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon, Turn
from voice_triage.understanding.matching import exact_at

_BEFORE = frozenset({Turn.YES, Turn.NO, Turn.CORRECTION, Turn.UNSURE, Turn.HEDGE})
"""May stand before a request without being an answer: "no, stop", "sorry, say that again"."""


_BESIDE_A_FINDING = frozenset(Request) - {Request.BACK, Request.WAIT, Request.SKIP}
"""Requests that are plain even when more is said; "back" is a part of the body, "wait" a sigh."""


@dataclass(frozen=True)
class Asking:
    """A request in an utterance."""

    request: Request
    whole: bool
    """Nothing else was said."""
    words: str


def asking(shape: Shape, lexicon: Lexicon) -> Asking | None:
    """The request in an utterance: the whole of it, or a part that stands by itself at one end."""
    words = shape.words
    if not words:
        return None
    for start in (0, *(turn.end for turn in shape.turns if turn.label in _BEFORE)):
        if start and not _only_before(shape, start):
            continue
        span = exact_at(lexicon.requests, words, start) if start < len(words) else None
        if span is not None and span.end == len(words):
            return Asking(Request(span.label), True, " ".join(words[span.start :]))
    first = exact_at(lexicon.requests, words, 0)
    if (
        first is not None
        and first.label in _BESIDE_A_FINDING
        and first.end < len(words)
        and shape.clause[first.end] != shape.clause[0]
    ):
        return Asking(Request(first.label), False, " ".join(words[: first.end]))
    for start in range(1, len(words)):
        span = exact_at(lexicon.requests, words, start)
        if span is None or span.end != len(words) or span.label not in _BESIDE_A_FINDING:
            continue
        before = [
            word
            for word in words[shape.clause.index(shape.clause[start]) : start]
            if word not in lexicon.grammar_words.skip
        ]
        if before and before[-1] in lexicon.grammar_words.negators:
            continue  # "I can't stop it"
        if not before or span.end - span.start > 1:
            return Asking(Request(span.label), False, " ".join(words[start:]))
    return None


def _only_before(shape: Shape, end: int) -> bool:
    covered = {
        place for turn in shape.turns if turn.label in _BEFORE for place in range(turn.start, turn.end)
    }
    return all(place in covered for place in range(end))
