"""When a person who pauses sounds as if there was more to come."""

from __future__ import annotations

import pytest
from shipped import dialogue_in

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered
from voice_triage.protocol.status import Status
from voice_triage.understanding.finishing import goes_on
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

NERVES = Asked("saddle_numbness", Kind.YES_NO)


def heard(*texts: str, **more: bool) -> Hearing:
    return Hearing(tuple(Utterance(text, Ear.OPEN) for text in texts), **more)


@pytest.mark.parametrize("text", ["no and", "yes but", "it's in my", "i have a", "um", "not really um"])
@pytest.mark.parametrize("careful", [False, True])
def test_a_word_that_wants_another_goes_on(lexicon: Lexicon, text: str, careful: bool) -> None:
    assert goes_on(heard(text), NERVES, lexicon, careful)
    assert goes_on(heard("no", text), NERVES, lexicon, careful), "one of two ears heard it"


@pytest.mark.parametrize("text", ["no", "yes", "no no", "yeah", "nope"])
def test_a_bare_answer_goes_on_only_where_a_but_could_turn_it_round(lexicon: Lexicon, text: str) -> None:
    assert goes_on(heard(text), NERVES, lexicon, careful=True)
    assert not goes_on(heard(text), NERVES, lexicon, careful=False)


@pytest.mark.parametrize("text", ["no not at all", "i can feel it fine", "no nothing like that", "", "[unk]"])
def test_what_is_complete_or_not_understood_does_not(lexicon: Lexicon, text: str) -> None:
    assert not goes_on(heard(text), NERVES, lexicon, careful=True)


def test_words_beyond_the_phrases_of_poor_ears_may_have_been_an_and(lexicon: Lexicon) -> None:
    assert goes_on(heard("[unk]", "[unk]", weak=True), NERVES, lexicon, careful=False)
    assert goes_on(heard("not really", "[unk]", weak=True), NERVES, lexicon, careful=False)
    assert not goes_on(heard("no", "[unk]", weak=True), NERVES, lexicon, careful=False), "a bare no, in noise"
    assert not goes_on(heard("", "", weak=True), NERVES, lexicon, careful=True), "nothing was heard"


@pytest.mark.parametrize(
    ("kind", "text", "more"),
    [
        (Kind.AGE, "seventy", True),
        (Kind.AGE, "seventy four", False),
        (Kind.AGE, "i'm", True),
        (Kind.AGE, "thirty years old", False),
        (Kind.AGE, "four", True),
        (Kind.DURATION, "three", True),
        (Kind.DURATION, "three weeks", False),
        (Kind.DURATION, "about", True),
        (Kind.DURATION, "since yesterday", False),
        (Kind.DURATION, "two and a half", True),
        (Kind.ONSET, "yes", True),
        (Kind.ONSET, "since tuesday", False),
    ],
)
def test_half_a_number_goes_on(lexicon: Lexicon, kind: Kind, text: str, more: bool) -> None:
    assert goes_on(heard(text), Asked("age" if kind is Kind.AGE else "course", kind), lexicon, False) is more


def test_what_was_typed_is_complete(lexicon: Lexicon) -> None:
    assert not goes_on(Hearing.typed("no"), NERVES, lexicon, careful=True)


def test_the_signs_at_the_nerves_are_those_that_wait() -> None:
    dialogue = dialogue_in("uk")
    waited_for = {
        question.code
        for question in dialogue.protocol.questions
        if dialogue.goes_on(Asked(question.id, Kind.YES_NO), heard("no"))
    }
    assert {"C1", "C2", "C3", "C4", "C5"} <= waited_for
    assert len(waited_for) < 10, "every bare no would be waited for"


@pytest.mark.parametrize(("text", "status"), [("no", Status.ABSENT), ("yes", Status.PRESENT)])
def test_an_answer_heard_in_doubt_is_never_sure(lexicon: Lexicon, text: str, status: Status) -> None:
    event = interpret(heard(text, doubtful=True), NERVES, lexicon).event
    assert isinstance(event, Answered)
    assert (event.status, event.sure) == (status, False)


def test_dangers_heard_in_doubt_are_dangers(lexicon: Lexicon) -> None:
    sure, doubtful = (
        interpret(heard("i can't breathe", doubtful=doubt), NERVES, lexicon).event for doubt in (False, True)
    )
    assert sure == doubtful
