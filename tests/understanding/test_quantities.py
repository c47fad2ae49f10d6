"""Temperatures and weights, as people tell them."""

from __future__ import annotations

import pytest

from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.numbers import Range
from voice_triage.understanding.quantities import temperature, weight


def near(told: Range | None, low: float, high: float) -> bool:
    return told is not None and abs(told.low - low) < 0.06 and abs(told.high - high) < 0.06


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("thirty eight five", 38.5),
        ("it said thirty nine point two", 39.2),
        ("38 and a half this morning", 38.5),
        ("a hundred and one", 38.33),
        ("a hundred and three point five", 39.72),
        ("about forty", 40.0),
        ("thirty six eight so that's fine", 36.8),
        ("thirty seven then thirty nine at night", 39.0),
    ],
)
def test_a_temperature_is_read_in_either_scale(lexicon: Lexicon, text: str, celsius: float) -> None:
    assert near(temperature(clean(text, lexicon.spelling).words, lexicon.numbers), celsius, celsius)


@pytest.mark.parametrize(
    "text", ["i'm fifty six", "no idea", "for three weeks", "a couple of days", "about ten"]
)
def test_what_no_body_can_have_is_no_temperature(lexicon: Lexicon, text: str) -> None:
    assert temperature(clean(text, lexicon.spelling).words, lexicon.numbers) is None


def test_a_bound_is_kept_as_a_range(lexicon: Lexicon) -> None:
    assert near(temperature(("over", "thirty", "nine"), lexicon.numbers), 39, 44)
    assert near(temperature(("nearly", "forty"), lexicon.numbers), 39.5, 40)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a stone and a half", 9.53, 9.53),
        ("half a stone", 3.18, 3.18),
        ("two stone", 12.7, 12.7),
        ("ten pounds", 4.54, 4.54),
        ("a couple of kilos", 2, 2),
        ("seven or eight kilos", 7, 8),
        ("a stone and two pounds", 7.26, 7.26),
    ],
)
def test_a_weight_is_read_in_the_units_people_use(
    lexicon: Lexicon, text: str, low: float, high: float
) -> None:
    assert near(weight(clean(text, lexicon.spelling).words, lexicon.numbers), low, high)


def test_no_unit_is_no_weight(lexicon: Lexicon) -> None:
    assert weight(("about", "ten"), lexicon.numbers) is None
