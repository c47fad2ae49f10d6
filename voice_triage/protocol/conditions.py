"""When a rule fires: conditions over findings.

The smallest condition says that one fact is in one of some states ("saddle_numbness new"). All are
two-valued. A fact that has not been asked satisfies nothing when we decide (`holds`), and satisfies
everything when we look ahead whether asking could still matter (`could_hold`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voice_triage.protocol.findings import Facts, Findings
from voice_triage.protocol.status import Status


def _states(*statuses: Status) -> int:
    return sum(1 << status for status in statuses)


_UNKNOWN = (Status.UNSURE, Status.UNANSWERED)
_PRESENT, _POSSIBLE = _states(Status.PRESENT), _states(Status.PRESENT, *_UNKNOWN)
_ABSENT, _NOT_PRESENT = _states(Status.ABSENT), _states(Status.ABSENT, *_UNKNOWN)

_UNHEARD = _states(Status.NOT_ASKED, Status.ABSENT, *_UNKNOWN)

STATES: dict[str, tuple[tuple[str, int], ...]] = {
    "present": (("", _PRESENT),),
    "absent": (("", _ABSENT),),
    "unsure": (("", _states(Status.UNSURE)),),
    "unanswered": (("", _states(Status.UNANSWERED)),),
    "unknown": (("", _states(*_UNKNOWN)),),
    "concerning": (("", _states(Status.PRESENT, Status.UNSURE)),),
    "possible": (("", _POSSIBLE),),
    "not_present": (("", _NOT_PRESENT),),
    "unheard": (("", _UNHEARD),),
    "new": (("", _PRESENT), (".new", _POSSIBLE | _states(Status.NOT_ASKED))),
    "mid": (("", _PRESENT), (".new", _ABSENT), (".old", _UNHEARD)),
    "old": (("", _PRESENT), (".new", _ABSENT), (".old", _PRESENT)),
}
"""State -> what must be so of the fact, and of its qualifiers "new" and "old".

present: yes. unsure, unanswered: as they say; unknown: either. concerning: yes or unsure. possible:
anything but a heard no. not_present: asked, and not a yes. unheard: nobody has said it is so, asked or not.
new: there, and started, came back or got worse in the last two weeks, or nobody could say when, or nobody
was asked. mid: there, not new, and not known to be long-standing. old: there for over three months,
unchanged. And `recent`: new or mid.
"""


@dataclass(frozen=True)
class Is:
    """One fact is in one state: every (place, allowed statuses as bits) must agree."""

    text: str
    tests: tuple[tuple[int, int], ...]

    def holds(self, findings: Findings) -> bool:
        """True if it is so on what is known."""
        return all(allowed >> ((findings >> 3 * place) & 7) & 1 for place, allowed in self.tests)

    def could_hold(self, findings: Findings) -> bool:
        """True unless an answer already given forbids it."""
        return all((allowed | 1) >> ((findings >> 3 * place) & 7) & 1 for place, allowed in self.tests)

    def places(self) -> Iterator[int]:
        """The facts it looks at."""
        return (place for place, _ in self.tests)


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the parts are so: all of them, any of them, two of them."""

    count: int
    parts: tuple[Condition, ...]

    def holds(self, findings: Findings) -> bool:
        """True if enough parts are so on what is known."""
        count = self.count
        for part in self.parts:
            if count <= 0:
                break
            count -= part.holds(findings)
        return count <= 0

    def could_hold(self, findings: Findings) -> bool:
        """True unless answers already given leave too few parts."""
        return sum(part.could_hold(findings) for part in self.parts) >= self.count

    def places(self) -> Iterator[int]:
        """The facts it looks at."""
        for part in self.parts:
            yield from part.places()


Condition = Is | AtLeast


def all_of(*parts: Condition) -> Condition:
    """Every part is so."""
    return parts[0] if len(parts) == 1 else AtLeast(len(parts), parts)


def any_of(*parts: Condition) -> Condition:
    """At least one part is so."""
    return parts[0] if len(parts) == 1 else AtLeast(1, parts)


def fact_is(facts: Facts, fact: str, state: str) -> Condition:
    """The condition that `fact` is in `state`. KeyError: no such fact; ValueError: no such state."""
    if state == "recent":
        return any_of(fact_is(facts, fact, "new"), fact_is(facts, fact, "mid"))
    if state not in STATES:
        known = ", ".join(sorted({*STATES, "recent"}))
        raise ValueError(f"unknown state {state!r}; one of {known}")
    tests = tuple((facts.place(fact + suffix), allowed) for suffix, allowed in STATES[state])
    return Is(f"{fact} {state}", tests)
