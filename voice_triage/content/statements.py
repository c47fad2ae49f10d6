"""intents/statements.yaml: every statement of the source texts, and what covers or corrects it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_triage.content.reading import Document, read
from voice_triage.content.schema import CorrectionFile, CoverFile, StatementFile, parse
from voice_triage.errors import ContentError, Problem

_NAME = re.compile(r"([SX])([1-9][0-9]*)")


@dataclass(frozen=True)
class Statements:
    """The table of traceability, and the file that it is written in."""

    document: Document
    statements: Mapping[str, StatementFile]
    """S1, S2 ... -> what it says, and what covers it."""
    corrections: Mapping[str, CorrectionFile]
    """X1, X2 ... -> what is wrong in the texts, and how it is told instead."""

    @property
    def entries(self) -> Mapping[str, CoverFile]:
        """All of them by their names."""
        return {**self.statements, **self.corrections}


def read_statements(folder: Path) -> Statements:
    """The table. `folder` is the folder of the content. Raises ContentError with every problem in it."""
    document = read(folder / "statements.yaml")
    if not isinstance(document.value, dict):
        raise ContentError([document.problem((), "must be a mapping of ids to statements")])
    problems: list[Problem] = []
    statements: dict[str, StatementFile] = {}
    corrections: dict[str, CorrectionFile] = {}
    for name, value in document.value.items():
        try:
            match _NAME.fullmatch(name):
                case None:
                    problems.append(
                        document.problem((name,), f"{name!r} is neither S1, S2 ... nor X1, X2 ...")
                    )
                case found if found[1] == "S":
                    statements[name] = parse(StatementFile, document, value, (name,))
                case _:
                    corrections[name] = parse(CorrectionFile, document, value, (name,))
        except ContentError as error:
            problems += error.problems
    for letter, found_names in (("S", statements), ("X", corrections)):
        for number in range(1, len(found_names) + 1):
            if f"{letter}{number}" not in found_names:
                problems.append(document.problem((), f"{letter}{number} is missing: none may be left out"))
    if problems:
        raise ContentError(problems)
    return Statements(document, statements, corrections)
