"""How an answer is listened to: for what, how long, and how much quiet ends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voice_triage.interview.effects import Asked, Kind, Listen
from voice_triage.interview.policy import Policy
from voice_triage.understanding.lexicon import Lexicon


class Expecting(StrEnum):
    """The kind of answer that is awaited; decides the patience of the endpointer."""

    YES_NO = "yes_no"
    NUMBER = "number"
    FREE = "free"


@dataclass(frozen=True)
class Listening:
    """How to listen for the next answer. All times in seconds."""

    asked: Asked
    """What was asked, for journals, captions and recorded patients."""
    expecting: Expecting
    phrases: tuple[str, ...]
    """What may be said: the recogniser's small grammar, lower-case words."""
    timeout: float
    """How long to wait for the person to begin to speak."""
    longest: float
    """How long one answer may last."""
    hangover: float
    """How much quiet ends an answer that sounds complete."""
    pausing: float
    """How much quiet ends one that sounds as if it went on (`Dialogue.goes_on`); never less."""


_EXPECTING = {
    Kind.AGE: Expecting.NUMBER,
    Kind.DURATION: Expecting.NUMBER,
    Kind.ONSET: Expecting.NUMBER,
    Kind.FREE: Expecting.FREE,
}
_HANGOVER = {Expecting.YES_NO: 0.8, Expecting.NUMBER: 1.3, Expecting.FREE: 2.2}
"""Seconds of quiet that end an answer, by kind: measured (docs/hearing.md), so that few pauses cut an answer
short."""
_PAUSING = {Expecting.YES_NO: 1.8, Expecting.NUMBER: 1.8, Expecting.FREE: 2.2}
"""The same after "and", "um", "my" or half a number: who searches for words pauses for a second and more."""
_LONGEST = {Expecting.YES_NO: 12.0, Expecting.NUMBER: 12.0, Expecting.FREE: 20.0}


def listening(effect: Listen, lexicon: Lexicon, policy: Policy, slowness: float) -> Listening:
    """How to listen after `effect` to somebody who takes `slowness` times as long as most."""
    expecting = _EXPECTING.get(effect.asked.kind, Expecting.YES_NO)
    return Listening(
        asked=effect.asked,
        expecting=expecting,
        phrases=lexicon.grammar(effect.asked),
        timeout=max(effect.patience, min(effect.patience * slowness, policy.wait_patience)),
        longest=_LONGEST[expecting] * slowness,
        hangover=_HANGOVER[expecting] * slowness,
        pausing=_PAUSING[expecting] * slowness,
    )
