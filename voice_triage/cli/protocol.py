"""`voice-triage protocol check`: whether all content is as it has to be."""

from __future__ import annotations

import argparse

from voice_triage.cli.exits import Exit
from voice_triage.content.checking import check
from voice_triage.content.locating import find_intents


def run(arguments: argparse.Namespace) -> Exit:
    """Prints every problem with its file and line."""
    folder = arguments.folder or find_intents()
    problems = check(folder)
    for problem in problems:
        print(problem)
    print(f"{folder}: {len(problems)} problems" if problems else f"{folder}: no problems")
    return Exit.BAD_CONTENT if problems else Exit.ADVICE_GIVEN
