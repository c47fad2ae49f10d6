"""Going on after a break, and what records of earlier talks do to the question about them."""

from __future__ import annotations

import pytest
from interviewees import NO, SILENT, UNSURE, YES, concluded, interviewed, person

from voice_triage.interview.effects import Conclude, Kind, Say
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Begin,
    Endangered,
    EngineFailed,
    Event,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Said,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.state import Phase, State
from voice_triage.interview.storing import from_plain, to_plain
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency


def says(effects) -> list[str]:
    return [effect.prompt for effect in effects if isinstance(effect, Say)]


def at(interview: Interview, fact: str, begin: Begin | None = None, answers=None) -> State:
    state, _ = interview.step(State(), begin or Begin())
    answer = person(answers)
    while state.asked is None or state.asked.fact != fact:
        state, _ = interview.step(state, answer(state))
    return state


def resumed(interview: Interview, stopped: State) -> State:
    state, effects = interview.step(State(), Begin(stopped=stopped))
    assert state.phase is Phase.RESUMING
    assert says(effects)[0] == "resume_first", "whom to call in an emergency comes first"
    return state


@pytest.mark.parametrize("fact", ["collapse_or_faint", "age", "course", "anything_else", "denials"])
def test_a_yes_goes_on_at_the_very_question(interview: Interview, fact: str) -> None:
    stopped = at(interview, fact)
    state, effects = interview.step(resumed(interview, stopped), YES)
    assert state == stopped
    assert says(effects) == says(interview.step(stopped, Requested(Request.REPEAT))[1])


@pytest.mark.parametrize(
    "answer", [NO, UNSURE, SILENT, Requested(Request.START_AGAIN), Requested(Request.SKIP)]
)
def test_anything_but_a_yes_begins_anew_and_no_earlier_no_is_left(
    interview: Interview, answer: Event
) -> None:
    state, effects = interview.step(resumed(interview, at(interview, "course")), answer)
    assert says(effects)[0] == "greeting"
    assert state == interview.step(State(), Begin())[0]


def test_words_not_understood_are_asked_about_once_and_then_it_begins_anew(interview: Interview) -> None:
    state, effects = interview.step(resumed(interview, at(interview, "course")), NotUnderstood())
    assert says(effects) == ["say_yes_or_no", "resume"]
    state, effects = interview.step(state, NotUnderstood())
    assert says(effects)[0] == "greeting"


@pytest.mark.parametrize("event", [AskedAbout("scans"), Remarked("just-back-pain")])
def test_a_topic_or_a_remark_is_no_yes(interview: Interview, event: Event) -> None:
    state, effects = interview.step(resumed(interview, at(interview, "course")), event)
    assert says(effects) == ["say_yes_or_no", "resume"]
    state, effects = interview.step(state, event)
    assert says(effects)[0] == "greeting"


def test_go_on_is_a_yes(interview: Interview) -> None:
    stopped = at(interview, "course")
    state, _ = interview.step(resumed(interview, stopped), Requested(Request.MORE))
    assert state == stopped


@pytest.mark.parametrize("answer", [YES, NO])
def test_a_finding_said_beside_the_answer_is_not_lost(interview: Interview, answer: Answered) -> None:
    also = Answered(answer.status, also=(Said("saddle_numbness", Status.PRESENT),))
    state, _ = interview.step(resumed(interview, at(interview, "chest_pain_or_breathless")), also)
    assert ("saddle_numbness", True) in state.claims


def test_danger_at_the_question_whether_to_go_on_is_acted_on_at_once(interview: Interview) -> None:
    state = resumed(interview, at(interview, "course"))
    _, effects = interview.step(state, Endangered("chest"))
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("event", [Requested(Request.STOP), EngineFailed("speaker")])
def test_an_end_at_that_question_still_counts_what_was_said_before(
    interview: Interview, event: Event
) -> None:
    stopped = at(interview, "saddle_numbness")
    stopped, _ = interview.step(stopped, YES)  # it is being read back
    _, effects = interview.step(resumed(interview, stopped), event)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_help_at_that_question_asks_first_about_what_cannot_wait(interview: Interview) -> None:
    state, _ = interview.step(resumed(interview, at(interview, "course")), Requested(Request.HELP))
    assert state.asked is not None
    assert state.asked.fact == "chest_pain_or_breathless"


def test_advice_of_an_emergency_comes_again_without_a_question(interview: Interview) -> None:
    stopped, effects = interview.step(at(interview, "course"), Endangered("chest"))
    state, again = interview.step(State(), Begin(stopped=stopped))
    assert state.phase is Phase.OFFERING
    assert again == effects


def test_an_emergency_by_silence_comes_again_without_a_question(interview: Interview) -> None:
    state = at(interview, "course", answers={"chest_pain_or_breathless": UNSURE})
    effects: tuple = ()
    while state.phase is not Phase.WAITING:
        state, effects = interview.step(state, SILENT)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY
    _, again = interview.step(State(), Begin(stopped=state))
    assert isinstance(again[0], Conclude)
    assert again[0] == concluded(list(effects))


def test_advice_below_emergency_is_said_again_after_a_yes(interview: Interview) -> None:
    stopped, first, _ = interviewed_to_offer(interview)
    state, effects = interview.step(State(), Begin(stopped=stopped))
    assert says(effects) == ["resume_first", "resume_advice"]
    _, effects = interview.step(state, YES)
    assert concluded(list(effects)) == first


def interviewed_to_offer(interview: Interview) -> tuple[State, Conclude, list]:
    state, effects = interview.step(State(), Begin())
    answer = person()
    while state.phase is not Phase.OFFERING:
        state, effects = interview.step(state, answer(state))
    return state, concluded(list(effects)), list(effects)


def test_what_is_kept_of_a_state_holds_the_interrupted_one(interview: Interview, protocol) -> None:
    state = resumed(interview, at(interview, "course", Begin(contacts=("tuesday",))))
    assert from_plain(to_plain(state, protocol), protocol) == state


def test_poorer_ears_go_on_even_at_a_question_that_is_not_for_them(
    interview: Interview, weak_interview: Interview
) -> None:
    stopped = at(interview, "opener")
    state, effects = weak_interview.step(State(), Begin(stopped=stopped))
    assert "weak_ears" in says(effects)
    state, _ = weak_interview.step(state, YES)
    assert state.asked == stopped.asked
    state, _ = weak_interview.step(state, NotUnderstood())
    assert state.asked is not None
    assert state.asked.fact.startswith("menu_")


# -- earlier talks

ONCE, TWICE = Begin(contacts=("tuesday",)), Begin(contacts=("tuesday", "yesterday"))


def asked_about_records(interview: Interview, begin: Begin, answers=None) -> tuple[State, tuple]:
    """Up to the question about earlier calls; its state and the effects that put it."""
    state, effects = interview.step(State(), begin)
    answer = person(answers)
    while state.asked is None or state.asked.fact != "repeat_contact":
        state, effects = interview.step(state, answer(state))
    return state, effects


def test_an_earlier_talk_is_told_in_place_of_the_question_and_a_yes_makes_it_soon(
    interview: Interview,
) -> None:
    state, effects = asked_about_records(interview, ONCE)
    assert Say("spoke_before", (("days", "tuesday"),)) in effects
    assert "repeat_contact.question" not in says(effects)
    ending = finished(interview, state, YES)
    assert (ending.urgency, "RC1" in ending.rules) == (Urgency.SOON, True)


@pytest.mark.parametrize("answer", [YES, UNSURE, SILENT, Requested(Request.SKIP)])
def test_two_earlier_talks_make_it_today_whatever_is_no_clear_no(interview: Interview, answer: Event) -> None:
    state, _ = asked_about_records(interview, TWICE)
    ending = finished(interview, state, answer)
    assert (ending.urgency, "RC2" in ending.rules) == (Urgency.SAME_DAY, True)


def test_who_says_that_it_was_another_pain_is_asked_about_other_calls(interview: Interview) -> None:
    state, _ = asked_about_records(interview, TWICE)
    state, effects = interview.step(state, NO)
    assert says(effects) == ["repeat_contact.second"]
    assert finished(interview, state, NO).urgency is Urgency.SELF_CARE
    assert finished(interview, state, UNSURE).findings != finished(interview, state, NO).findings


def test_another_pain_then_but_a_doctor_since_still_counts(interview: Interview) -> None:
    state, _ = asked_about_records(interview, TWICE)
    state, _ = interview.step(state, NO)
    assert finished(interview, state, YES, {"repeat_contact.twice": NO}).urgency is Urgency.SOON


def test_records_lower_nothing(interview: Interview) -> None:
    worse = {"osteoporosis_or_steroids": YES, "night_or_rest_pain": YES}
    _, without, _ = interviewed(interview, person(worse))
    state, effects = interview.step(State(), TWICE)
    answer, everything = person(worse), list(effects)
    while state.phase is not Phase.DONE:
        state, effects = interview.step(state, answer(state))
        everything += effects
    assert concluded(everything).urgency >= concluded(without).urgency


def test_starting_again_forgets_no_record(interview: Interview) -> None:
    state = at(interview, "course", ONCE)
    state, _ = interview.step(state, Requested(Request.START_AGAIN))
    assert state.contacts == ("tuesday",)


def finished(interview: Interview, state: State, first: Event, answers=None) -> Conclude:
    """The end of an interview in which `first` is answered now, and no to all else."""
    state, effects = interview.step(state, first)
    answer, everything = person(answers), list(effects)
    while state.phase is not Phase.DONE:
        assert state.asked is not None
        about_it = state.asked.fact == "repeat_contact" and state.asked.kind is not Kind.READBACK
        state, effects = interview.step(state, first if about_it else answer(state))
        everything += effects
    return concluded(everything)
