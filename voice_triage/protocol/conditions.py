"""When a rule fires: conditions over findings.

The smallest condition says that one fact is in one of some states ("saddle_numbness new"). All are
two-valued. A fact that has not been asked satisfies nothing when we decide (`holds`), and satisfies
everything when we look ahead whether asking could still matter (`could_hold`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from voice_triage.protocol.findings import Facts, Findings, bits
from voice_triage.protocol.status import Status


def _states(*statuses: Status) -> int:
    return sum(1 << status for status in statuses)


_UNKNOWN = (Status.UNSURE, Status.UNANSWERED)
_PRESENT, _POSSIBLE = _states(Status.PRESENT), _states(Status.PRESENT, *_UNKNOWN)
_ABSENT, _NOT_PRESENT = _states(Status.ABSENT), _states(Status.ABSENT, *_UNKNOWN)

_ANY = _states(*Status)
_NOT_ASKED, _SAID = _states(Status.NOT_ASKED), _PRESENT | _ABSENT
_UNHEARD = _states(Status.NOT_ASKED, Status.ABSENT, *_UNKNOWN)
_UNDENIED = _states(Status.NOT_ASKED, Status.PRESENT, *_UNKNOWN)

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
    "undenied": (("", _UNDENIED),),
    "new": (("", _PRESENT), (".new", _UNDENIED)),
    "mid": (("", _PRESENT), (".new", _ABSENT), (".old", _UNHEARD)),
    "old": (("", _PRESENT), (".new", _ABSENT), (".old", _PRESENT)),
}
"""State -> what must be so of the fact, and of its qualifiers "new" and "old".

present: yes. unsure, unanswered: as they say; unknown: either. concerning: yes or unsure. possible:
anything but a heard no. not_present: asked, and not a yes. unheard: nobody has said it is so, asked or not.
undenied: nobody has said it is not so, asked or not.
new: there, and started, came back or got worse in the last two weeks, or nobody could say when, or nobody
was asked. mid: there, not new, and not known to be long-standing. old: there for over three months,
unchanged. And `recent`: new or mid.
"""


def _mask(clause: tuple[tuple[int, int], ...]) -> int:
    mask = 0
    for place, allowed in clause:
        mask |= bits(place, allowed)
    return mask


def _fits_the_healthy(clause: tuple[int, int, tuple[tuple[int, int], ...]]) -> bool:
    return any(allowed & (_ABSENT | _NOT_ASKED) for _, allowed in clause[2])


@dataclass(frozen=True)
class Is:
    """Every clause is so; a clause is that one of some facts has one of some statuses."""

    clauses: tuple[tuple[tuple[int, int], ...], ...]
    """Clauses of (place of a fact, allowed statuses as bits)."""
    held: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """The bits of findings of which each clause needs one."""
    open: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """The same where what was not asked may still come."""
    _answered: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    """Of each clause: the bits by which an answer settles it, and those of unasked facts that could."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "held", tuple(_mask(clause) for clause in self.clauses))
        unasked = (tuple((place, allowed | _NOT_ASKED) for place, allowed in each) for each in self.clauses)
        object.__setattr__(self, "open", tuple(_mask(clause) for clause in unasked))
        answered = tuple(
            (
                _mask(tuple((place, allowed & ~_NOT_ASKED) for place, allowed in clause)),
                _mask(tuple((place, _NOT_ASKED) for place, allowed in clause if allowed & _SAID)),
            )
            for clause in self.clauses
        )
        object.__setattr__(self, "_answered", answered)

    @property
    def needed(self) -> tuple[int, int]:
        """Findings without any of these bits do not fit: on what is known, and where more may come.

        Taken from the first clause that healthy people do not fit.
        """
        return min(zip(self.held, self.open, self.clauses, strict=True), key=_fits_the_healthy)[:2]

    def holds(self, findings: Findings) -> bool:
        """True if it is so on what is known."""
        for mask in self.held:  # noqa: SIM110 - asked more often than all else; a generator takes thrice as long
            if not findings & mask:
                return False
        return True

    def could_hold(self, findings: Findings) -> bool:
        """True unless an answer already given forbids it."""
        for mask in self.open:  # noqa: SIM110 - as above
            if not findings & mask:
                return False
        return True

    def hangs_on(self, findings: Findings) -> int | None:
        """The NOT_ASKED bits of the facts of which a yes or a no still decides whether it holds.

        0: it holds whatever comes. None: it cannot hold any more, or only by doubt and silence, for the sake
        of which nobody asks.
        """
        facts = 0
        for settled, unasked in self._answered:
            if not findings & settled:
                still = findings & unasked
                if not still:
                    return None
                facts |= still
        return facts

    @property
    def bits(self) -> int:
        """Every bit of every fact that it looks at: it sees nothing else of the findings."""
        return _mask(tuple((place, _ANY) for clause in self.clauses for place, _ in clause))

    def places(self) -> Iterator[int]:
        """The facts of which a yes or a no may make it so."""
        return (place for clause in self.clauses for place, allowed in clause if allowed & _SAID)


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the parts are so: all of them, any of them, two of them."""

    count: int
    parts: tuple[Condition, ...]

    @property
    def needed(self) -> tuple[int, int]:
        """As of a single one; of any part, where not every part must be so."""
        if self.count == len(self.parts):
            return self.parts[0].needed
        held = unasked = 0
        for part in self.parts:
            held, unasked = held | part.needed[0], unasked | part.needed[1]
        return held, unasked

    def holds(self, findings: Findings) -> bool:
        """True if enough parts are so on what is known."""
        count = self.count
        for part in self.parts:
            if part.holds(findings):
                count -= 1
                if count <= 0:
                    return True
        return False

    def could_hold(self, findings: Findings) -> bool:
        """True unless answers already given leave too few parts."""
        count = self.count
        for part in self.parts:
            if part.could_hold(findings):
                count -= 1
                if count <= 0:
                    return True
        return False

    def hangs_on(self, findings: Findings) -> int | None:
        """As of a single one: what still decides, 0 for nothing, None if it cannot hold any more."""
        missing, open_parts, facts = self.count, 0, 0
        for part in self.parts:
            bits_of_part = part.hangs_on(findings)
            if bits_of_part == 0:
                missing -= 1
            elif bits_of_part is not None:
                open_parts += 1
                facts |= bits_of_part
        if missing <= 0:
            return 0
        return facts if open_parts >= missing else None

    @property
    def bits(self) -> int:
        """Every bit of every fact that it looks at."""
        every = 0
        for part in self.parts:
            every |= part.bits
        return every

    def places(self) -> Iterator[int]:
        """The facts of which a yes or a no may make it so."""
        for part in self.parts:
            yield from part.places()


Condition = Is | AtLeast


def all_of(*parts: Condition) -> Condition:
    """Every part is so."""
    plain = [part for part in parts if isinstance(part, Is)]
    others = [part for part in parts if not isinstance(part, Is)]
    joined = [Is(tuple(clause for part in plain for clause in part.clauses))] if plain else []
    return _of((*joined, *others), every=True)


def any_of(*parts: Condition) -> Condition:
    """At least one part is so."""
    plain = [part for part in parts if isinstance(part, Is) and len(part.clauses) == 1]
    others = [part for part in parts if part not in plain]
    joined = [Is((tuple(test for part in plain for test in part.clauses[0]),))] if plain else []
    return _of((*joined, *others), every=False)


def _of(parts: tuple[Condition, ...], every: bool) -> Condition:
    return parts[0] if len(parts) == 1 else AtLeast(len(parts) if every else 1, parts)


def fact_is(facts: Facts, fact: str, state: str) -> Condition:
    """The condition that `fact` is in `state`. KeyError: no such fact; ValueError: no such state."""
    if state == "recent":
        return any_of(fact_is(facts, fact, "new"), fact_is(facts, fact, "mid"))
    if state not in STATES:
        known = ", ".join(sorted({*STATES, "recent"}))
        raise ValueError(f"unknown state {state!r}; one of {known}")
    return Is(tuple(((facts.place(fact + suffix), allowed),) for suffix, allowed in STATES[state]))
