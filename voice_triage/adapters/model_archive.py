"""Unpacks the archive of a model, trusting nothing in it, and puts the folder in its place in one step."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from voice_triage.errors import ModelError

MOST_BYTES = 400_000_000
"""Unpacked: five times the small English model. What is larger is a bomb, or too slow to load for us."""
MOST_FILES = 1_000
"""The official models have about twenty."""
BLOCK = 1 << 20

Faults = Callable[[Path], Sequence[str]]
"""What is missing in the folder of a model."""


def unpack(archive: Path, into: Path, faults: Faults, most_bytes: int = MOST_BYTES) -> Path:
    """The model of `archive` as a folder in `into`, named as the archive; one of that name is replaced.

    Raises ModelError if anything in the archive would land elsewhere, is no plain file, unpacks to more than
    `most_bytes`, is damaged, or if the whole is no model; then nothing has changed.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=into) as folder:
            work = Path(folder, archive.stem)
            _unpack(archive, work, most_bytes)
            top = _top(work)
            if missing := faults(top):
                raise ModelError(f"{archive.name} holds no whole Vosk model: {'; '.join(missing)}")
            return _place(top, into / archive.stem, Path(folder, "replaced"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ModelError(f"{archive.name} is damaged, or not a zip archive: {error}") from error
    except OSError as error:
        raise ModelError(f"{archive.name} cannot be unpacked in {into}: {error.strerror or error}") from error


def _unpack(archive: Path, work: Path, most_bytes: int) -> None:
    """Write every file of the archive below `work`. Sizes are counted, not believed."""
    room = most_bytes
    with zipfile.ZipFile(archive) as source:
        entries = source.infolist()
        if len(entries) > MOST_FILES:
            raise ModelError(f"{archive.name} holds {len(entries):,} files: this is not a model")
        for entry in entries:
            path = work / _inside(entry, archive.name)
            if entry.is_dir():
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with source.open(entry) as packed, path.open("xb") as file:
                while block := packed.read(BLOCK):
                    room -= len(block)
                    if room < 0:
                        raise ModelError(f"{archive.name} unpacks to more than {most_bytes:,} bytes")
                    file.write(block)


def _inside(entry: zipfile.ZipInfo, archive: str) -> PurePosixPath:
    """Where the entry lands, relative. Raises ModelError if that is elsewhere, or it is no plain file."""
    name = entry.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or re.search(r"[\\:\x00-\x1f]", name):
        raise ModelError(f"{archive} holds {name!r}, which would be written outside the model's folder")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ModelError(f"{archive} holds {name!r}, which is not a plain file")
    return path


def _top(work: Path) -> Path:
    """The folder that holds everything: the only one in the archive, or the archive's own."""
    entries = list(work.iterdir()) if work.is_dir() else []
    if len(entries) == 1 and entries[0].is_dir() and entries[0].name not in ("am", "conf", "graph"):
        return entries[0]
    return work


def _place(top: Path, place: Path, old: Path) -> Path:
    """Move the folder to its place; what was there goes to `old`, and comes back if that fails."""
    with suppress(FileNotFoundError):
        place.rename(old)
    try:
        return top.rename(place)
    except OSError:
        if old.exists():
            shutil.move(old, place)
        raise
