"""The short phrases given to a recogniser with a small grammar."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, read_as

from voice_triage.interview.effects import Asked, Kind
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

QUESTIONS = [
    "chest_pain_or_breathless", "collapse_or_faint", "saddle_numbness", "bladder_retention_or_lost_urge",
    "urinary_leak", "bowel_loss", "both_legs", "leg_or_foot_weakness", "sexual_change", "major_trauma",
    "fever_sweats", "abdominal_or_flank_pain", "menu_nerves",
]  # fmt: skip
ASKED = [
    *(Asked(question, Kind.YES_NO) for question in QUESTIONS),
    Asked("saddle_numbness.new", Kind.ONSET),
    Asked("denials", Kind.DENIALS),
    Asked("age", Kind.AGE),
    Asked("who_for", Kind.CHOICE),
    Asked("repeat", Kind.OFFER),
    Asked("anything_else", Kind.FREE),
]
SOUNDS_LIKE_NO = {"know", "now", "note", "nose", "so", "oh"}


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.fact}:{asked.kind.value}")
def test_every_phrase_offered_to_a_recogniser_is_understood(lexicon: Lexicon, asked: Asked) -> None:
    phrases = lexicon.grammar(asked)
    heard = {phrase: read_as(interpret(Hearing.typed(phrase), asked, lexicon).event) for phrase in phrases}
    assert [phrase for phrase, reading in heard.items() if reading == AGAIN] == []


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.fact}:{asked.kind.value}")
def test_a_grammar_is_small_and_holds_nothing_that_sounds_like_no(lexicon: Lexicon, asked: Asked) -> None:
    phrases = lexicon.grammar(asked)
    assert 15 <= len(phrases) <= (310 if asked.kind is Kind.AGE else 46)
    assert len(phrases) == len(set(phrases))
    assert SOUNDS_LIKE_NO.isdisjoint(phrases)
    assert all(phrase == phrase.lower() and phrase.strip() for phrase in phrases)


def test_every_question_can_be_answered_yes_no_and_not_sure_in_its_grammar(lexicon: Lexicon) -> None:
    for question in QUESTIONS:
        asked = Asked(question, Kind.YES_NO)
        readings = {
            read_as(interpret(Hearing.typed(phrase), asked, lexicon).event)
            for phrase in lexicon.grammar(asked)
        }
        assert {"present", "absent", "unsure", "repeat", "stop", "help", "skip"} <= readings
