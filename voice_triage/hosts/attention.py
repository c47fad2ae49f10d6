"""Follows one answer, frame by frame: when it begins, when it ends, and when to wait no longer."""

from __future__ import annotations

from enum import Enum

from voice_triage.dialogue import Listening
from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Endpointer, Frame, Voicing

FRAME_SECONDS = FRAME_SAMPLES / HEARING_RATE


class Attending(Enum):
    """How an answer stands."""

    WAITING = "waiting"
    """Nobody has spoken yet."""
    SPEAKING = "speaking"
    """The person speaks, or pauses."""
    ENDED = "ended"
    """The person has stopped."""
    TOO_LONG = "too_long"
    """There is no end to it: a long talker, or a room that never falls silent."""
    NOBODY = "nobody"
    """Nobody spoke in the time given."""
    TOO_EARLY = "too_early"
    """Somebody spoke when listening began, and has stopped: the beginning was missed."""
    OTHERS = "others"
    """Somebody spoke when listening began, and goes on: a television, or people who talk."""


OVER = frozenset(Attending) - {Attending.WAITING, Attending.SPEAKING}
OTHERS_LIMIT = 6.0
"""Seconds for which others may talk before it is said that they do."""


class Attention:
    """Counts time in frames heard, so that recorded sound can be taken in faster than it was spoken."""

    def __init__(self, endpointer: Endpointer) -> None:
        self._endpointer = endpointer
        self._timeout = self._longest = self._seconds = 0.0
        self.pause = 0.0
        """Seconds of quiet since the last that was spoken; 0 while somebody speaks."""
        self._others = False
        self.stands = Attending.WAITING

    def start(self, listening: Listening) -> None:
        """Wait for a new answer. It ends with the longer quiet, or earlier by `end`."""
        self._endpointer.start(listening.pausing)
        self._timeout, self._longest = listening.timeout, listening.longest
        self._seconds = self.pause = 0.0
        self._others = False
        self.stands = Attending.WAITING

    def end(self) -> None:
        """What was said is complete: the person has stopped."""
        self.stands = Attending.ENDED

    def accept(self, frame: Frame) -> tuple[Frame, ...]:
        """Take one frame in; `stands` is brought up to date. Returns the frames that belong to the answer."""
        self._seconds += FRAME_SECONDS
        match self._endpointer.accept(frame):
            case Voicing.OTHERS:
                self._others = True
                if self._seconds >= OTHERS_LIMIT:
                    self.stands = Attending.OTHERS
                return ()
            case Voicing.QUIET if self._others and self.stands is Attending.WAITING:
                self.stands = Attending.TOO_EARLY
                return ()
            case Voicing.QUIET:
                if self.stands is Attending.WAITING and self._seconds >= self._timeout:
                    self.stands = Attending.NOBODY
                return ()
            case Voicing.STARTED:
                self.stands = Attending.SPEAKING
                self._seconds = 0.0
                return self._endpointer.preroll
            case Voicing.SPEAKING:
                self.pause = 0.0
                self._tire()
            case Voicing.PAUSING:
                self.pause += FRAME_SECONDS
                self._tire()
            case Voicing.ENDED:
                self.stands = Attending.ENDED
        return (frame,)

    def _tire(self) -> None:
        if self._seconds >= self._longest:
            self.stands = Attending.TOO_LONG
