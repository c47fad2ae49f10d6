"""A "no" that may be what is left of something else, with a word lost or misheard, is no "no"."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, Hear, read_as
from shipped import lexicon

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Event, NotUnderstood
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret

LEXICON = lexicon()
BOTH_WAYS = ["fever_sweats", "severe_function_loss", "saddle_numbness"]


def by_ear(text: str, fact: str = "fever_sweats", kind: Kind = Kind.YES_NO) -> Event:
    return interpret(Hearing((Utterance(text, Ear.OPEN),)), Asked(fact, kind), LEXICON).event


@pytest.mark.parametrize("fact", BOTH_WAYS)
@pytest.mark.parametrize(
    "text",
    [
        "not",
        "i'm not",
        "i don't",
        "i don't no",
        "i wouldn't no",
        "i would no",
        "i don't to say",
        "i'd no say",
        "rather a not say",
        "not this a question",
        "i'm not that",
        "well but it's nothing",
    ],
)
def test_what_is_left_of_a_doubt_or_a_refusal_is_asked_again(fact: str, text: str) -> None:
    assert not isinstance(by_ear(text, fact), Answered)


@pytest.mark.parametrize("fact", BOTH_WAYS)
@pytest.mark.parametrize(
    "text",
    [
        "no",
        "naw",
        "no i don't",
        "no i'm not",
        "no i don't no",
        "not at all",
        "none of that",
        "i can't say i have",
        "i'd say no",
        "not since last year",
        "i haven't had any of that",
        "no no not that",
    ],
)
def test_a_whole_no_stays_one(fact: str, text: str) -> None:
    event = by_ear(text, fact)
    assert isinstance(event, Answered)
    assert (event.status, event.sure) == (Status.ABSENT, True)


@pytest.mark.parametrize("text", ["I don't.", "I'm not.", "I haven't.", "I don't, no."])
def test_what_was_typed_has_lost_nothing(hear: Hear, text: str) -> None:
    assert read_as(hear("fever_sweats", text)) == "absent"


def test_can_may_have_been_cannot() -> None:
    heard = by_ear("i can breathe good", "chest_pain_or_breathless")
    assert isinstance(heard, Answered)
    assert (heard.status, heard.sure) == (Status.ABSENT, False)
    assert read_as(by_ear("can sleep", "severe_function_loss")) == AGAIN
    well = by_ear("i can feel everything and it's all normal", "saddle_numbness")
    assert isinstance(well, Answered)
    assert well.sure


@pytest.mark.parametrize("text", ["i it wasn't much", "i flipped it wasn't much", "it wasn't bad"])
def test_who_makes_little_of_a_fall_may_have_had_one(text: str) -> None:
    assert read_as(by_ear(text, "minor_fall")) == AGAIN


@pytest.mark.parametrize("fact", ["recent_infection_or_procedure", "collapse_or_faint", "cancer_history"])
@pytest.mark.parametrize("text", ["i did but it cleared up", "i did but i was fine after"])
def test_what_is_over_has_happened(fact: str, text: str) -> None:
    assert read_as(by_ear(text, fact)) == "present"


def test_since_when_and_what_is_wrong_need_a_whole_no_as_well() -> None:
    for text in ("not", "i don't no"):
        assert isinstance(by_ear(text, "saddle_numbness.new", Kind.ONSET), NotUnderstood)
        assert isinstance(by_ear(text, "denials", Kind.DENIALS), NotUnderstood)
    assert read_as(by_ear("something not", "anything_else", Kind.FREE)) == "present"
    assert read_as(by_ear("i am not sure", "age", Kind.AGE)) == "unsure"
    assert isinstance(by_ear("i am a sure", "age", Kind.AGE), NotUnderstood)
    assert isinstance(by_ear("i'm", "age", Kind.AGE), NotUnderstood)


def test_somebody_else_and_me_is_not_me() -> None:
    assert isinstance(by_ear("is a for me for someone", "who_for", Kind.CHOICE), NotUnderstood)


def test_a_pet_name_misheard_does_not_stop_the_interview() -> None:
    assert read_as(by_ear("no nothing like that end")) == "absent"
    assert read_as(by_ear("no stop")) == "stop"
    assert read_as(by_ear("stop")) == "stop"
