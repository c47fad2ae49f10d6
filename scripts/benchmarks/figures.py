"""A measured figure, what it should be, and the table of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np


@dataclass(frozen=True)
class Figure:
    """Many measurements of one thing."""

    name: str
    unit: str
    values: tuple[float, ...]
    median_goal: float | None = None
    """What the median may be at most; None: it is only told."""
    p95_goal: float | None = None
    """What the 95th percentile may be at most."""

    @property
    def median(self) -> float:
        """Half of the values are at most this."""
        return median(self.values)

    @property
    def p95(self) -> float:
        """95 of 100 values are at most this."""
        return float(np.percentile(self.values, 95))

    @property
    def met(self) -> bool | None:
        """Every goal is met; None if there is none."""
        goals = [
            value <= goal
            for value, goal in ((self.median, self.median_goal), (self.p95, self.p95_goal))
            if goal is not None
        ]
        return all(goals) if goals else None


HEAD = ("Figure", "Median", "p95", "Worst", "Goal", "Runs", "Met")


def table(figures: Sequence[Figure]) -> str:
    """A table in Markdown."""
    return aligned([HEAD, *map(_row, figures)])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table in Markdown, its columns aligned for the eye; the first is its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        f"{number(figure.median)} {figure.unit}",
        f"{number(figure.p95)} {figure.unit}",
        f"{number(max(figure.values))} {figure.unit}",
        _goal(figure),
        str(len(figure.values)),
        {True: "yes", False: "**no**", None: ""}[figure.met],
    )


def _goal(figure: Figure) -> str:
    goals = (("median", figure.median_goal), ("p95", figure.p95_goal))
    return ", ".join(f"{what} {number(goal)} {figure.unit}" for what, goal in goals if goal is not None)


def number(value: float) -> str:
    """Three figures at least, and whole where that is enough."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
