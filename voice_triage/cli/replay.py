"""`voice-triage replay JOURNAL`: a kept interview once more."""

from __future__ import annotations

import argparse
import sys

from voice_triage.adapters.jsonl_journal import read_journal
from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import Exit
from voice_triage.cli.output import print_conclusion
from voice_triage.cli.setup import load_dialogue
from voice_triage.dialogue import Dialogue
from voice_triage.errors import JournalError
from voice_triage.hosts.replay import replay


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, JournalError, UsageError."""
    journal = read_journal(arguments.journal)
    entries = journal.entries
    if journal.torn:
        print(journal.torn, file=sys.stderr)
    region = next((entry["region"] for entry in entries if "region" in entry), None)
    if "program" not in entries[0] or not isinstance(region, str):
        raise JournalError(f"{arguments.journal}:1: is not a journal of an interview")

    def dialogue_for(weak_ears: bool) -> Dialogue:
        return load_dialogue(arguments.intents, region, weak_ears)

    try:
        replayed = replay(dialogue_for, entries, PlainCaptions())
    except JournalError as error:
        raise JournalError(f"{arguments.journal}: {error}") from error
    for difference in replayed.differences:
        print(difference, file=sys.stderr)
    if arguments.json and replayed.conclusion is not None:
        print_conclusion(replayed.conclusion)
    return Exit.NOT_AS_EXPECTED if replayed.differences else Exit.ADVICE_GIVEN
