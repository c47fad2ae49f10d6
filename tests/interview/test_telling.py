"""Topics and remarks in the interview: told, resumed, never in the way, and never an answer."""

from __future__ import annotations

import pytest
from interviewees import IN_WORDS, NO, SILENT, YES, Person, concluded, interviewed, person

from voice_triage.content.locating import find_intents
from voice_triage.content.topics import plan
from voice_triage.interview.effects import AdvicePart, Conclude, Effect, Listen, Remind, Say
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Begin,
    Endangered,
    EngineFailed,
    Event,
    Measured,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Said,
    Told,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.storing import from_plain, to_plain
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

TOPICS = plan(find_intents() / "en")
SCAN, LATER = AskedAbout("imaging-skip"), Say("topic_later")
GO_ON = Requested(Request.MORE)


@pytest.fixture(scope="module")
def talking(protocol: Protocol) -> Interview:
    return Interview(protocol, Policy(), TOPICS)


def at(interview: Interview, fact: str, answers: dict[str, Event] | None = None) -> State:
    answer = person(answers)
    state, _ = interview.step(State(), Begin())
    while state.asked is None or state.asked.fact != fact:
        state, _ = interview.step(state, answer(state))
    return state


def says(effects: tuple[Effect, ...]) -> list[str]:
    return [effect.prompt for effect in effects if isinstance(effect, Say)]


def reminders(effects: tuple[Effect, ...]) -> list[AdvicePart]:
    return [effect.part for effect in effects if isinstance(effect, Remind)]


def test_a_topic_is_told_part_by_part_and_then_the_same_question_is_put(talking: Interview) -> None:
    before = at(talking, "saddle_numbness")
    state, effects = talking.step(before, AskedAbout("cauda-equina"))
    assert says(effects) == ["topic.cauda-equina.1", "go_on"]
    state, effects = talking.step(state, YES)
    assert says(effects) == ["topic.cauda-equina.2", "go_on"]
    state, effects = talking.step(state, YES)
    assert says(effects) == ["topic.cauda-equina.3", "back_to_question", "saddle_numbness.question"]
    assert state == before


@pytest.mark.parametrize(
    "event", [NO, SILENT, NotUnderstood(), Told(), Measured(3, 3), Answered(Status.UNSURE)]
)
def test_whatever_is_not_yes_leads_back_to_the_question_and_answers_nothing(
    talking: Interview, event: Event
) -> None:
    before = at(talking, "saddle_numbness")
    state, _ = talking.step(before, SCAN)
    state, effects = talking.step(state, event)
    assert says(effects) == ["back_to_question", "saddle_numbness.question"]
    assert state._replace(topic="", told=0, garbled=0) == before


def test_go_on_takes_a_topic_up_again_where_it_was_broken_off(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "saddle_numbness"), AskedAbout("cauda-equina"))
    state, _ = talking.step(state, NO)
    state, effects = talking.step(state, NO)  # the answer to the question
    assert says(effects) == ["bladder_retention_or_lost_urge.question"]
    state, effects = talking.step(state, GO_ON)
    assert says(effects) == ["topic.cauda-equina.2", "go_on"]
    state, effects = talking.step(state, GO_ON)
    assert says(effects)[0] == "topic.cauda-equina.3"
    _, effects = talking.step(state, GO_ON)
    assert says(effects) == ["bladder_retention_or_lost_urge.question"]  # nothing more to tell


def test_a_topic_broken_off_in_the_interview_goes_on_after_the_advice(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "saddle_numbness"), SCAN)
    state, _ = talking.step(state, NO)
    calm = person()
    while state.phase is not Phase.OFFERING:
        state, _ = talking.step(state, calm(state))
    _, effects = talking.step(state, GO_ON)
    assert says(effects) == ["topic.imaging-skip.2", "offer"]


def test_a_part_is_said_again_slower_louder_or_as_it_was(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "age"), AskedAbout("tests"))
    for request in (Request.REPEAT, Request.SLOWER, Request.LOUDER):
        state, effects = talking.step(state, Requested(request))
        assert says(effects) == ["topic.tests.1", "go_on"]
    assert (state.speed, state.volume) == (-1, 1)


def test_stop_ends_the_topic_and_said_again_the_interview(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "saddle_numbness"), SCAN)
    state, effects = talking.step(state, Requested(Request.STOP))
    assert says(effects) == ["back_to_question", "saddle_numbness.question"]
    _, effects = talking.step(state, Requested(Request.STOP))
    assert effects[0] == Say("stop_warning")


def test_another_topic_may_be_asked_for_while_one_is_told(talking: Interview) -> None:
    before = at(talking, "saddle_numbness")
    state, _ = talking.step(before, SCAN)
    state, effects = talking.step(state, AskedAbout("lifting"))
    assert says(effects) == ["topic.lifting.1", "go_on"]
    state, _ = talking.step(state, YES)
    assert state == before


def curious(topic: str, answers: dict[str, Event], asked: set[str], hears_all: bool) -> Person:
    """Somebody who asks about a topic at each question once, and hears all of it or its first part."""
    calm, left = person(answers), set(asked)

    def answer(state: State) -> Event:
        assert state.asked is not None
        if state.phase is Phase.TELLING:
            return YES if hears_all else NO
        if state.asked.fact in left and state.phase is not Phase.OFFERING:
            left.discard(state.asked.fact)
            return AskedAbout(topic)
        return calm(state)

    return answer


@pytest.mark.parametrize(
    "answers", [{}, {"fever_sweats": YES}, {"urinary_leak": YES, "urinary_leak.new": NO}]
)
def test_no_topic_at_any_question_changes_what_the_interview_comes_to(
    talking: Interview, answers: dict[str, Event]
) -> None:
    last, plain, steps = interviewed(talking, person(answers))
    asked = {step.split(":")[0] for step in steps}
    for topic in TOPICS:
        for hears_all in (True, False):
            end, effects, _ = interviewed(talking, curious(topic, answers, asked, hears_all), most=400)
            assert end.findings == last.findings, topic
            assert concluded(effects) == concluded(plain), topic


def test_what_may_be_an_emergency_is_settled_before_any_topic(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "saddle_numbness"), YES)  # "You said ... Is that right?"
    for event in (SCAN, AskedAbout("cauda-equina")):
        after, effects = talking.step(state, event)
        assert says(effects) == ["topic_later", "saddle_numbness.readback"]
        assert after.phase is Phase.READING_BACK
    state, _ = talking.step(state, YES)  # "Is that new?"
    state, effects = talking.step(state, SCAN)
    assert says(effects) == ["topic_later", "saddle_numbness.new"]
    state, effects = talking.step(state, GO_ON)
    assert says(effects) == ["topic_later", "saddle_numbness.new"]
    _, effects = talking.step(state, YES)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_the_questions_of_a_danger_come_before_any_topic(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "course"), Endangered("suicidal"))
    assert state.asked is not None
    assert state.asked.fact == "suicidal_harm"
    after, effects = talking.step(state, SCAN)
    assert says(effects)[0] == "topic_later"
    assert after.asked == state.asked


@pytest.mark.parametrize("fact", ["opener", "saddle_numbness", "age", "denials", "offer"])
def test_danger_ends_a_topic_at_once(talking: Interview, fact: str) -> None:
    state, _ = talking.step(at(talking, fact), SCAN)
    assert state.phase is Phase.TELLING
    state, effects = talking.step(state, Endangered("chest"))
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY
    assert state.left is None


@pytest.mark.parametrize(
    "fact", ["opener", "chest_pain_or_breathless", "saddle_numbness", "age", "denials", "offer"]
)
def test_a_finding_said_to_shall_i_go_on_is_taken_up(talking: Interview, fact: str) -> None:
    state, _ = talking.step(at(talking, fact), SCAN)
    state, effects = talking.step(state, NotUnderstood((Said("saddle_numbness", Status.PRESENT),)))
    if fact != "offer":
        assert says(effects) == ["saddle_numbness.claim", "saddle_numbness.new"]
        _, effects = talking.step(state, YES)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_stopping_failing_and_falling_silent_count_what_was_open(talking: Interview) -> None:
    state, _ = talking.step(at(talking, "both_legs"), SCAN)
    _, effects = talking.step(state, EngineFailed("microphone"))
    assert concluded(list(effects)).urgency >= Urgency.SAME_DAY
    state, _ = talking.step(state, SILENT)
    for _ in range(3):
        state, effects = talking.step(state, SILENT)
    assert state.phase is Phase.WAITING
    assert concluded(list(effects)).urgency >= Urgency.SAME_DAY


@pytest.mark.parametrize("topic", TOPICS)
def test_after_calm_advice_every_topic_is_told(talking: Interview, topic: str) -> None:
    before = at(talking, "offer")
    state, effects = talking.step(before, AskedAbout(topic))
    assert says(effects) == [f"topic.{topic}.1", "go_on"]
    assert not reminders(effects)
    while state.phase is Phase.TELLING:
        state, effects = talking.step(state, YES)
    assert says(effects)[-1] == "offer"
    assert state == before


@pytest.mark.parametrize("topic", TOPICS)
def test_after_emergency_advice_the_action_comes_first_and_most_topics_wait(
    talking: Interview, topic: str
) -> None:
    answers: dict[str, Event] = {"saddle_numbness": IN_WORDS, "saddle_numbness.new": YES}
    _, effects = talking.step(at(talking, "offer", answers), AskedAbout(topic))
    assert isinstance(effects[0], Remind)
    assert effects[0].part is AdvicePart.SHORTER
    told = [f"topic.{topic}.1", "go_on"] if TOPICS[topic].in_emergency else ["topic_later", "offer"]
    assert says(effects) == told


def test_only_topics_that_fit_an_emergency_are_told_in_one() -> None:
    assert {topic for topic, told in TOPICS.items() if told.in_emergency} == {
        "when-to-go-now", "cauda-equina", "spine-infection", "tests", "what-doctors-check", "delay",
        "what-happens-next",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("request_", "part"),
    [
        (Request.SHORTER, AdvicePart.SHORTER),
        (Request.SAY_THERE, AdvicePart.SAY_THERE),
        (Request.WHY, AdvicePart.WHY),
        (Request.CHANGES, AdvicePart.CHANGES),
    ],
)
def test_parts_of_the_advice_can_be_asked_for_alone(
    talking: Interview, request_: Request, part: AdvicePart
) -> None:
    before = at(talking, "offer")
    state, effects = talking.step(before, Requested(request_))
    assert (reminders(effects), says(effects), state) == ([part], ["offer"], before)


def test_what_can_be_asked_for_is_told_with_the_advice_and_shortly_in_an_emergency(
    talking: Interview,
) -> None:
    calm = interviewed(talking, person())[1]
    urgent = interviewed(talking, person({"chest_pain_or_breathless": YES}))[1]
    for effects, key in ((calm, "offer_more"), (urgent, "offer_urgent")):
        advice = next(place for place, effect in enumerate(effects) if isinstance(effect, Conclude))
        assert effects[advice + 1 : advice + 3] == [Say(key), Say("offer")]


def test_before_the_advice_its_parts_are_told_later_and_the_question_is_put_again(talking: Interview) -> None:
    before = at(talking, "saddle_numbness")
    for request, said in (
        (Request.SHORTER, "at_the_end"), (Request.SAY_THERE, "at_the_end"), (Request.CHANGES, "stop_warning")
    ):  # fmt: skip
        state, effects = talking.step(before, Requested(request))
        assert (says(effects), state) == ([said, "saddle_numbness.question"], before)


def test_a_remark_is_met_and_the_question_put_again(talking: Interview) -> None:
    before = at(talking, "urinary_leak")
    state, effects = talking.step(before, Remarked("not-stress"))
    assert (says(effects), state) == (["remark.not-stress.during", "urinary_leak.question"], before)


def test_after_the_advice_a_remark_is_met_with_what_to_do(talking: Interview) -> None:
    before = at(talking, "offer", {"urinary_leak": IN_WORDS, "urinary_leak.new": YES})
    state, effects = talking.step(before, Remarked("dont-want-to-bother-anyone"))
    assert effects[0] == Say("remark.dont-want-to-bother-anyone.after")
    assert (reminders(effects), state) == ([AdvicePart.SHORTER], before)


def test_a_voice_that_asks_for_a_topic_after_the_end_by_silence_gets_its_question_back(
    talking: Interview,
) -> None:
    state = at(talking, "urinary_leak")
    for _ in range(3):
        state, _ = talking.step(state, SILENT)
    assert state.phase is Phase.WAITING
    for event in (SCAN, Remarked("not-stress"), GO_ON):
        _, effects = talking.step(state, event)
        assert says(effects)[0] == "welcome_back"


def test_a_state_in_a_topic_can_be_kept_and_goes_on(talking: Interview, protocol: Protocol) -> None:
    state, _ = talking.step(at(talking, "urinary_leak"), AskedAbout("cauda-equina"))
    kept = from_plain(to_plain(state, protocol), protocol)
    assert kept == state
    assert talking.step(kept, YES) == talking.step(state, YES)


def test_an_interview_without_topics_puts_the_question_again(interview: Interview) -> None:
    before = at(interview, "urinary_leak")
    state, effects = interview.step(before, SCAN)
    assert (says(effects), state) == (["urinary_leak.question"], before)


def test_shall_i_go_on_waits_as_an_offer_does(talking: Interview) -> None:
    _, effects = talking.step(at(talking, "urinary_leak"), SCAN)
    (listen,) = (effect for effect in effects if isinstance(effect, Listen))
    assert listen.patience == Policy().offer_patience
