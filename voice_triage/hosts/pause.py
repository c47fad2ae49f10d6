"""A pause in an answer: is it the end? What was heard so far decides how long to wait for more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice_triage.dialogue import Listening
from voice_triage.errors import EngineError
from voice_triage.hosts.ears import Ears
from voice_triage.hosts.happenings import Heard
from voice_triage.ports import Frame
from voice_triage.understanding.hearing import Hearing

GoesOn = Callable[[Hearing], bool]
"""What was heard so far sounds as if the person had more to say."""


@dataclass(frozen=True)
class Judge:
    """What is made of an answer before it is given to the interview."""

    goes_on: GoesOn
    pressing: Callable[[Hearing], bool]
    """It is to be acted on though its beginning was missed."""


AHEAD = 0.3
"""Seconds before the shorter quiet is over at which the ears are asked; they take 0.1 to 0.3 to tell."""


class Pause:
    """Passes the frames of one answer to the ears, and asks them at each pause what they have heard."""

    def __init__(self, listening: Listening, ears: Ears, goes_on: GoesOn) -> None:
        self._listening = listening
        self._ears = ears
        self._goes_on = goes_on
        self._look = 0
        """The number of the look at this pause; 0: none yet."""
        self._unfinished = False
        self._seconds = 0.0
        self._held: list[Frame] = []
        """Quiet since the look, not given to the ears unless speech follows."""
        self.frames: list[Frame] = []
        """All of the answer up to now."""
        self.heard: Hearing | EngineError | None = None
        """What was heard up to this pause; None: not known, or somebody spoke since."""

    @property
    def undecided(self) -> bool:
        """The shorter quiet is over, and the ears have not told yet what they heard."""
        asked = self._look and self.heard is None and not self._unfinished
        return bool(asked) and self._seconds >= self._listening.hangover

    def take(self, frames: Sequence[Frame], seconds: float) -> bool:
        """Frames of the answer, after which there were `seconds` of quiet. True: that is its end."""
        self.frames += frames
        self._held += frames
        self._seconds = seconds
        if not seconds:
            self._look, self._unfinished, self.heard = 0, False, None
        if not self._look:
            for frame in self._held:
                self._ears.accept(frame)
            self._held.clear()
            worth_it = self._listening.hangover < self._listening.pausing
            if worth_it and seconds >= self._listening.hangover - AHEAD:
                self._look = self._ears.look()
        return self._over

    def answered(self, heard: Heard) -> bool:
        """What the ears made of the answer so far. True: that is its end."""
        if heard.look and heard.look == self._look:
            self.heard = heard.result
            self._unfinished = isinstance(heard.result, Hearing) and self._goes_on(heard.result)
        return self._over

    def give_up(self) -> None:
        """The ears do not tell: wait for the longer quiet."""
        self._unfinished = True

    @property
    def _over(self) -> bool:
        known = self.heard is not None and not self._unfinished
        return known and self._seconds >= self._listening.hangover
