"""The conversation in colour, with a line that moves while we listen; for people who see the terminal."""

from __future__ import annotations

from contextlib import suppress

from rich.console import Console
from rich.padding import Padding
from rich.status import Status
from rich.text import Text

from voice_triage.dialogue import Conclusion
from voice_triage.protocol.urgency import Urgency
from voice_triage.understanding.listening import Listening

COLOURS = {
    Urgency.EMERGENCY: "bold white on red",
    Urgency.SAME_DAY: "bold black on yellow",
    Urgency.SOON: "bold black on bright_yellow",
    Urgency.ROUTINE: "bold black on cyan",
    Urgency.SELF_CARE: "bold black on green",
}


class RichCaptions:
    """Port Captions on rich, which keeps to NO_COLOR and to terminals that can do less."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._status: Status | None = None

    def say(self, text: str) -> None:
        """What we say."""
        self._print(Text(text, style="bold"))

    def listening(self, listening: Listening) -> None:
        """A moving line until something else is shown."""
        self._still()
        with suppress(OSError, ValueError):
            self._status = self._console.status("listening …", spinner="dots")
            self._status.start()

    def heard(self, words: str | None) -> None:
        """What the person said, further to the right."""
        shown = "(nothing)" if words is None else f"“{words}”" if words else "(not understood)"
        self._print(Padding(Text(shown, style="cyan"), (0, 0, 1, 8)))

    def note(self, text: str) -> None:
        """About devices."""
        self._print(Text(text, style="dim italic"))

    def alarm(self) -> None:
        """The terminal's bell."""
        self._still()
        with suppress(OSError, ValueError):
            self._console.bell()
        self._print(Text("This could not be spoken. Please read the lines above.", style="bold red"))

    def concluded(self, conclusion: Conclusion) -> None:
        """The tier once more, in its colour."""
        tier = conclusion.urgency.id.replace("_", " ")
        mode = f" ({conclusion.mode.value})" if conclusion.mode else ""
        self._print(Text(f" {tier}{mode} ", style=COLOURS[conclusion.urgency]))

    def _print(self, what: Text | Padding) -> None:
        self._still()
        with suppress(
            OSError, ValueError
        ):  # a screen that is gone must not keep the advice from being spoken
            self._console.print(what)

    def _still(self) -> None:
        if self._status is not None:
            with suppress(OSError, ValueError):
                self._status.stop()
            self._status = None
