"""Several ears over one answer: they agree on the reading, not on the text."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, read_as

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Event
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

SADDLE = "saddle_numbness"


def both(lexicon: Lexicon, free: str, bound: str, fact: str = SADDLE, kind: Kind = Kind.YES_NO) -> Event:
    hearing = Hearing((Utterance(free, Ear.OPEN), Utterance(bound, Ear.GRAMMAR)))
    return interpret(hearing, Asked(fact, kind), lexicon).event


def poorly(lexicon: Lexicon, bound: str, rejecting: str, kind: Kind = Kind.YES_NO) -> Event:
    hearing = Hearing((Utterance(bound, Ear.GRAMMAR), Utterance(rejecting, Ear.REJECTING)), weak=True)
    return interpret(hearing, Asked(SADDLE, kind), lexicon).event


@pytest.mark.parametrize(
    ("free", "bound", "expected", "sure"),
    [
        ("yes", "yes", "present", True),
        ("my bottom has gone numb", "[unk] numb", "present", True),
        ("i can't feel it", "[unk]", "present", False),
        ("the", "it's numb", "present", False),
        ("yes", "not sure", "present", False),
        ("no", "no", "absent", True),
        ("no i can feel everything", "no [unk]", "absent", True),
        ("no", "[unk]", "absent", False),
        ("", "no", "absent", False),
        ("know", "no", "absent", False),
        ("not sure", "no", "unsure", True),
        ("not sure", "[unk]", "unsure", True),
    ],
)
def test_a_yes_of_one_ear_counts_and_a_no_needs_both(
    lexicon: Lexicon, free: str, bound: str, expected: str, sure: bool
) -> None:
    event = both(lexicon, free, bound)
    assert (expected, sure) == (read_as(event), event.sure)  # type: ignore[union-attr]  # Answered has it


@pytest.mark.parametrize(
    ("free", "bound"), [("yes", "no"), ("it's numb", "no"), ("no", "yes"), ("", "[unk]"), ("the", "")]
)
def test_contradiction_or_nothing_is_asked_again(lexicon: Lexicon, free: str, bound: str) -> None:
    assert read_as(both(lexicon, free, bound)) == AGAIN


def test_a_danger_of_either_ear_counts(lexicon: Lexicon) -> None:
    assert read_as(both(lexicon, "i can't breathe", "no")) == "danger:chest"


def test_a_request_of_one_ear_counts_when_the_other_heard_no_finding(lexicon: Lexicon) -> None:
    assert read_as(both(lexicon, "say that again", "[unk]")) == "repeat"
    assert read_as(both(lexicon, "the", "repeat")) == "repeat"
    assert read_as(both(lexicon, "my bottom is numb", "repeat")) == "present"


def test_free_speech_is_taken_from_the_open_ear_alone(lexicon: Lexicon) -> None:
    event = both(lexicon, "i've got a bad back", "i can't feel when i wipe", "opener", Kind.FREE)
    assert (read_as(event), event.also) == ("told", ())  # type: ignore[union-attr]  # Told has it


def test_ears_that_hear_different_ages_are_asked_again(lexicon: Lexicon) -> None:
    assert read_as(both(lexicon, "fifteen", "fifty", "age", Kind.AGE)) == AGAIN
    assert read_as(both(lexicon, "fifty", "fifty", "age", Kind.AGE)) == "age"


@pytest.mark.parametrize(
    ("bound", "rejecting", "expected"),
    [
        ("yes", "yes", "present"),
        ("no", "no", "absent"),
        ("no", "nope", "absent"),
        ("not sure", "i don't know", "unsure"),
        ("repeat", "say that again", "repeat"),
        ("no", "[unk]", AGAIN),
        ("yes", "[unk]", AGAIN),
        ("yes", "no", AGAIN),
        ("no", "not sure", AGAIN),
        ("stop", "repeat", AGAIN),
        ("[unk]", "[unk]", AGAIN),
    ],
)
def test_poor_ears_must_agree_on_everything(
    lexicon: Lexicon, bound: str, rejecting: str, expected: str
) -> None:
    assert expected == read_as(poorly(lexicon, bound, rejecting))


def test_what_poor_ears_hear_in_words_is_never_sure(lexicon: Lexicon) -> None:
    event = poorly(lexicon, "it's numb", "it's numb")
    assert (read_as(event), event.sure, event.in_words) == ("present", False, False)  # type: ignore[union-attr]
    assert not poorly(lexicon, "no [unk]", "no").sure  # type: ignore[union-attr]


def test_free_speech_of_poor_ears_is_not_trusted(lexicon: Lexicon) -> None:
    event = poorly(lexicon, "my bottom is numb", "my bottom is numb", Kind.FREE)
    assert (read_as(event), event.also) == ("told", ())  # type: ignore[union-attr]


def test_nothing_heard_by_no_ear_is_asked_again(lexicon: Lexicon) -> None:
    assert read_as(interpret(Hearing(()), Asked(SADDLE, Kind.YES_NO), lexicon).event) == AGAIN


def test_every_reading_tells_its_reasons(lexicon: Lexicon) -> None:
    hearing = Hearing.typed("um no my bum is numb")
    why = interpret(hearing, Asked(SADDLE, Kind.YES_NO), lexicon).why
    assert any("um no my bum is numb" in step for step in why)
    assert any("bum is numb" in step and "there" in step for step in why)


@pytest.mark.parametrize(
    ("free", "bound", "expected"),
    [
        ("no the", "no", "absent"),
        ("no huh", "no", "absent"),
        ("no do", "no [unk]", "absent"),
        ("the no", "no", "absent"),
        ("yes old", "yes", "present"),
        ("yes the", "yes [unk]", "present"),
    ],
)
def test_a_short_word_that_nobody_said_beside_a_real_one_changes_nothing(
    lexicon: Lexicon, free: str, bound: str, expected: str
) -> None:
    assert read_as(both(lexicon, free, bound)) == expected


@pytest.mark.parametrize("free", ["the", "huh", "oh", "a"])
def test_a_short_word_alone_is_no_answer(lexicon: Lexicon, free: str) -> None:
    assert read_as(both(lexicon, free, "[unk]")) == AGAIN
