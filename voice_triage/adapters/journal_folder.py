"""The folder in which journals lie: their names, how old they are, and how they are deleted."""

from __future__ import annotations

import fcntl
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs

from voice_triage.errors import JournalError

MARK = {"journal": "voice-triage"}
"""What the first line of every journal begins with: what has it is ours to delete, and nothing else is."""
_MARK = (json.dumps(MARK, separators=(", ", ": "))[:-1] + ", ").encode()
_NAME = re.compile(r"interview-\d{8}-\d{6}(-\d+)?\.jsonl")
_SOUND = re.compile(r"\d{3,}-[\w.]+\.wav")
_LONGEST_HEADER = 65536
"""Bytes; a header has some hundred."""


def own_folder() -> Path:
    """Where journals lie that were not given another place; it may not be there."""
    return Path(platformdirs.user_data_dir("voice-triage", appauthor=False), "journals")


@dataclass(frozen=True)
class KeptFile:
    """A journal, as it lies there."""

    path: Path
    started: datetime
    """By its first line; by the file's own time if that line is torn."""

    @property
    def sounds(self) -> Path:
        """Folder of the answers' sound; it may not be there."""
        return self.path.with_suffix(".audio")


class JournalFolder:
    """One folder with journals; other files in it are left alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make it, for its owner only. Raises JournalError."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be made: {error.strerror}") from error

    def new_name(self, started: datetime) -> Path:
        """A name that no file has, for an interview that starts at this time."""
        stem = f"interview-{started:%Y%m%d-%H%M%S}"
        path, count = self.path / f"{stem}.jsonl", 1
        while path.exists():
            count += 1
            path = self.path / f"{stem}-{count}.jsonl"
        return path

    def files(self) -> tuple[KeptFile, ...]:
        """Every journal in it, the latest first."""
        found = (kept_file(path) for path in self.path.glob("*.jsonl"))
        return tuple(sorted(filter(None, found), key=lambda kept: kept.started, reverse=True))

    def older_than(self, days: int, now: datetime) -> tuple[KeptFile, ...]:
        """Every journal that began more than so many days ago."""
        return tuple(kept for kept in self.files() if now - kept.started > timedelta(days=days))


def kept_file(path: Path) -> KeptFile | None:
    """The journal at this path; None if it is none of ours, or is not there."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER)
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return None
    if first.startswith(_MARK):
        with suppress(ValueError, KeyError, TypeError):
            return KeptFile(path, datetime.fromisoformat(json.loads(first)["started"]).astimezone())
        return KeptFile(path, changed)
    torn = _MARK.startswith(first) and _NAME.fullmatch(path.name)  # a power cut in its first line
    return KeptFile(path, changed) if torn else None


def delete(kept: KeptFile) -> None:
    """Delete a journal and the sounds beside it. Raises JournalError if it is in use, or something stays."""
    try:
        descriptor = os.open(kept.path, os.O_RDWR)
    except FileNotFoundError:
        return
    except OSError as error:
        raise JournalError(f"{kept.path}: cannot be deleted: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if kept.sounds.is_dir() and not kept.sounds.is_symlink():
            for sound in kept.sounds.iterdir():
                if _SOUND.fullmatch(sound.name):
                    sound.unlink()
            kept.sounds.rmdir()
        kept.path.unlink()
    except BlockingIOError as error:
        raise JournalError(f"{kept.path}: is in use by another voice-triage; it is not deleted") from error
    except OSError as error:
        raise JournalError(f"{error.filename}: cannot be deleted: {error.strerror}") from error
    finally:
        os.close(descriptor)


class Elsewhere:
    """Where journals were put that do not lie in the program's own folder: they can be forgotten too."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the program's own."""
        self.path = folder / "elsewhere.jsonl"

    def files(self) -> tuple[KeptFile, ...]:
        """Those of them that are still there."""
        return tuple(filter(None, map(kept_file, map(Path, self._places()))))

    def add(self, path: Path) -> None:
        """Remember one more. Raises JournalError."""
        JournalFolder(self.path.parent).make()
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(json.dumps(str(path.resolve())) + "\n")
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be written: {error.strerror}") from error

    def forget(self) -> None:
        """Delete the list itself. Raises JournalError."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be deleted: {error.strerror}") from error

    def _places(self) -> tuple[str, ...]:
        try:
            lines = self.path.read_text().splitlines()
        except (OSError, ValueError):
            return ()
        places = []
        for line in lines:
            with suppress(ValueError):  # torn by a power cut
                places.append(str(json.loads(line)))
        return tuple(dict.fromkeys(places))
