"""What a person asks of the interview itself: "say that again", "stop", "why do you ask?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voice_triage.interview.events import Request
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon, Turn
from voice_triage.understanding.matching import Span, exact_at

_BEFORE = frozenset({Turn.YES, Turn.NO, Turn.CORRECTION, Turn.UNSURE, Turn.HEDGE})
"""May stand before a request without being an answer: "no, stop", "sorry, say that again"."""


_BESIDE_A_FINDING = frozenset(Request) - {Request.BACK, Request.WAIT, Request.SKIP, Request.SUMMARY}
"""Requests that are plain even when more is said; "back" is a part of the body, "wait" a sigh, and what to
tell the doctor a worry."""


ALONE = frozenset({Request.MORE, Request.SHORTER, Request.SAY_THERE, Request.CHANGES})
"""Requests only if nothing else is said: "I've got shorter", "what if it gets worse and I can't walk"."""
_LONG = 3
"""Words of a request that is plain wherever it stands: "go to the next one"."""
_PLAIN_ALONE = frozenset(Request) - {Request.BACK, Request.SKIP, Request.SUMMARY}
"""Requests that one word is enough for where a reason follows: "wait, it's the door"; not "pass water"."""


@dataclass(frozen=True)
class Asking:
    """A request in an utterance."""

    request: Request
    whole: bool
    """Nothing else was said."""
    words: str
    plain: bool = True
    """Whatever else was said, it is a request; else it is one only where no finding was told."""


def asking(shape: Shape, lexicon: Lexicon) -> Asking | None:
    """The request in an utterance: the whole of it, or a part that stands by itself at one end."""
    words = shape.words
    if not words:
        return None
    for start in _starts(shape, lexicon):
        span = exact_at(lexicon.requests, words, start) if start < len(words) else None
        if span is not None and _misheard_stop(span, shape):
            continue
        if span is not None and span.end == len(words):
            return Asking(Request(span.label), True, " ".join(words[span.start :]))
        if span is not None and (begun := _at_the_beginning(span, shape)) is not None:
            return begun
    for start in range(1, len(words)):
        span = exact_at(lexicon.requests, words, start)
        if span is not None and span.end == len(words):
            ended = _at_the_end(span, shape, lexicon)
            if ended is not None:
                return ended
    return None


def _starts(shape: Shape, lexicon: Lexicon) -> Iterator[int]:
    """Where a request may begin: at the beginning, after an answer, and after "can you" or "I want to".

    A first word that nobody knows may be the name by which the device is called.
    """
    called = len(shape.words) > 1 and shape.words[0] not in lexicon.vocabulary
    for start in (0, *([1] if called else []), *(turn.end for turn in shape.turns if turn.label in _BEFORE)):
        if start > called and not _only_before(shape, start):
            continue
        yield start
        before = exact_at(lexicon.asking, shape.words, start)
        if before is not None:
            yield before.end


def _at_the_beginning(span: Span, shape: Shape) -> Asking | None:
    request, words = Request(span.label), " ".join(shape.words[span.start : span.end])
    if request in ALONE:
        return None
    closed = shape.clause[span.end] != shape.clause[span.start]
    if closed and request in _BESIDE_A_FINDING and not span.start:
        return Asking(request, False, words)
    if request is Request.STOP and not closed:
        return None  # "I've had enough of this pain"
    if span.end - span.start > 1 or (closed and request in _PLAIN_ALONE):
        return Asking(request, False, words, plain=False)
    return None


def _at_the_end(span: Span, shape: Shape, lexicon: Lexicon) -> Asking | None:
    request, words = Request(span.label), " ".join(shape.words[span.start :])
    if request in ALONE:
        return None
    clause = shape.clause.index(shape.clause[span.start])
    before = [word for word in shape.words[clause : span.start] if word not in lexicon.grammar_words.skip]
    grammar, last = lexicon.grammar_words, shape.words[span.start - 1]
    stated = last in grammar.starters and last != "you"
    if stated or last in grammar.negators or (before and before[-1] in grammar.negators):
        return None  # "it's worse when I go faster", "I can't stop it"
    several = span.end - span.start > 1
    if _misheard_stop(span, shape):
        return None
    if request in _BESIDE_A_FINDING and (not before or several):
        return Asking(request, False, words)
    long = span.end - span.start >= _LONG
    return Asking(request, False, words, plain=False) if several and (long or not before) else None


def _misheard_stop(span: Span, shape: Shape) -> bool:
    """One word after a whole denial: "no, nothing like that, hen", heard as "end"."""
    if Request(span.label) is not Request.STOP or span.end - span.start > 1 or shape.pauses[span.start]:
        return False
    return any(
        turn.label in (Turn.NO, Turn.NO_ALONE) and turn.end - turn.start >= _LONG and turn.end <= span.start
        for turn in shape.turns
    )


def _only_before(shape: Shape, end: int) -> bool:
    covered = {
        place for turn in shape.turns if turn.label in _BEFORE for place in range(turn.start, turn.end)
    }
    return all(place in covered for place in range(end))
