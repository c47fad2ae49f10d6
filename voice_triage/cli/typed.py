"""`voice-triage type`: the interview by typed answers."""

from __future__ import annotations

import argparse
import sys

from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import Exit
from voice_triage.cli.keeping import keep
from voice_triage.cli.output import print_conclusion
from voice_triage.cli.reports import exit_with, folder_for, write_report
from voice_triage.cli.setup import load_dialogue
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.console import ConsoleHost


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, JournalError, ReportError, UsageError."""
    return conduct(arguments, load_dialogue(arguments.intents, arguments.region))


def conduct(arguments: argparse.Namespace, dialogue: Dialogue) -> Exit:
    """The interview, once its content is loaded. Raises JournalError, ReportError."""
    captions = PlainCaptions(quiet=True)
    folder = folder_for(arguments.report)
    kept = keep(arguments, dialogue, {"host": "type", "weak_ears": False}, captions.note)
    host = ConsoleHost(dialogue, _read_line, captions, kept.journal, kept.begin)
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
