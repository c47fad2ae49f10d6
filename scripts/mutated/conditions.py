"""Conditions as intents/ write them, with one part taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

When = Any
NEVER: When = {"all": ["who_for present", "who_for absent"]}
"""It cannot be so: whom it is about is asked first, and has one answer."""
LESS = {
    "possible": "present",
    "concerning": "present",
    "recent": "new",
    "unknown": "unsure",
    "unheard": "absent",
    "undenied": "present",
    "not_present": "absent",
}
"""State -> a narrower one."""


def shown(when: When) -> str:
    """A condition in one line."""
    match when:
        case str():
            return when
        case list():
            return f"[{', '.join(map(shown, when))}]"
        case dict():
            return ", ".join(f"{key} {shown(value)}" for key, value in when.items())
    return str(when)


def without_a_part(when: When) -> Iterator[tuple[str, When]]:
    """(what is done to it, the condition) for each part of it, at any depth."""
    if not isinstance(when, dict):
        return
    if "at_least" in when:
        more = int(when["at_least"]) + 1
        yield f"at least {more}", {**when, "at_least": str(more)}
    key = "of" if "of" in when else next(iter(when))
    parts = when[key]
    if len(parts) > 1:
        for i, part in enumerate(parts):
            yield f"without {shown(part)}", {**when, key: parts[:i] + parts[i + 1 :]}
    for i, part in enumerate(parts):
        for says, inner in without_a_part(part):
            yield says, {**when, key: [*parts[:i], inner, *parts[i + 1 :]]}


def with_less(when: When) -> Iterator[tuple[str, When]]:
    """(what is done to it, the condition) for each fact of it that is then looked at more narrowly."""
    if isinstance(when, str):
        fact, _, state = when.strip().partition(" ")
        if state in LESS:
            yield f"{when}, only if {LESS[state]}", f"{fact} {LESS[state]}"
        return
    key = "of" if "of" in when else next(iter(when))
    parts = when[key]
    for i, part in enumerate(parts):
        for says, inner in with_less(part):
            yield says, {**when, key: [*parts[:i], inner, *parts[i + 1 :]]}
