"""Temperatures and weights out of words: "thirty eight five", "a hundred and one", "a stone and a half"."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.understanding.number_words import NumberWords
from voice_triage.understanding.numbers import Range, counted, plain_number, with_digits

COLDEST, HOTTEST = 30.0, 44.0
"""Degrees Celsius between which a living person's temperature lies."""
_FAHRENHEIT = (85.0, 112.0)
_NEARLY = 0.5
"""Degrees that "nearly thirty nine" may fall short of it."""


def temperature(words: Sequence[str], known: NumberWords) -> Range | None:
    """A body temperature in degrees Celsius, or None; of several the highest. Its size tells Fahrenheit."""
    tokens = with_digits(words)
    found = [
        degrees for place in range(len(tokens)) if (degrees := _degrees(tokens, place, known)) is not None
    ]
    return max(found, key=lambda each: each.high, default=None)


def _degrees(tokens: Sequence[str], place: int, known: NumberWords) -> Range | None:
    number = plain_number(tokens[place])
    if number is None or (place and plain_number(tokens[place - 1]) in range(int(COLDEST), int(HOTTEST))):
        return None
    after = tuple(tokens[place + 1 : place + 4])
    tenths = after[1:2] if after[:1] and after[0] in known.points else after[:1]
    if number == int(number) and tenths and len(tenths[0]) == 1 and tenths[0].isdigit():
        number += int(tenths[0]) / 10
    else:
        number += known.fractions.get(after, 0.0)
    celsius = number
    if _FAHRENHEIT[0] <= number <= _FAHRENHEIT[1]:
        celsius = (number - 32) * 5 / 9
    if not COLDEST <= celsius <= HOTTEST:
        return None
    before = set(tokens[max(0, place - 2) : place])
    if before & known.over:
        return Range(celsius, HOTTEST)
    if before & known.under:
        return Range(COLDEST, celsius)
    return Range(celsius - _NEARLY, celsius) if before & known.nearly else Range(celsius, celsius)


def weight(words: Sequence[str], known: NumberWords) -> Range | None:
    """A weight in kilograms, or None; parts that stand together are added: "a stone and two pounds"."""
    tokens = with_digits(words)
    parts = [
        counted(tokens, place, known, known.weights)
        for place, word in enumerate(tokens)
        if word in known.weights
    ]
    if not parts:
        return None
    return Range(sum(part.low for part in parts), sum(part.high for part in parts))
