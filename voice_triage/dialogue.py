"""One turn of the conversation: what was heard -> an event -> a new state -> what to say and hear next.

This is the file to read first. Hosts (microphone, console, demo, replay) drive it and know nothing else
of the conversation:

    turn = dialogue.open()
    while turn.listen is not None:
        speak(turn.say)
        turn = dialogue.hear(turn.state, listen(turn.listen))    # None: nobody spoke
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voice_triage.protocol.urgency import Mode, Urgency


class Expecting(StrEnum):
    """The kind of answer that is awaited; decides the patience of the endpointer."""

    YES_NO = "yes_no"
    NUMBER = "number"
    FREE = "free"


@dataclass(frozen=True)
class Listening:
    """How to listen for the next answer. All times in seconds."""

    question: str
    """Id of what was asked, for journals and captions."""
    expecting: Expecting
    phrases: tuple[str, ...]
    """What may be said: the recogniser's small grammar, lower-case words."""
    timeout: float
    """How long to wait for the person to begin to speak."""
    longest: float
    """How long one answer may last."""
    hangover: float
    """How much quiet ends the answer."""


@dataclass(frozen=True)
class Manner:
    """How to speak, as the person asked for."""

    words_per_minute: int
    volume: float
    """0 to 1."""


@dataclass(frozen=True)
class Conclusion:
    """What the interview came to."""

    urgency: Urgency
    mode: Mode | None
    """CALL or GO in an emergency, else None."""
    rules: tuple[str, ...]
    """Ids of every rule that fired at this urgency, first the one whose advice is spoken."""
    findings: Mapping[str, str]
    """Id of each finding asked or volunteered -> status name in lower case."""
    advice: tuple[str, ...]
    """The sentences of advice, as spoken."""
