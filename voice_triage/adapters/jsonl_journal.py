"""A record of one interview on disk: a file of JSON Lines that only its owner can read.

Each line is on the disk before the next question is put. After a power cut the last line may be torn: it is
left out when the journal is read, and cut off when it is gone on with. One program at a time writes into it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from voice_triage.errors import JournalError


def _now() -> datetime:
    return datetime.now().astimezone()


class JsonlJournal:
    """Port Journal. The file is made at once: a place that cannot be written to is known beforehand."""

    def __init__(self, path: Path, *, go_on: bool = False, now: Callable[[], datetime] = _now) -> None:
        """Makes a new file, or (`go_on`) goes on in an old one behind its last whole line.

        Raises JournalError: there is such a file already, it cannot be written, another program writes into
        it, or the old one is damaged.
        """
        self.path = path
        self.earlier: Journalled | None = None
        """What the old file holds; None: the file is new."""
        self._now = now
        self._broken = ""
        self._size = 0
        # It holds what somebody said about their health: for nobody else on this machine.
        flags = os.O_RDWR | os.O_APPEND | (0 if go_on else os.O_CREAT | os.O_EXCL)
        try:
            self._descriptor = os.open(path, flags, 0o600)
        except FileExistsError as error:
            raise JournalError(f"{path}: there is such a file already; name another one") from error
        except OSError as error:
            raise JournalError(f"{path}: cannot be written: {error.strerror}") from error
        try:
            self._take(go_on)
        except JournalError:
            self.close()
            raise

    def _take(self, go_on: bool) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if go_on:
                self.earlier = read_journal(self.path)
                self._size = self.earlier.whole_bytes
                os.ftruncate(self._descriptor, self._size)
            _sync_folder(self.path.parent)
        except BlockingIOError as error:
            raise JournalError(f"{self.path}: another voice-triage writes into it") from error
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be written: {error.strerror}") from error

    def write(self, entry: Mapping[str, Any]) -> None:
        """Append one line with its time ("at"), all of it or none; then it is on the disk.

        Raises JournalError, and from then on always: with a line missing the later ones would mean nothing.
        """
        if self._broken:
            raise JournalError(self._broken)
        timed = {**entry, "at": self._now().isoformat(timespec="milliseconds")}
        line = json.dumps(timed, ensure_ascii=False, separators=(", ", ": ")) + "\n"
        data = line.encode("utf-8", "backslashreplace")  # half a character from a pipe is still valid JSON
        try:
            if not os.fstat(self._descriptor).st_nlink:
                raise FileNotFoundError(0, "it was deleted")
            left = data
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            self._broken = f"{self.path}: cannot be written: {error.strerror}"
            raise JournalError(self._broken) from error
        self._size += len(data)

    def close(self) -> None:
        """No more entries; may be called twice."""
        descriptor, self._descriptor = self._descriptor, -1
        self._broken = self._broken or f"{self.path}: is closed"
        if descriptor >= 0:
            os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file is still in its folder after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system can do that
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Journalled:
    """What a journal holds."""

    entries: tuple[Mapping[str, Any], ...]
    """At least one."""
    whole_bytes: int
    """Length of the lines that are whole."""
    torn: str
    """What is to be said about a last line that was torn off and is left out; "": there is none."""


def read_journal(path: Path) -> Journalled:
    """All entries of a journal but a last line that a power cut tore. Raises JournalError, with the line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JournalError(f"{path}: cannot be read: {error.strerror}") from error
    if not content:
        raise JournalError(f"{path}: is empty")
    *lines, rest = content.split(b"\n")
    entries: list[Mapping[str, Any]] = []
    whole, torn = 0, len(lines) + 1 if rest else 0
    for number, line in enumerate(lines, 1):
        try:
            entries.append(_entry(line))
        except ValueError as error:
            if number == 1 or number < len(lines) or rest:
                raise JournalError(f"{path}:{number}: {error}") from error
            torn = number
            break
        whole += len(line) + 1
    if not entries:
        raise JournalError(f"{path}:1: is not a whole line of a journal")
    note = f"{path}:{torn}: this line was torn off when it was written; it is left out" if torn else ""
    return Journalled(tuple(entries), whole, note)


def _entry(line: bytes) -> Mapping[str, Any]:
    """The entry of one line. Raises ValueError."""
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise ValueError("is not a JSON object")
    return entry
