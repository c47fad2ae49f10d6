"""What the interview wants done: values, in order, that the dialogue turns into words and the host obeys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voice_triage.protocol.findings import Findings
from voice_triage.protocol.urgency import Mode, Urgency


class Kind(StrEnum):
    """The manner of what was put to the person; in each of them "yes" means what `Kind` says."""

    YES_NO = "yes_no"
    """A question in any wording, a check or a follow-up. Yes: the finding is there."""
    ONSET = "onset"
    """ "Is that new, or worse, in the last two weeks?" A time is an answer too. Yes: it is new."""
    READBACK = "readback"
    """ "You said your bottom is numb. Is that right?" Yes: I heard right."""
    DENIALS = "denials"
    """ "I heard no numbness ... Is any of that wrong?" Yes: something is wrong with it."""
    AGE = "age"
    """ "How old are you?" """
    DURATION = "duration"
    """ "How long have you had it?" """
    FREE = "free"
    """The opener and the closing question: any words may come."""
    OFFER = "offer"
    """ "Would you like me to repeat that?" Yes: repeat."""
    MORE = "more"
    """ "Shall I go on?", between the parts of a topic. Yes: go on."""
    CHOICE = "choice"
    """ "Is this for you, or for someone else?" Present: for someone else."""


@dataclass(frozen=True)
class Asked:
    """What the person is answering."""

    fact: str
    """Id of the question ("saddle_numbness") or follow-up ("saddle_numbness.new")."""
    kind: Kind


@dataclass(frozen=True)
class Say:
    """Speak the prompt with this key; `slots` are filled into its text."""

    prompt: str
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Listen:
    """Wait for an answer to what was asked."""

    asked: Asked
    patience: float
    """Seconds to wait for the person to begin to speak."""


@dataclass(frozen=True)
class Conclude:
    """Advice is due: the urgency, and the rules that fired, first the one whose advice is spoken."""

    urgency: Urgency
    mode: Mode | None
    rules: tuple[str, ...]
    advice: str
    """Key of the advice text to speak."""
    findings: Findings
    """What it rests on."""


@dataclass(frozen=True)
class HandOver:
    """Speak the summary for whoever takes over, of an interview that came to this."""

    of: Conclude


class AdvicePart(StrEnum):
    """A part of advice that can be asked for once it was given. The values are keys of _advice.yaml."""

    SHORTER = "shorter"
    """What to do."""
    SAY_THERE = "say_there"
    """What to say on the phone, or on arrival."""
    WHY = "why"
    CHANGES = "changes"
    """What to do if it changes."""


@dataclass(frozen=True)
class Remind:
    """Speak one part of advice that was given."""

    part: AdvicePart
    of: Conclude


Effect = Say | Listen | Conclude | HandOver | Remind
