"""Conditions as intents/ write them -> conditions of the protocol.

saddle_numbness new                       one fact, or a group of facts (any of them), in one state
sudden_pain                               a term: a condition that protocol.yaml gives a name
{all: [...]}  {any: [...]}                every part, at least one part
{at_least: "2", of: [nerve_signs unsure]} at least so many of the facts of the group
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from voice_triage.protocol.conditions import AtLeast, Condition, all_of, any_of, fact_is
from voice_triage.protocol.findings import Facts


class BadCondition(Exception):
    """What is wrong with a condition, in words."""


@dataclass(frozen=True)
class Names:
    """What a condition may speak of."""

    facts: Facts
    groups: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, Any]
    """Name -> the condition as it is written."""
    inside: frozenset[str] = frozenset()
    """Terms that are being read: none may hold itself."""


def read_condition(when: Any, names: Names) -> Condition:
    """The condition that is written in `when`. Raises BadCondition."""
    if isinstance(when, str) and (term := when.strip()) in names.terms:
        if term in names.inside:
            raise BadCondition(f"the term {term!r} is made of itself")
        return read_condition(names.terms[term], replace(names, inside=names.inside | {term}))
    if isinstance(when, str):
        return any_of(*_literals(when, names))
    if isinstance(when, dict) and len(when) == 1 and isinstance(parts := next(iter(when.values())), list):
        key = next(iter(when))
        if key in ("all", "any") and parts:
            inner = tuple(read_condition(part, names) for part in parts)
            return all_of(*inner) if key == "all" else any_of(*inner)
    if isinstance(when, dict) and set(when) == {"at_least", "of"} and isinstance(when["of"], list):
        return AtLeast(_number(when["at_least"]), tuple(_counted(when["of"], names)))
    raise BadCondition('write "fact state", a term, {all: [...]}, {any: [...]} or {at_least: "2", of: [...]}')


def _counted(parts: list[Any], names: Names) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, str) and part.strip() not in names.terms:
            yield from _literals(part, names)
        else:
            yield read_condition(part, names)


def _literals(text: str, names: Names) -> tuple[Condition, ...]:
    fact, _, state = text.strip().partition(" ")
    members = names.groups.get(fact, (fact,))
    unknown = [name for name in members if name not in names.facts]
    if unknown:
        raise BadCondition(f"no question, follow-up or group is called {unknown[0]!r}")
    try:
        return tuple(fact_is(names.facts, name, state.strip()) for name in members)
    except ValueError as error:
        raise BadCondition(f"{text!r}: {error}") from error
    except KeyError as error:
        raise BadCondition(f"{text!r}: {error.args[0]!r} is not a fact; the question has no onset") from error


def _number(text: Any) -> int:
    if isinstance(text, str) and text.isdigit() and int(text) > 0:
        return int(text)
    raise BadCondition(f"at_least: {text!r} is not a positive number")
