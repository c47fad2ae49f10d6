"""What the shape of _summary.yaml cannot show: every sentence is there, and every finding has a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voice_triage.content.reading import Document
from voice_triage.content.schema import SummaryFile, parse
from voice_triage.errors import Problem
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

SUMMARY_SLOTS = frozenset({"list", "words", "number", "finding"})
TEXTS = frozenset(
    {
        "situation", "situation_open", "danger", "other", "ended_early", "age", "age_words", "age_open",
        "lasted", "lasted_words", "lasted_open", "opener", "history", "quoted", "told", "unsure",
        "unanswered", "denied", "limits",
        *(mode.value for mode in Mode),
        *(urgency.id for urgency in Urgency if urgency is not Urgency.EMERGENCY),
    }
)  # fmt: skip
"""Sentences of the spoken summary."""
PAGE = frozenset(
    {
        "title", "made", "situation", "background", "assessment", "recommendation", "answer", "words", "new",
        "read_back", "worst", "open", "denied", "other", "advice", "urgency", "rules", "ended_early",
        "not_asked_means", "heard", "weak_ears", "no_examination", "fold", "code",
        *(status.name.lower() for status in Status),
        *(urgency.id for urgency in Urgency),
    }
)  # fmt: skip
"""Words of the written page."""


def check_summary(document: Document, heard: Mapping[str, str]) -> Iterator[Problem]:
    """Every problem across the file. `heard`: question id -> the finding in its own words, "" for none.

    Raises ContentError if the file does not have its shape.
    """
    file = parse(SummaryFile, document)
    for key, listed, wanted in (("texts", file.texts, TEXTS), ("page", file.page, PAGE)):
        for name in sorted(wanted - set(listed)):
            yield document.problem((key,), f"{name} is missing")
        for name in sorted(set(listed) - wanted):
            yield document.problem((key, name), f"nothing asks for {name!r}")
    left_out, background = set(file.no_findings.split()), set(file.background.split())
    named = {"names": set(file.names), "no_findings": left_out, "background": background}
    for key, names in named.items():
        for name in sorted(names - set(heard)):
            yield document.problem((key,), f"there is no question {name!r}")
    for name, own in heard.items():
        if not own and name not in file.names and name not in left_out:
            yield document.problem(("names",), f"{name} has no name here and no `heard` of its own")
