"""What a person may ask of the interview, and danger and failure, which may come at any time."""

from __future__ import annotations

from voice_triage.interview.answering import in_other_words
from voice_triage.interview.asking import (
    advance,
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
    Event,
    NotUnderstood,
    Request,
    Requested,
)
from voice_triage.interview.grounds import Grounds, Step, fresh
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

_ASKED = frozenset({Phase.ASKING, Phase.ASKING_AGAIN, Phase.CHECKING, Phase.READING_BACK, Phase.FOLLOWING_UP})

SAID_AGAIN = frozenset({Request.REPEAT, Request.SLOWER, Request.FASTER, Request.LOUDER, Request.QUIETER})
"""What is obeyed by saying the same again, as it was or in another manner."""


def requested(on: Grounds, state: State, event: Requested) -> Step:
    """Obey at once. "Go on" is obeyed elsewhere (telling.py); where it is not, the same is put again."""
    match event.request:
        case Request.SHORTER | Request.SAY_THERE:
            return on.put(state, (Say("at_the_end"),))
        case Request.CHANGES:
            return on.put(state, (Say("stop_warning"),))
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
        case Request.SUMMARY:
            return on.put(state, (Say("summary_later"),))
    return on.put(mannered(on, state, event.request))


def mannered(on: Grounds, state: State, request: Request) -> State:
    """Slower, faster, louder or quieter by one step, within bounds."""
    speed = {Request.SLOWER: -1, Request.FASTER: 1}.get(request, 0) + state.speed
    volume = {Request.QUIETER: -1, Request.LOUDER: 1}.get(request, 0) + state.volume
    most, loudest = on.policy.speed_steps, on.policy.volume_steps
    return state._replace(speed=max(-most, min(most, speed)), volume=max(-loudest, min(loudest, volume)))


def in_no_haste(state: State, event: Event) -> State:
    """Whoever speaks is there; "wait" and "slow down" are for all that follows, until "faster"."""
    request = event.request if isinstance(event, Requested) else None
    slowed = state.unhurried or request in (Request.WAIT, Request.SLOWER)
    garbled = isinstance(event, NotUnderstood) and not event.also
    return state._replace(
        silences=0,
        garbled=state.garbled + 1 if garbled else 0,
        waiting=request is Request.WAIT,
        unhurried=slowed and request is not Request.FASTER,
    )


def still_waiting(on: Grounds, state: State) -> Step:
    """A minute after "wait" nobody has spoken: ask gently. From then on silence is silence."""
    return on.put(state._replace(waiting=False), (Say("still_there"),))


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
    state = set_aside(on, state)
    return ask(on, state._replace(done=state.done - {question.id}), question, (Say("help"),))


def set_aside(on: Grounds, state: State) -> State:
    """What is being asked comes again later; a finding that was heard and is not settled stays heard."""
    if state.phase is Phase.DENIALS:
        return state._replace(denials_read=False)
    if state.phase not in _ASKED:
        return state
    question = on.open_question(state)
    state = state._replace(done=state.done - {question.id})
    read_back = state.phase is Phase.READING_BACK and state.measured is None
    told = read_back or state.phase is Phase.FOLLOWING_UP or state.doubt is Doubt.SAID_IN_WORDS
    if not (question.confirm and told):
        return state._replace(queue=(question.id, *state.queue))
    sure = state.in_words if read_back else state.doubt is Doubt.NONE
    others = tuple(claim for claim in state.claims if claim[0] != question.id)
    asked = {state.asked.fact} if state.asked else set()
    return state._replace(
        findings=on.protocol.facts.record(state.findings, question.id, Status.NOT_ASKED),
        claims=((question.id, sure), *others),
        follow_ups_put=state.follow_ups_put - asked,
    )


def endangered(on: Grounds, state: State, event: Endangered) -> Step:
    """Danger is acted on at once, whatever was being asked.

    Where questions decide what to do they come first; the same words again in answer to one of them are no
    "no": it is put in other words, then left open. Said again later, they are all put again.
    """
    fact = f"interrupt.{event.interrupt}"
    state = state._replace(findings=on.protocol.facts.record(state.findings, fact, Status.PRESENT))
    if state.asked is not None and state.asked.fact in on.protocol.danger_tells.get(event.interrupt, ()):
        findings = on.protocol.facts.record(state.findings, state.asked.fact, Status.PRESENT)
        state = state._replace(findings=findings)
    first = on.protocol.danger_questions.get(event.interrupt, ())
    if not first:
        return conclude(on, fresh(state))
    if state.asked is not None and state.asked.fact in first:
        return on.put(in_other_words(on, state)) if state.phase is Phase.ASKING else leave_open(on, state)
    heard = (Say(f"{event.interrupt}_heard"),)
    state = fresh(set_aside(on, state))
    if on.triage.disposition(state.findings).urgency is Urgency.EMERGENCY:
        return conclude(on, state, heard)
    findings = state.findings
    for name in first:
        findings = on.protocol.facts.record(findings, name, Status.NOT_ASKED)
    later = tuple(name for name in state.queue if name not in first)
    state = state._replace(findings=findings, done=state.done - {*first}, queue=first + later)
    return advance(on, state, heard)


def failed(on: Grounds, state: State, event: EngineFailed) -> Step:
    """Hearing or speaking broke down: advice on what is known and unknown, and the end."""
    return end_early(on, state, Phase.DONE, ())
