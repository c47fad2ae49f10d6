"""`voice-triage report JOURNAL --to DIR`: the report of an interview that was kept."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from io import StringIO

from voice_triage.adapters.jsonl_journal import read_journal
from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import Exit
from voice_triage.cli.reports import report_of
from voice_triage.cli.setup import load_dialogue
from voice_triage.dialogue import Dialogue
from voice_triage.errors import JournalError, ReportError
from voice_triage.hosts.replay import replay
from voice_triage.reporting.folder import ReportFolder


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, JournalError, ReportError, UsageError."""
    path = arguments.journal
    journal = read_journal(path)
    entries = journal.entries
    if journal.torn:
        print(journal.torn, file=sys.stderr)
    region = next((entry["region"] for entry in entries if "region" in entry), None)
    try:
        when = datetime.fromisoformat(str(entries[0]["started"]))
    except (KeyError, ValueError) as error:
        raise JournalError(f"{path}:1: is not a journal of an interview: it does not say when") from error
    if not isinstance(region, str):
        raise JournalError(f"{path}:1: is not a journal of an interview")
    folder = ReportFolder(arguments.to)

    def dialogue_for(weak_ears: bool) -> Dialogue:
        return load_dialogue(arguments.intents, region, weak_ears)

    try:
        replayed = replay(dialogue_for, entries, PlainCaptions(StringIO(), StringIO()))
    except JournalError as error:
        raise JournalError(f"{path}: {error}") from error
    if replayed.differences:
        raise ReportError(
            f"{path}: read today the interview is another one, so no report is made of it. "
            f"The first difference: {replayed.differences[0]}"
        )
    for file in folder.write(report_of(replayed.summary, replayed.dialogue, when)):
        print(file)
    return Exit.ADVICE_GIVEN
