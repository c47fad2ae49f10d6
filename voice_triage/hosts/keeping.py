"""Keeps the record of an interview, as long as that works; the interview goes on without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voice_triage.errors import JournalError
from voice_triage.ports import Captions, Journal

ENDED = {"ended": True}
"""The last entry of an interview that came to its end: all of it was said."""


class Keeping:
    """Writes entries to a journal, if there is one."""

    def __init__(self, journal: Journal | None, captions: Captions) -> None:
        self._journal = journal
        self._captions = captions

    def write(self, entry: Mapping[str, Any]) -> None:
        """Append one entry. If that fails it is told once, and no more is kept."""
        if self._journal is None:
            return
        try:
            self._journal.write(entry)
        except JournalError as error:
            self._journal = None
            self._captions.note(f"From here on nothing is kept: {error}")

    def ended(self) -> None:
        """The interview came to its end, and all of it was said."""
        self.write(ENDED)
