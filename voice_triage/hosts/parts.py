"""What a spoken interview is made of; the composition root puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from voice_triage.dialogue import FROM_NOTHING, Dialogue, Manner
from voice_triage.hosts.ears import OpenRecognizer
from voice_triage.hosts.speech import Speech
from voice_triage.interview.events import Begin
from voice_triage.ports import Captions, Clock, Endpointer, Journal, Keys, Microphone, Player, Sound

SLOWEST = 80
"""Words a minute; below it speech falls apart."""
FAINTEST = 0.05
"""Of full scale: whoever asks for quieter still has to hear what is said."""

KeepAudio = Callable[[str, Sound], None]
"""Keeps the sound of an answer to the question with this id. Raises JournalError."""


@dataclass(frozen=True)
class Voice:
    """What speaks aloud."""

    speech: Speech
    player: Player
    haste: int = 0
    """Words a minute more than the dialogue asks for (or fewer)."""

    louder: float = 0.0
    """Added to the volume that the dialogue asks for, of which 1 is full scale."""

    def volume(self, manner: Manner) -> float:
        """How loud, 0 to 1."""
        return min(1.0, max(FAINTEST, manner.volume + self.louder))

    def rate(self, manner: Manner) -> int:
        """Words a minute to speak at."""
        return max(SLOWEST, manner.words_per_minute + self.haste)


@dataclass(frozen=True)
class Gate:
    """When the ears open after speech."""

    seconds: float = 0.3
    """From the end of our own speech: rooms echo, and sound systems buffer."""
    opened: Sound | None = None
    """Played so that its end is the opening."""
    closed: Sound | None = None
    """Played when the person has stopped."""


@dataclass(frozen=True)
class Way:
    """One way to hear, and the dialogue for ears that hear so."""

    open_recognizer: OpenRecognizer
    dialogue: Dialogue
    name: str = ""
    """Of the recogniser and its model, for the journal."""


@dataclass(frozen=True)
class Parts:
    """What a spoken interview is made of."""

    ways: tuple[Way, ...]
    """At least one; the next is taken when one fails."""
    microphone: Microphone
    endpointer: Endpointer
    captions: Captions
    clock: Clock
    voice: Voice | None = None
    """None: the prompts are only shown."""
    keys: Keys | None = None
    journal: Journal | None = None
    keep_audio: KeepAudio | None = None
    gate: Gate = field(default_factory=Gate)
    device_patience: float = 30.0
    """Seconds to wait for a lost microphone or speaker to come back."""
    begin: Begin = FROM_NOTHING
    """What is known of earlier talks."""
