"""Measuring sets: files of JSON Lines, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from voice_triage.cli.exits import UsageError

MOST_SHOWN = 20
"""Problems told at once."""
_Row = TypeVar("_Row", bound=BaseModel)


def read_rows(files: Sequence[Path], model: type[_Row]) -> list[_Row]:
    """Every row of every file. Raises UsageError that names file and line of each problem."""
    rows: list[_Row] = []
    problems: list[str] = []
    for file in files:
        count = len(rows) + len(problems)
        for number, line in _lines(file):
            try:
                rows.append(model.model_validate(json.loads(line)))
            except ValidationError as error:
                problems += [
                    f"{file}:{number}: {says(each['loc'], each['type'], each['msg'])}"
                    for each in error.errors()
                ]
            except ValueError as error:
                problems.append(f"{file}:{number}: is not JSON: {error}")
        if len(rows) + len(problems) == count:
            problems.append(f"{file}: holds no rows")
    if problems:
        more = len(problems) - MOST_SHOWN
        raise UsageError("\n".join([*problems[:MOST_SHOWN], *([f"and {more} more"] if more > 0 else [])]))
    return rows


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from error
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def says(where: Sequence[str | int], kind: str, message: str) -> str:
    """One problem of a row as a sentence."""
    place = ".".join(map(str, where))
    if kind == "missing":
        return f"{place} is missing"
    message = message.removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
