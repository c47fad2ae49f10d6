"""`voice-triage type`: the interview by typed answers."""

from __future__ import annotations

import argparse
import sys

from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import Exit
from voice_triage.cli.output import print_conclusion
from voice_triage.cli.setup import journal_for, load_dialogue
from voice_triage.hosts.console import ConsoleHost


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, JournalError, UsageError."""
    dialogue = load_dialogue(arguments.intents, arguments.region)
    journal = journal_for(arguments.save, {"host": "type", "weak_ears": False})
    host = ConsoleHost(dialogue, _read_line, PlainCaptions(quiet=True), journal)
    host.run()
    if arguments.json and host.conclusion is not None:
        print_conclusion(host.conclusion)
    return Exit.INTERRUPTED if host.hung_up else Exit.ADVICE_GIVEN


def _read_line() -> str | None:
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            print()
            return None
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None
