"""The whole report as text: the summary, then every question with its answer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from voice_triage.handover.summary import Row
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.reporting.cleaning import shown
from voice_triage.reporting.report import Report

_WIDTH = 78
"""Characters a line: it can be read on a small screen, and printed."""
_GROUPS = (
    ("worst", (Status.PRESENT,)),
    ("open", (Status.UNSURE, Status.UNANSWERED)),
    ("denied", (Status.ABSENT,)),
)


def write_text(report: Report) -> str:
    """The report as lines of text."""
    lines: list[str] = []
    for paragraph in _paragraphs(report):
        hanging = len(paragraph) - len(paragraph.lstrip())
        indent = " " * hanging
        lines += textwrap.wrap(paragraph, _WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines) + "\n"


def _paragraphs(report: Report) -> Iterator[str]:
    words, summary = report.words, report.summary
    yield words["title"].upper()
    yield report.made
    yield ""
    if summary.ended_early:
        yield words["ended_early"]
    yield report.urgency
    yield ""
    yield from _heading(words["situation"])
    yield from report.told.situation
    yield ""
    yield from _heading(words["background"])
    yield from report.told.background
    yield ""
    yield from _heading(words["assessment"])
    yield from report.told.assessment
    for name, statuses in _GROUPS:
        rows = [row for row in summary.rows if row.name and row.status in statuses]
        if rows:
            yield ""
            yield f"{words[name].capitalize()}:"
        for row in rows:
            yield from _row(report, row)
    if not_asked := [row.name for row in summary.findings(Status.NOT_ASKED)]:
        yield ""
        yield f"{words['not_asked'].capitalize()}: {'; '.join(not_asked)}"
    yield ""
    yield f"{words['other']}:"
    for row in summary.rows:
        if not row.name and row.touched:
            yield from _row(report, row)
    yield ""
    yield from _heading(words["recommendation"])
    yield from report.told.recommendation
    yield f"{words['advice']}:"
    yield from (f"  {sentence}" for sentence in summary.outcome.advice)
    yield ""
    yield report.rules
    yield from report.notes


def _heading(text: str) -> Iterator[str]:
    yield text.upper()
    yield "-" * len(text)


def _row(report: Report, row: Row) -> Iterator[str]:
    label = row.name or row.question
    status = report.status(row.status)
    if row.answer is not Answer.YES_NO and row.status in (Status.PRESENT, Status.ABSENT):
        status = report.words["answer"]
    read_back = f" ({report.words['read_back']})" if row.read_back else ""
    yield f"  {row.code} {shown(label)}: {status}{read_back}"
    if own := report.own(row):
        yield f"      {own}"
    for follow_up in row.follow_ups:
        if not follow_up.touched:
            continue
        yield f"      {shown(follow_up.question)} {report.status(follow_up.status)}"
        if own := report.own(follow_up):
            yield f"          {own}"
