"""The content that is shipped, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from voice_triage.content.kept_lexicon import LexiconShelf
from voice_triage.content.loading import load
from voice_triage.dialogue import Dialogue
from voice_triage.understanding.lexicon import Lexicon

SHELF = TemporaryDirectory(prefix="lexicon-")
"""Phrases are compiled for the first dialogue only."""


@cache
def dialogue_in(region: str) -> Dialogue:
    """The conversation in this region; it may be shared, as nothing can change it."""
    return load(region=region, shelf=LexiconShelf(Path(SHELF.name)))


def lexicon() -> Lexicon:
    """What understanding looks up."""
    return dialogue_in("uk").lexicon
