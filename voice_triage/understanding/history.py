"""What was there long ago and is said to be over: "I fainted once in nineteen eighty but never since"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.evidence import WAS_BEFORE, Evidence, For
from voice_triage.understanding.lexicon import Lexicon, Phrases, Turn
from voice_triage.understanding.matching import Span
from voice_triage.understanding.numbers import plain_number, times, with_digits

_YEARS = (1900, 2019)
"""Written years that are long ago."""
_OVER = frozenset({For.NO, For.ABSENT, For.WELL, For.WEAK_NO})


def without_history(
    evidence: Sequence[Evidence], shape: Shape, turns: Sequence[Span], asked: Phrases, lexicon: Lexicon
) -> tuple[list[Evidence], list[str], frozenset[int]]:
    """The evidence that is about now, why the rest was left out, and the clauses that tell of what is over.

    Only what lies further back than the question reaches is left out, and only if a later clause says that
    nothing of it is left. A story without such an end stays: nobody said that it is over.
    """
    kept, why, ends, told_of = [], [], set[int](), set[int]()
    for item in evidence:
        number = shape.clause[item.place]
        told = item.says in (For.PRESENT, For.UNSURE, For.IN_PART)
        end = None
        if told and _long_ago(shape, number, turns, asked, lexicon):
            end = _over(shape, number, evidence, turns, lexicon)
        if end is None:
            kept.append(item)
        else:
            why.append(f'"{item.words}" was long ago, and is over')
            ends.add(end)
            told_of.add(number)
    if told_of:
        kept = [item for item in kept if item.why != WAS_BEFORE and not _how_often(item, shape, told_of)]
    kept += [Evidence(For.NO, end, shape.words[end], "that is over", own=False) for end in sorted(ends)]
    return sorted(kept, key=lambda item: item.place), why, frozenset(told_of)


def _how_often(item: Evidence, shape: Shape, told_of: set[int]) -> bool:
    """ "once", of what is over."""
    return item.says is For.WEAK_YES and shape.clause[item.place] in told_of


def _long_ago(shape: Shape, number: int, turns: Sequence[Span], asked: Phrases, lexicon: Lexicon) -> bool:
    if asked.reaches_back == inf:
        return False
    first = number - 1 if number and _only_tells_when(shape, number - 1, turns, lexicon) else number
    labels = {turn.label for turn in turns if first <= shape.clause[turn.start] <= number}
    words = [word for word, at in zip(shape.words, shape.clause, strict=True) if first <= at <= number]
    if Turn.OLD in labels or "since" in words:
        return False
    if Turn.PAST in labels:
        return True
    if _year_long_ago(words, lexicon.numbers.units):
        return True
    units = lexicon.numbers.units
    back = any(before in units and after in _BACK for before, after in pairwise(words))
    if lexicon.grammar_words.ago.isdisjoint(words) and not back:
        return False  # "for six years" it may be there still
    told = times(words, lexicon.numbers)
    return bool(told) and all((time.low + time.high) / 2 > asked.reaches_back for time in told)


_BACK = frozenset({"before", "back"})
"""Words after a length of time by which it is over: "ten years before"."""


def _only_tells_when(shape: Shape, number: int, turns: Sequence[Span], lexicon: Lexicon) -> bool:
    """ "Last year, I had ...": the clause holds nothing but a time."""
    told = {place for turn in turns if turn.label is Turn.PAST for place in range(turn.start, turn.end)}
    places = shape.clause_words(number)
    empty = lexicon.grammar_words.skip | lexicon.grammar_words.times
    return bool(told.intersection(places)) and all(p in told or shape.words[p] in empty for p in places)


def _year_long_ago(words: Sequence[str], units: Mapping[str, float]) -> bool:
    """ "nineteen sixty eight", "two thousand and five"."""
    numbers = [plain_number(word) for word in with_digits(words)]
    century = _YEARS[0] // 100
    if any(a == century and b is not None and b < 100 for a, b in pairwise(numbers)):
        return True
    digits = with_digits(words)
    for at in range(1, len(digits)):
        number, after = plain_number(digits[at]), digits[at + 1] if at + 1 < len(digits) else ""
        if digits[at - 1] == "in" and number is not None and 40 <= number <= 99 and after not in units:
            return True  # "in eighty five"
    return any(number is not None and _YEARS[0] <= number <= _YEARS[1] for number in numbers)


def _over(
    shape: Shape, number: int, evidence: Sequence[Evidence], turns: Sequence[Span], lexicon: Lexicon
) -> int | None:
    """The place where a later clause denies it, if none after that says yes."""
    grammar = lexicon.grammar_words
    later = [item for item in evidence if shape.clause[item.place] > number]
    if any(item.says in (For.PRESENT, For.YES) for item in later):
        return None
    for item in later:
        if item.says in _OVER and grammar.unchanged.isdisjoint(item.words.split()):
            return item.place
    for turn in turns:
        if turn.label in (Turn.RESOLVED, Turn.NOT_NOW) and shape.clause[turn.start] > number:
            return turn.start
    empty = grammar.skip | grammar.generic | grammar.times | grammar.splitters | grammar.negators
    for further in range(number + 1, len(shape.clauses)):
        places = shape.clause_words(further)
        words = [shape.words[place] for place in places]
        denied = [place for place in places if shape.words[place] in grammar.negators]
        if len(denied) == 1 and grammar.unchanged.isdisjoint(words) and empty.issuperset(words):
            return denied[0]
    return None
