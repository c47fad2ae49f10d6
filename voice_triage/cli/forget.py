"""`voice-triage forget`: deletes every journal that was kept, wherever it was put."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from voice_triage.adapters.journal_folder import Elsewhere, JournalFolder, KeptFile, delete, own_folder
from voice_triage.cli.exits import Exit
from voice_triage.errors import JournalError


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 1 if something was to be deleted and is still there."""
    own = JournalFolder(own_folder())
    elsewhere = Elsewhere(own.path)
    kept = everything(own, elsewhere)
    if not kept:
        print("No journal is kept.")
    for each in kept:
        sounds = ", with the sound of the answers" if each.sounds.is_dir() else ""
        print(f"{each.path} ({each.started:%Y-%m-%d %H:%M}{sounds})")
    if kept and not arguments.yes and not _agreed(len(kept)):
        print("Nothing was deleted. To delete them: voice-triage forget --yes")
        return Exit.NOT_AS_EXPECTED
    failed = 0
    for each in kept:
        try:
            delete(each)
        except JournalError as error:
            failed += 1
            print(f"voice-triage: {error}", file=sys.stderr)
    if kept:
        print(f"{len(kept) - failed} of {len(kept)} journals deleted.")
    if failed:
        return Exit.NOT_AS_EXPECTED
    elsewhere.forget()
    with suppress(OSError):  # it is not there, or holds files that are not ours
        own.path.rmdir()
    return Exit.ADVICE_GIVEN


def everything(own: JournalFolder, elsewhere: Elsewhere) -> tuple[KeptFile, ...]:
    """Every journal that was kept and is still there, the latest first."""
    found = {kept.path.resolve(): kept for kept in (*own.files(), *elsewhere.files())}
    return tuple(sorted(found.values(), key=lambda kept: kept.started, reverse=True))


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"Delete these {count} for good? Type yes: ").strip().lower() == "yes"
    except EOFError:
        return False
