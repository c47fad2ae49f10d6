"""From findings to urgency: the highest of all rules that fire. Rules never lower it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Answer, Protocol, Question, Rule
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency


@dataclass(frozen=True)
class Disposition:
    """How soon to be seen, and why."""

    urgency: Urgency
    mode: Mode | None
    rules: tuple[Rule, ...]
    """The rules that fired at this urgency, first the one whose advice is spoken. Empty: none fired."""


class Triage:
    """The rules of one protocol, ready to be asked. Answers are remembered: it is all pure."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self._by_urgency = tuple(
            (urgency, tuple(rule for rule in protocol.rules if rule.urgency is urgency))
            for urgency in sorted(Urgency, reverse=True)
        )
        self._advice_rank = {key: rank for rank, key in enumerate(protocol.advice_order)}
        self._places = {
            question.id: frozenset(
                protocol.facts.place(name)
                for name in protocol.facts.names
                if name == question.id or name.startswith(question.id + ".")
            )
            for question in protocol.questions
        }
        self.disposition = lru_cache(maxsize=1 << 16)(self._disposition)

    def _disposition(self, findings: Findings) -> Disposition:
        for urgency, rules in self._by_urgency:
            fired = [rule for rule in rules if rule.when.holds(findings)]
            if fired:
                fired.sort(key=lambda rule: self._advice_rank[rule.advice])
                return Disposition(urgency, self._mode(urgency, fired, findings), tuple(fired))
        return Disposition(Urgency.SELF_CARE, None, ())

    def _mode(self, urgency: Urgency, fired: list[Rule], findings: Findings) -> Mode | None:
        if urgency is not Urgency.EMERGENCY:
            return None
        must_call = self.protocol.call_when is not None and self.protocol.call_when.holds(findings)
        return Mode.CALL if must_call or any(rule.mode is Mode.CALL for rule in fired) else Mode.GO

    def could_raise(self, findings: Findings, question: Question) -> bool:
        """Some answer to this question, with answers still to come, could raise the urgency."""
        reached = self.disposition(findings).urgency
        places = self._places[question.id]
        return any(
            rule.when.could_hold(findings) and not places.isdisjoint(rule.when.places())
            for urgency, rules in self._by_urgency
            if urgency > reached
            for rule in rules
        )

    def left_unasked(self, findings: Findings) -> Findings:
        """The findings if the interview ends here: whatever was still to be asked counts as unanswered."""
        for question in self.protocol.questions:
            if question.ask_when is None or question.ask_when.holds(findings):
                findings = self._unanswered(findings, question.id)
                if question.answer is Answer.AGE:
                    for band in self.protocol.age_bands:
                        findings = self._unanswered(findings, f"{question.id}.{band}")
            for follow_up in question.follow_ups:
                if follow_up.when.holds(findings):
                    findings = self._unanswered(findings, follow_up.fact)
        return findings

    def _unanswered(self, findings: Findings, fact: str) -> Findings:
        return (
            self.protocol.facts.heighten(findings, fact, Status.UNANSWERED)
            if (self.protocol.facts.status(findings, fact) is Status.NOT_ASKED)
            else findings
        )
