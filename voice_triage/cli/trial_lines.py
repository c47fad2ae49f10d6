"""What came of cases tried in many ways, as a table to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

HEAD = (
    "",
    "runs",
    "emergencies found",
    "95 %",
    "too low",
    "too high",
    "false emergency (benign)",
    "questions",
    "to an emergency",
)
"""Head of `trial_rows`."""


def trial_rows(result: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """One row for each share of word errors and each voice, and one for all; cells as in `HEAD`."""
    for errors, told in result["by_errors"].items():
        yield _row("typed" if errors == "typed" else f"{errors} % word errors", told)
    if len(result["by_voice"]) > 1:
        for voice, told in result["by_voice"].items():
            yield _row(voice, told)
    yield _row("all", result["all"])


def trial_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The table in plain columns."""
    rows = [HEAD, *trial_rows(result)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield f"cases: {result['cases']}"
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(name: str, told: Mapping[str, Any]) -> tuple[str, ...]:
    found = told["emergencies_found"]
    return (
        name,
        str(told["runs"]),
        _share(found),
        "-" if found["share"] is None else f"{found['low']:.1%} to {found['high']:.1%}",
        _share(told["under_triage"]),
        _share(told["over_triage"]),
        _share(told["false_emergency_benign"]),
        _numbers(told["questions_total"]),
        _numbers(told["questions_to_emergency"]),
    )


def _share(share: Mapping[str, Any]) -> str:
    return "-" if share["share"] is None else f"{share['n']} of {share['of']} ({share['share']:.1%})"


def _numbers(spread: Mapping[str, Any]) -> str:
    return "-" if spread["median"] is None else f"median {spread['median']:g}, p95 {spread['p95']:g}"
