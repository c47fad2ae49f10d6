"""Putting questions, and settling them: what is asked next and what an answer opens."""

from __future__ import annotations

from voice_triage.interview.concluding import conclude
from voice_triage.interview.effects import Asked, Effect, Kind, Say
from voice_triage.interview.events import (
    Answered,
    Begin,
    Measured,
)
from voice_triage.interview.grounds import Grounds, Step, fresh
from voice_triage.interview.prompting import DENIALS, read_back_from_records
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.protocol.model import MEASURED, Question
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency


def begin(on: Grounds, state: State, event: Begin) -> Step:
    """Greet, and ask the first question. Speed and volume stay as the person set them."""
    says: tuple[Effect, ...] = (Say("greeting"),)
    if on.policy.weak_ears:
        says += (Say("weak_ears"),)
    begun = State(
        findings=on.protocol.facts.nothing,
        speed=state.speed,
        volume=state.volume,
        contacts=event.contacts or state.contacts,
    )
    return advance(on, begun, says)


def advance(on: Grounds, state: State, says: tuple[Effect, ...] = ()) -> Step:
    """On to the next: emergency advice, danger, a claim, a question, the read-back of denials, advice."""
    if on.triage.disposition(state.findings).urgency is Urgency.EMERGENCY:
        return conclude(on, state, says)
    question = on.choosing.next_question(state)
    if question is not None and in_danger(on, question):
        return ask(on, state, question, says)
    if state.claims:
        return take_up_claim(on, state, says)
    if on.protocol.end_when is not None and on.protocol.end_when.holds(state.findings):
        early = on.protocol.facts.record(state.findings, on.protocol.ended_early, Status.PRESENT)
        return conclude(on, state._replace(findings=on.triage.left_unasked(early)), says)
    if question is not None and on.choosing.is_enough(state, question):
        return advance(on, on.choosing.leave_out(state, question), says)
    if question is not None:
        return ask(on, state, question, says)
    if not state.denials_read and on.choosing.denied(state.findings):
        return on.put(state._replace(phase=Phase.DENIALS, asked=DENIALS, denials_read=True), says)
    return conclude(on, state, says)


def in_danger(on: Grounds, question: Question) -> bool:
    """It is one of those that decide what to do in a danger: nothing comes before it."""
    return any(question.id in names for names in on.protocol.danger_questions.values())


def ask(on: Grounds, state: State, question: Question, says: tuple[Effect, ...] = ()) -> Step:
    """Put this question in its first wording; what records tell is read back instead."""
    trail = state.trail if state.trail[-1:] == (question.id,) else (*state.trail, question.id)
    state = fresh(
        state,
        phase=Phase.ASKING,
        asked=on.prompting.asked(question),
        queue=tuple(name for name in state.queue if name != question.id),
        trail=trail,
    )
    if read_back_from_records(on.protocol, state, question.id):
        state = state._replace(phase=Phase.READING_BACK, asked=Asked(question.id, Kind.READBACK))
    return on.put(state, says)


def take_up_claim(on: Grounds, state: State, says: tuple[Effect, ...]) -> Step:
    """A finding said out of turn: surely heard, it stands; else it is asked about first."""
    (fact, sure), rest = state.claims[0], state.claims[1:]
    question = on.choosing.question(fact)
    state = fresh(state, claims=rest, asked=on.prompting.asked(question))
    onset = next((f for f in question.follow_ups if f.onset), None)
    if sure and question.confirm:
        return settle(on, state, question, Status.PRESENT, (*says, Say(f"{fact}.claim")))
    known = onset and on.protocol.facts.status(state.findings, onset.fact) is not Status.NOT_ASKED
    if onset is None or known:
        state = state._replace(phase=Phase.READING_BACK, asked=Asked(fact, Kind.READBACK), in_words=sure)
        return on.put(state, says)
    state = state._replace(phase=Phase.FOLLOWING_UP, asked=Asked(onset.fact, Kind.ONSET), doubt=Doubt.CLAIMED)
    return on.put(state, says)


def settle(
    on: Grounds, state: State, question: Question, status: Status, says: tuple[Effect, ...] = ()
) -> Step:
    """The question has its answer. Follow-ups come first, then whatever this answer pulls forward."""
    findings = on.protocol.facts.record(state.findings, question.id, status)
    if question.id == on.protocol.repeat_question and status is Status.PRESENT and len(state.contacts) > 1:
        findings = on.protocol.facts.record(findings, on.protocol.repeated, Status.PRESENT)
    state = fresh(
        state,
        findings=findings,
        done=state.done | {question.id},
        claims=tuple(claim for claim in state.claims if claim[0] != question.id),
        queue=on.choosing.chased(question, status) + state.queue,
    )
    if question.noted and status is Status.PRESENT:
        says += (Say(f"{question.id}.noted"),)
    return ask_follow_ups(on, state, question, says)


def ask_follow_ups(on: Grounds, state: State, question: Question, says: tuple[Effect, ...] = ()) -> Step:
    """The next open follow-up of this question; when there is none, on."""
    follow_up = on.choosing.next_follow_up(state, question)
    if follow_up is None:
        return advance(on, state, says)
    state = fresh(
        state,
        phase=Phase.FOLLOWING_UP,
        asked=Asked(follow_up.fact, Kind.ONSET if follow_up.onset else Kind.YES_NO),
        follow_ups_put=state.follow_ups_put | {follow_up.fact},
    )
    return on.put(state, says)


def followed_up(on: Grounds, state: State, event: Answered) -> Step:
    """A follow-up has its answer; that of a claim also says whether the claim was heard right."""
    question = on.open_question(state)
    if state.doubt is Doubt.CLAIMED and event.status is Status.ABSENT:
        return ask(on, state, question)  # "no" may mean "I never said so": ask it plainly
    fact = state.asked.fact if state.asked else question.id
    onset = state.asked is not None and state.asked.kind is Kind.ONSET
    if onset and event.status is Status.ABSENT and not event.sure and state.misses == 0:
        # "Not new" makes it less urgent: where it was not surely heard, it has to come twice.
        return on.put(state._replace(misses=1), (Say("not_understood"),))
    findings = on.protocol.facts.record(state.findings, fact, event.status)
    if state.doubt is Doubt.CLAIMED:
        return settle(on, state._replace(findings=findings), question, Status.PRESENT)
    return ask_follow_ups(on, state._replace(findings=findings), question)


def settle_number(on: Grounds, state: State, number: Measured | None, otherwise: Status) -> Step:
    """The number is known, or known not to be had."""
    question = on.open_question(state)
    findings = on.choosing.with_number(state.findings, question, number, otherwise)
    says = (Say("to_a_child"),) if on.to_a_child(findings) and not on.to_a_child(state.findings) else ()
    state = state._replace(findings=findings)
    return settle(on, state, question, Status.PRESENT if number else otherwise, says)


def leave_open(on: Grounds, state: State, says: tuple[Effect, ...] = ()) -> Step:
    """No answer can be had to what was put; what that means depends on what it was."""
    question = on.open_question(state)
    match state.phase:
        case Phase.FOLLOWING_UP:
            return followed_up(on, state, Answered(Status.UNANSWERED))
        case Phase.READING_BACK if question.answer in MEASURED:
            return settle_number(on, state, None, Status.UNANSWERED)
        case Phase.READING_BACK:
            return settle(on, state, question, Status.PRESENT, says)
    if question.answer in MEASURED:
        return settle_number(on, state, None, Status.UNANSWERED)
    unsure = state.phase is Phase.CHECKING or state.doubt in (Doubt.SAID_IN_WORDS, Doubt.BARE_YES)
    return settle(on, state, question, Status.UNSURE if unsure else Status.UNANSWERED, says)


def ask_denied_again(on: Grounds, state: State, *_: object) -> Step:
    """Some "no" may have been misheard: put each of those questions once more."""
    denied = on.choosing.denied(state.findings)
    state = state._replace(done=state.done - set(denied), queue=denied + state.queue)
    return advance(on, state, (Say("ask_again"),))
