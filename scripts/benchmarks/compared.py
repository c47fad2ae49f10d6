"""How one matcher read the answers, and the table of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .figures import Figure, aligned, number

OURS = "ours"
HEAD = (
    "matcher", "right", "missed", "false no", "false yes", "asked again", "median", "p95", "median / ours",
)  # fmt: skip
POINTLESS_BELOW = 100
"""Answers from which nothing is counted: they were only timed."""


@dataclass(frozen=True)
class Compared(Figure):
    """The microseconds that one matcher took for each answer, and how it read them."""

    counts: Counter[str] = field(default_factory=Counter)
    """Answers that were "right", "missed", "false no", "false yes" and "asked again"."""


@dataclass
class Tally:
    """What one matcher has done so far."""

    values: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, expected: str | None, microseconds: float, readings: Sequence[str], again: bool) -> None:
        """One more answer; what is right is what it is for `voice-triage evaluate answers`."""
        self.values.append(microseconds)
        first = readings[0]
        self.counts["right"] += first == expected or (expected == "present" and expected in readings)
        self.counts["missed"] += first == "absent" and expected == "present"
        self.counts["false no"] += first == "absent" and expected != "absent"
        self.counts["false yes"] += first == "present" and expected != "present"
        self.counts["asked again"] += again

    def figure(self, name: str) -> Compared:
        """All of it."""
        return Compared(name, "µs", tuple(self.values), counts=self.counts)


def comparison(figures: Sequence[Compared]) -> str:
    """The table in Markdown; empty if there is nothing to compare."""
    ours = next((figure.median for figure in figures if figure.name == OURS), None)
    return aligned([HEAD, *(_row(figure, ours) for figure in figures)]) if ours else ""


def _row(figure: Compared, ours: float) -> tuple[str, ...]:
    answers = len(figure.values)
    counts = [f"{figure.counts[what]:,}" for what in HEAD[2:6]]
    told = [f"{100 * figure.counts['right'] / answers:.1f} %", *counts]
    return (
        figure.name,
        *(told if answers >= POINTLESS_BELOW else [""] * len(told)),
        f"{number(figure.median)} {figure.unit}",
        f"{number(figure.p95)} {figure.unit}",
        f"{number(figure.median / ours)} ×",
    )
