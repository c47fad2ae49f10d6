"""The conversation as plain lines: for screen readers, pipes and simple terminals."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO

from voice_triage.dialogue import Conclusion
from voice_triage.understanding.listening import Listening


class PlainCaptions:
    """Port Captions: one line each, nothing is redrawn. The conversation goes to `out`, notes go to `notes`.

    With `quiet` only what we say is written: where the person types, the rest is before their eyes.
    """

    def __init__(self, out: TextIO = sys.stdout, notes: TextIO = sys.stderr, quiet: bool = False) -> None:
        self._out = out
        self._notes = notes
        self._quiet = quiet

    def say(self, text: str) -> None:
        """What we say."""
        self._write(self._out, text)

    def listening(self, listening: Listening) -> None:
        """A line of its own, as a light would do for the deaf."""
        if not self._quiet:
            self._write(self._out, "(listening)")

    def heard(self, words: str | None) -> None:
        """What the person said."""
        if not self._quiet:
            self._write(self._out, "> (nothing)" if words is None else f"> {words or '(not understood)'}")

    def note(self, text: str) -> None:
        """About devices."""
        self._write(self._notes, f"[{text}]")

    def alarm(self) -> None:
        """The terminal's bell."""
        self._write(self._notes, "\a[This could not be spoken. Please read the lines above.]")

    def concluded(self, conclusion: Conclusion) -> None:
        """The advice has been shown; nothing is added."""

    def _write(self, stream: TextIO, line: str) -> None:
        with suppress(
            OSError, ValueError
        ):  # a screen that is gone must not keep the advice from being spoken
            print(line, file=stream, flush=True)
