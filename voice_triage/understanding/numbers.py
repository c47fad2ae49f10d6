"""Ages and lengths of time out of words: "seventy one", "in my fifties", "a couple of months"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from text_to_num import alpha2digit

from voice_triage.understanding.number_words import NumberWords

OLDEST = 120
"""Years; nobody is older."""
RECENT_DAYS = 14.0
"""Up to this it is new: "new or worse in the last 2 weeks" (GIRFT cauda equina pathway, 2023)."""
LONG_DAYS = 92.0
"""Above this, three months, it is long-standing."""
_WIDEST = 10
"""Years between the ends of a range that still is an answer: "forty to fifty"."""
_NEARLY = 2
"""Years that "nearly fifty" may fall short, and "about fifty" may lie on either side."""


@dataclass(frozen=True)
class Range:
    """A number that may lie anywhere from low to high."""

    low: float
    high: float


def with_digits(words: Sequence[str]) -> tuple[str, ...]:
    """Words with spelled-out numbers as digits: ("forty", "one") -> ("41",)."""
    return tuple(alpha2digit(" ".join(words), "en", 0.0).split()) if words else ()


def plain_number(word: str) -> float | None:
    """The number that is written in digits; None: it is none."""
    digits = word.replace(".", "", 1)
    return float(word) if digits.isascii() and digits.isdigit() else None


# -- ages


def age(words: Sequence[str], known: NumberWords) -> Range | None:
    """An age in years, or None where none is told or several are that contradict each other."""
    tokens = with_digits(words)
    for place, word in enumerate(tokens):
        if word in known.decades:
            return _decade(tokens, place, known)
    candidates = [
        (place, number)
        for place, word in enumerate(tokens)
        if (number := plain_number(word)) is not None and number == int(number)
        if not _counts_something_else(tokens, place, known)
    ]
    if not candidates or any(number > OLDEST for _, number in candidates):
        return None
    corrected = [place for place, word in enumerate(tokens) if word in known.corrections]
    if corrected and any(place > corrected[-1] for place, _ in candidates):
        candidates = [(place, number) for place, number in candidates if place > corrected[-1]]
    now = [(place, number) for place, number in candidates if not _to_come(tokens, place, known)]
    if not now and len(candidates) == 1:
        return Range(candidates[0][1] - 1, candidates[0][1] - 1)
    candidates = now or candidates
    if len({number for _, number in candidates}) > 1:
        return _several(tokens, candidates, known)
    return _around(tokens, *candidates[-1], known)


def _decade(tokens: Sequence[str], place: int, known: NumberWords) -> Range:
    low = known.decades[tokens[place]]
    before = tokens[place - 1] if place else ""
    if before in known.early:
        return Range(low, low + 4)
    if before in known.middle:
        return Range(low + 3, low + 7)
    if before in known.late:
        return Range(low + 6, low + 9)
    return Range(low, low + 9)


def _counts_something_else(tokens: Sequence[str], place: int, known: NumberWords) -> bool:
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    return known.units.get(after, 365.0) < 300 or after in known.not_years


def _to_come(tokens: Sequence[str], place: int, known: NumberWords) -> bool:
    """ "I'll be seventy", "I'm eighteen next month"."""
    before, after = tokens[max(0, place - 2) : place], tokens[place + 1 : place + 2]
    return not known.becoming.isdisjoint(before) or not known.soon.isdisjoint(after)


def _several(
    tokens: Sequence[str], candidates: Sequence[tuple[int, float]], known: NumberWords
) -> Range | None:
    present = [
        number
        for place, number in candidates
        if (place and tokens[place - 1] in known.being) or "now" in tokens[place + 1 : place + 3]
    ]
    if len(set(present)) == 1:
        return Range(present[0], present[0])
    (first, low), (second, high) = candidates[0], candidates[-1]
    between = tokens[first + 1 : second]
    if len(candidates) == 2 and set(between) <= known.between and between:
        if high < 10 <= low and low % 10 + 1 == high:  # "fifty two or three"
            return Range(low, low - low % 10 + high)
        return Range(low, high) if low < high <= low + _WIDEST else None
    return None


def _around(tokens: Sequence[str], place: int, number: float, known: NumberWords) -> Range:
    before = set(tokens[max(0, place - 2) : place])
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if before & known.over:
        return Range(number + 1, OLDEST)
    if before & known.under:
        return Range(0, number - 1)
    if after in known.something:
        return Range(number, number + 9 - number % 10)
    if before & known.nearly:
        return Range(number - _NEARLY, number - 1)
    if before & known.about or after in known.about:
        return Range(number - _NEARLY, number + _NEARLY)
    return Range(number, number)


# -- lengths of time


def times(words: Sequence[str], known: NumberWords) -> tuple[Range, ...]:
    """Every length of time told, in days: how long ago, or since when."""
    tokens = with_digits(words)
    found: list[Range] = []
    named = 0
    """Up to here the words belong to a time already found: "yesterday" of "the day before yesterday"."""
    for place, word in enumerate(tokens):
        for length in range(known.longest_moment, 0, -1):
            moment = known.moments.get(tuple(tokens[place : place + length])) if place >= named else None
            if moment is not None:
                found.append(Range(*moment))
                named = place + length
                while tokens[named : named + 1] and tokens[named] in known.of_a_day:
                    named += 1
                break
        if place >= named and word in known.units and not _rate(tokens, place, known):
            found.append(counted(tokens, place, known))
    return tuple(found)


def _rate(tokens: Sequence[str], place: int, known: NumberWords) -> bool:
    """ "every two hours", "39 weeks pregnant": no time since when."""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    return after in known.not_years or bool(set(tokens[max(0, place - 2) : place]) & known.every)


def counted(
    tokens: Sequence[str], place: int, known: NumberWords, units: Mapping[str, float] | None = None
) -> Range:
    """What the unit at `place` and the count around it tell: in days, or by the size of `units`."""
    days = (units or known.units)[tokens[place]]
    half = known.fractions.get(tuple(tokens[place + 1 : place + 4]), 0.0)
    count = _count(tokens, place, known)
    if count is None:
        plural = tokens[place] in known.plurals
        count = Range(*known.plurals[tokens[place]]) if plural else Range(1, 1)
    if tuple(tokens[place + 1 : place + 3]) in known.or_two:  # "a week or two"
        count = Range(count.low, count.high + 1)
    return Range((count.low + half) * days, (count.high + half) * days)


def _count(tokens: Sequence[str], place: int, known: NumberWords) -> Range | None:
    """The count before a unit: "3", "3 or 4", "a couple of", "2 and a half"."""
    end = place
    while end and tokens[end - 1] in known.before_unit:
        end -= 1
    half = 0.0
    for length in (3, 2):
        part = known.fractions.get(tuple(tokens[max(0, end - length) : end]))
        if part is not None:
            half, end = part, end - length
            break
    for length in range(known.longest_amount, 0, -1):
        amount = known.amounts.get(tuple(tokens[max(0, end - length) : end]))
        if amount is not None and end >= length:
            return Range(amount[0] + half, amount[1] + half)
    last = plain_number(tokens[end - 1]) if end else None
    if last is None:
        return None
    if end >= 3 and tokens[end - 2] in known.between:
        first = plain_number(tokens[end - 3])
        if first is not None and first < last:
            return Range(first, last)
    return Range(last + half, last + half)
