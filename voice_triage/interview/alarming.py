"""A danger that was half heard: asked about at once, and acted on unless it is clearly denied.

Certain words of danger are acted on without a question (requesting.endangered). What only sounds like one
is put to the person: doubt, silence and words that are not understood count as a yes.
"""

from __future__ import annotations

from voice_triage.interview.afterwards import found_again
from voice_triage.interview.effects import Asked, Kind, Say
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    Event,
    Measured,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.requesting import SAID_AGAIN, endangered, mannered, requested
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status

_OBEYED = frozenset({Request.STOP, Request.WAIT})


def unless_denied(on: Grounds, state: State, event: Event) -> Event:
    """The event; or what else it may mean, of a half-heard danger that was denied before."""
    if not isinstance(event, Endangered) or event.otherwise is None:
        return event
    known = on.protocol.facts.status(state.findings, f"interrupt.{event.interrupt}")
    return event.otherwise if known is Status.ABSENT else event


def danger_heard(on: Grounds, state: State, event: Endangered) -> Step:
    """A danger that is sure is acted on; another is asked about."""
    fact = f"interrupt.{event.interrupt}"
    known = on.protocol.facts.status(state.findings, fact)
    if event.sure or known is Status.PRESENT or state.asked is None:
        return endangered(on, state, event)
    left = (state.phase, state.asked)
    asked = Asked(fact, Kind.READBACK)
    return on.put(state._replace(phase=Phase.ALARMED, asked=asked, left=left, misses=0))


def alarm_answered(on: Grounds, state: State, event: Answered) -> Step:
    """A clear no ends it; a doubtful one is asked for once more; anything else is a yes."""
    if event.status is not Status.ABSENT:
        return _act(on, state)
    if not event.sure and state.misses == 0:
        return alarm_missed(on, state, event)
    denied = on.protocol.facts.record(state.findings, _danger(state), Status.ABSENT)
    back = _as_left(state)._replace(findings=denied)
    match back.phase:
        case Phase.OFFERING:
            return on.put(back)
        case Phase.WAITING:
            return found_again(on, back, event)
    return on.put(back, (Say("back_to_question"),))


def alarm_missed(
    on: Grounds,
    state: State,
    event: Answered | NotUnderstood | Told | Measured | AskedAbout | Remarked | Requested,
) -> Step:
    """Once more; then it counts as a yes."""
    if state.misses:
        return _act(on, state)
    return on.put(state._replace(misses=1), (Say("say_yes_or_no"),))


def alarm_ignored(on: Grounds, state: State, event: Silence) -> Step:
    """Silence, too, counts as a yes once it was asked twice."""
    if state.misses:
        return _act(on, state)
    return on.put(state._replace(misses=1))


def alarm_requested(on: Grounds, state: State, event: Requested) -> Step:
    """ "Help" is a yes; to stop is to have the advice on all that was said, this danger with it."""
    if event.request is Request.HELP:
        return _act(on, state)
    if event.request in _OBEYED:
        return requested(on, state, event)
    if event.request in SAID_AGAIN:
        return on.put(mannered(on, state, event.request))
    return alarm_missed(on, state, event)


def alarm_endangered(on: Grounds, state: State, event: Endangered) -> Step:
    """A danger that is sure comes first; one that is half heard again is heard."""
    if event.sure:
        return endangered(on, _as_left(state), event)
    return _act(on, state)


def _danger(state: State) -> str:
    """The fact that is asked about."""
    return state.asked.fact if state.asked else ""


def _act(on: Grounds, state: State) -> Step:
    return endangered(on, _as_left(state), Endangered(_danger(state).partition(".")[2]))


def _as_left(state: State) -> State:
    """What was being asked is open again, from its first miss."""
    phase, asked = state.left or (state.phase, state.asked)
    return state._replace(phase=phase, asked=asked, left=None, misses=0)
