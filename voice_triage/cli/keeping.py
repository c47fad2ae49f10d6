"""--save and --resume: where the record of an interview goes, and what earlier ones tell."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from voice_triage.adapters.journal_folder import (
    MARK,
    Elsewhere,
    JournalFolder,
    delete,
    own_folder,
)
from voice_triage.adapters.jsonl_journal import JsonlJournal, read_journal
from voice_triage.cli.version import program_version
from voice_triage.dialogue import FROM_NOTHING, Dialogue
from voice_triage.errors import JournalError
from voice_triage.hosts.standing import (
    REPEATED,
    Entries,
    NotResumable,
    contact_day,
    is_answered,
    is_ended,
    is_recent,
    where_it_stood,
)
from voice_triage.interview.events import Begin
from voice_triage.interview.state import State

Note = Callable[[str], None]
"""Tells the person something on the screen."""
Clock = Callable[[], datetime]
"""The time, with its zone."""
ANEW = "I begin anew."


@dataclass(frozen=True)
class Kept:
    """What --save and --resume come to."""

    journal: JsonlJournal | None
    """Begun, or gone on with; None: nothing is kept."""
    begin: Begin
    """What earlier talks tell this one."""


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now().astimezone()


def keep(
    arguments: argparse.Namespace,
    dialogue: Dialogue,
    header: Mapping[str, Any],
    note: Note,
    clock: Clock = now,
) -> Kept:
    """The journal that the flags ask for. Raises JournalError.

    `header`: what cannot be seen from its entries.
    Earlier journals are looked at only here: who did not ask for a record now hears nothing of them. They
    are those of the folder in which this one goes; a file that was named stands alone.
    """
    if arguments.save is None and not arguments.resume:
        return Kept(None, FROM_NOTHING)
    started = clock()
    folder, named = _place(arguments.save)
    if folder is not None:
        _drop_old(folder, arguments.keep_days, started, note)
        week = [each.path for each in folder.files() if started - each.started <= 2 * REPEATED]
    else:
        week = [named] if arguments.resume and named.exists() else []
    earlier = _read(week, note)
    resumed = _resumed(earlier, dialogue, clock, note) if arguments.resume else None
    old = {path: entries for path, entries in earlier.items() if resumed is None or path != resumed[0].path}
    contacts = _contacts(old.values(), started) if folder is not None else ()
    entry = {
        "program": program_version(),
        "started": started.isoformat(timespec="milliseconds"),
        "contacts": list(contacts),
        **header,
    }
    if resumed is not None:
        journal, stopped = resumed
        journal.write({"resumed": True, **entry})
        return Kept(journal, Begin(stopped, contacts))
    if folder is not None or (arguments.resume and named.exists()):
        named = (folder or JournalFolder(named.parent)).new_name(started)
    _remember(named, note)
    journal = JsonlJournal(named, now=clock)
    journal.write({**MARK, **entry})
    return Kept(journal, Begin(None, contacts))


def _place(save: Path | bool | None) -> tuple[JournalFolder | None, Path]:
    """The folder to make a journal in, or None and the file that was named. Raises JournalError."""
    if not isinstance(save, Path):
        own = JournalFolder(own_folder())
        own.make()
        return own, own.path
    return (JournalFolder(save) if save.is_dir() else None), save


def _drop_old(folder: JournalFolder, days: int, started: datetime, note: Note) -> None:
    for old in folder.older_than(days, started):
        try:
            delete(old)
        except JournalError as error:
            note(str(error))


def _read(paths: Sequence[Path], note: Note) -> dict[Path, Entries]:
    """Journals by their path; what cannot be read is told, and left alone."""
    found: dict[Path, Entries] = {}
    for path in paths:
        try:
            found[path] = read_journal(path).entries
        except JournalError as error:
            note(f"{error}; nothing is taken from it")
    return found


def _contacts(earlier: Iterable[Entries], started: datetime) -> tuple[str, ...]:
    """The days of earlier talks, the earliest first."""
    by_time = sorted(earlier, key=lambda entries: str(entries[0].get("started")))
    days = []
    for entries in by_time:
        with suppress(JournalError):  # it does not tell when it was
            days.append(contact_day(entries, started))
    return tuple(day for day in days if day is not None)


def _resumed(
    earlier: Mapping[Path, Entries], dialogue: Dialogue, clock: Clock, note: Note
) -> tuple[JsonlJournal, State] | None:
    """The newest interrupted interview of the last hour, opened; None, which is told: there is none."""
    started = clock()
    newest = sorted(earlier.items(), key=lambda pair: str(pair[1][-1].get("at")), reverse=True)
    path = next((path for path, entries in newest if _is_open(entries, started)), None)
    if path is None:
        note(f"There is no interview of the last hour that was interrupted. {ANEW}")
        return None
    journal = None
    try:
        journal = JsonlJournal(path, go_on=True, now=clock)
        if journal.earlier is None or not _is_open(journal.earlier.entries, started):
            raise NotResumable("it has ended meanwhile")
        if journal.earlier.torn:
            note(journal.earlier.torn)
        state = where_it_stood(
            dialogue, cache(dialogue.with_ears), journal.earlier.entries, program_version()
        )
    except (NotResumable, JournalError) as why:
        note(f"I cannot go on where we stopped: {why}. {ANEW}")
        if journal is not None:
            journal.close()
        return None
    return journal, state


def _is_open(entries: Entries, started: datetime) -> bool:
    try:
        return is_recent(entries, started) and is_answered(entries) and not is_ended(entries)
    except JournalError:
        return False


def _remember(path: Path, note: Note) -> None:
    """So that `voice-triage forget` finds a journal outside of the program's own folder."""
    if path.parent.resolve() == own_folder().resolve():
        return
    try:
        Elsewhere(own_folder()).add(path)
    except JournalError as error:
        note(f"`voice-triage forget` will not find {path}: {error}")
