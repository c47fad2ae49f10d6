"""What the ears made of one answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = "[unk]"
"""What recognisers write for words that they do not know."""


class Ear(StrEnum):
    """By which way an utterance was heard."""

    TYPED = "typed"
    """Keys or a keyboard: certain."""
    TAPPED = "tapped"
    """Knocks that were counted: they may have been another noise, so no answer of theirs is sure."""
    OPEN = "open"
    """A recogniser free to hear any words."""
    GRAMMAR = "grammar"
    """A recogniser bound to the question's phrases."""
    REJECTING = "rejecting"
    """A recogniser bound to the phrases, that may also hear "none of them"."""


@dataclass(frozen=True)
class Utterance:
    """What one ear heard. Empty text: it made out no words."""

    text: str
    """Words as the recogniser writes them; may hold UNKNOWN."""
    ear: Ear
    confidence: float | None = None
    """0 to 1 where the engine gives one. Never a licence to accept, at most a reason to doubt."""


@dataclass(frozen=True)
class Hearing:
    """One answer as heard by one ear or more, over the same sound."""

    utterances: tuple[Utterance, ...]
    weak: bool = False
    """The ears are poor ones: they must agree on everything, and free text of theirs is not trusted."""

    doubtful: bool = False
    """The room was too loud, or the voice another one: no answer in it is sure."""

    @property
    def words(self) -> str:
        """The words of the first ear that made any out, "…" for what it did not; "" if none did."""
        texts = (each.text.replace(UNKNOWN, "…").strip() for each in self.utterances)
        return next((text for text in texts if text.strip("… ")), "")

    @classmethod
    def typed(cls, text: str) -> Hearing:
        """An answer that came by keys."""
        return cls((Utterance(text, Ear.TYPED),))

    @classmethod
    def tapped(cls, text: str) -> Hearing:
        """An answer that came by knocks, in the words that they stand for."""
        return cls((Utterance(text, Ear.TAPPED),))
