"""From findings to urgency: the highest of all rules that fire. Rules never lower it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from voice_triage.protocol.findings import NOTHING_KNOWN, Findings, bits
from voice_triage.protocol.model import Protocol, Question, Rule
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency


@dataclass(frozen=True)
class Disposition:
    """How soon to be seen, and why."""

    urgency: Urgency
    mode: Mode | None
    rules: tuple[Rule, ...]
    """The rules that fired at this urgency, first the one whose advice is spoken. Empty: none fired."""


@dataclass(frozen=True)
class _Outlook:
    """Bits of findings that tell whether a question may still be asked."""

    own: int
    """All bits of the question and its qualifiers."""
    unasked: int
    """It was not asked."""
    absent: int
    """It was denied."""
    all_unasked: int
    """It, or a qualifier of it, was not asked."""
    chasers: int
    """A question that may pull it forward was not asked."""
    gate_bits: int
    """All bits that its gates look at."""
    is_shut: Callable[[Findings], bool]
    """No answer can open its gates any more."""
    volunteered: bool


_TO_ABSENT = Status.ABSENT - Status.NOT_ASKED
"""From the NOT_ASKED bit of a fact to its ABSENT bit."""


class _Looked:
    """A rule, made quick to look at: what it sees of the findings is little, and comes again and again."""

    __slots__ = ("bits", "hangs_on", "holds", "needed", "needed_ahead", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.needed, self.needed_ahead = rule.when.needed
        self.bits = rule.when.bits
        self.holds = lru_cache(maxsize=1 << 12)(rule.when.holds)
        self.hangs_on = lru_cache(maxsize=1 << 12)(rule.when.hangs_on)


class _Level:
    """The rules of one urgency."""

    __slots__ = ("needed", "rules", "urgency")

    def __init__(self, urgency: Urgency, protocol: Protocol) -> None:
        self.urgency = urgency
        self.rules = tuple(_Looked(rule) for rule in protocol.rules if rule.urgency is urgency)
        self.needed = 0
        """Findings without any of these bits fit none of them."""
        for each in self.rules:
            self.needed |= each.needed


class Triage:
    """The rules of one protocol, ready to be asked. Answers are remembered: it is all pure."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self._levels = tuple(_Level(urgency, protocol) for urgency in sorted(Urgency, reverse=True))
        self._outlooks = {question.id: self._outlook(question) for question in protocol.questions}
        self._advice_rank = {key: rank for rank, key in enumerate(protocol.advice_order)}
        outlooks = self._outlooks.values()
        self._gated = tuple(each for each in outlooks if each.volunteered or each.gate_bits)
        """Those that may come to be asked no more."""
        self._with_qualifiers = tuple(
            (each.absent, each.all_unasked) for each in outlooks if each.all_unasked != each.unasked
        )
        """Those of which nothing more is asked once they are denied."""
        self._unasked = {
            name: sum(bits(place, 1 << Status.NOT_ASKED) for place in self._places(name))
            for name in protocol.facts.names
        }
        self._rules_about = {
            fact: tuple(each for level in self._levels for each in level.rules if each.bits & own)
            for fact, own in self._unasked.items()
        }
        """Fact -> the rules that look at it or at a qualifier of it, the most urgent first."""
        self._mode_facts = frozenset(protocol.call_when.places()) if protocol.call_when else frozenset()
        self.disposition = lru_cache(maxsize=1 << 16)(self._disposition)
        self._ahead = lru_cache(maxsize=1 << 10)(self._still_to_come)

    def _places(self, fact: str) -> frozenset[int]:
        """Where a fact and its qualifiers are kept."""
        facts = self.protocol.facts
        return frozenset(
            facts.place(name) for name in facts.names if name == fact or name.startswith(fact + ".")
        )

    def _disposition(self, findings: Findings) -> Disposition:
        if findings == NOTHING_KNOWN:
            raise ValueError("these findings were not begun with Facts.nothing: no rule could see them")
        for level in self._levels:
            if not findings & level.needed:
                continue
            fired = [
                each.rule
                for each in level.rules
                if findings & each.needed and each.holds(findings & each.bits)
            ]
            if fired:
                fired.sort(key=lambda rule: self._advice_rank[rule.advice])
                mode = self._mode(level.urgency, fired, findings)
                return Disposition(level.urgency, mode, tuple(fired))
        return Disposition(Urgency.SELF_CARE, None, ())

    def _mode(self, urgency: Urgency, fired: list[Rule], findings: Findings) -> Mode | None:
        if urgency is not Urgency.EMERGENCY:
            return None
        must_call = self.protocol.call_when is not None and self.protocol.call_when.holds(findings)
        return Mode.CALL if must_call or any(rule.mode is Mode.CALL for rule in fired) else Mode.GO

    def could_raise(self, findings: Findings, fact: str) -> bool:
        """A yes or no about this fact, with answers still to come, could decide about a more urgent rule."""
        return self._could_reach(findings, fact, Urgency.SELF_CARE)

    def could_reach_emergency(self, findings: Findings, fact: str) -> bool:
        """A yes or no about this fact, with answers still to come, could decide about an emergency."""
        return self._could_reach(findings, fact, Urgency.EMERGENCY)

    def could_be_urgent(self, findings: Findings, fact: str) -> bool:
        """The same for the same day or an emergency."""
        return self._could_reach(findings, fact, Urgency.SAME_DAY)

    def rests_on_not_asking(self, findings: Findings, fact: str) -> bool:
        """What fired counts this fact as so while nobody has asked: a no would make it less urgent."""
        denied = self.protocol.facts.record(findings, fact, Status.ABSENT)
        return self.disposition(denied).urgency < self.disposition(findings).urgency

    def _could_reach(self, findings: Findings, fact: str, least: Urgency) -> bool:
        """It could decide about a rule that is more urgent than what has fired, and at least so urgent."""
        own, ahead = self._unasked[fact], self._ahead(findings)
        if (findings ^ ahead) & own:
            # Nobody was to ask for it, and yet it is pulled forward.
            every = self._outlooks[fact.partition(".")[0]].own
            ahead = ahead & ~every | findings & every
        reached = self.disposition(findings).urgency
        for each in self._rules_about[fact]:
            urgency = each.rule.urgency
            if urgency <= reached or urgency < least:
                break
            if ahead & each.needed_ahead and (each.hangs_on(ahead & each.bits) or 0) & own:
                return True
        return False

    def _still_to_come(self, findings: Findings) -> Findings:
        """The findings with a no to all that nobody will be asked any more."""
        closed = 0
        for absent, all_unasked in self._with_qualifiers:
            if findings & absent:
                closed |= findings & all_unasked
        for each in self._gated:
            if findings & each.unasked and not findings & each.chasers:
                seen = findings & each.gate_bits
                if each.volunteered or each.is_shut(seen):
                    closed |= findings & each.all_unasked
        return findings ^ (closed | closed << _TO_ABSENT)

    def _outlook(self, question: Question) -> _Outlook:
        facts, not_asked = self.protocol.facts, 1 << Status.NOT_ASKED
        place = facts.place(question.id)
        own, all_unasked, chasers = 0, 0, 0
        for each in self._places(question.id):
            own |= bits(each, (1 << len(Status)) - 1)
            all_unasked |= bits(each, not_asked)
        for other in self.protocol.questions:
            if any(question.id in names for _, names in other.chase):
                chasers |= bits(facts.place(other.id), not_asked)
        gates = tuple(gate for gate in (question.gate, question.ask_when) if gate is not None)
        gate_bits = 0
        for gate in gates:
            gate_bits |= gate.bits
        return _Outlook(
            own=own,
            unasked=bits(place, not_asked),
            absent=bits(place, 1 << Status.ABSENT),
            all_unasked=all_unasked,
            chasers=0 if question.volunteered else chasers,
            gate_bits=gate_bits,
            is_shut=lru_cache(maxsize=1 << 12)(lambda seen: not all(gate.could_hold(seen) for gate in gates)),
            volunteered=question.volunteered,
        )

    def decides_mode(self, fact: str) -> bool:
        """An answer about this fact may decide how to get help."""
        return self.protocol.facts.place(fact) in self._mode_facts

    def left_unasked(self, findings: Findings) -> Findings:
        """The findings if the interview ends here: whatever was still to be asked counts as unanswered."""
        for question in self.protocol.questions:
            if question.volunteered:
                continue
            if question.ask_when is None or question.ask_when.holds(findings):
                findings = self._unanswered(findings, question.id)
                for band in question.bands:
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
