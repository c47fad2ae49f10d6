"""What stands on the one page that is printed: all of the summary that fits in large type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice_triage.handover.summary import Row
from voice_triage.protocol.status import Status
from voice_triage.reporting.cleaning import cut, shown
from voice_triage.reporting.report import Report


@dataclass(frozen=True)
class Part:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]
    items: tuple[str, ...] = ()
    """Lines of a list, after the others."""


@dataclass(frozen=True)
class Page:
    """One page, in the order in which it is read."""

    title: str
    made: str
    warning: str
    """Empty, or that the questions ended early."""
    urgency: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    code_text: str
    code_caption: str


@dataclass(frozen=True)
class Room:
    """How much fits."""

    findings: int
    """Findings that are there, each on a line of its own."""
    words: int
    """Characters of the person's words to each."""
    names: int
    """Findings named in each of the other lists."""
    advice: bool = False
    """The whole advice, as it was spoken."""


ROOMS = (
    Room(14, 150, 60, advice=True), Room(12, 110, 30, advice=True), Room(8, 90, 12, advice=True),
    Room(14, 150, 60), Room(12, 110, 20), Room(10, 90, 12), Room(8, 70, 10), Room(6, 60, 8),
    Room(5, 50, 6), Room(4, 40, 4), Room(3, 30, 3),
)  # fmt: skip
"""From all to as little as a page holds whatever was said; what is left out is counted."""


def page(report: Report, room: Room) -> Page:
    """The page with so much on it."""
    words, told = report.words, report.told
    advice = (f"{words['advice']}:", *report.summary.outcome.advice)
    return Page(
        title=words["title"],
        made=report.made,
        warning=words["ended_early"] if report.summary.ended_early else "",
        urgency=report.urgency,
        parts=(
            Part(words["situation"], told.situation),
            Part(words["background"], told.background),
            Part(words["assessment"], tuple(_lists(report, room)), tuple(_findings(report, room))),
            Part(words["recommendation"], (*told.recommendation[:1], *(advice if room.advice else ()))),
        ),
        notes=(report.rules, *report.notes),
        code_text=report.code_text,
        code_caption=words["code"],
    )


def _findings(report: Report, room: Room) -> Iterator[str]:
    # Stable: within each of the two, worst first.
    present = sorted(report.summary.findings(Status.PRESENT), key=lambda row: row.background)
    for row in present[: room.findings]:
        own = f"; {cut(report.own(row), room.words)}" if row.words else ""
        yield f"{report.status(row.status)}: {row.name}{_new(report, row)}{own}"
    if more := len(present) - room.findings:
        yield from _more(report, more)


def _new(report: Report, row: Row) -> str:
    if row.new is None or row.new is Status.NOT_ASKED:
        return ""
    return ", " + report.words["new"].format(status=report.status(row.new))


def _lists(report: Report, room: Room) -> Iterator[str]:
    for status in (Status.UNSURE, Status.UNANSWERED, Status.ABSENT):
        rows = tuple(report.summary.findings(status))
        if rows:
            yield f"{report.status(status)}: {_names(report, rows, room)}"


def _names(report: Report, rows: Sequence[Row], room: Room) -> str:
    names = [shown(row.name) for row in rows[: room.names]]
    return "; ".join((*names, *_more(report, len(rows) - room.names)))


def _more(report: Report, count: int) -> Iterator[str]:
    if count > 0:
        yield report.words["fold"].format(count=count)
