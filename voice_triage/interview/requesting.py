"""What a person may ask of the interview, and danger and failure, which may come at any time."""

from __future__ import annotations

from voice_triage.interview.asking import (
    ask,
    ask_denied_again,
    begin,
    leave_open,
)
from voice_triage.interview.concluding import conclude, end_early
from voice_triage.interview.effects import Say
from voice_triage.interview.events import (
    Begin,
    Endangered,
    EngineFailed,
    Request,
    Requested,
)
from voice_triage.interview.grounds import Grounds, Step, fresh
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status


def requested(on: Grounds, state: State, event: Requested) -> Step:
    """Obey at once."""
    match event.request:
        case Request.STOP:
            return end_early(on, state, Phase.DONE, (Say("stop_warning"),))
        case Request.START_AGAIN:
            return begin(on, state, Begin())
        case Request.SKIP:
            return skip(on, state)
        case Request.BACK:
            return back(on, state)
        case Request.WAIT:
            return state, (Say("take_your_time"), *on.prompting.patient_prompt(state))
        case Request.HELP:
            return check_life_threat(on, state)
        case Request.WHY:
            says = (Say(f"{on.open_question(state).id}.why"),) if state.phase is not Phase.DENIALS else ()
            return on.put(state, says)
    return on.put(mannered(on, state, event.request))


def mannered(on: Grounds, state: State, request: Request) -> State:
    """Slower, faster, louder or quieter by one step, within bounds."""
    speed = {Request.SLOWER: -1, Request.FASTER: 1}.get(request, 0) + state.speed
    volume = {Request.QUIETER: -1, Request.LOUDER: 1}.get(request, 0) + state.volume
    most, loudest = on.policy.speed_steps, on.policy.volume_steps
    return state._replace(speed=max(-most, min(most, speed)), volume=max(-loudest, min(loudest, volume)))


def skip(on: Grounds, state: State) -> Step:
    """Leave the question unanswered; that is not a "no"."""
    return ask_denied_again(on, state) if state.phase is Phase.DENIALS else leave_open(on, state)


def back(on: Grounds, state: State) -> Step:
    """Put the question before this one again, then this one."""
    here = state.trail[:-1] if state.phase is not Phase.DENIALS else state.trail
    if not here:
        return on.put(state)
    question = on.choosing.question(here[-1])
    follow_ups = {follow_up.fact for follow_up in question.follow_ups}
    findings = state.findings
    for fact in follow_ups:
        findings = on.protocol.facts.record(findings, fact, Status.NOT_ASKED)
    state = state._replace(
        findings=findings,
        done=state.done - {question.id},
        queue=state.trail[-1:] + state.queue,
        trail=here[:-1],
        follow_ups_put=state.follow_ups_put - follow_ups,
    )
    return ask(on, state, question)


def check_life_threat(on: Grounds, state: State) -> Step:
    """ "Help me": whatever was being asked, first ask about what cannot wait."""
    question = on.choosing.question(on.protocol.help_question)
    if state.asked is not None and state.asked.fact == question.id:
        return on.put(state, (Say("help"),))
    resume = state.trail[-1:] if state.phase is not Phase.DENIALS else ()
    state = state._replace(
        done=state.done - {question.id, *resume},
        queue=resume + state.queue,
        denials_read=state.denials_read and state.phase is not Phase.DENIALS,
    )
    return ask(on, state, question, (Say("help"),))


def endangered(on: Grounds, state: State, event: Endangered) -> Step:
    """Danger is acted on at once, whatever was being asked."""
    fact = f"interrupt.{event.interrupt}"
    findings = on.protocol.facts.record(state.findings, fact, Status.PRESENT)
    return conclude(on, fresh(state)._replace(findings=findings))


def failed(on: Grounds, state: State, event: EngineFailed) -> Step:
    """Hearing or speaking broke down: advice on what is known and unknown, and the end."""
    return end_early(on, state, Phase.DONE, ())
