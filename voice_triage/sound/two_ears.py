"""How a plain "yes" or "no" of poor ears is borne out by a second, independent ear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from voice_triage.sound.yes_or_no import Verdict

NONE_OF_THEM = "[unk]"
YES = frozenset({"yes", "yeah", "yep", "yup"})
NO = frozenset({"no", "nope", "nah"})
SURE = 0.8
"""The least share that the second ear must give to what the first one heard. docs/hearing.md has the whole
curve: the higher, the fewer words that sound alike are taken, and the more people are asked again."""


class SecondEar(Protocol):
    """Knows a spoken "yes" and "no", and nothing else."""

    def hear(self, samples: bytes) -> Verdict:
        """What one answer was: mono 16-bit sound at HEARING_RATE, with the quiet around it."""


@dataclass(frozen=True)
class Opinion:
    """What each ear made of one answer: a phrase, "" (no words) or "[unk]" (words, but no phrase)."""

    likeliest: str
    """By the first ear, which had to choose."""
    plain: str
    """The same, if it accounts for all that was said, and fits it."""
    rejecting: str
    """By the first ear with leave to reject."""
    verdict: Verdict
    """By the second ear."""


def joined(heard: Opinion, sure: float = SURE) -> tuple[str, str]:
    """The two texts that must agree.

    Of a plain "yes" or "no" the second ear decides, at least `sure` of it: it was trained on them, where
    leave to reject turns a third of them away. It knows nothing else: all other phrases must be heard with
    and without leave to reject.
    """
    polar = heard.likeliest in YES | NO
    if not polar:
        return heard.plain, heard.rejecting
    share = heard.verdict.yes if heard.likeliest in YES else heard.verdict.no
    return heard.likeliest, heard.likeliest if share >= sure else NONE_OF_THEM
