"""How an interview comes to its advice: when all is asked, at once in danger, or early."""

from __future__ import annotations

from voice_triage.interview.effects import AdvicePart, Conclude, Effect, HandOver, Remind, Say
from voice_triage.interview.grounds import Grounds, Step, fresh
from voice_triage.interview.prompting import LOST, OFFER
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Disposition
from voice_triage.protocol.urgency import Mode, Urgency


def rules_of(disposition: Disposition) -> tuple[str, ...]:
    """Ids of the rules that fired, each once."""
    return tuple(dict.fromkeys(rule.id for rule in disposition.rules))


def conclude(on: Grounds, state: State, says: tuple[Effect, ...] = ()) -> Step:
    """Give the advice that the findings call for, and offer to repeat it.

    What was said out of turn and not taken up yet counts: "I fell, and I'm numb" must not lead to a car.
    """
    findings = with_claims(on, state)
    disposition = on.triage.disposition(findings)
    state = fresh(
        state,
        phase=Phase.OFFERING,
        asked=OFFER,
        findings=findings,
        claims=(),
        concluded=rules_of(disposition),
        silences=0,
    )
    offered = Say("offer_urgent" if disposition.urgency is Urgency.EMERGENCY else "offer_more")
    return on.put(state, (*says, advice(on, disposition, findings), offered))


def end_early(on: Grounds, state: State, phase: Phase, says: tuple[Effect, ...]) -> Step:
    """What was said and not yet settled counts as there; what was not asked as unanswered."""
    findings = when_ended(on, state, phase)
    disposition = on.triage.disposition(findings)
    state = state._replace(phase=phase, concluded=rules_of(disposition), repeats=0)
    told = (*says, advice(on, disposition, findings))
    if phase is Phase.DONE:
        return state._replace(asked=None), told
    return state, (*told, *on.prompting.prompt(state._replace(asked=LOST))[1:])


def when_ended(on: Grounds, state: State, phase: Phase) -> Findings:
    """What an interview that ends early in this phase rests its advice on; WAITING: nobody answered."""
    facts = on.protocol.facts
    findings = facts.record(with_pending(on, state), on.protocol.ended_early, Status.PRESENT)
    if phase is Phase.WAITING:
        findings = facts.record(findings, on.protocol.ended_silent, Status.PRESENT)
    return on.triage.left_unasked(findings)


def hand_over(on: Grounds, state: State, findings: Findings) -> Step:
    """Give the summary of what these findings came to, and listen on."""
    asked = OFFER if state.phase is Phase.OFFERING else LOST
    prompt = on.prompting.prompt(state._replace(asked=asked))
    told = HandOver(advice(on, on.triage.disposition(findings), findings))
    return state, (told, *(prompt if asked is OFFER else prompt[1:]))


def with_claims(on: Grounds, state: State) -> Findings:
    """The findings with all that was said out of turn; what only may have been said is in doubt."""
    findings = state.findings
    for fact, _ in state.claims:
        findings = on.protocol.facts.heighten(findings, fact, Status.PRESENT)
    for fact in on.choosing.wanted_still(state):
        findings = on.protocol.facts.heighten(findings, fact, Status.UNSURE)
    return findings


def with_pending(on: Grounds, state: State) -> Findings:
    """The findings with all that was said but not settled: a yes waiting to be confirmed counts as yes."""
    heighten = on.protocol.facts.heighten
    findings = with_claims(on, state)
    if state.phase is Phase.ALARMED and state.asked is not None:
        findings = heighten(findings, state.asked.fact, Status.PRESENT)
        phase, asked = state.left or (Phase.ALARMED, None)
        state = state._replace(phase=phase, asked=asked)
    if state.asked is None or state.asked.fact.partition(".")[0] not in on.protocol.facts:
        return findings
    question = on.open_question(state)
    if (state.phase is Phase.READING_BACK and state.measured is None) or state.doubt is Doubt.CLAIMED:
        return heighten(findings, question.id, Status.PRESENT)
    if state.phase is Phase.CHECKING or state.doubt in (Doubt.BARE_YES, Doubt.SAID_IN_WORDS):
        return heighten(findings, question.id, Status.UNSURE)
    return findings


def advice(on: Grounds, disposition: Disposition, findings: Findings) -> Conclude:
    """The effect that gives this advice."""
    text = disposition.rules[0].advice if disposition.rules else on.protocol.self_care_advice
    if disposition.mode is Mode.CALL:
        text = on.protocol.call_texts.get(text, text)
    return Conclude(disposition.urgency, disposition.mode, rules_of(disposition), text, findings)


def reminder(on: Grounds, state: State, part: AdvicePart) -> Remind:
    """One part of the advice that the findings call for."""
    return Remind(part, advice(on, on.triage.disposition(state.findings), state.findings))


def raised(on: Grounds, state: State) -> Step | None:
    """Advice once given can only become more urgent: by what is said after it."""
    before = on.triage.disposition(state.findings)
    findings = with_pending(on, state)
    if on.triage.disposition(findings).urgency > before.urgency:
        return conclude(on, state._replace(findings=findings, claims=()))
    return None
