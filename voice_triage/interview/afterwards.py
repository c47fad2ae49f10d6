"""What may happen once advice was given: have it repeated, say more, come back after silence."""

from __future__ import annotations

from voice_triage.interview.asking import (
    advance,
    ask,
    begin,
)
from voice_triage.interview.concluding import (
    conclude,
    hand_over,
    raised,
    reminder,
    when_ended,
    with_claims,
)
from voice_triage.interview.effects import AdvicePart, Say
from voice_triage.interview.events import (
    Answered,
    Begin,
    EngineFailed,
    Event,
    Measured,
    NotUnderstood,
    Request,
    Requested,
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.prompting import DENIALS, LOST
from voice_triage.interview.requesting import mannered
from voice_triage.interview.state import Phase, State
from voice_triage.interview.telling import more
from voice_triage.protocol.status import Status

_PARTS = {
    Request.SHORTER: AdvicePart.SHORTER,
    Request.SAY_THERE: AdvicePart.SAY_THERE,
    Request.WHY: AdvicePart.WHY,
    Request.CHANGES: AdvicePart.CHANGES,
}


def offer_answered(on: Grounds, state: State, event: Answered | NotUnderstood | Told | Measured) -> Step:
    """Repeat, or end; and whatever else was said may raise the urgency."""
    if (worse := raised(on, state)) is not None:
        return worse
    if isinstance(event, Answered) and event.status is Status.PRESENT:
        return conclude(on, state)
    if isinstance(event, Answered) and event.status is Status.ABSENT:
        return state._replace(phase=Phase.DONE, asked=None), (Say("goodbye"),)
    if state.misses:
        return state._replace(phase=Phase.DONE, asked=None), (Say("goodbye"),)
    return on.put(state._replace(misses=1))


def offer_requested(on: Grounds, state: State, event: Requested) -> Step:
    """Most requests after the advice mean: say it again, or a part of it."""
    if (worse := raised(on, state)) is not None:
        return worse
    match event.request:
        case Request.STOP | Request.SKIP:
            return state._replace(phase=Phase.DONE, asked=None), (Say("goodbye"),)
        case Request.START_AGAIN:
            return begin(on, state, Begin())
        case Request.WAIT:
            return state, (Say("take_your_time"), *on.prompting.patient_prompt(state))
        case Request.SUMMARY:
            return hand_over(on, state, with_claims(on, state))
        case Request.MORE:
            return more(on, state)
    if event.request in _PARTS:
        return on.put(state, (reminder(on, state, _PARTS[event.request]),))
    return conclude(on, mannered(on, state, event.request))


def offer_ignored(on: Grounds, state: State, event: Silence) -> Step:
    """Nothing more is wanted."""
    return state._replace(phase=Phase.DONE, asked=None), (Say("goodbye"),)


def still_lost(on: Grounds, state: State, event: Silence) -> Step:
    """Still nobody: say it again, a few times."""
    if state.repeats >= on.policy.repeat_times:
        return state._replace(phase=Phase.DONE, asked=None), ()
    state = state._replace(repeats=state.repeats + 1)
    return state, on.prompting.prompt(state._replace(asked=LOST))


def garbled_still(on: Grounds, state: State, event: NotUnderstood) -> Step:
    """Somebody speaks after the end: where nothing could be understood before, more of it changes nothing."""
    if state.garbled >= on.policy.garbled:
        return still_lost(on, state, Silence())
    return found_again(on, state, event)


def found_again(on: Grounds, state: State, event: Event) -> Step:
    """Somebody speaks again after the end by silence: go on at the same question."""
    if isinstance(event, Requested) and event.request is Request.STOP:
        return state._replace(phase=Phase.DONE, asked=None), (Say("goodbye"),)
    if isinstance(event, Requested) and event.request is Request.SUMMARY and not event.also:
        return hand_over(on, state, when_ended(on, state, Phase.WAITING))
    if state.asked == DENIALS or not state.trail:
        return advance(on, state._replace(denials_read=False), (Say("welcome_back"),))
    question = on.choosing.question(state.trail[-1])
    state = state._replace(done=state.done - {question.id})
    if state.claims:
        return advance(on, state, (Say("welcome_back"),))
    return ask(on, state, question, (Say("welcome_back"),))


def ended(on: Grounds, state: State, event: EngineFailed) -> Step:
    """The advice was given; there is nothing left to lose."""
    return state._replace(phase=Phase.DONE, asked=None), ()
