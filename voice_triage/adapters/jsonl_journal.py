"""A record of one interview on disk: a file of JSON Lines that only its owner can read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voice_triage.errors import JournalError


class JsonlJournal:
    """Port Journal. The file is made at once: a place that cannot be written to is known beforehand."""

    def __init__(self, path: Path) -> None:
        """Makes a new file, never goes on in an old one. Raises JournalError."""
        self.path = path
        try:
            # It holds what somebody said about their health: for nobody else on this machine.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise JournalError(f"{path}: there is such a file already; name another one") from error
        except OSError as error:
            raise JournalError(f"{path}: cannot be written: {error.strerror}") from error
        self._file = os.fdopen(descriptor, "w", encoding="utf-8")

    def write(self, entry: Mapping[str, Any]) -> None:
        """Append one line, all of it or none. Raises JournalError."""
        line = json.dumps(entry, ensure_ascii=False, separators=(", ", ": ")) + "\n"
        try:
            self._file.write(line)
            self._file.flush()
        except (OSError, ValueError) as error:
            raise JournalError(f"{self.path}: cannot be written: {error}") from error

    def close(self) -> None:
        """No more entries; may be called twice."""
        self._file.close()


def read_journal(path: Path) -> tuple[Mapping[str, Any], ...]:
    """All entries of a journal. Raises JournalError, with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise JournalError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise JournalError(f"{path}: is not a journal: {error}") from error
    entries: list[Mapping[str, Any]] = []
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise JournalError(f"{path}:{number}: is not JSON: {error}") from error
        if not isinstance(entry, dict):
            raise JournalError(f"{path}:{number}: is not a JSON object")
        entries.append(entry)
    if not entries:
        raise JournalError(f"{path}: is empty")
    return tuple(entries)
