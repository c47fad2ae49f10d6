"""The numbers of good manners."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """How patient and how careful the interview is. Times in seconds."""

    weak_ears: bool = False
    """The recogniser hears less well: say so, ask no free questions."""
    patience: float = 7.0
    """For the person to begin to answer (protocol of turn-taking; measured no-speech time-out)."""
    free_patience: float = 10.0
    unhurried: bool = False
    """For a person who speaks slowly: wait longer from the beginning."""
    slowness: float = 1.6
    """How much longer to wait for whoever needs time, and in their pauses (measured: see docs/hearing.md)."""
    wait_patience: float = 60.0
    """After "wait"."""
    offer_patience: float = 8.0
    misses: int = 2
    """How often a prompt may go not understood before it counts as unanswered."""
    silences: int = 3
    """Silences in a row that end the interview (protocol section 3, amendment 14)."""
    garbled: int = 36
    """What is said and not understood, in a row, that ends it too: twelve questions, each put three times.

    So those that can lead to an ambulance were put: of 31 interviews in noise one came out lower than without
    an end, with 24 three, with nine four (docs/decisions/007-the-ears.md)."""
    repeat_every: float = 60.0
    """After such an end the advice is said again after this long ..."""
    repeat_times: int = 5
    """... and this often (amendment 14)."""
    speed_steps: int = 3
    volume_steps: int = 3
