"""The interview: one table of transitions. Whatever moves an interview on is in this file.

`step(state, event)` gives the next state and the effects, in order. It never raises on what a person
does; it raises InterviewError on an event that the table does not allow, and then changes nothing.

A question goes ASKING -> (ASKING_AGAIN | CHECKING | READING_BACK) -> settled -> FOLLOWING_UP -> next one.
The first emergency rule that fires ends the questions. Below emergency the heard "no"s are read back
(DENIALS) before the advice. After the advice the person may have it repeated (OFFERING). An interview that
ends early, by silence, "stop" or a failure, counts all that was not asked as unanswered. One that was
interrupted is gone on with (RESUMING) only after a clear yes. Danger ends the questions at once, from
anywhere; where it was only half heard it is asked about first (ALARMED).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from voice_triage.errors import InterviewError
from voice_triage.interview.afterwards import (
    ended,
    found_again,
    garbled_still,
    offer_answered,
    offer_ignored,
    offer_requested,
    still_lost,
)
from voice_triage.interview.alarming import (
    alarm_answered,
    alarm_endangered,
    alarm_ignored,
    alarm_missed,
    alarm_requested,
    danger_heard,
    unless_denied,
)
from voice_triage.interview.answering import (
    answered,
    denials_answered,
    measured,
    not_understood,
    read_back_answered,
    silence,
    told,
)
from voice_triage.interview.asking import followed_up
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
    Requested,
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.policy import Policy
from voice_triage.interview.requesting import failed, in_no_haste, still_waiting
from voice_triage.interview.resuming import (
    resume_answered,
    resume_endangered,
    resume_failed,
    resume_ignored,
    resume_missed,
    resume_requested,
    start,
)
from voice_triage.interview.state import Phase, State
from voice_triage.interview.telling import (
    asked_about,
    enough,
    left_for_topic,
    remarked,
    requested_or_more,
    said_again,
    to_go_on,
)
from voice_triage.interview.topics import Topics
from voice_triage.protocol.findings import NOTHING_KNOWN
from voice_triage.protocol.model import Protocol


class Interview:
    """The transitions for one protocol and one policy, and what can be asked about beside it."""

    def __init__(self, protocol: Protocol, policy: Policy, topics: Topics | None = None) -> None:
        self._grounds = Grounds(protocol, policy, topics or {})

    def step(self, state: State, event: Event) -> Step:
        """The next state and what is to be done. Raises InterviewError if the table forbids the event."""
        event = unless_denied(self._grounds, state, event)
        handler = TRANSITIONS[state.phase].get(type(event))
        if handler is None:
            raise InterviewError(f"{type(event).__name__} cannot happen while {state.phase.value}")
        if state.findings == NOTHING_KNOWN:
            state = state._replace(findings=self._grounds.protocol.facts.nothing)
        if not isinstance(event, Begin | Silence | EngineFailed):
            state = self._grounds.choosing.note(in_no_haste(state, event), event.also)
        elif state.waiting and isinstance(event, Silence):
            return still_waiting(self._grounds, state)
        return handler(self._grounds, state, event)


def on_where_it_was_left(on: Grounds, state: State, event: Event) -> Step:
    """What is not about the telling: as if it had been said to the question that was left for it."""
    if isinstance(event, Requested) and (step := said_again(on, state, event)) is not None:
        return step
    back = left_for_topic(state)
    return TRANSITIONS[back.phase][type(event)](on, back, event)


Handler = Callable[[Grounds, State, Any], Step]
_ANSWERING: Mapping[type, Handler] = {
    Answered: answered,
    Measured: measured,
    Told: told,
    NotUnderstood: not_understood,
    Silence: silence,
    Requested: requested_or_more,
    AskedAbout: asked_about,
    Remarked: remarked,
    Endangered: danger_heard,
    EngineFailed: failed,
}
TRANSITIONS: Mapping[Phase, Mapping[type, Handler]] = {
    Phase.READY: {Begin: start, EngineFailed: failed},
    Phase.RESUMING: {
        Answered: resume_answered,
        Measured: resume_missed,
        Told: resume_missed,
        NotUnderstood: resume_missed,
        Silence: resume_ignored,
        Requested: resume_requested,
        AskedAbout: resume_missed,
        Remarked: resume_missed,
        Endangered: resume_endangered,
        EngineFailed: resume_failed,
    },
    Phase.ASKING: _ANSWERING,
    Phase.ASKING_AGAIN: _ANSWERING,
    Phase.CHECKING: {**_ANSWERING, Measured: not_understood, Told: not_understood},
    Phase.READING_BACK: {
        **_ANSWERING,
        Answered: read_back_answered,
        Told: not_understood,
    },
    Phase.FOLLOWING_UP: {
        **_ANSWERING,
        Answered: followed_up,
        Measured: not_understood,
        Told: not_understood,
    },
    Phase.DENIALS: {
        **_ANSWERING,
        Answered: denials_answered,
        Measured: not_understood,
        Told: not_understood,
    },
    Phase.OFFERING: {
        Answered: offer_answered,
        Measured: offer_answered,
        Told: offer_answered,
        NotUnderstood: offer_answered,
        Silence: offer_ignored,
        Requested: offer_requested,
        AskedAbout: asked_about,
        Remarked: remarked,
        Endangered: danger_heard,
        EngineFailed: ended,
    },
    Phase.TELLING: {
        Answered: to_go_on,
        Measured: to_go_on,
        Told: to_go_on,
        NotUnderstood: to_go_on,
        Silence: enough,
        Requested: on_where_it_was_left,
        AskedAbout: asked_about,
        Remarked: on_where_it_was_left,
        Endangered: on_where_it_was_left,
        EngineFailed: on_where_it_was_left,
    },
    Phase.ALARMED: {
        Answered: alarm_answered,
        Measured: alarm_missed,
        Told: alarm_missed,
        NotUnderstood: alarm_missed,
        Silence: alarm_ignored,
        Requested: alarm_requested,
        AskedAbout: alarm_missed,
        Remarked: alarm_missed,
        Endangered: alarm_endangered,
        EngineFailed: failed,
    },
    Phase.WAITING: {
        Answered: found_again,
        Measured: found_again,
        Told: found_again,
        NotUnderstood: garbled_still,
        Silence: still_lost,
        Requested: found_again,
        AskedAbout: found_again,
        Remarked: found_again,
        Endangered: danger_heard,
        EngineFailed: ended,
    },
    Phase.DONE: {},
}
"""Phase -> event -> what it does. An event that is not here is a mistake of the host."""
