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

Way = dict[int, int]
"""One way in which a condition can hold: place of a fact -> the statuses that it may have, as bits."""
Joined = frozenset[str]
"""Questions, words of danger and marks of the interview that one way looks at together."""


def joined_by_rules(protocol: Protocol) -> dict[str, set[Joined]]:
    """Rule (its id and text) -> what it joins."""
    names = _heads(protocol)
    joined: dict[str, set[Joined]] = {}
    for rule in protocol.rules:
        found = joined.setdefault(f"{rule.id} {rule.advice}", set())
        found |= {frozenset(names[place] for place in way) for way in ways(rule.when)}
    return joined


def joined_by_asking(protocol: Protocol) -> dict[str, set[Joined]]:
    """Gate, follow-up or chase -> what it joins with the question that it opens."""
    names = _heads(protocol)
    joined: dict[str, set[Joined]] = {}

    def join(what: str, condition: Condition | None, name: str) -> None:
        if condition is not None:
            joined[what] = {frozenset({name, *(names[place] for place in way)}) for way in ways(condition)}

    for question in protocol.questions:
        join(f"gate of {question.id}", question.gate, question.id)
        join(f"ask_when of {question.id}", question.ask_when, question.id)
        for follow_up in question.follow_ups:
            join(f"when of {follow_up.fact}", follow_up.when, question.id)
        for status, chased in question.chase:
            joined[f"chase of {question.id} {status.name.lower()}"] = {
                frozenset({question.id, other}) for other in chased
            }
    join("call_when", protocol.call_when, "call")
    return joined


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
    return [head if head != "interrupt" else f"interrupt.{rest}" for head, _, rest in heads]
