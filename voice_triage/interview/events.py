"""What can happen to an interview: the only things that move it on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voice_triage.interview.state import State
from voice_triage.protocol.status import Status


class Request(StrEnum):
    """What a person may ask of the interview at any time; it must be the whole utterance."""

    REPEAT = "repeat"
    WHY = "why"
    STOP = "stop"
    HELP = "help"
    BACK = "back"
    SKIP = "skip"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    WAIT = "wait"
    START_AGAIN = "start_again"
    SUMMARY = "summary"
    """To hear what a nurse or call handler needs to know."""
    MORE = "more"
    """Go on with what was being told."""
    SHORTER = "shorter"
    """Of the advice only what to do."""
    SAY_THERE = "say_there"
    """What to say on the phone, or on arrival."""
    CHANGES = "changes"
    """What to do if it changes."""


@dataclass(frozen=True)
class Said:
    """One fact that the person put into words, whatever had been asked."""

    fact: str
    """Id of a finding ("saddle_numbness") or of one of its qualifiers ("saddle_numbness.new")."""
    status: Status
    sure: bool = True
    """False: one ear alone made it out of free speech. It is asked about before it counts."""


@dataclass(frozen=True)
class Begin:
    """The interview starts."""

    stopped: State | None = None
    """Where an interrupted interview stood that may be gone on with."""
    contacts: tuple[str, ...] = ()
    """As in State: earlier talks that the person had us keep a record of."""


@dataclass(frozen=True)
class Answered:
    """The person answered the question, check, follow-up or read-back that was last put."""

    status: Status
    """PRESENT (yes), ABSENT (no) or UNSURE."""
    in_words: bool = False
    """The finding itself was said ("I can't feel it"), not a bare yes or no."""
    sure: bool = True
    """All ears agree and nothing hedges the answer."""
    also: tuple[Said, ...] = ()
    """Further facts said in the same breath."""


@dataclass(frozen=True)
class Measured:
    """The person told a number: an age in years, or in days for how long; low == high when it was exact."""

    low: int
    high: int
    sure: bool = True
    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Told:
    """The person spoke freely, at the opener or the closing question; `also` holds what was found."""

    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class NotUnderstood:
    """Something was said; no answer to the question could be made of it."""

    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Silence:
    """Nobody spoke in the time given."""


@dataclass(frozen=True)
class Requested:
    """The person asked something of the interview ("say that again")."""

    request: Request
    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class AskedAbout:
    """The person asks about something beside the interview ("do I need a scan?")."""

    topic: str
    """Id of a topic."""
    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Remarked:
    """The person makes little of it, or shrinks from going ("I don't want to bother anyone")."""

    remark: str
    """Id of a remark."""
    also: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Endangered:
    """The person said something that cannot wait ("I can't breathe")."""

    interrupt: str
    """Id of an interrupt of the protocol."""
    also: tuple[Said, ...] = ()
    otherwise: Event | None = None
    """What was meant if it is none after all: it is asked about before anything is done. None: it is one."""

    @property
    def sure(self) -> bool:
        """It is acted on at once."""
        return self.otherwise is None


@dataclass(frozen=True)
class EngineFailed:
    """Hearing or speaking broke down for good; the interview ends on what is known and unknown."""

    part: str


Event = (
    Begin
    | Answered
    | Measured
    | Told
    | NotUnderstood
    | Silence
    | Requested
    | AskedAbout
    | Remarked
    | Endangered
    | EngineFailed
)
