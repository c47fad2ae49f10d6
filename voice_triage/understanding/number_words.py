"""Words around numbers, as values: units of time, named times, vague counts, ages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Many = Mapping[tuple[str, ...], tuple[float, float]]
"""Words -> the least and the most they may mean."""


@dataclass(frozen=True)
class NumberWords:
    """Words around numbers: units of time, named times, vague counts, ages."""

    units: Mapping[str, float]
    """Days in a unit of time: {"week": 7, "weeks": 7}."""
    plurals: Mapping[str, tuple[float, float]]
    """Least and most of a unit that is told without a count: {"weeks": (2, 8)}."""
    moments: Many
    """Days since a named time: {("last", "night"): (0, 1)}."""
    of_a_day: frozenset[str]
    """Parts of a day, after the day: "tuesday (morning)"."""
    amounts: Many
    """Vague counts: {("few",): (3, 5)}."""
    decades: Mapping[str, int]
    """ "fifties" -> 50."""
    early: frozenset[str]
    middle: frozenset[str]
    late: frozenset[str]
    """Parts of a decade."""
    over: frozenset[str]
    under: frozenset[str]
    nearly: frozenset[str]
    about: frozenset[str]
    something: frozenset[str]
    """ "fifty something", "fifty odd"."""
    being: frozenset[str]
    """Words before an age of now: "am"."""
    becoming: frozenset[str]
    """Words before an age of next year: "I'll be"."""
    soon: frozenset[str]
    """Words after one: "eighteen next month"."""
    between: frozenset[str]
    """Words between two ends of a range: "or", "to"."""
    before_unit: frozenset[str]
    """Words between a count and its unit: "of", "whole"."""
    corrections: frozenset[str]
    every: frozenset[str]
    """Words that make a rate of a length of time."""
    not_years: frozenset[str]
    """Words after a number that is no age, and after a time that is no onset: "pregnant"."""
    weights: Mapping[str, float]
    """Kilograms in a unit of weight."""
    points: frozenset[str]
    """Words before tenths: "thirty eight point five"."""
    fractions: Mapping[tuple[str, ...], float]
    """Parts of one that are added: {("and", "a", "half"): 0.5}."""
    or_two: frozenset[tuple[str, ...]]

    @property
    def longest_moment(self) -> int:
        """Words in the longest named time."""
        return max(map(len, self.moments), default=0)

    @property
    def longest_amount(self) -> int:
        """Words in the longest vague count."""
        return max(map(len, self.amounts), default=0)
