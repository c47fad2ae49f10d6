"""Manifests of recorded answers: JSON Lines of {id, path, question, label or transcript}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voice_triage.errors import SoundFileError


@dataclass(frozen=True)
class RecordedAnswer:
    """One row."""

    id: str
    path: Path
    question: str | None
    label: str | None
    transcript: str | None


def read_manifest(path: Path) -> tuple[RecordedAnswer, ...]:
    """All rows; paths in a manifest are relative to its folder. Raises SoundFileError, with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SoundFileError(f"{path}: cannot be read: {error}") from error
    rows = tuple(_rows(path, lines))
    if not rows:
        raise SoundFileError(f"{path}: holds no rows")
    return rows


def _rows(path: Path, lines: list[str]) -> Iterator[RecordedAnswer]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answer = RecordedAnswer(
                str(row["id"]),
                path.parent / row["path"],
                row.get("question"),
                row.get("label"),
                row.get("transcript"),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SoundFileError(
                f"{path}:{number}: is not a row {{id, path, question, label}}: {error!r}"
            ) from error
        if answer.label is None and answer.transcript is None:
            raise SoundFileError(f"{path}:{number}: has neither a label nor a transcript")
        yield answer
