"""Which question comes next, and what it takes to settle one: the order, the chase, the gates."""

from __future__ import annotations

from voice_triage.interview.events import Measured, Said
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import State
from voice_triage.protocol.conditions import Condition
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Ears, FollowUp, Protocol, Question
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage


class Choosing:
    """Decides on values only; remembers nothing."""

    def __init__(self, protocol: Protocol, triage: Triage, policy: Policy) -> None:
        self._protocol = protocol
        self._triage = triage
        wrong_ears = Ears.STRONG if policy.weak_ears else Ears.WEAK
        self._order = tuple(q for q in protocol.questions if q.ears is not wrong_ears)
        self._by_order = tuple((q.id, q) for q in self._order if not q.volunteered)
        self._counted = tuple(q for q in self._order if q.id in protocol.counted)
        self._counted_names = frozenset(q.id for q in self._counted)
        self._asked_of = frozenset(q.id for q in self._order)
        self._by_id = {question.id: question for question in protocol.questions}

    def question(self, fact: str) -> Question:
        """The question that a fact or one of its follow-ups belongs to; it may be one for other ears."""
        return self._by_id[fact.partition(".")[0]]

    def next_question(self, state: State) -> Question | None:
        """The next question worth asking; None when there is none. Pulled-forward ones come first."""
        for name in state.queue:
            if name in self._asked_of and self._matters(state, pulled := self._by_id[name]):
                return pulled
        done, findings = state.done, state.findings
        for name, question in self._by_order:
            if name in done or not (name in state.wanted or _holds(question.gate, findings)):
                continue
            if self._matters(state, question):
                return question
        return None

    def _matters(self, state: State, question: Question) -> bool:
        """It was not put yet, it makes sense, and it could change something."""
        if question.id in state.done:
            return False
        if not _holds(question.ask_when, state.findings):
            return False
        return question.always or self._triage.could_raise(state.findings, question.id)

    def is_enough(self, state: State, question: Question) -> bool:
        """With this question there would be too many.

        The last places are kept for those that will be put in any case, and for those that can reach an
        emergency.
        """
        if question.always or question.id not in self._protocol.counted or question.id in state.trail:
            return False
        places = self._protocol.most_questions - len(self._counted_names.intersection(state.trail))
        names = self._counted_names - state.done - {question.id}
        if places <= 0:
            return True
        if len(names) < places or self._triage.could_reach_emergency(state.findings, question.id):
            return False
        waiting = (each for each in self._counted if each.id in names)
        first = sum(
            each.always or self._triage.could_reach_emergency(state.findings, each.id)
            for each in waiting
            if _holds(each.ask_when, state.findings) and _holds(each.gate, state.findings)
        )
        return first >= places

    def leave_out(self, state: State, question: Question) -> State:
        """The state without this question; what that may cost is kept in mind."""
        urgent = self._triage.could_be_urgent(state.findings, question.id)
        fact = self._protocol.left_out_urgent if urgent else self._protocol.left_out
        findings = self._protocol.facts.record(state.findings, fact, Status.PRESENT)
        return state._replace(findings=findings, done=state.done | {question.id})

    def next_follow_up(self, state: State, question: Question) -> FollowUp | None:
        """The next follow-up of this question that is open, matters, and is not known yet."""
        for follow_up in question.follow_ups:
            fact = follow_up.fact
            known = self._protocol.facts.status(state.findings, fact) is not Status.NOT_ASKED
            if known or fact in state.follow_ups_put or not follow_up.when.holds(state.findings):
                continue
            matters = follow_up.onset or self._triage.decides_mode(fact)
            if matters or self._triage.could_raise(state.findings, fact):
                return follow_up
            if self._triage.rests_on_not_asking(state.findings, fact):
                return follow_up
        return None

    def chased(self, question: Question, status: Status) -> tuple[str, ...]:
        """Questions that are pulled forward when this question comes to this status."""
        return next((names for at, names in question.chase if at is status), ())

    def denied(self, findings: Findings) -> tuple[str, ...]:
        """Questions whose "no" is read back before any advice below emergency."""
        return tuple(
            question.id
            for question in self._order
            if question.denial and self._protocol.facts.status(findings, question.id) is Status.ABSENT
        )

    def note(self, state: State, also: tuple[Said, ...]) -> State:
        """Keep what was said beyond the question: a finding becomes a claim, a qualifier is recorded.

        Only "it is there" is taken from volunteered speech, never "it is not".
        """
        if not also:
            return state
        facts, findings, claims = self._protocol.facts, state.findings, list(state.claims)
        for said in also:
            if said.fact not in facts:
                continue
            if "." in said.fact:
                known = facts.status(findings, said.fact)
                if known is Status.NOT_ASKED or said.status > known:
                    findings = facts.record(findings, said.fact, said.status)
            elif said.status is Status.PRESENT and said.fact in self._asked_of:
                settled = facts.status(findings, said.fact) is Status.PRESENT
                if not settled and all(fact != said.fact for fact, _ in claims):
                    claims.append((said.fact, said.sure))
        rank = {question.id: place for place, question in enumerate(self._order)}
        claims.sort(key=lambda claim: rank[claim[0]])
        state = state._replace(findings=findings, claims=tuple(claims))
        return self._want(state, {said.fact for said in also if said.status is Status.UNSURE})

    def _want(self, state: State, facts: set[str]) -> State:
        """What may have been said is asked: at once if everybody is asked and it can lead to an emergency,
        or if nobody is asked; otherwise in its place.

        What was denied before is put once more, and not twice.
        """
        claimed = {fact for fact, _ in state.claims}
        status = self._protocol.facts.status
        wanted = [
            question
            for question in self._order
            if question.id in facts - claimed - state.wanted
            and status(state.findings, question.id) in _MAY_BE_ASKED
        ]
        if not wanted:
            return state
        again = {q.id for q in wanted if status(state.findings, q.id) is Status.ABSENT}
        at_once = (
            q.id for q in wanted if (q.volunteered or (q.careful and q.always)) and q.id not in state.queue
        )
        return state._replace(
            wanted=state.wanted.union(question.id for question in wanted),
            done=state.done - again,
            queue=(*at_once, *state.queue),
        )

    def wanted_still(self, state: State) -> tuple[str, ...]:
        """Questions of which something may have been told, that make sense and were not put since."""
        return tuple(
            fact
            for fact in sorted(state.wanted - state.done)
            if _holds(self._by_id[fact].ask_when, state.findings)
        )

    def with_number(
        self, findings: Findings, question: Question, number: Measured | None, otherwise: Status
    ) -> Findings:
        """Findings with every band of the question set; `otherwise` where no number is known."""
        facts = self._protocol.facts
        for band in question.bands:
            findings = facts.record(findings, f"{question.id}.{band}", _in_band(number, band, otherwise))
        return findings


_MAY_BE_ASKED = frozenset({Status.NOT_ASKED, Status.ABSENT})


def _holds(condition: Condition | None, findings: Findings) -> bool:
    return condition is None or condition.holds(findings)


def _in_band(number: Measured | None, band: int, otherwise: Status) -> Status:
    if number is None:
        return otherwise
    if number.low >= band:
        return Status.PRESENT
    return Status.ABSENT if number.high < band else Status.UNSURE
