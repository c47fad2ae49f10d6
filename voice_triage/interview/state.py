"""Where an interview stands: a value that can be stored, compared, forked, resumed and walked."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from voice_triage.interview.effects import Asked
from voice_triage.interview.uttered import Uttered
from voice_triage.protocol.findings import NOTHING_KNOWN, Findings


class Phase(StrEnum):
    """What the person is being asked to do."""

    READY = "ready"
    RESUMING = "resuming"
    """Say whether to go on where an interrupted interview stopped."""
    ASKING = "asking"
    """Answer a question in its first wording."""
    ASKING_AGAIN = "asking_again"
    """Answer it in its second wording."""
    CHECKING = "checking"
    """Answer its checking question, after an "I don't know"."""
    READING_BACK = "reading_back"
    """Say whether we heard right."""
    FOLLOWING_UP = "following_up"
    """Answer a follow-up about a finding that is there."""
    DENIALS = "denials"
    """Say whether any of the heard "no"s is wrong."""
    ALARMED = "alarmed"
    """Say whether a danger that was half heard is there."""
    OFFERING = "offering"
    """After the advice: have it repeated, or end."""
    TELLING = "telling"
    """Say whether to go on with what was asked about; then on where it was left."""
    WAITING = "waiting"
    """After an end by silence, or by speech nobody understands: the advice is repeated now and then."""
    DONE = "done"


class Doubt(StrEnum):
    """Why the present question is still open."""

    NONE = "none"
    SAID_IN_WORDS = "said_in_words"
    """The finding was said in words, then the read-back was denied: it never falls below unsure."""
    CLAIMED = "claimed"
    """One ear alone made the finding out of free speech; the follow-up confirms it."""
    BARE_YES = "bare_yes"
    """A bare yes, then the read-back was denied."""
    DOUBTFUL_NO = "doubtful_no"
    """A "no" that was not surely heard, or was hedged."""


class State(NamedTuple):
    """Everything an interview remembers."""

    phase: Phase = Phase.READY
    findings: Findings = NOTHING_KNOWN
    asked: Asked | None = None
    """What the person is answering now."""
    done: frozenset[str] = frozenset()
    """Questions that were put and are settled."""
    queue: tuple[str, ...] = ()
    """Questions pulled forward, next first."""
    wanted: frozenset[str] = frozenset()
    """Questions of which something may have been told: they are put whatever their gate says."""
    claims: tuple[tuple[str, bool], ...] = ()
    """Findings said out of turn, next first, and whether they were surely heard."""
    follow_ups_put: frozenset[str] = frozenset()
    doubt: Doubt = Doubt.NONE
    in_words: bool = False
    """The finding being read back was said in words."""
    measured: tuple[int, int] | None = None
    """The number being read back."""
    misses: int = 0
    """How often the present prompt was not understood."""
    silences: int = 0
    """How often in a row nobody spoke."""
    garbled: int = 0
    """How often, since anything was understood, something was said of which nothing was."""
    denials_read: bool = False
    concluded: tuple[str, ...] | None = None
    """Rules of the advice that was given; None while none was."""
    repeats: int = 0
    """How often the advice was repeated of itself, after an end by silence."""
    trail: tuple[str, ...] = ()
    """Questions put so far, in order; the last is the present one."""
    topic: str = ""
    """What was asked about last and is not told to its end; "" where there is none."""
    told: int = 0
    """How many parts of it were told."""
    left: tuple[Phase, Asked] | None = None
    """While it is told, or a half-heard danger is asked about: what the person was being asked."""
    speed: int = 0
    """Steps faster (+) or slower (-) than usual."""
    volume: int = 0
    """Steps louder (+) or quieter (-) than usual."""
    unhurried: bool = False
    """They asked for time, or for slower speech: wait longer for answers, and in them."""
    waiting: bool = False
    """They asked us to wait, and have said nothing since."""
    account: tuple[Uttered, ...] = ()
    """The person's own words, in order; for summaries, and for no rule."""
    contacts: tuple[str, ...] = ()
    """When the person talked with us before, in the last seven days and as far as records are kept: a key of
    a prompt each ("tuesday"), the earliest first. Empty once they said that it was about something else."""
    stopped: State | None = None
    """While RESUMING: where the interrupted interview stood."""
