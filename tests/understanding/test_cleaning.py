"""What a recogniser or a keyboard writes becomes plain words."""

from __future__ import annotations

import pytest

from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No!", "no"),
        ("I can't feel it.", "i cannot feel it"),
        ("I CAN’T feel it", "i cannot feel it"),
        ("i can not feel it", "i cannot feel it"),
        ("i haven't been able to go", "i have cannot go"),
        ("um i uh i er can't", "i cannot"),
        ("no no no", "no"),
        ("i can't i can't pee", "i cannot pee"),
        ("i've wet myself", "i have wet myself"),
        ("dunno", "do not know"),
        ("dinnae ken", "do not know"),
        ("thank you dear no", "no"),
        ("oh well no", "no"),
        ("thirty-eight", "thirty eight"),
        ("it's 38.5", "it is 38.5"),
        ("i do not not have it", "i do not not have it"),
        ("no apart from the leaking", "no except the leaking"),
        ("", ""),
        ("[unk]", ""),
    ],
)
def test_words_come_out_plain(lexicon: Lexicon, text: str, expected: str) -> None:
    assert expected == clean(text, lexicon.spelling).text


def test_a_noise_is_noticed(lexicon: Lexicon) -> None:
    assert clean("no [unk]", lexicon.spelling).unknown
    assert not clean("no", lexicon.spelling).unknown


def test_what_was_left_out_is_told(lexicon: Lexicon) -> None:
    why = clean("um no dear", lexicon.spelling).why
    assert why == ('heard "um no dear"', 'cleaned to "no"')
