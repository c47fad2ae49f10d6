"""A copy of intents/ as plain values, of which changed files are written."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from voice_triage.content.reading import read

Tree = Any
"""A file of intents/: text, lists and mappings."""
PROTOCOL = "protocol.yaml"
INTERRUPTS = "en/_interrupts.yaml"


class Content:
    """The content of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> Mapping[str, Tree]:
        """Path below the folder -> what is in the file, for all that mutants are made of."""
        paths = [PROTOCOL, INTERRUPTS]
        paths += [f"questions/{file.name}" for file in sorted((self.folder / "questions").glob("*.yaml"))]
        paths += [f"en/{file.name}" for file in sorted((self.folder / "en").glob("[a-z]*.yaml"))]
        return {path: read(self.folder / path).value for path in paths}

    def own(self, path: str) -> Tree:
        """A copy of a file's tree, to be changed."""
        return copy.deepcopy(self.files[path])

    @property
    def questions(self) -> list[str]:
        """Paths of the question files."""
        return [path for path in self.files if path.startswith("questions/")]

    @property
    def wordings(self) -> list[str]:
        """Paths of the files of wording and phrases."""
        return [path for path in self.files if path.startswith("en/") and path != INTERRUPTS]


def written(tree: Tree) -> str:
    """A tree as YAML: JSON is YAML."""
    return json.dumps(tree, ensure_ascii=False, indent=1)


def lay_out(folder: Path, changed: Mapping[str, str], home: Path) -> Path:
    """A folder `home`/intents like `folder`, with some files changed. The others are links."""
    top = home / "intents"
    for directory, _, names in os.walk(folder):
        here = Path(directory).relative_to(folder)
        (top / here).mkdir(parents=True)
        for name in names:
            path = here / name
            if str(path) in changed:
                (top / path).write_text(changed[str(path)], encoding="utf-8")
            else:
                (top / path).symlink_to(folder / path)
    return top
