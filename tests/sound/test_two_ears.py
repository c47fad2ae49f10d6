"""How a second ear bears out what the first one heard, or does not."""

from __future__ import annotations

import pytest

from voice_triage.sound.two_ears import NONE_OF_THEM, SURE, Opinion, joined
from voice_triage.sound.yes_or_no import Verdict

YES, NO, NEITHER = Verdict(0.98, 0.01, 0.01), Verdict(0.01, 0.98, 0.01), Verdict(0.01, 0.01, 0.98)


def texts(likeliest: str, plain: str, rejecting: str, verdict: Verdict) -> tuple[str, str]:
    return joined(Opinion(likeliest, plain, rejecting, verdict))


@pytest.mark.parametrize(("word", "verdict"), [("yes", YES), ("yeah", YES), ("no", NO), ("nope", NO)])
def test_a_plain_answer_is_believed_if_the_second_ear_hears_it_too(word: str, verdict: Verdict) -> None:
    assert texts(word, word, word, verdict) == (word, word)
    assert texts(word, NONE_OF_THEM, NONE_OF_THEM, verdict) == (word, word)


@pytest.mark.parametrize(
    ("word", "verdict"), [("yes", NO), ("yes", NEITHER), ("no", YES), ("no", NEITHER), ("nope", YES)]
)
def test_where_the_second_ear_hears_something_else_they_do_not_agree(word: str, verdict: Verdict) -> None:
    assert texts(word, word, word, verdict) == (word, NONE_OF_THEM)


def test_a_second_ear_that_is_not_sure_does_not_agree() -> None:
    less = Verdict(SURE - 0.01, 0.0, 1.01 - SURE)
    assert texts("yes", "yes", "yes", less) == ("yes", NONE_OF_THEM)


def test_the_second_ear_never_makes_an_answer_alone() -> None:
    assert texts(NONE_OF_THEM, NONE_OF_THEM, NONE_OF_THEM, YES) == (NONE_OF_THEM, NONE_OF_THEM)
    assert texts("", "", "", NO) == ("", "")


@pytest.mark.parametrize("phrase", ["no i don't", "not sure", "repeat that please", "it's numb"])
def test_of_all_other_phrases_the_first_ear_decides(phrase: str) -> None:
    assert texts(phrase, phrase, phrase, NO) == (phrase, phrase)
    assert texts(phrase, NONE_OF_THEM, phrase, NO) == (NONE_OF_THEM, phrase)
    assert texts(phrase, phrase, NONE_OF_THEM, YES) == (phrase, NONE_OF_THEM)
