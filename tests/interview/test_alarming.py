"""A danger that was only half heard is asked about, and acted on unless it is clearly denied."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from interviewees import IN_WORDS, NO, SILENT, UNSURE, YES, concluded, person

from voice_triage.interview.effects import Asked, Effect, Kind, Say
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Begin,
    Endangered,
    EngineFailed,
    Event,
    NotUnderstood,
    Request,
    Requested,
    Said,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.storing import from_plain, to_plain
from voice_triage.interview.topics import Topic
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

MUMBLED = NotUnderstood()
HALF = Endangered("stroke", otherwise=MUMBLED)
UNSURE_NO = Answered(Status.ABSENT, sure=False)
EVERYWHERE = (
    "who_for", "opener", "saddle_numbness", "saddle_numbness.new", "age", "one_leg_symptoms", "anything_else",
    "denials", "offer",
)  # fmt: skip


def at(interview: Interview, fact: str) -> State:
    """The state in which this is being asked of somebody with nothing but what is asked further about."""
    answer = person({fact.partition(".")[0]: IN_WORDS} if "." in fact else None)
    state, _ = interview.step(State(), Begin())
    while state.asked is None or state.asked.fact != fact:
        state, _ = interview.step(state, answer(state))
    return state


def says(effects: Sequence[Effect]) -> list[str]:
    return [effect.prompt for effect in effects if isinstance(effect, Say)]


def run(interview: Interview, state: State, *events: Event) -> tuple[State, list[Effect]]:
    told: list[Effect] = []
    for event in events:
        state, effects = interview.step(state, event)
        told += effects
    return state, told


@pytest.mark.parametrize("fact", EVERYWHERE)
def test_it_is_asked_about_before_anything_else(interview: Interview, fact: str) -> None:
    state, effects = interview.step(at(interview, fact), HALF)
    assert says(effects) == ["interrupt.stroke"]
    assert state.asked == Asked("interrupt.stroke", Kind.READBACK)


@pytest.mark.parametrize("fact", EVERYWHERE)
@pytest.mark.parametrize(
    "answers",
    [
        (YES,), (UNSURE,), (SILENT, SILENT), (MUMBLED, MUMBLED), (MUMBLED, SILENT), (HALF,),
        (Endangered("chest", otherwise=MUMBLED),), (UNSURE_NO, UNSURE), (Requested(Request.HELP),),
        (AskedAbout("scan"), SILENT), (Requested(Request.SKIP), Requested(Request.SKIP)),
    ],
    ids=str,
)  # fmt: skip
def test_whatever_is_no_clear_no_has_the_ambulance_called(
    interview: Interview, fact: str, answers: tuple[Event, ...]
) -> None:
    _, effects = run(interview, at(interview, fact), HALF, *answers)
    last = concluded(effects)
    assert (last.urgency, last.mode) == (Urgency.EMERGENCY, Mode.CALL)


@pytest.mark.parametrize("fact", EVERYWHERE)
def test_a_clear_no_goes_on_where_it_was_with_nothing_changed(interview: Interview, fact: str) -> None:
    before = at(interview, fact)
    state, effects = run(interview, before, HALF, NO)
    assert says(effects)[0] == "interrupt.stroke"
    assert (state.phase, state.asked, state.doubt) == (before.phase, before.asked, before.doubt)
    answer, calm, alarmed = person(), before, state
    while calm.phase not in (Phase.OFFERING, Phase.DONE):
        calm, _ = interview.step(calm, answer(calm))
        alarmed, _ = interview.step(alarmed, answer(alarmed))
    assert alarmed.concluded == calm.concluded


def test_a_doubtful_no_has_to_come_twice(interview: Interview) -> None:
    before = at(interview, "saddle_numbness")
    state, effects = run(interview, before, HALF, UNSURE_NO)
    assert says(effects) == ["interrupt.stroke", "say_yes_or_no", "interrupt.stroke"]
    state, effects = interview.step(state, UNSURE_NO)
    assert says(effects) == ["back_to_question", "saddle_numbness.question"]


def test_what_was_denied_is_not_asked_about_again_but_certain_words_of_it_act(interview: Interview) -> None:
    state, _ = run(interview, at(interview, "saddle_numbness"), HALF, NO)
    state, effects = interview.step(state, HALF)
    assert says(effects) == ["not_understood", "saddle_numbness.second"]
    answer = Endangered("stroke", otherwise=IN_WORDS)
    _, effects = interview.step(state, answer)
    assert says(effects) == ["saddle_numbness.new"]
    _, effects = interview.step(state, Endangered("stroke"))
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_another_danger_is_asked_about_still(interview: Interview) -> None:
    state, _ = run(interview, at(interview, "saddle_numbness"), HALF, NO)
    _, effects = interview.step(state, Endangered("sepsis", otherwise=MUMBLED))
    assert says(effects) == ["interrupt.sepsis"]


def test_certain_words_of_danger_need_no_answer(interview: Interview) -> None:
    _, effects = run(interview, at(interview, "saddle_numbness"), HALF, Endangered("chest"))
    assert concluded(effects).mode is Mode.CALL


@pytest.mark.parametrize("event", [Requested(Request.STOP), EngineFailed("recognizer")], ids=str)
def test_an_end_at_that_question_counts_it_as_there(interview: Interview, event: Event) -> None:
    _, effects = run(interview, at(interview, "one_leg_symptoms"), HALF, event)
    assert concluded(effects).urgency is Urgency.EMERGENCY


def test_an_interview_broken_off_at_that_question_calls_at_once_or_asks_it_again(
    interview: Interview, protocol: Protocol
) -> None:
    state, _ = interview.step(at(interview, "one_leg_symptoms"), HALF)
    kept = from_plain(to_plain(state, protocol), protocol)
    assert kept == state
    resumed, _ = interview.step(State(), Begin(stopped=kept))
    _, effects = interview.step(resumed, YES)
    assert says(effects) == ["interrupt.stroke"]


def test_words_of_suicide_lead_to_the_questions_about_it(interview: Interview) -> None:
    half = Endangered("suicidal", otherwise=MUMBLED)
    state, effects = run(interview, at(interview, "one_leg_symptoms"), half, YES)
    assert says(effects)[:2] == ["interrupt.suicidal", "suicidal_heard"]
    assert state.asked is not None
    assert state.asked.fact == "suicidal_harm"


def test_a_finding_told_in_the_same_breath_is_taken_up(interview: Interview) -> None:
    told = (Said("bladder_retention_or_lost_urge", Status.PRESENT),)
    half = Endangered("stroke", also=told, otherwise=MUMBLED)
    state, _ = run(interview, at(interview, "saddle_numbness"), half, NO, NO)
    assert state.asked is not None
    assert state.asked.fact.partition(".")[0] == "bladder_retention_or_lost_urge"


def test_slower_and_louder_are_obeyed_and_it_is_asked_again(interview: Interview) -> None:
    state, effects = run(interview, at(interview, "saddle_numbness"), HALF, Requested(Request.LOUDER))
    assert says(effects) == ["interrupt.stroke", "interrupt.stroke"]
    assert state.volume == 1


def test_in_the_middle_of_a_topic_it_comes_before_the_rest_of_it(protocol: Protocol) -> None:
    talking = Interview(protocol, Policy(), {"scan": Topic(parts=3)})
    state, effects = run(talking, at(talking, "saddle_numbness"), AskedAbout("scan"), HALF)
    assert says(effects)[-1] == "interrupt.stroke"
    state, _ = talking.step(state, NO)
    assert state.asked == Asked("saddle_numbness", Kind.YES_NO)


def test_half_heard_where_it_is_asked_whether_to_go_on_a_no_is_no_yes_to_that(interview: Interview) -> None:
    asking, _ = interview.step(State(), Begin(stopped=at(interview, "one_leg_symptoms")))
    state, effects = run(interview, asking, HALF, NO)
    assert says(effects)[0] == "interrupt.stroke"
    assert (state.phase, state.asked, state.stopped) == (asking.phase, asking.asked, asking.stopped)
    _, effects = run(interview, asking, HALF, YES)
    assert concluded(effects).mode is Mode.CALL
