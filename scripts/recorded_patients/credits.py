"""CREDITS.md: who or what made each recording, and on which terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recorded_patients.voices import VOICES

SYNTHETIC = """\
# Who made these recordings

`scripts/make_fixtures` writes this file and `manifest.jsonl`, in which each recording is listed.

## Conversations: synthetic voices

Everything under `conversations/` is spoken by machine voices; the noise is made by arithmetic, or mixed
from the same voices. The words and the recordings are this project's, under its own licence (Apache-2.0).
The voices are used on these terms:

| voice | made with | terms of the voice |
|---|---|---|
"""
PEOPLE = """
## Clips: real people

The recordings under `clips/` are by people who gave them for use under the licence named. Faint noise,
that of a quiet room (-60 dBFS), was added to each, and Common Voice's were decoded from MP3; nothing else
was changed.

- CC-BY-4.0: Creative Commons Attribution 4.0, <https://creativecommons.org/licenses/by/4.0/>.
  Pete Warden, "Speech Commands: A Dataset for Limited-Vocabulary Speech Recognition", 2018; test set of
  version 0.02, Google.
- CC0-1.0: Creative Commons Zero 1.0, <https://creativecommons.org/publicdomain/zero/1.0/>.
  Mozilla Common Voice.
- public domain: Mycroft AI, Precise Community Data; each speaker waived their rights.

| clip | said | speaker | collected by | licence | found at |
|---|---|---|---|---|---|
"""


def credit_page(rows: Sequence[dict[str, Any]]) -> str:
    """The whole file, from the rows of the manifest."""
    used = sorted({row["voice"] for row in rows if "conversation" in row})
    voices = "".join(f"| {name} | {VOICES[name].maker} | {VOICES[name].licence} |\n" for name in used)
    people = "".join(
        f"| {row['path'].removeprefix('clips/')} | {row['transcript'] or '(nothing)'} | {row['voice']} "
        f"| {row['maker']} | {row['licence']} | {row['source'].removeprefix('github:')} |\n"
        for row in rows
        if "conversation" not in row
    )
    return SYNTHETIC + voices + PEOPLE + people
