"""Keeps a compiled lexicon between starts, so that the person does not wait while phrases are compiled.

Nothing here is ever needed: what is missing, damaged, of another program or of other phrases, or lies where
somebody else could have written it, is compiled again without a word. What is said, and the rules, are read
anew from intents/ at every start.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from voice_triage.content.graph_arrays import KeptGraphs, flattened
from voice_triage.content.plain_values import Way, way_of
from voice_triage.understanding.classifier import Classifier
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.templates import Point

FILES = 4
"""Lexicons that are kept: the one in use, and some of other languages or programs."""
_MAKERS = ("content", "understanding", "interview", "protocol")
"""Rooms whose code decides what a lexicon is."""
_DIGEST = hashlib.sha256().digest_size
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class LexiconShelf:
    """Where compiled lexicons are kept: a folder of one user."""

    folder: Path

    def find(self, name: str) -> Lexicon | None:
        """The lexicon kept under a name, without what has learnt; None without one that can be trusted."""
        file = self.folder / f"{name}.lexicon"
        with suppress(OSError, KeyError, IndexError, TypeError, ValueError, BadZipFile):
            if _only_ours(self.folder) and _only_ours(file):
                data = file.read_bytes()
                if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
                    os.utime(file)
                    return unpacked(data[_DIGEST:])
        return None

    def keep(self, name: str, lexicon: Lexicon) -> None:
        """Keep a lexicon that nothing has been looked up in. Where it cannot be kept, it is not."""
        part = None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _only_ours(self.folder):
                return
            data = packed(lexicon)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
                part = Path(file.name)
                file.write(hashlib.sha256(data).digest() + data)
            part.replace(self.folder / f"{name}.lexicon")
            self._prune()
        except OSError:
            if part is not None:
                with suppress(OSError):
                    part.unlink()

    def _prune(self) -> None:
        """Leave the files used last, those that a killed process left half written included."""
        ages = []
        for file in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another process prunes too
                ages.append((file.stat().st_mtime_ns, file))
        for _, file in sorted(ages, reverse=True)[FILES:]:
            with suppress(FileNotFoundError):
                file.unlink()


def shelf_name(home: Path) -> str | None:
    """A name that changes with any file of a language's folder and with the code that compiles it.

    None where the code cannot be read, so that nobody could tell whether it has changed.
    """
    code = [file for room in _MAKERS for file in _files(_PACKAGE / room) if file.suffix == ".py"]
    if not code:
        return None
    digest = hashlib.sha256()
    try:
        for file in (*code, *_files(home)):
            text = file.read_bytes()
            digest.update(f"{file}\0{len(text)}\0".encode(errors="surrogateescape"))
            digest.update(text)
    except OSError:
        return None
    return digest.hexdigest()[:40]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(Path(at, name) for at, _, names in os.walk(folder) for name in names)


def _only_ours(path: Path) -> bool:
    """Nobody else could have written there. Windows keeps each user's folders apart by itself."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.lstat()
    ours = found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode)
    return ours and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


_NOT_KEPT = Way(lambda _: None, lambda _: None)
_LEARNT: dict[object, Way] = {Classifier | None: _NOT_KEPT, FindingReader | None: _NOT_KEPT}
"""Weights have files of their own, which are quick to read."""


def packed(lexicon: Lexicon) -> bytes:
    """A lexicon as data: NumPy arrays of its graphs, and JSON of all else but what has learnt."""
    roots: dict[Point, int] = {}
    numbered = Way(lambda point: roots.setdefault(point, len(roots)), int)
    values = way_of(Lexicon, {Point: numbered, **_LEARNT}).plain(lexicon)
    arrays, words, labels = flattened(roots)
    text = json.dumps([values, words, labels], ensure_ascii=False, separators=(",", ":"))
    out = io.BytesIO()
    np.savez(out, values=np.frombuffer(text.encode(), np.uint8), **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def unpacked(data: bytes) -> Lexicon:
    """What `packed` made. Raises KeyError, IndexError, TypeError, ValueError or BadZipFile for other data."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        arrays = {name: found[name] for name in found.files}
    values, words, labels = json.loads(arrays.pop("values").tobytes())
    graphs = KeptGraphs(arrays, words, list(map(tuple, labels)))
    special = {Point: Way(int, graphs.point), **_LEARNT}
    lexicon: Lexicon = way_of(Lexicon, special).value(values)
    return lexicon
