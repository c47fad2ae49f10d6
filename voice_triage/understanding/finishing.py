"""Whether a person who pauses sounds as if there was more to come."""

from __future__ import annotations

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Measured
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.hearing import UNKNOWN, Ear, Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.numbers import plain_number, with_digits

_NUMBERS = frozenset({Kind.AGE, Kind.DURATION, Kind.ONSET})
_ROUND = 10
"""Ages that are a multiple of it may be the beginning of another: "seventy (four)"; so may smaller ones."""


def goes_on(hearing: Hearing, asked: Asked, lexicon: Lexicon, careful: bool) -> bool:
    """What was heard before a pause sounds unfinished: it is worth waiting for more.

    So it is after a word that wants another ("and", "um", "my"), and after what is no time or age yet where
    one was asked for. `careful`: after a bare yes or no too, as its "but ..." may turn it round.
    Ears that know only phrases cannot hear such a word: there it is so after any words they do not know, but
    for a bare yes or no that they are not sure of, as in noise.
    """
    said = [utterance.text.lower().split() for utterance in hearing.utterances if utterance.text]
    if any(words[-1] in lexicon.leading_on for words in said if words):
        return True
    if not said or any(utterance.ear is Ear.TYPED for utterance in hearing.utterances):
        return False
    bare = any(set(words) <= lexicon.spelling.yes_words | lexicon.spelling.no_words for words in said)
    if hearing.weak and not bare and [UNKNOWN] in said:
        return True
    if asked.kind in _NUMBERS:
        return bare or not _is_told(hearing, asked, lexicon)
    return careful and asked.kind is Kind.YES_NO and bare


def _is_told(hearing: Hearing, asked: Asked, lexicon: Lexicon) -> bool:
    """A whole age or time, not the first half of one."""
    if asked.kind is Kind.ONSET:
        return True
    if not isinstance(interpret(hearing, asked, lexicon).event, Measured):
        return False
    ends = [with_digits(clean(each.text, lexicon.spelling).words)[-1:] for each in hearing.utterances]
    numbers = [number for end in ends for word in end if (number := plain_number(word)) is not None]
    if asked.kind is Kind.DURATION:
        return not numbers  # "three ...", of which unit?
    return all(number > _ROUND and number % _ROUND for number in numbers)
