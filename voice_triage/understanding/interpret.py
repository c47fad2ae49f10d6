"""From what the ears heard to an event of the interview.

The order is the safety: dangers first, always; then requests, if they are all that was said; then the
answer, by the manner of what was asked; and several ears must agree on what it means. Whatever it was, a
danger that may have been told is asked about first.
"""

from __future__ import annotations

from dataclasses import replace

from voice_triage.interview.effects import Asked
from voice_triage.interview.events import Answered, Measured, NotUnderstood
from voice_triage.understanding.agreeing import FREE_EARS, agree
from voice_triage.understanding.answers import Heard, heard
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.half_heard import or_half_heard
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpretation import Interpretation
from voice_triage.understanding.lexicon import Lexicon

__all__ = ["Interpretation", "interpret"]


def interpret(hearing: Hearing, asked: Asked, lexicon: Lexicon, for_other: bool = False) -> Interpretation:
    """What the person meant by an answer. Never raises, whatever was heard.

    `for_other`: the person speaks for somebody else.
    """
    said = [(utterance, clean(utterance.text, lexicon.spelling)) for utterance in hearing.utterances]
    ears: list[Heard] = [heard(utterance, words, asked, lexicon, for_other) for utterance, words in said]
    if not ears:
        return Interpretation(NotUnderstood(), ("no ear heard anything",), 0.0)
    meant = agree(ears, asked, hearing.weak)
    if hearing.doubtful and isinstance(meant.event, Answered | Measured):
        meant = replace(meant, event=replace(meant.event, sure=False), why=(*meant.why, "heard in doubt"))
    if hearing.weak:
        return meant
    free = [words for utterance, words in said if utterance.ear in FREE_EARS]
    return or_half_heard(meant, free, asked, lexicon)
