"""A screen that shows troubles alone."""

from __future__ import annotations

import sys

from voice_triage.dialogue import Conclusion
from voice_triage.understanding.listening import Listening


class QuietScreen:
    """Port Captions: notes go to standard error, all else nowhere."""

    def say(self, text: str) -> None:
        """Not shown."""

    def listening(self, listening: Listening) -> None:
        """Not shown."""

    def heard(self, words: str | None) -> None:
        """Not shown."""

    def note(self, text: str) -> None:
        """Shown."""
        print(f"[{text}]", file=sys.stderr, flush=True)

    def alarm(self) -> None:
        """Not shown."""

    def concluded(self, conclusion: Conclusion) -> None:
        """Not shown."""
