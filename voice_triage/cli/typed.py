"""`voice-triage type`: the interview by typed answers."""

from __future__ import annotations

import argparse
import sys

from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import Exit
from voice_triage.cli.output import print_conclusion
from voice_triage.cli.reports import exit_with, folder_for, write_report
from voice_triage.cli.setup import journal_for, load_dialogue
from voice_triage.hosts.console import ConsoleHost


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, JournalError, ReportError, UsageError."""
    dialogue = load_dialogue(arguments.intents, arguments.region)
    folder = folder_for(arguments.report)
    journal = journal_for(arguments.save, {"host": "type", "weak_ears": False})
    host = ConsoleHost(dialogue, _read_line, PlainCaptions(quiet=True), journal)
    try:
        host.run()
    finally:
        written = write_report(folder, host.summary, dialogue)
    if arguments.json and host.conclusion is not None:
        print_conclusion(host.conclusion)
    return Exit.INTERRUPTED if host.hung_up else exit_with(Exit.ADVICE_GIVEN, written)


def _read_line() -> str | None:
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            print()
            return None
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None
