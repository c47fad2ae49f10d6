"""One ear's words with all that was found in them, ready to be read by the manner of what was asked."""

from __future__ import annotations

from dataclasses import dataclass

from voice_triage.interview.effects import Asked
from voice_triage.interview.events import Event, Said
from voice_triage.understanding.cleaning import Words
from voice_triage.understanding.evidence import For, Found
from voice_triage.understanding.lexicon import Lexicon, Phrases, Turn
from voice_triage.understanding.requests import Asking
from voice_triage.understanding.weighing import Reading

Outcome = tuple[Event, tuple[str, ...], float]
"""What was meant, why it was read so, and how near (0 to 100) the words were."""


@dataclass(frozen=True)
class Answer:
    """One ear's words with all that was found in them."""

    asked: Asked
    base: str
    words: Words
    found: Found
    own: Phrases | None
    reading: Reading
    also: tuple[Said, ...]
    request: Asking | None
    lexicon: Lexicon

    def has(self, *turns: Turn) -> bool:
        """One of these turns of speech is in it."""
        return self.found.has(*turns)

    def yes(self) -> bool:
        """A yes that is no remark on how well we heard."""
        remarks = {
            turn.start for turn in self.found.turns if turn.label == Turn.RIGHT or Turn.WRONG in turn.labels
        }
        return any(item.place not in remarks for item in self.found.says(For.YES, For.WEAK_YES, For.IN_PART))
