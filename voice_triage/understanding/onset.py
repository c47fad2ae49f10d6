"""When a finding began: new, long-standing, or in between."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon, Turn
from voice_triage.understanding.matching import Span
from voice_triage.understanding.numbers import LONG_DAYS, RECENT_DAYS, times


class Onset(Enum):
    """How long a finding has been there, as far as it was said."""

    NEW = "new"
    """Two weeks at most, or worse."""
    BETWEEN = "between"
    OLD = "old"
    """More than three months, or always."""


def onset(words: Sequence[str], shape: Shape, turns: Sequence[Span], lexicon: Lexicon) -> Onset | None:
    """What `words` tell of it; the newest counts where several times are told."""
    told = times(words, lexicon.numbers)
    said = {label for turn in turns if not _denied(turn, shape, lexicon) for label in turn.labels}
    if Turn.WORSE in said or Turn.NEW in said or any(time.low <= RECENT_DAYS for time in told):
        return Onset.NEW
    if Turn.OLD in said or any(time.low > LONG_DAYS for time in told):
        return Onset.OLD
    return Onset.BETWEEN if told else None


def _denied(turn: Span, shape: Shape, lexicon: Lexicon) -> bool:
    """ "not new", "no worse"."""
    place = turn.start - 1
    while place >= 0 and shape.clause[place] == shape.clause[turn.start]:
        word = shape.words[place]
        if word in lexicon.grammar_words.negators:
            return True
        if word not in lexicon.grammar_words.skip:
            return False
        place -= 1
    return False


def longer_than_a_day(fact: str, words: Sequence[str], lexicon: Lexicon) -> tuple[Said, ...]:
    """That what is new began more than a day ago, if every time told says so; it matters after an injury."""
    told = times(words, lexicon.numbers)
    long_ago = bool(told) and all(1 < time.low <= RECENT_DAYS for time in told)
    return (Said(f"{fact}.over_a_day", Status.PRESENT),) if long_ago else ()


def qualifier(fact: str, when: Onset | None) -> tuple[Said, ...]:
    """The fact that keeps when a finding began."""
    match when:
        case Onset.NEW:
            return (Said(f"{fact}.new", Status.PRESENT),)
        case Onset.OLD:
            return (Said(f"{fact}.old", Status.PRESENT),)
    return ()
