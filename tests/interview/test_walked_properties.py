"""Seven things that hold of the interview, on every path of every block (docs/proof.md).

That critical signs are emergencies, that every rule fires, and the limit of questions are in test_walk.py; what holds
of the rules for all findings at once is in tests/protocol/test_all_findings.py.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from independent_rules import TableReader
from interviewees import NO, YES, concluded, interviewed, person
from joining import MARKS, Joins, ways
from people_in_pairs import GROWING, pairs
from walking import Walked, Walker

from voice_triage.interview.events import Answered, Said, Told
from voice_triage.interview.machine import Interview
from voice_triage.protocol.conditions import AtLeast
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import MEASURED, Answer, Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage
from voice_triage.protocol.urgency import Urgency

SAID = {"no": Status.ABSENT, "skip": Status.UNANSWERED, "unsure": Status.UNSURE, "yes": Status.PRESENT}


def asked_yes_or_no(walked: Walked, protocol: Protocol) -> list[str]:
    """The questions of the block that are answered with yes or no, and are about the body."""
    asked = set(walked.asked)
    questions = (q for q in protocol.questions if q.id in walked.block & asked)
    return [q.id for q in questions if q.answer is Answer.YES_NO and q.code[0] not in "GS"]


def without_limit(protocol: Protocol, findings: Findings) -> Findings:
    """The findings without what the limit of questions adds: it is caution for what nobody answered."""
    for mark in (protocol.left_out, protocol.left_out_urgent):
        findings = protocol.facts.record(findings, mark, Status.NOT_ASKED)
    return findings


def open_or_there(protocol: Protocol, findings: Findings) -> dict[str, str]:
    """What is known beside the "no"s, and what was not asked, for a message."""
    known = {name: protocol.facts.status(findings, name) for name in protocol.facts.names}
    return {name: status.name for name, status in known.items() if status is not Status.ABSENT}


def test_more_concern_about_one_answer_never_leads_to_less_urgency(
    walked: Sequence[Walked], protocol: Protocol
) -> None:
    """Every two people alike but in one answer: no < unanswered < unsure < yes and new; old is compared with no."""
    triage = Triage(protocol)
    compared = 0
    for block in walked:
        for fact in asked_yes_or_no(block, protocol):
            for less, more in GROWING:
                for one, two, known in pairs(block, fact, less, more):
                    compared += 1
                    if two.told.urgency < one.told.urgency:
                        bare = triage.disposition(without_limit(protocol, one.told.findings)).urgency
                        assert two.told.urgency >= bare, (fact, less, more, known)
    assert compared > 100_000


def test_only_a_no_is_ever_taken_for_a_no(walked: Sequence[Walked], protocol: Protocol) -> None:
    for block in walked:
        for asked, edges in zip(block.asked, block.after, strict=True):
            if asked not in protocol.facts or protocol.question(asked.partition(".")[0]).answer in MEASURED:
                continue
            for name, after in edges.items():
                if name in SAID and name != "no":
                    findings = block.findings[after] if isinstance(after, int) else after.told.findings
                    status = protocol.facts.status(findings, asked)
                    assert status in (SAID[name], Status.NOT_ASKED, Status.PRESENT), (asked, name, status)


def test_every_end_is_judged_as_the_independent_table_judges_it(
    walked: Sequence[Walked], protocol: Protocol
) -> None:
    table = TableReader(protocol).table()
    judged: set[Findings] = set()
    for block in walked:
        for end in block.ends:
            if end.told.findings not in judged:
                judged.add(end.told.findings)
                assert table.disposition(end.told.findings) == (end.told.urgency, end.told.mode)
    assert len(judged) > 5_000


def test_nothing_that_was_left_unasked_could_have_made_it_an_emergency(
    walked: Sequence[Walked], protocol: Protocol
) -> None:
    """Below emergency: no yes or no to what its gate lets be asked could have made an emergency rule fire."""
    spoken = [q.id for q in protocol.questions if q.volunteered]
    asked_for = {f.fact for q in protocol.questions for f in q.follow_ups}
    never_put = [
        name
        for name in protocol.facts.names
        if name.startswith("interrupt.")
        or name in MARKS
        or name.partition(".")[0] in spoken
        or ("." in name and name not in asked_for and not name.rpartition(".")[2].isdigit())
    ]
    rules = [rule for rule in protocol.rules if rule.urgency is Urgency.EMERGENCY]
    facts = protocol.facts
    seen: set[Findings] = set()
    for block in walked:
        for end in block.ends:
            findings = end.told.findings
            if end.told.urgency is Urgency.EMERGENCY or findings in seen:
                continue
            seen.add(findings)
            if facts.status(findings, protocol.left_out_urgent) is Status.PRESENT:
                continue
            for name in never_put:
                if facts.status(findings, name) is Status.NOT_ASKED:
                    findings = facts.record(findings, name, Status.ABSENT)
            for question in protocol.questions:
                gates = [gate for gate in (question.gate, question.ask_when) if gate is not None]
                shut = not all(gate.holds(end.told.findings) for gate in gates)
                if shut and facts.status(findings, question.id) is Status.NOT_ASKED:
                    findings = facts.record(findings, question.id, Status.ABSENT)
                for follow_up in question.follow_ups:
                    closed = not follow_up.when.holds(findings)
                    if closed and facts.status(findings, follow_up.fact) is Status.NOT_ASKED:
                        findings = facts.record(findings, follow_up.fact, Status.ABSENT)
            for rule in rules:
                assert rule.when.hangs_on(findings) is None, (rule.id, open_or_there(protocol, findings))


def test_the_order_of_what_is_volunteered_does_not_matter(interview: Interview, protocol: Protocol) -> None:
    """Every two findings: both in the opener in either order, and one there and one at the next question."""
    questions = [q for q in protocol.questions if q.answer is Answer.YES_NO and q.code[0] not in "GSR"]
    signs = [q.id for q in questions if q.ears.value == "any"]
    middle = {f.fact: NO for q in questions for f in q.follow_ups if f.onset}

    def urgency(opener: tuple[str, ...], later: tuple[str, ...] = ()) -> tuple[Urgency, object]:
        said = tuple(Said(fact, Status.PRESENT) for fact in opener)
        then = tuple(Said(fact, Status.PRESENT) for fact in later)
        at_first = {"chest_pain_or_breathless": Answered(Status.ABSENT, also=then)} if later else {}
        told = dict.fromkeys((*opener, *later), YES)
        _, effects, _ = interviewed(interview, person({"opener": Told(said), **middle, **at_first, **told}))
        end = concluded(effects)
        return end.urgency, end.mode

    for one, two in combinations(signs, 2):
        ways = {urgency((one, two)), urgency((two, one)), urgency((one,), (two,)), urgency((two,), (one,))}
        assert len(ways) == 1, (one, two, ways)


def test_how_a_question_is_answered_matters_only_by_what_it_comes_to(
    interview: Interview, joins: Joins, protocol: Protocol
) -> None:
    """Silence, a hedged no, a denied read-back: they lead to no other findings than yes, no, unsure or skipped."""
    every_manner, plain = Walker(interview, joins, every_manner=True), Walker(interview, joins)
    for question in protocol.questions:
        if question.answer is Answer.YES_NO and question.code[0] not in "GSR" and not question.volunteered:
            alone = frozenset({question.id})
            said_besides = plain.unasked_parts(question.id)

            def what_was_asked(findings: Findings, besides: Sequence[str] = said_besides) -> Findings:
                for fact in besides:
                    findings = protocol.facts.record(findings, fact, Status.NOT_ASKED)
                return findings

            plainly = {what_was_asked(end.told.findings) for end in plain.walk(alone).ends}
            for end in every_manner.walk(alone).ends:
                silent = protocol.facts.status(end.told.findings, protocol.ended_silent) is Status.PRESENT
                assert silent or what_was_asked(end.told.findings) in plainly, question.id


def test_a_rule_that_counts_looks_at_one_question_a_time(joins: Joins, protocol: Protocol) -> None:
    """So that it makes no difference which of them are open: only how many."""
    for rule in protocol.rules:
        if rule.id in joins.counting:
            assert isinstance(rule.when, AtLeast)
            for part in rule.when.parts:
                assert len({joins.heads[place] for way in ways(part) for place in way}) == 1


WALK_AGAIN = """
import hashlib
from blocks import BY_HAND
from joining import Joins
from walking import Walker
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
protocol = build_protocol(read_files(find_intents()))
walked = Walker(Interview(protocol, Policy()), Joins(protocol)).walk(BY_HAND[0])
told = "".join(f"{end.told}{end.state.trail}" for end in walked.ends)
print(len(walked.ends), hashlib.sha256(told.encode()).hexdigest())
"""


def test_two_processes_walk_the_same_way() -> None:
    """Whatever order their sets and hashes have."""
    here = Path(__file__).parent
    said = [
        subprocess.run(
            [sys.executable, "-c", WALK_AGAIN],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{here.parents[1]}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != ""
