"""The content of the project with few phrases, to check it, or to break it, in no time."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from voice_triage.content.locating import find_intents

FIRST = re.compile(r"^(    (?:present|vague|unlike): \|\n(?: {6}.*\n))(?: {6}.*\n)+", re.MULTILINE)
"""A list of phrases of a danger, up to the end of the first of them."""


def with_few_phrases(folder: Path, keep: str = "") -> Path:
    """A copy of it at `folder`: no phrases of questions but those of the file `keep`, one each of dangers."""
    shutil.copytree(find_intents(), folder)
    for file in (folder / "en").glob("[a-z]*.yaml"):
        if file != folder / keep:
            file.write_text(
                file.read_text(encoding="utf-8").partition("\nphrases:")[0] + "\n", encoding="utf-8"
            )
    dangers = folder / "en" / "_interrupts.yaml"
    dangers.write_text(FIRST.sub(r"\1", dangers.read_text(encoding="utf-8")), encoding="utf-8")
    for region in (folder / "regions").glob("*.yaml"):
        if region.stem not in ("default", "uk", "us"):
            region.unlink()
    return folder
