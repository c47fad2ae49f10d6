"""What a person asks about beside the interview: told part by part, and then on where it was left.

A topic never changes a finding and never answers a question. It waits where emergency advice is due. After
such advice the action comes first, and most topics are left for later.
"""

from __future__ import annotations

from voice_triage.interview.asking import advance, in_danger
from voice_triage.interview.concluding import raised, reminder, with_pending
from voice_triage.interview.effects import AdvicePart, Effect, Say
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Measured,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.prompting import GO_ON
from voice_triage.interview.requesting import SAID_AGAIN, mannered, requested, set_aside
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

_ENOUGH = frozenset({Request.STOP, Request.SKIP, Request.BACK})
"""Said to "Shall I go on?" these end the topic, not the interview."""


def asked_about(on: Grounds, state: State, event: AskedAbout) -> Step:
    """Tell the first part, unless something is due that cannot wait."""
    state = left_for_topic(state)
    if event.topic not in on.topics:
        return on.put(state)
    state = state._replace(topic=event.topic, told=0)
    if state.phase is Phase.OFFERING:
        return _told_after_advice(on, state)
    if _is_due(on, state):
        return on.put(state, (Say("topic_later"),))
    return tell(on, state)


def _told_after_advice(on: Grounds, state: State) -> Step:
    if (worse := raised(on, state)) is not None:
        return worse
    if on.triage.disposition(state.findings).urgency is not Urgency.EMERGENCY:
        return tell(on, state)
    action = reminder(on, state, AdvicePart.SHORTER)
    if on.topics[state.topic].in_emergency:
        return tell(on, state, (action,))
    return on.put(state, (action, Say("topic_later")))


def _is_due(on: Grounds, state: State) -> bool:
    """What was said already may be an emergency, or it is being found out what to do in a danger."""
    if on.triage.disposition(with_pending(on, state)).urgency is Urgency.EMERGENCY:
        return True
    asked = state.asked.fact if state.asked else ""
    return asked in on.protocol.facts and in_danger(on, on.choosing.question(asked))


def tell(on: Grounds, state: State, says: tuple[Effect, ...] = ()) -> Step:
    """The next part of the topic, and the question whether to go on where there is more."""
    told = state.told + 1
    says = (*says, Say(f"topic.{state.topic}.{told}"))
    if told >= on.topics[state.topic].parts:
        return _go_back(on, state._replace(topic="", told=0), says)
    if state.left is None and state.asked is not None:
        state = state._replace(left=(state.phase, state.asked))
    return on.put(state._replace(phase=Phase.TELLING, asked=GO_ON, told=told), says)


def requested_or_more(on: Grounds, state: State, event: Requested) -> Step:
    """A request: "go on" is about what was being told, all else about the interview."""
    return more(on, state) if event.request is Request.MORE else requested(on, state, event)


def more(on: Grounds, state: State) -> Step:
    """ "Go on": the topic that was broken off, from where it was; where there is none, the same again."""
    if state.topic not in on.topics:
        return on.put(state)
    if state.told == 0:
        return asked_about(on, state, AskedAbout(state.topic))
    if state.phase is not Phase.OFFERING and _is_due(on, state):
        return on.put(state, (Say("topic_later"),))
    return tell(on, state)


def to_go_on(on: Grounds, state: State, event: Answered | Measured | Told | NotUnderstood) -> Step:
    """Yes: the next part. A finding said here counts as one said out of turn. Else: on where it was left."""
    if event.also:
        back = left_for_topic(state)
        if back.phase is Phase.OFFERING:
            return raised(on, back) or on.put(back)
        return advance(on, set_aside(on, back))
    if isinstance(event, Answered) and event.status is Status.PRESENT:
        return tell(on, state)
    return _go_back(on, state)


def enough(on: Grounds, state: State, event: Silence) -> Step:
    """Nobody wants more: on where it was left. This silence answers nothing, and is not counted."""
    return _go_back(on, state)


def said_again(on: Grounds, state: State, event: Requested) -> Step | None:
    """What is asked of the telling itself; None: it is meant for the interview."""
    if event.request in _ENOUGH:
        return _go_back(on, state)
    if event.request is Request.MORE:
        return tell(on, state)
    if event.request is Request.WAIT:
        return state, (Say("take_your_time"), *on.prompting.patient_prompt(state))
    if event.request in SAID_AGAIN:
        return tell(on, mannered(on, state, event.request)._replace(told=state.told - 1))
    return None


def remarked(on: Grounds, state: State, event: Remarked) -> Step:
    """Somebody makes little of it, or shrinks from going: a calm word, then the same question again."""
    if state.phase is not Phase.OFFERING:
        return on.put(state, (Say(f"remark.{event.remark}.during"),))
    if (worse := raised(on, state)) is not None:
        return worse
    return on.put(state, (Say(f"remark.{event.remark}.after"), reminder(on, state, AdvicePart.SHORTER)))


def _go_back(on: Grounds, state: State, says: tuple[Effect, ...] = ()) -> Step:
    state = left_for_topic(state)
    if state.phase is not Phase.OFFERING:
        says = (*says, Say("back_to_question"))
    return on.put(state, says)


def left_for_topic(state: State) -> State:
    """The state as it was when the topic was asked for: the same question is open."""
    if state.left is None or state.phase is Phase.ALARMED:
        return state
    return state._replace(phase=state.left[0], asked=state.left[1], left=None)
