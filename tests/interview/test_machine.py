"""The conversation as a person lives it, event by event."""

from __future__ import annotations

import typing
from itertools import product

import pytest
from interviewees import IN_WORDS, NO, SILENT, UNSURE, YES, concluded, interviewed, person

from voice_triage.errors import InterviewError
from voice_triage.interview.effects import Asked, Conclude, Effect, Kind, Listen, Say
from voice_triage.interview.events import (
    Answered,
    Begin,
    Endangered,
    EngineFailed,
    Event,
    Measured,
    NotUnderstood,
    Request,
    Requested,
    Said,
    Silence,
    Told,
)
from voice_triage.interview.machine import TRANSITIONS, Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.storing import from_plain, to_plain
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

C_SIGNS = ("saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss", "both_legs")


def at(interview: Interview, fact: str, who=None) -> State:
    """The state in which this fact is being asked."""
    answer = who or person()
    state, _ = interview.step(State(), Begin())
    while state.asked is None or state.asked.fact != fact:
        state, _ = interview.step(state, answer(state))
    return state


def says(effects) -> list[str]:
    return [effect.prompt for effect in effects if isinstance(effect, Say)]


def test_every_phase_has_decided_about_every_event() -> None:
    events = set(typing.get_args(Event))
    person_events = events - {Begin}
    for phase in Phase:
        allowed = set(TRANSITIONS[phase])
        expected = (
            {Begin, EngineFailed} if phase is Phase.READY else set() if phase is Phase.DONE else person_events
        )
        assert allowed == expected, phase


def test_an_event_that_cannot_happen_changes_nothing_and_is_the_hosts_mistake(interview: Interview) -> None:
    with pytest.raises(InterviewError, match="Answered cannot happen while ready"):
        interview.step(State(), YES)


def test_a_healthy_person_is_told_to_care_for_themself_after_every_question(interview: Interview) -> None:
    _, effects, asked = interviewed(interview, person())
    assert concluded(effects).urgency is Urgency.SELF_CARE
    order = [step.split(":")[0] for step in asked]
    assert order == [
        "who_for", "opener", "chest_pain_or_breathless", "collapse_or_faint", *C_SIGNS, "leg_or_foot_weakness",
        "major_trauma", "fever_sweats", "abdominal_or_flank_pain", "age", "age", "sexual_change",
        "unsteady_or_clumsy", "course", "cancer_history", "pregnant_or_postpartum", "weight_loss_or_fatigue",
        "night_or_rest_pain", "upper_back_or_band", "one_leg_symptoms", "repeat_contact", "anything_else",
        "denials", "offer",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", C_SIGNS)
def test_a_bare_yes_is_read_back_then_asked_when_and_then_acted_on(interview: Interview, sign: str) -> None:
    _, effects, asked = interviewed(interview, person({sign: YES, f"{sign}.new": YES}))
    assert asked[-4:-1] == [f"{sign}:asking", f"{sign}:reading_back", f"{sign}.new:following_up"]
    assert (concluded(effects).urgency, concluded(effects).mode) == (Urgency.EMERGENCY, Mode.GO)


@pytest.mark.parametrize("sign", C_SIGNS)
@pytest.mark.parametrize("when", [YES, UNSURE, SILENT])
def test_a_finding_said_in_words_is_not_read_back_and_no_clear_time_means_new(
    interview: Interview, sign: str, when: Event
) -> None:
    _, effects, asked = interviewed(interview, person({sign: IN_WORDS, f"{sign}.new": when}))
    assert f"{sign}:reading_back" not in asked
    assert concluded(effects).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("sign", C_SIGNS)
def test_the_onset_is_not_asked_when_it_was_said(interview: Interview, sign: str) -> None:
    since_today = Answered(Status.PRESENT, in_words=True, also=(Said(f"{sign}.new", Status.PRESENT),))
    _, effects, asked = interviewed(interview, person({sign: since_today}))
    assert f"{sign}.new:following_up" not in asked
    assert concluded(effects).urgency is Urgency.EMERGENCY


def test_a_sign_older_than_two_weeks_is_seen_today_and_one_of_years_soon(interview: Interview) -> None:
    mid = person({"urinary_leak": YES, "urinary_leak.new": NO})
    years = Answered(Status.ABSENT, also=(Said("urinary_leak.old", Status.PRESENT),))
    old = person({"urinary_leak": YES, "urinary_leak.new": years})
    assert concluded(interviewed(interview, mid)[1]).urgency is Urgency.SAME_DAY
    assert concluded(interviewed(interview, old)[1]).urgency is Urgency.SOON


def test_chest_pain_and_fainting_are_acted_on_at_once(interview: Interview) -> None:
    for fact in ("chest_pain_or_breathless", "collapse_or_faint"):
        _, effects, asked = interviewed(interview, person({fact: YES}))
        assert asked[-2] == f"{fact}:asking"
        assert (concluded(effects).urgency, concluded(effects).mode) == (Urgency.EMERGENCY, Mode.CALL)


def test_a_hesitant_yes_to_chest_pain_is_read_back_and_silence_then_counts_as_yes(
    interview: Interview,
) -> None:
    hesitant = Answered(Status.PRESENT, sure=False)
    who = person({"chest_pain_or_breathless": hesitant, "chest_pain_or_breathless:readback": SILENT})
    _, effects, asked = interviewed(interview, who)
    assert "chest_pain_or_breathless:reading_back" in asked
    assert concluded(effects).urgency is Urgency.EMERGENCY


def test_a_doubtful_no_is_asked_again_in_other_words_and_a_second_no_counts(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    state, effects = interview.step(state, Answered(Status.ABSENT, sure=False))
    assert says(effects) == ["doubtful_no", "saddle_numbness.second"]
    state, effects = interview.step(state, Answered(Status.ABSENT, sure=False))
    assert says(effects) == ["bladder_retention_or_lost_urge.question"]


def test_a_doubtful_no_followed_by_silence_is_not_a_no(interview: Interview, protocol: Protocol) -> None:
    state = at(interview, "saddle_numbness")
    state, _ = interview.step(state, Answered(Status.ABSENT, sure=False))
    state, _ = interview.step(state, SILENT)
    assert protocol.facts.status(state.findings, "saddle_numbness") is Status.UNANSWERED


def test_a_denied_read_back_of_a_bare_yes_with_a_clear_no_cancels_it(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    state, _ = interview.step(state, YES)
    state, effects = interview.step(state, NO)
    assert says(effects) == ["saddle_numbness.second"]
    state, effects = interview.step(state, NO)
    assert says(effects) == ["bladder_retention_or_lost_urge.question"]


def test_a_yes_to_the_second_wording_counts_after_a_denied_read_back(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    for event in (YES, NO, YES):
        state, effects = interview.step(state, event)
    assert says(effects) == ["saddle_numbness.new"]


def test_what_was_said_in_words_but_not_surely_heard_never_falls_below_unsure(
    interview: Interview, protocol: Protocol
) -> None:
    state = at(interview, "saddle_numbness")
    for event in (Answered(Status.PRESENT, in_words=True, sure=False), NO, NO):
        state, _ = interview.step(state, event)
    assert protocol.facts.status(state.findings, "saddle_numbness") is Status.UNSURE


def test_i_dont_know_gets_one_checking_question(interview: Interview, protocol: Protocol) -> None:
    state = at(interview, "saddle_numbness")
    state, effects = interview.step(state, UNSURE)
    assert says(effects) == ["saddle_numbness.check"]
    after_no, _ = interview.step(state, NO)
    after_unsure, _ = interview.step(state, UNSURE)
    after_silence, _ = interview.step(state, SILENT)
    status = protocol.facts.status
    assert status(after_no.findings, "saddle_numbness") is Status.ABSENT
    assert status(after_unsure.findings, "saddle_numbness") is Status.UNSURE
    assert status(after_silence.findings, "saddle_numbness") is Status.UNSURE


def test_two_unsure_signs_are_an_emergency_and_one_is_seen_today(interview: Interview) -> None:
    one = person({"saddle_numbness": UNSURE})
    two = person({"saddle_numbness": UNSURE, "urinary_leak": UNSURE})
    assert concluded(interviewed(interview, one)[1]).urgency is Urgency.SAME_DAY
    assert concluded(interviewed(interview, two)[1]).urgency is Urgency.EMERGENCY


def test_silence_is_asked_again_in_the_second_wording_and_then_stays_open(
    interview: Interview, protocol: Protocol
) -> None:
    state = at(interview, "saddle_numbness")
    state, effects = interview.step(state, SILENT)
    assert says(effects) == ["saddle_numbness.second"]
    state, effects = interview.step(state, SILENT)
    assert says(effects) == ["play_safe", "one_leg_symptoms.question"]
    assert protocol.facts.status(state.findings, "saddle_numbness") is Status.UNANSWERED


def test_three_silences_in_a_row_end_with_advice_that_is_repeated_each_minute(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    for _ in range(3):
        state, effects = interview.step(state, SILENT)
    assert concluded(list(effects)).urgency is Urgency.SAME_DAY
    assert concluded(list(effects)).advice == "lost"
    for _ in range(5):
        state, effects = interview.step(state, SILENT)
        assert says(effects) == ["lost"]
        assert next(e for e in effects if isinstance(e, Listen)).patience == 60
    state, effects = interview.step(state, SILENT)
    assert state.phase is Phase.DONE


def test_a_voice_after_the_end_by_silence_goes_on_at_the_same_question(interview: Interview) -> None:
    state = at(interview, "urinary_leak")
    for _ in range(3):
        state, _ = interview.step(state, SILENT)
    open_question = state.asked
    state, effects = interview.step(state, NotUnderstood())
    assert says(effects)[0] == "welcome_back"
    assert state.asked == open_question


def test_twelve_questions_in_a_row_of_which_no_answer_is_understood_end_as_silence_does(
    interview: Interview,
) -> None:
    state = at(interview, "saddle_numbness")
    everything: list[Effect] = []
    for _ in range(36):
        assert state.phase is not Phase.WAITING
        state, effects = interview.step(state, NotUnderstood())
        everything += effects
    assert concluded(everything).urgency is Urgency.SAME_DAY
    for _ in range(5):  # a television goes on talking: it is no person who is back
        state, effects = interview.step(state, NotUnderstood())
        assert says(effects) == ["lost"]
    state, _ = interview.step(state, NotUnderstood())
    assert state.phase is Phase.DONE


@pytest.mark.parametrize(
    "event",
    [YES, NO, UNSURE, Requested(Request.REPEAT), NotUnderstood((Said("fever_sweats", Status.PRESENT),))],
    ids=str,
)
def test_whoever_is_understood_now_and_then_is_asked_on(interview: Interview, event: Event) -> None:
    state = at(interview, "saddle_numbness")
    for _ in range(35):
        state, _ = interview.step(state, NotUnderstood())
    state, _ = interview.step(state, event)
    for _ in range(35):
        if state.phase is not Phase.OFFERING:
            state, _ = interview.step(state, NotUnderstood())
        assert state.phase is not Phase.WAITING


def test_an_answer_after_an_end_of_which_nothing_was_understood_goes_on_at_the_same_question(
    interview: Interview,
) -> None:
    state = at(interview, "urinary_leak")
    for _ in range(36):
        state, _ = interview.step(state, NotUnderstood())
    state, effects = interview.step(state, YES)
    assert says(effects)[0] == "welcome_back"
    assert state.phase is Phase.ASKING


def test_silence_after_an_unsure_sign_ends_in_an_emergency(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    everything: list[Effect] = []
    for event in (UNSURE, UNSURE, NO, SILENT, SILENT):
        state, effects = interview.step(state, event)
        everything += effects
    assert concluded(everything).urgency is Urgency.EMERGENCY


def test_silence_after_an_unsure_fever_ends_in_an_emergency_call(interview: Interview) -> None:
    state = at(interview, "fever_sweats")
    for event in (UNSURE, SILENT, SILENT, SILENT):
        state, effects = interview.step(state, event)
    last = concluded(list(effects))
    assert (last.urgency, last.mode, last.advice) == (Urgency.EMERGENCY, Mode.CALL, "lost_emergency")


def test_stop_speaks_the_warning_first_and_never_reassures(interview: Interview) -> None:
    for fact in ("opener", "chest_pain_or_breathless", "both_legs", "age", "anything_else"):
        state, effects = interview.step(at(interview, fact), Requested(Request.STOP))
        assert effects[0] == Say("stop_warning")
        assert concluded(list(effects)).urgency >= Urgency.SAME_DAY
        assert state.phase is Phase.DONE


def test_a_failure_ends_with_advice_on_what_is_known_and_unknown(interview: Interview) -> None:
    state, effects = interview.step(at(interview, "both_legs"), EngineFailed("microphone"))
    assert concluded(list(effects)).urgency >= Urgency.SAME_DAY
    assert state.phase is Phase.DONE


def test_a_yes_waiting_to_be_confirmed_counts_when_the_person_falls_silent_or_stops(
    interview: Interview,
) -> None:
    state, _ = interview.step(at(interview, "saddle_numbness"), YES)
    assert state.phase is Phase.READING_BACK
    _, effects = interview.step(state, Requested(Request.STOP))
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_danger_said_at_any_question_is_acted_on_at_once(interview: Interview, protocol: Protocol) -> None:
    at_once = [name for name in protocol.interrupts if name not in protocol.danger_questions]
    for name, fact in product(at_once, ("opener", "age", "denials", "offer")):
        state, effects = interview.step(at(interview, fact), Endangered(name))
        assert concluded(list(effects)).urgency is Urgency.EMERGENCY, (name, fact)
        assert state.phase is Phase.OFFERING


def test_a_finding_said_surely_in_the_opener_needs_one_question_only(interview: Interview) -> None:
    sure = Told((Said("bladder_retention_or_lost_urge", Status.PRESENT),))
    _, effects, asked = interviewed(
        interview, person({"opener": sure, "bladder_retention_or_lost_urge.new": YES})
    )
    assert asked[1:3] == ["opener:asking", "bladder_retention_or_lost_urge.new:following_up"]
    assert "bladder_retention_or_lost_urge.claim" in says(effects)  # it is named, so that a mishearing shows
    assert concluded(effects).urgency is Urgency.EMERGENCY


def test_a_fall_and_a_numb_bottom_in_one_breath_lead_to_an_ambulance_not_to_a_car(
    interview: Interview,
) -> None:
    for sure in (True, False):
        both = (
            Said("saddle_numbness", Status.PRESENT, sure),
            Said("saddle_numbness.new", Status.PRESENT, sure),
            Said("major_trauma", Status.PRESENT, sure),
        )
        _, effects, _ = interviewed(interview, person({"opener": Told(both)}))
        assert (concluded(effects).mode, concluded(effects).advice) == (Mode.CALL, "injury_call")


def test_a_hesitant_worry_at_the_closing_question_is_a_worry(interview: Interview) -> None:
    hesitant = Answered(Status.PRESENT, in_words=True, sure=False)
    _, effects, _ = interviewed(interview, person({"anything_else": hesitant}))
    assert concluded(effects).urgency is Urgency.SOON


def test_a_finding_half_heard_in_the_opener_is_named_and_a_no_leads_to_the_plain_question(
    interview: Interview,
) -> None:
    state = at(interview, "opener")
    state, effects = interview.step(state, Told((Said("urinary_leak", Status.PRESENT, sure=False),)))
    assert says(effects) == ["urinary_leak.claim", "urinary_leak.new"]
    state, effects = interview.step(state, NO)
    assert says(effects) == ["urinary_leak.question"]
    _, effects = interview.step(state, NO)
    assert says(effects) == ["chest_pain_or_breathless.question"]


def test_what_may_have_been_said_is_asked_first_if_it_can_lead_to_an_emergency(interview: Interview) -> None:
    perhaps = Told(tuple(Said(fact, Status.UNSURE) for fact in ("minor_fall", "urinary_leak")))
    state, effects = interview.step(at(interview, "opener"), perhaps)
    assert says(effects) == ["urinary_leak.question"]
    _, effects = interview.step(state, NO)
    assert says(effects) == ["chest_pain_or_breathless.question"]


def test_what_may_have_been_said_is_asked_whatever_its_gate_says(interview: Interview) -> None:
    """Nobody is asked about burning when peeing without a clue; who seems to speak of it is."""
    for opener, expected in (
        (Told(), False),
        (Told((Said("urinary_burning_or_blood", Status.UNSURE),)), True),
    ):
        _, _, asked = interviewed(interview, person({"opener": opener}))
        assert ("urinary_burning_or_blood:asking" in asked) == expected


def test_what_may_have_been_said_counts_as_doubt_where_it_cannot_be_asked(interview: Interview) -> None:
    for perhaps, urgency in (((), None), ((Said("saddle_numbness", Status.UNSURE),), Urgency.EMERGENCY)):
        state, _ = interview.step(at(interview, "opener"), Told(perhaps))
        _, effects = interview.step(state, EngineFailed("recognizer"))
        assert urgency in (None, concluded(list(effects)).urgency)


def test_what_was_denied_and_may_have_been_said_after_all_is_put_once_more(interview: Interview) -> None:
    perhaps = Answered(Status.PRESENT, also=(Said("urinary_leak", Status.UNSURE),))
    state, effects = interview.step(at(interview, "anything_else"), perhaps)
    assert says(effects) == ["urinary_leak.question"]
    again = Answered(Status.ABSENT, also=perhaps.also)
    _, effects = interview.step(state, again)
    assert "urinary_leak.question" not in says(effects)


def test_denials_in_the_opener_never_skip_a_question(interview: Interview) -> None:
    nothing = Told((Said("saddle_numbness", Status.ABSENT),))
    _, _, asked = interviewed(interview, person({"opener": nothing}))
    assert "saddle_numbness:asking" in asked


def test_the_worst_finding_of_the_opener_comes_first(interview: Interview) -> None:
    both = Told((Said("fever_sweats", Status.PRESENT), Said("saddle_numbness", Status.PRESENT)))
    state, _ = interview.step(at(interview, "opener"), both)
    assert state.asked == Asked("saddle_numbness.new", Kind.ONSET)


def test_denials_are_read_back_and_a_yes_asks_each_of_them_again(interview: Interview) -> None:
    state = at(interview, "denials")
    state, effects = interview.step(state, YES)
    assert says(effects) == ["ask_again", "saddle_numbness.question"]
    asked = [state.asked.fact]
    while state.phase is not Phase.OFFERING:
        state, effects = interview.step(state, SILENT if state.asked.fact == "bowel_loss" else NO)
        asked.append(state.asked.fact)
    assert [fact for fact in dict.fromkeys(asked) if fact != "offer"] == list(C_SIGNS)
    assert concluded(list(effects)).urgency is Urgency.SAME_DAY  # the silent one is not a no any more


def test_a_sign_named_at_the_read_back_of_denials_is_taken_up(interview: Interview) -> None:
    slip = Answered(Status.PRESENT, also=(Said("urinary_leak", Status.PRESENT),))
    state, effects = interview.step(at(interview, "denials"), slip)
    assert says(effects) == ["urinary_leak.claim", "urinary_leak.new"]
    _, effects = interview.step(state, YES)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_unsure_about_chest_pain_depends_on_age_and_asks_it_next(interview: Interview) -> None:
    old = person({"chest_pain_or_breathless": UNSURE}, age=61)
    young = person({"chest_pain_or_breathless": UNSURE}, age=22)
    _, effects, asked = interviewed(interview, old)
    assert asked[asked.index("chest_pain_or_breathless:asking") + 1] == "age:asking"
    assert (concluded(effects).urgency, concluded(effects).mode) == (Urgency.EMERGENCY, Mode.CALL)
    assert concluded(interviewed(interview, young)[1]).urgency is Urgency.SAME_DAY


def test_an_age_is_read_back_and_a_no_asks_it_again(interview: Interview, protocol: Protocol) -> None:
    state = at(interview, "age")
    state, effects = interview.step(state, Measured(15, 15))
    assert effects[0] == Say("age.readback", (("number", "15"),))
    state, _ = interview.step(state, NO)
    state, _ = interview.step(state, Measured(50, 50))
    state, _ = interview.step(state, YES)
    assert protocol.facts.status(state.findings, "age.50") is Status.PRESENT


def test_a_corrected_age_at_the_read_back_is_read_back_again(interview: Interview) -> None:
    state, _ = interview.step(at(interview, "age"), Measured(15, 15))
    _, effects = interview.step(state, Measured(50, 50))
    assert effects[0] == Say("age.readback", (("number", "50"),))


def test_an_age_repeated_at_its_read_back_is_a_yes(interview: Interview) -> None:
    state, _ = interview.step(at(interview, "age"), Measured(42, 42))
    _, effects = interview.step(state, Measured(42, 42))
    assert says(effects) == ["sexual_change.question"]


def test_without_an_age_the_higher_tier_holds(interview: Interview) -> None:
    belly = {"abdominal_or_flank_pain": YES, "abdominal_or_flank_pain.sudden": YES, "age": SILENT}
    _, effects, _ = interviewed(interview, person(belly))
    assert (concluded(effects).urgency, concluded(effects).mode) == (Urgency.EMERGENCY, Mode.CALL)


def test_no_child_is_asked_the_personal_question_and_none_is_sent_home(interview: Interview) -> None:
    _, effects, asked = interviewed(interview, person(age=14))
    assert "sexual_change:asking" not in asked
    assert concluded(effects).urgency is Urgency.SOON


def test_skipping_the_personal_question_costs_nothing(interview: Interview) -> None:
    _, effects, _ = interviewed(interview, person({"sexual_change": Requested(Request.SKIP)}))
    assert concluded(effects).urgency is Urgency.SELF_CARE


def test_any_other_question_left_open_is_at_least_routine(interview: Interview) -> None:
    _, effects, _ = interviewed(interview, person({"abdominal_or_flank_pain": UNSURE}))
    assert concluded(effects).urgency is Urgency.ROUTINE


@pytest.mark.parametrize("parts", [("tearing",), ("severe", "vomiting")])
def test_not_sure_of_tummy_pain_but_of_what_makes_it_dangerous_is_an_emergency(
    interview: Interview, parts: tuple[str, ...]
) -> None:
    told: dict[str, Event] = {f"abdominal_or_flank_pain.{part}": YES for part in parts}
    _, effects, _ = interviewed(interview, person({"abdominal_or_flank_pain": UNSURE, **told}))
    assert (concluded(effects).urgency, concluded(effects).advice) == (Urgency.EMERGENCY, "belly")


def test_a_weak_leg_is_seen_today_and_one_that_cannot_stand_is_an_emergency_call(
    interview: Interview,
) -> None:
    weak = {"leg_or_foot_weakness": YES, "leg_or_foot_weakness.new": YES}
    stable = concluded(interviewed(interview, person(weak))[1])
    falling = concluded(
        interviewed(interview, person(weak | {"leg_or_foot_weakness.cannot_stand": SILENT}))[1]
    )
    worse = concluded(interviewed(interview, person(weak | {"leg_or_foot_weakness.worse": YES}))[1])
    assert stable.urgency is Urgency.SAME_DAY
    assert (falling.urgency, falling.mode) == (Urgency.EMERGENCY, Mode.CALL)
    assert (worse.urgency, worse.mode, worse.advice) == (Urgency.EMERGENCY, Mode.GO, "weak_leg")


def test_an_injury_with_a_weak_leg_says_lie_still_not_go_by_car(interview: Interview) -> None:
    who = {
        "leg_or_foot_weakness": YES,
        "leg_or_foot_weakness.new": YES,
        "major_trauma": YES,
        "major_trauma.new": YES,
    }
    advice = concluded(interviewed(interview, person(who))[1])
    assert (advice.mode, advice.advice) == (Mode.CALL, "injury_call")


def test_someone_elses_drowsiness_is_an_emergency_call_unless_it_is_denied(interview: Interview) -> None:
    for answer in (YES, UNSURE, SILENT):
        _, effects, asked = interviewed(interview, person({"who_for": YES, "proxy_drowsy": answer}))
        assert asked[:3] == ["who_for:asking", "proxy_elsewhere:asking", "proxy_drowsy:asking"]
        assert (concluded(effects).urgency, concluded(effects).mode) == (Urgency.EMERGENCY, Mode.CALL)
    assert concluded(interviewed(interview, person({"who_for": YES}))[1]).urgency is Urgency.SELF_CARE


def test_a_worry_at_the_end_is_seen_soon_even_when_all_is_denied(interview: Interview) -> None:
    for worry in (YES, Told(), NotUnderstood()):
        assert concluded(interviewed(interview, person({"anything_else": worry}))[1]).urgency is Urgency.SOON


def test_requests_are_obeyed_and_the_question_stays(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    _, repeat = interview.step(state, Requested(Request.REPEAT))
    assert says(repeat) == ["saddle_numbness.question"]
    _, why = interview.step(state, Requested(Request.WHY))
    assert says(why) == ["saddle_numbness.why", "saddle_numbness.question"]
    waiting, wait = interview.step(state, Requested(Request.WAIT))
    assert says(wait) == ["take_your_time"]
    assert next(e for e in wait if isinstance(e, Listen)).patience == 60
    assert waiting.asked == state.asked
    slower, _ = interview.step(state, Requested(Request.SLOWER))
    assert slower.speed == -1
    louder, _ = interview.step(slower, Requested(Request.LOUDER))
    assert (louder.speed, louder.volume) == (-1, 1)


@pytest.mark.parametrize("again", [False, True])
def test_a_minute_after_wait_it_asks_gently_and_leaves_nothing_open(
    interview: Interview, again: bool
) -> None:
    state = at(interview, "saddle_numbness")
    if again:
        state, _ = interview.step(state, NotUnderstood())
    waiting, _ = interview.step(state, Requested(Request.WAIT))
    after, effects = interview.step(waiting, Silence())
    assert says(effects)[0] == "still_there"
    assert after.asked == state.asked
    answered, _ = interview.step(after, NO)
    assert answered.findings != state.findings
    for _ in range(3):  # and whoever has gone is not waited for for ever
        after, effects = interview.step(after, Silence())
    assert concluded(effects).urgency >= Urgency.SAME_DAY


def test_whoever_asked_for_time_has_it_until_they_want_it_faster(interview: Interview) -> None:
    state = at(interview, "saddle_numbness")
    for request in (Request.WAIT, Request.SLOWER):
        slow, _ = interview.step(state, Requested(request))
        later, _ = interview.step(slow, NO)
        assert later.unhurried
        fast, _ = interview.step(later, Requested(Request.FASTER))
        assert not fast.unhurried


def test_back_asks_the_question_before_and_then_this_one_again(interview: Interview) -> None:
    state, effects = interview.step(at(interview, "urinary_leak"), Requested(Request.BACK))
    assert says(effects) == ["bladder_retention_or_lost_urge.question"]
    _, effects = interview.step(state, NO)
    assert says(effects) == ["urinary_leak.question"]


def test_help_me_asks_about_the_chest_first_and_then_goes_on(interview: Interview) -> None:
    state, effects = interview.step(at(interview, "urinary_leak"), Requested(Request.HELP))
    assert says(effects) == ["help", "chest_pain_or_breathless.question"]
    _, effects = interview.step(state, NO)
    assert says(effects) == ["urinary_leak.question"]


def test_a_request_in_the_same_breath_as_a_finding_keeps_the_finding(interview: Interview) -> None:
    both = Requested(Request.STOP, also=(Said("urinary_leak", Status.PRESENT),))
    _, effects = interview.step(at(interview, "fever_sweats"), both)
    assert concluded(list(effects)).urgency is Urgency.EMERGENCY


def test_start_again_forgets_the_answers(interview: Interview, protocol: Protocol) -> None:
    state, effects = interview.step(at(interview, "fever_sweats"), Requested(Request.START_AGAIN))
    assert says(effects) == ["greeting", "who_for.question"]
    assert state.findings == protocol.facts.nothing


def test_an_answer_that_is_not_understood_is_asked_in_other_words_then_by_example_then_left_open(
    interview: Interview, protocol: Protocol
) -> None:
    state = at(interview, "saddle_numbness")
    state, first = interview.step(state, NotUnderstood())
    state, second = interview.step(state, NotUnderstood())
    state, third = interview.step(state, NotUnderstood())
    assert says(first) == ["not_understood", "saddle_numbness.second"]
    assert says(second) == ["say_yes_or_no", "saddle_numbness.second"]
    assert says(third) == ["one_leg_symptoms.question"]
    assert protocol.facts.status(state.findings, "saddle_numbness") is Status.UNANSWERED


def test_after_the_advice_it_is_repeated_on_request_and_can_only_become_more_urgent(
    interview: Interview,
) -> None:
    state = at(interview, "offer")
    _, again = interview.step(state, YES)
    assert concluded(list(again)).urgency is Urgency.SELF_CARE
    _, raised = interview.step(state, NotUnderstood(also=(Said("urinary_leak", Status.PRESENT),)))
    assert concluded(list(raised)).urgency is Urgency.EMERGENCY
    done, bye = interview.step(state, NO)
    assert (done.phase, says(bye)) == (Phase.DONE, ["goodbye"])


def test_words_that_poor_ears_never_understand_at_the_closing_question_are_a_worry(
    weak_interview: Interview,
) -> None:
    _, effects, _ = interviewed(weak_interview, person({"anything_else": NotUnderstood()}))
    assert concluded(effects).urgency is Urgency.SOON


def test_weak_ears_say_so_ask_a_short_menu_and_no_free_question(weak_interview: Interview) -> None:
    _, effects, asked = interviewed(weak_interview, person({"menu_fever": YES}))
    assert says(effects)[:2] == ["greeting", "weak_ears"]
    assert [step.split(":")[0] for step in asked[:6]] == [
        "who_for", "menu_nerves", "menu_injury", "menu_fever", "fever_sweats", "chest_pain_or_breathless",
    ]  # fmt: skip
    assert all(e.asked.kind is not Kind.FREE for e in effects if isinstance(e, Listen))


def test_a_state_survives_being_stored_and_one_of_another_protocol_is_refused(
    interview: Interview, protocol: Protocol
) -> None:
    state, _ = interview.step(State(), Begin())
    who = person({"urinary_leak": YES, "urinary_leak.new": NO, "chest_pain_or_breathless": UNSURE})
    while state.phase is not Phase.DONE:
        plain = to_plain(state, protocol)
        assert from_plain(plain, protocol) == state
        state, _ = interview.step(state, who(state))
    with pytest.raises(InterviewError, match="belongs to protocol 'old'"):
        from_plain(plain | {"protocol": "old"}, protocol)
    with pytest.raises(InterviewError, match="damaged"):
        from_plain(plain | {"phase": "dreaming"}, protocol)


def test_the_same_answers_give_the_same_interview(interview: Interview, protocol: Protocol) -> None:
    who = person({"fever_sweats": YES}, age=80)
    assert interviewed(interview, who) == interviewed(Interview(protocol, Policy()), who)


def test_silence_throughout_still_ends_with_advice(interview: Interview) -> None:
    _, effects, _ = interviewed(interview, lambda _: Silence())
    assert any(isinstance(effect, Conclude) and effect.urgency >= Urgency.SAME_DAY for effect in effects)
