"""The summary that is spoken on request: complete, in order, in the person's words, and short."""

from __future__ import annotations

import pytest
from interviewed import HOSTILE, Interviewed, interview, kept, with_everything
from shipped import dialogue_in
from test_conversations import CONVERSATIONS

from voice_triage.handover.telling import MOST_CHARACTERS, MOST_WORDS
from voice_triage.interview.storing import from_plain, to_plain
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing


def spoken(person: Interviewed, words: str = "summary") -> str:
    return " ".join(person.say(words))


@pytest.mark.parametrize(
    "words",
    ["summary", "what do i tell the nurse", "can you give me a summary for the call handler", "the summary please",
     "what should I say to the paramedics", "sum it up for the doctor"],
)  # fmt: skip
def test_after_the_advice_a_summary_can_be_asked_for_in_many_words(words: str) -> None:
    said = spoken(kept("numb when asked, in words"), words)
    assert "for a nurse or a call handler" in said
    assert said.endswith("Would you like me to repeat that?")


def test_it_is_told_worst_first_in_their_own_words_and_ends_with_the_advice() -> None:
    said = spoken(kept("numb when asked, in words"))
    order = ["numbness down below", "We don't know the age", "they said: i can't feel it when i wipe", "They said no to",
             "They were told to go to A&E now."]  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_what_is_not_sure_and_not_answered_is_said_and_is_never_a_no() -> None:
    person = interview({"saddle_numbness": "", "fever_sweats": "i don't know"})
    said = spoken(person)
    assert "They gave no answer about numbness down below." in said
    assert "They were not sure about fever or shivers." in said
    denied = said[said.index("They said no to") :]
    assert "numbness" not in denied
    assert "fever" not in denied


def test_age_and_duration_are_told_as_numbers_and_otherwise_as_unknown() -> None:
    said = spoken(interview({"age": "thirty four"}))
    assert "The age is 34." in said
    assert "It has lasted 4 days." in said
    assert "We don't know the age." in spoken(interview({"age": "i'd rather not say", "readback": "yes"}))


@pytest.mark.parametrize("status", list(Status)[1:])
def test_however_much_was_said_it_takes_less_than_a_minute(status: Status) -> None:
    told = with_everything(status).report.told
    assert len(" ".join(told.sentences).split()) <= MOST_WORDS
    assert len(" ".join(told.sentences)) <= MOST_CHARACTERS
    assert " more" in " ".join(told.sentences)


def test_every_conversation_can_be_summed_up_and_names_all_that_is_there_or_counts_it() -> None:
    for case in CONVERSATIONS:
        person = interview(case["hear"])
        said = " ".join(dialogue_in("uk").told(person.summary).sentences)
        assert len(said.split()) <= MOST_WORDS
        missing = [row.name for row in person.summary.findings(Status.PRESENT) if row.name not in said]
        assert not missing or " more" in said, case["name"]


def test_asked_for_in_the_middle_it_is_promised_and_the_question_is_put_again() -> None:
    talk = dialogue_in("uk")
    turn = talk.hear(talk.open().state, Hearing.typed("me"))
    again = talk.hear(turn.state, Hearing.typed("summary"))
    assert "I'll sum it up for them at the end." in again.say
    assert again.say[-1] == turn.say[-1]


def test_whoever_comes_after_an_end_by_silence_can_ask_for_it() -> None:
    person = interview({"chest_pain_or_breathless": "", "collapse_or_faint": "", "opener": ""})
    said = spoken(person, "what do i tell the paramedics")
    assert "The questions ended early. What was not asked is not known." in said
    assert "no answer about chest pain or trouble breathing" in said


def test_danger_said_in_the_same_breath_is_acted_on_and_not_summed_up() -> None:
    said = spoken(interview({}), "summary i can't breathe")
    assert "call 999 now" in said


def test_words_of_danger_are_handed_over_first() -> None:
    said = spoken(interview({"fever_sweats": "stop i can't breathe"}))
    assert said.index("in their words: stop i can't breathe") < said.index("We don't know the age")


def test_marks_and_pictures_are_not_spoken() -> None:
    said = spoken(interview({"saddle_numbness": HOSTILE}))
    assert not set("<>{}&\n\x07\u202e😀") & set(said.replace("A&E", ""))
    assert "They were told" in said


def test_a_state_that_was_stored_keeps_the_words() -> None:
    talk = dialogue_in("uk")
    state = kept("numb when asked, in words").turn.state
    assert state.account
    assert from_plain(to_plain(state, talk.protocol), talk.protocol) == state


def test_starting_again_forgets_what_was_said() -> None:
    person = kept("numb when asked, in words")
    turn = dialogue_in("uk").hear(person.turn.state, Hearing.typed("start again"))
    assert turn.state.account == ()
