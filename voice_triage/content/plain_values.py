"""Values of dataclasses as what JSON can hold, and back, by their annotations.

Only the types that an annotation names are ever made: what stands in a file cannot choose any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Way:
    """How values of one type are written, and read."""

    plain: Callable[[Any], Any]
    value: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


_AS_IT_IS = Way(_same, _same)


def way_of(type_: Any, special: Mapping[Any, Way]) -> Way:
    """How to write and read a type. `special` has those that are not told by their annotations.

    Knows str, bool, int and float, enums, frozen sets, tuples, mappings and dataclasses of these, and None.
    Raises TypeError for any other. Reading raises KeyError, TypeError or ValueError on what was not written.
    """
    if type_ in special:
        return special[type_]
    if type_ in (str, bool, int, float):
        return _AS_IT_IS
    origin, inner = get_origin(type_), get_args(type_)
    if origin is frozenset:
        each = way_of(inner[0], special)
        return Way(
            lambda found: sorted(map(each.plain, found)),
            frozenset if each is _AS_IT_IS else lambda found: frozenset(map(each.value, found)),
        )
    if origin is tuple and inner[1:] == (...,):
        each = way_of(inner[0], special)
        return Way(
            lambda found: list(map(each.plain, found)),
            tuple if each is _AS_IT_IS else lambda found: tuple(map(each.value, found)),
        )
    if origin is tuple:
        return _row([way_of(part, special) for part in inner], tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, of = (way_of(part, special) for part in inner)
        return Way(
            lambda found: [[key.plain(k), of.plain(v)] for k, v in found.items()],
            lambda found: {key.value(k): of.value(v) for k, v in found},
        )
    if len(inner) == 2 and inner[1] is type(None):
        some = way_of(inner[0], special)
        return Way(
            lambda found: None if found is None else some.plain(found),
            lambda found: None if found is None else some.value(found),
        )
    if isinstance(type_, type) and issubclass(type_, Enum):
        return Way(lambda member: member.value, type_)
    if isinstance(type_, type) and is_dataclass(type_):
        return _of_dataclass(type_, special)
    raise TypeError(f"there is no way to write down {type_}")


def _of_dataclass(type_: type, special: Mapping[Any, Way]) -> Way:
    hints = get_type_hints(type_)
    names = [field.name for field in fields(type_)]
    row = _row([way_of(hints[name], special) for name in names], lambda values: type_(*values))
    return Way(lambda value: row.plain([getattr(value, name) for name in names]), row.value)


def _row(ways: list[Way], make: Callable[[list[Any]], Any]) -> Way:
    return Way(
        lambda found: [way.plain(value) for way, value in zip(ways, found, strict=True)],
        lambda found: make([way.value(value) for way, value in zip(ways, found, strict=True)]),
    )
