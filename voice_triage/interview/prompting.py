"""What is put to the person: it follows from the state alone, so that it can be repeated."""

from __future__ import annotations

from voice_triage.interview.choosing import Choosing
from voice_triage.interview.effects import Asked, Effect, Kind, Listen, Say
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.protocol.model import Answer, Protocol, Question

_KINDS = {
    Answer.YES_NO: Kind.YES_NO,
    Answer.AGE: Kind.AGE,
    Answer.DURATION: Kind.DURATION,
    Answer.FREE: Kind.FREE,
    Answer.CHOICE: Kind.CHOICE,
}
OFFER = Asked("offer", Kind.OFFER)
LOST = Asked("lost", Kind.OFFER)
RESUME = Asked("resume", Kind.OFFER)
DENIALS = Asked("denials", Kind.DENIALS)
GO_ON = Asked("go_on", Kind.MORE)


def read_back_from_records(protocol: Protocol, state: State, question: str) -> bool:
    """Records tell the answer to this question: it is read back ("You spoke with me on Tuesday")."""
    return bool(state.contacts) and question == protocol.repeat_question


def halfway(question: Question, low: int, high: int) -> int | None:
    """Of the numbers between these at which a rule changes its mind the middle one; None: there is none."""
    between = [band for band in question.bands if low < band < high]
    return between[len(between) // 2] if between else None


class Prompting:
    """State -> effects that put it to the person."""

    def __init__(self, protocol: Protocol, choosing: Choosing, policy: Policy) -> None:
        self._protocol = protocol
        self._choosing = choosing
        self._policy = policy

    def asked(self, question: Question) -> Asked:
        """How this question is put with these ears."""
        kind = _KINDS[question.answer]
        if kind is Kind.FREE and self._policy.weak_ears:
            kind = Kind.YES_NO
        return Asked(question.id, kind)

    def asked_again(self, question: Question) -> Asked:
        """How it is put in its second wording: "Is it about someone else?" wants yes or no."""
        asked = self.asked(question)
        return Asked(question.id, Kind.YES_NO) if asked.kind is Kind.CHOICE else asked

    def prompt(self, state: State) -> tuple[Effect, ...]:
        """Speak what this state asks, and listen."""
        asked = state.asked
        if asked is None or state.phase is Phase.DONE:
            return ()
        return (*self._says(state, asked), Listen(asked, self._patience(asked)))

    def patient_prompt(self, state: State) -> tuple[Effect, ...]:
        """After "wait": say nothing more, give time."""
        return (Listen(state.asked, self._policy.wait_patience),) if state.asked else ()

    def _patience(self, asked: Asked) -> float:
        if asked == LOST:
            return self._policy.repeat_every
        if asked.kind in (Kind.OFFER, Kind.MORE):
            return self._policy.offer_patience
        return self._policy.free_patience if asked.kind is Kind.FREE else self._policy.patience

    def _says(self, state: State, asked: Asked) -> tuple[Say, ...]:
        fact = asked.fact
        match state.phase:
            case Phase.RESUMING if state.stopped is not None and state.stopped.phase is Phase.OFFERING:
                return (Say("resume_advice"),)
            case Phase.RESUMING if state.stopped is not None:
                return (Say("resume", (("count", str(len(state.stopped.trail))),)),)
            case Phase.ASKING_AGAIN if state.measured is not None:
                number = halfway(self._choosing.question(fact), *state.measured)
                return (Say(f"{fact}.over", (("number", str(number)),)),)
            case Phase.ASKING_AGAIN:
                return (Say(f"{fact}.second"),)
            case Phase.CHECKING:
                return (Say(f"{fact}.check"),)
            case Phase.READING_BACK if state.measured is not None:
                return (Say(f"{fact}.readback", (("number", str(state.measured[0])),)),)
            case Phase.READING_BACK if read_back_from_records(self._protocol, state, fact):
                return (Say("spoke_before", (("days", " ".join(state.contacts)),)),)
            case Phase.READING_BACK:
                return (Say(f"{fact}.readback"),)
            case Phase.FOLLOWING_UP if state.doubt is Doubt.CLAIMED:
                return (Say(f"{fact.partition('.')[0]}.claim"), Say(fact))
            case Phase.FOLLOWING_UP:
                return (Say(fact),)
            case Phase.DENIALS:
                return (Say("denials", (("denied", " ".join(self._choosing.denied(state.findings))),)),)
            case Phase.OFFERING | Phase.WAITING | Phase.TELLING | Phase.ALARMED:
                return (Say(asked.fact),)
        return (Say(f"{fact}.question"),)
