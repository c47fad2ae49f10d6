"""`voice-triage journals`: which journals are kept."""

from __future__ import annotations

import argparse

from voice_triage.adapters.journal_folder import Elsewhere, JournalFolder, own_folder
from voice_triage.adapters.jsonl_journal import read_journal
from voice_triage.cli.exits import Exit
from voice_triage.cli.forget import everything
from voice_triage.errors import JournalError
from voice_triage.hosts.standing import is_ended


def run(arguments: argparse.Namespace) -> Exit:
    """One line a journal, the latest first: when it began, whether it came to its end, and where it is."""
    own = JournalFolder(own_folder())
    kept = everything(own, Elsewhere(own.path))
    for each in kept:
        try:
            how = "ended" if is_ended(read_journal(each.path).entries) else "interrupted"
        except JournalError:
            how = "damaged"
        print(f"{each.started:%Y-%m-%d %H:%M}  {how:11}  {each.path}")
    if not kept:
        print("No journal is kept.")
    return Exit.ADVICE_GIVEN
