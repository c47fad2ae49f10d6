"""The interview by typed answers, for people at a keyboard and for pipes."""

from __future__ import annotations

from collections.abc import Callable

from voice_triage.dialogue import FROM_NOTHING, Conclusion, Dialogue, Turn
from voice_triage.handover.summary import Summary
from voice_triage.hosts.captions import in_words
from voice_triage.hosts.keeping import Keeping
from voice_triage.interview.events import Begin
from voice_triage.ports import Captions, Journal
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening

ReadLine = Callable[[], str | None]
"""Waits for a line and gives it without its end; None at the end of input. May raise KeyboardInterrupt."""


class ConsoleHost:
    """Drives one dialogue by lines of text. An empty line is silence, the end of input is "stop"."""

    def __init__(
        self,
        dialogue: Dialogue,
        read_line: ReadLine,
        captions: Captions,
        journal: Journal | None = None,
        begin: Begin = FROM_NOTHING,
    ) -> None:
        """`begin`: what is known of earlier talks."""
        self._dialogue = dialogue
        self._read_line = read_line
        self._captions = captions
        self._keeping = Keeping(journal, captions)
        self._begin = begin
        self.conclusion: Conclusion | None = None
        self._last: Turn | None = None
        self.hung_up = False
        """It ended by Ctrl-C."""

    def run(self) -> None:
        """The whole interview; how it ended is in `conclusion` and `hung_up`."""
        turn = self._dialogue.open(self._begin)
        try:
            self._keeping.write(turn.record)
            self._show(turn)
            while turn.listen is not None:
                turn = self._answer(turn, turn.listen)
                self._show(turn)
            self._keeping.ended()
        except Exception as error:  # a fault of the program is no reason to leave anybody without advice
            self._captions.note(f"A fault of the program: {error!r}")
            if turn.listen is None:
                raise
            self._show(self._dialogue.fail(turn.state, "program"))
        except KeyboardInterrupt:
            self.hung_up = True
            if turn.listen is not None:
                self._show(self._stop(turn))
        if self.conclusion is not None:
            self._captions.concluded(self.conclusion)

    @property
    def summary(self) -> Summary | None:
        """All that is handed over, once it is over; None if it broke off before it began."""
        return None if self._last is None else self._dialogue.summary(self._last.state, self.conclusion)

    def _show(self, turn: Turn) -> None:
        self._last = turn
        self.conclusion = turn.conclusion or self.conclusion
        for text in turn.say:
            self._captions.say(text)

    def _answer(self, turn: Turn, listening: Listening) -> Turn:
        self._captions.listening(listening)
        line = self._read_line()
        if line is None:
            return self._stop(turn)
        hearing = Hearing.typed(line.strip()) if line.strip() else None
        self._captions.heard(in_words(hearing))
        following = self._dialogue.hear(turn.state, hearing)
        self._keeping.write(following.record)
        return following

    def _stop(self, turn: Turn) -> Turn:
        following = self._dialogue.stop(turn.state)
        self._keeping.write(following.record)
        return following
