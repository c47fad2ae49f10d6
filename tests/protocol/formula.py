"""What the rules of a table say, as formulas over facts: asked of one person's findings, or of all findings at once.

It shares nothing with `voice_triage.protocol.conditions`, which it is there to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from all_findings import AllFindings

from voice_triage.protocol.findings import Facts, Findings
from voice_triage.protocol.status import Status


@dataclass(frozen=True)
class Fact:
    """The fact has one of these statuses."""

    name: str
    statuses: frozenset[Status]

    def holds(self, facts: Facts, findings: Findings) -> bool:
        """It is so of one person."""
        return facts.status(findings, self.name) in self.statuses

    def literal(self, space: AllFindings) -> int:
        """That it is so, over all findings."""
        return space.one_of(self.name, self.statuses)

    def names(self) -> Iterator[str]:
        """The facts that it looks at."""
        yield self.name


@dataclass(frozen=True)
class AtLeast:
    """So many of the parts, or more, are so."""

    count: int
    parts: tuple[Formula, ...]

    def holds(self, facts: Facts, findings: Findings) -> bool:
        """It is so of one person."""
        return sum(part.holds(facts, findings) for part in self.parts) >= self.count

    def literal(self, space: AllFindings) -> int:
        """That it is so, over all findings."""
        if self.count == 0:
            return space.true
        if len(self.parts) < self.count:
            return -space.true
        return space.at_least(self.count, [part.literal(space) for part in self.parts])

    def names(self) -> Iterator[str]:
        """The facts that it looks at."""
        for part in self.parts:
            yield from part.names()


@dataclass(frozen=True)
class Not:
    """The other is not so."""

    other: Formula

    def holds(self, facts: Facts, findings: Findings) -> bool:
        """It is so of one person."""
        return not self.other.holds(facts, findings)

    def literal(self, space: AllFindings) -> int:
        """That it is so, over all findings."""
        return -self.other.literal(space)

    def names(self) -> Iterator[str]:
        """The facts that it looks at."""
        return self.other.names()


Formula = Fact | AtLeast | Not


def every(*parts: Formula) -> Formula:
    """All of these are so."""
    return parts[0] if len(parts) == 1 else AtLeast(len(parts), parts)


def some(*parts: Formula) -> Formula:
    """At least one of these is so."""
    return parts[0] if len(parts) == 1 else AtLeast(1, parts)


NEVER = AtLeast(1, ())
ALWAYS = AtLeast(0, ())
