"""Words that sound like those of the question: heard as the finding, read back, and never a no."""

from __future__ import annotations

import pytest
from reading_as import Hear, read_as

from voice_triage.interview.events import Answered
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.sound_alikes import folded, read_sound_alikes

C2, C1 = "bladder_retention_or_lost_urge", "saddle_numbness"


def test_a_finding_that_sounds_like_the_one_asked_about_is_there_and_doubtful(hear: Hear) -> None:
    event = hear(C2, "i cannot do a we")
    assert isinstance(event, Answered)
    assert read_as(event) == "present"
    assert not event.sure


def test_the_same_words_tell_nothing_where_they_are_not_asked_about(hear: Hear) -> None:
    assert read_as(hear("cancer_history", "can we do it")) == "asked again"


def test_no_word_of_denial_is_taken_for_another_or_another_for_it(lexicon: Lexicon) -> None:
    polar = lexicon.grammar_words.negators | lexicon.spelling.yes_words | lexicon.spelling.no_words
    assert polar.isdisjoint(lexicon.sound_alikes)
    assert polar.isdisjoint(word for meant in lexicon.sound_alikes.values() for word in meant)


def test_no_answer_becomes_a_no_by_words_that_sound_alike(hear: Hear, lexicon: Lexicon) -> None:
    for question in (C1, C2, "bowel_loss", "urinary_leak", "both_legs"):
        words = lexicon.questions[question].words
        for heard, meant in lexicon.sound_alikes.items():
            if meant & words:
                assert read_as(hear(question, heard)) != "absent", (question, heard)


@pytest.mark.parametrize(
    ("one", "other"),
    [("B L AE D ER", "B L AE DH ER"), ("G R OY N", "K R OW IH NG"), ("W IY", "W IY")],
)
def test_what_weak_ears_confuse_is_folded_together(one: str, other: str) -> None:
    assert folded(one.split()) == folded(other.split())


def test_a_broken_line_is_told_with_its_number() -> None:
    with pytest.raises(ValueError, match="line 2: 'bladder blather'"):
        read_sound_alikes("# head\nbladder blather\n")
