"""Which questions a protocol joins: computed from its rules and gates, not listed by hand.

A condition is taken apart into the smallest ways in which it can hold (its prime implicants): "fever present and
any of (injects drugs present, diabetes present)" has two, each of two questions. Findings that no way joins act
apart: the urgency is the highest of what each of them comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from voice_triage.protocol.conditions import AtLeast, Condition, Is
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

Way = dict[int, int]
"""One way in which a condition can hold: place of a fact -> the statuses that it may have, as bits."""
Joined = frozenset[str]
"""Questions, words of danger and marks of the interview that one way looks at together."""


MARKS = ("ended_early", "ended_silent", "left_out", "left_out_urgent")
"""What the interview notes of itself: no answer makes it so."""


class Joins:
    """What the rules and the asking of one protocol look at together."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.heads = _heads(protocol)
        counting = {rule.id for rule in protocol.rules if counts_only(rule.when)}
        self.counting = frozenset(counting)
        """Rules that count many findings of which each is as good as any other."""
        self.of_rules = [
            (f"{rule.id} {rule.advice}", way)
            for rule in protocol.rules
            if rule.id not in counting
            for way in ways(rule.when)
        ]
        """Every smallest way in which a rule can fire, but those of the rules that only count."""
        self.of_asking = list(self._asking())
        """Every smallest way in which a gate, a follow-up or a chase can open, with its question."""

    def _asking(self) -> Iterator[tuple[str, str, Way]]:
        for question in self.protocol.questions:
            conditions = [
                ("gate of", question.id, question.gate),
                ("ask_when of", question.id, question.ask_when),
            ]
            conditions += [("when of", follow_up.fact, follow_up.when) for follow_up in question.follow_ups]
            for what, name, condition in conditions:
                for way in ways(condition) if condition is not None else ():
                    yield f"{what} {name}", question.id, way
            for status, chased in question.chase:
                for other in chased:
                    place = self.protocol.facts.place(question.id)
                    yield f"chase of {question.id}", other, {place: 1 << status}

    def questions(self, way: Way) -> Joined:
        """The questions and words of danger that a way looks at."""
        return frozenset(self.heads[place] for place in way) - {*MARKS}

    def sets(self) -> set[Joined]:
        """What must be walked together; a set that is part of another is left out."""
        found = {self.questions(way) for _, way in self.of_rules}
        found |= {self.questions(way) | {question} for _, question, way in self.of_asking}
        return {one for one in found if one and not any(one < other for other in found)}

    def bands(self, question: str, block: frozenset[str]) -> tuple[int, ...]:
        """Where a number makes a difference, to those in the block only."""
        ours = [way for _, way in self.of_rules if self.questions(way) <= block]
        ours += [way for _, opened, way in self.of_asking if self.questions(way) | {opened} <= block]
        names = {self.protocol.facts.names[place] for way in ours for place in way}
        return tuple(band for band in self.protocol.question(question).bands if f"{question}.{band}" in names)

    def tells_doubt_from_silence(self, fact: str) -> bool:
        """Some rule or gate makes a difference between "not sure" and no answer to this fact."""
        place = self.protocol.facts.place(fact)
        every_way = [way for _, way in self.of_rules] + [way for _, _, way in self.of_asking]
        allowed = {way[place] for way in every_way if place in way}
        return any(bool(each & 1 << Status.UNSURE) != bool(each & 1 << Status.UNANSWERED) for each in allowed)


def counts_only(condition: Condition) -> bool:
    """At least so many of many, of which each looks at one question alone."""
    return isinstance(condition, AtLeast) and 2 < condition.count < len(condition.parts)


def ways(condition: Condition) -> list[Way]:
    """The smallest ways in which it can hold: none of them is a narrower case of another."""
    return _smallest(_ways(condition))


def _ways(condition: Condition) -> Iterator[Way]:
    if isinstance(condition, Is):
        return _all_of([dict([test]) for test in clause] for clause in condition.clauses)
    return _at_least(condition)


def _at_least(condition: AtLeast) -> Iterator[Way]:
    parts = [ways(part) for part in condition.parts]
    for some in combinations(parts, condition.count):
        yield from _all_of(some)


def _all_of(several: Iterable[Iterable[Way]]) -> Iterator[Way]:
    first, *others = ([*each] for each in several)
    joined: list[Way] = first
    for other in others:
        joined = _smallest(both for one in joined for two in other if (both := _both(one, two)) is not None)
    return iter(joined)


def _both(one: Way, two: Way) -> Way | None:
    """Where both hold; None where no status is left to a fact."""
    both = dict(one)
    for place, allowed in two.items():
        both[place] = both.get(place, allowed) & allowed
        if not both[place]:
            return None
    return both


def _smallest(found: Iterable[Way]) -> list[Way]:
    by_size = sorted({tuple(sorted(way.items())) for way in found}, key=len)
    kept: list[Way] = []
    by_place: dict[int, list[Way]] = {}
    for items in by_size:
        way = dict(items)
        near = [other for place in way for other in by_place.get(place, ())]
        if not any(_is_case_of(way, other) for other in near):
            kept.append(way)
            by_place.setdefault(items[0][0], []).append(way)
    return kept


def _is_case_of(way: Way, other: Way) -> bool:
    return all(place in way and not way[place] & ~allowed for place, allowed in other.items())


def _heads(protocol: Protocol) -> list[str]:
    """Place of a fact -> the question that it belongs to."""
    heads = (name.partition(".") for name in protocol.facts.names)
    return [f"interrupt.{rest}" if head == "interrupt" else head for head, _, rest in heads]
