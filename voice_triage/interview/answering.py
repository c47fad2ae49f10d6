"""What an answer does to the question it was given to."""

from __future__ import annotations

from voice_triage.interview.asking import (
    advance,
    ask_denied_again,
    leave_open,
    settle,
    settle_number,
)
from voice_triage.interview.concluding import end_early
from voice_triage.interview.effects import Asked, Kind, Say
from voice_triage.interview.events import (
    Answered,
    Measured,
    NotUnderstood,
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step, fresh
from voice_triage.interview.halving import LONGEST, WIDE, half_answered, halve
from voice_triage.interview.prompting import read_back_from_records
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.protocol.model import MEASURED, Answer, Question
from voice_triage.protocol.status import Status


def answered(on: Grounds, state: State, event: Answered) -> Step:
    """Yes, no or unsure to a question in any of its wordings."""
    question = on.open_question(state)
    if question.answer in MEASURED:
        return yes_or_no_to_a_number(on, state, event)
    match event.status:
        case Status.PRESENT if question.answer is Answer.FREE:
            return settle(on, state, question, Status.PRESENT)
        case Status.PRESENT:
            doubted = state.doubt in (Doubt.SAID_IN_WORDS, Doubt.BARE_YES)
            if not doubted and ((question.confirm and not event.in_words) or not event.sure):
                return read_back(on, state, event.in_words)
            return settle(on, state, question, Status.PRESENT)
        case Status.ABSENT:
            return denied(on, state, question, event.sure)
    if question.confirm and state.phase is Phase.ASKING and on.can_ask_them(state.findings):
        return on.put(in_other_words(on, state), (Say("ask_them"),))
    if question.has_check and state.phase is not Phase.CHECKING:
        return on.put(fresh(state, phase=Phase.CHECKING, doubt=state.doubt))
    return settle(on, state, question, Status.UNSURE)


def denied(on: Grounds, state: State, question: Question, sure: bool) -> Step:
    """A "no" counts once it is sure or was given to two wordings; never against what was said in words."""
    if state.doubt is Doubt.SAID_IN_WORDS or (not sure and state.doubt is Doubt.BARE_YES):
        return settle(on, state, question, Status.UNSURE)
    if not sure and state.phase is Phase.CHECKING:
        return settle(on, state, question, Status.UNSURE)
    if not sure and question.careful and state.phase is Phase.ASKING:
        state = fresh(state, phase=Phase.ASKING_AGAIN, doubt=Doubt.DOUBTFUL_NO)
        return on.put(state, (Say("doubtful_no"),))
    return settle(on, state, question, Status.ABSENT)


def read_back(on: Grounds, state: State, in_words: bool) -> Step:
    """ "You said ... Is that right?" """
    question = on.open_question(state)
    state = fresh(state, phase=Phase.READING_BACK, asked=Asked(question.id, Kind.READBACK), in_words=in_words)
    return on.put(state)


def read_back_answered(on: Grounds, state: State, event: Answered) -> Step:
    """Yes, or no clear no: act on what was heard. No: the question again, in its other wording."""
    question = on.open_question(state)
    if event.status is not Status.ABSENT:
        if state.measured is not None:
            return settle_number(on, state, Measured(*state.measured), Status.UNANSWERED)
        return settle(on, state, question, Status.PRESENT)
    if question.answer in MEASURED:
        return number_missed(on, state)
    doubt = Doubt.SAID_IN_WORDS if state.in_words else Doubt.BARE_YES
    from_records = read_back_from_records(on.protocol, state, question.id)
    state = fresh(state, phase=Phase.ASKING_AGAIN, asked=on.prompting.asked(question), doubt=doubt)
    return on.put(state._replace(contacts=()) if from_records else state)


def measured(on: Grounds, state: State, event: Measured) -> Step:
    """A number was told; an exact age is read back, unless that is what was just repeated.

    Of how long it has lasted no rule depends on a day more or less: it is read back if it was ill heard.
    """
    question = on.open_question(state)
    if question.answer not in MEASURED:
        return not_understood(on, state, NotUnderstood())
    if question.answer is Answer.AGE and event.high - event.low >= WIDE:
        # By yes or no, which to "How old are you?" says nothing.
        again = state.phase is Phase.ASKING_AGAIN
        if again and state.measured is not None:  # said instead of an answer to a half: no more is to be had
            return settle_number(on, state, Measured(*state.measured), Status.UNANSWERED)
        return halve(on, state, event.low, event.high) if again else on.put(in_other_words(on, state))
    said_again = state.phase is Phase.READING_BACK and state.measured == (event.low, event.high)
    exact = event.low == event.high  # "in my fifties", or the answer to "over fifty?": nothing to read back
    if said_again or not exact or (question.answer is Answer.DURATION and event.sure):
        return settle_number(on, state, event, Status.UNANSWERED)
    state = state._replace(
        phase=Phase.READING_BACK,
        asked=Asked(question.id, Kind.READBACK),
        measured=(event.low, event.high),
    )
    return on.put(state)


def yes_or_no_to_a_number(on: Grounds, state: State, event: Answered) -> Step:
    """Where a number is wanted: the answer to a half of it; or of somebody who can say no more than that."""
    if state.phase is Phase.ASKING_AGAIN and state.measured is not None:
        return half_answered(on, state, event)
    bare = event.status in (Status.PRESENT, Status.ABSENT) and not event.in_words
    if bare and state.phase is Phase.ASKING_AGAIN and on.open_question(state).answer is Answer.DURATION:
        return halve(on, state, 0, LONGEST)
    return number_missed(on, state)


def number_missed(on: Grounds, state: State) -> Step:
    """No number could be made of the answer, or it was heard wrong."""
    if state.misses >= on.policy.misses:
        return settle_number(on, state, None, Status.UNANSWERED)
    phase = Phase.ASKING if state.phase is Phase.READING_BACK else Phase.ASKING_AGAIN
    question = on.open_question(state)
    asked = on.prompting.asked(question)
    state = state._replace(phase=phase, asked=asked, measured=None, misses=state.misses + 1)
    return on.put(state)


def told(on: Grounds, state: State, event: Told) -> Step:
    """Free speech: the opener settles itself; at the closing question any words are a worry."""
    return settle(on, state, on.open_question(state), Status.PRESENT)


def denials_answered(on: Grounds, state: State, event: Answered) -> Step:
    """Nothing is wrong with the denials; or something named is; or something is, and each is asked again."""
    if event.status is Status.ABSENT or state.claims:
        return advance(on, state)
    return ask_denied_again(on, state)


def not_understood(on: Grounds, state: State, event: NotUnderstood) -> Step:
    """Ask in other words, then with an example of what to say, then leave it open; too often, it ends."""
    if state.phase in (Phase.ASKING, Phase.ASKING_AGAIN) and state.asked and state.asked.kind is Kind.FREE:
        return settle(on, state, on.open_question(state), Status.PRESENT)
    if state.garbled >= on.policy.garbled:
        return end_early(on, state, Phase.WAITING, ())
    if state.misses >= on.policy.misses:
        if state.phase is Phase.DENIALS:
            return ask_denied_again(on, state)
        if on.open_question(state).answer is Answer.FREE:  # words that nobody understands may be a worry
            return settle(on, state, on.open_question(state), Status.PRESENT)
        return leave_open(on, state)
    sorry = Say("not_understood") if state.misses == 0 else Say("say_yes_or_no")
    state = state._replace(misses=state.misses + 1)
    return on.put(in_other_words(on, state) if state.phase is Phase.ASKING else state, (sorry,))


def in_other_words(on: Grounds, state: State) -> State:
    """The same question in its second wording."""
    return state._replace(phase=Phase.ASKING_AGAIN, asked=on.prompting.asked_again(on.open_question(state)))


def silence(on: Grounds, state: State, event: Silence) -> Step:
    """Ask in other words, then leave it open; silent too often in a row, the interview ends."""
    state = state._replace(silences=state.silences + 1)
    if state.silences >= on.policy.silences:
        return end_early(on, state, Phase.WAITING, ())
    if state.phase is Phase.DENIALS:
        return ask_denied_again(on, state)
    if state.phase is Phase.ASKING and on.open_question(state).reask:
        return on.put(in_other_words(on, state))
    careful = on.open_question(state).careful and state.phase is Phase.ASKING_AGAIN
    return leave_open(on, state, (Say("play_safe"),) if careful else ())
