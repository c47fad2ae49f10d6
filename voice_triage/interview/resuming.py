"""Going on with an interview that was interrupted: only if the person says so, else all is asked anew.

No answer of an earlier talk is used without a clear yes: somebody else may be speaking now, and their "no"
is no "no" of this person. Advice of an emergency is not asked about but given.
"""

from __future__ import annotations

from voice_triage.interview.afterwards import found_again
from voice_triage.interview.alarming import danger_heard
from voice_triage.interview.asking import begin
from voice_triage.interview.concluding import conclude, when_ended
from voice_triage.interview.effects import Effect, Say
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
    Silence,
    Told,
)
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.prompting import RESUME
from voice_triage.interview.requesting import check_life_threat, failed, mannered, requested
from voice_triage.interview.state import Phase, State
from voice_triage.interview.telling import left_for_topic
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

_PACE = frozenset({Request.SLOWER, Request.FASTER, Request.LOUDER, Request.QUIETER})


def start(on: Grounds, state: State, event: Begin) -> Step:
    """A new interview; or first the question whether to go on with the one that was interrupted."""
    if event.stopped is None:
        return begin(on, state, event)
    stopped = left_for_topic(event.stopped)
    if stopped.concluded is not None:
        ended = stopped.phase is not Phase.OFFERING
        findings = when_ended(on, stopped, stopped.phase) if ended else stopped.findings
        if on.triage.disposition(findings).urgency is Urgency.EMERGENCY:
            return conclude(on, stopped._replace(findings=findings))
    asking = State(
        phase=Phase.RESUMING,
        findings=on.protocol.facts.nothing,
        asked=RESUME,
        speed=stopped.speed,
        volume=stopped.volume,
        contacts=event.contacts,
        stopped=stopped,
    )
    says: tuple[Effect, ...] = (Say("resume_first"),)
    if on.policy.weak_ears:
        says += (Say("weak_ears"),)
    return on.put(asking, says)


def resume_answered(on: Grounds, state: State, event: Answered) -> Step:
    """A clear yes goes on; anything else begins anew."""
    return _go_on(on, state, event) if event.status is Status.PRESENT else _anew(on, state)


def resume_missed(
    on: Grounds, state: State, event: NotUnderstood | Told | Measured | AskedAbout | Remarked
) -> Step:
    """Once more, then anew. A topic can be asked about once it goes on."""
    if state.misses:
        return _anew(on, state)
    return on.put(state._replace(misses=1), (Say("say_yes_or_no"),))


def resume_ignored(on: Grounds, state: State, event: Silence) -> Step:
    """Silence is no yes."""
    return _anew(on, state)


def resume_requested(on: Grounds, state: State, event: Requested) -> Step:
    """To stop, now or then, is to have the advice on all that was said; "help me" is asked about first.

    "Go on" is a yes.
    """
    match event.request:
        case Request.MORE:
            return _go_on(on, state, event)
        case Request.STOP:
            return requested(on, _standing(on, state), event)
        case Request.SKIP | Request.START_AGAIN:
            return _anew(on, state)
        case Request.HELP:
            begun, _ = _anew(on, state)
            return check_life_threat(on, begun)
        case Request.WAIT:
            return state, (Say("take_your_time"), *on.prompting.patient_prompt(state))
        case request if request in _PACE:
            return on.put(mannered(on, state, request))
    return on.put(state)


def resume_endangered(on: Grounds, state: State, event: Endangered) -> Step:
    """Danger is acted on at once, on top of what was known. To deny one half heard is no yes to going on."""
    return danger_heard(on, _standing(on, state) if event.sure else state, event)


def resume_failed(on: Grounds, state: State, event: EngineFailed) -> Step:
    """Hearing or speaking broke down: advice on what is known and unknown."""
    return failed(on, _standing(on, state), event)


def _go_on(on: Grounds, state: State, event: Event) -> Step:
    """Put again what was being asked, or say again the advice that was being given."""
    stopped = _standing(on, state)
    match stopped.phase:
        case Phase.OFFERING:
            return conclude(on, stopped)
        case Phase.WAITING:
            return found_again(on, stopped, event)
    return on.put(stopped._replace(concluded=None))


def _standing(on: Grounds, state: State) -> State:
    """Where the interrupted interview stood, and what was said out of turn since."""
    stopped = state.stopped or state
    facts, findings = on.protocol.facts, stopped.findings
    for name, status in facts.names_of(state.findings).items():
        findings = facts.heighten(findings, name, Status[status.upper()])
    said = {fact for fact, _ in stopped.claims}
    claims = (*stopped.claims, *(claim for claim in state.claims if claim[0] not in said))
    return stopped._replace(
        findings=findings,
        claims=claims,
        wanted=stopped.wanted | state.wanted,
        done=stopped.done - state.wanted,
        silences=0,
        garbled=0,
        speed=state.speed,
        volume=state.volume,
    )


def _anew(on: Grounds, state: State) -> Step:
    """The interview from its first question; what was said out of turn just now stays said."""
    begun, says = begin(on, state, Begin())
    return begun._replace(findings=state.findings, claims=state.claims, wanted=state.wanted), says
