"""The cut of the walk: whatever rules and gates join is walked together. A new rule that joins more fails here."""

from __future__ import annotations

from collections.abc import Sequence

from joining import MARKS, Joins, Way
from walking import Walked

from voice_triage.protocol.findings import bits
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency

MOST = 6
"""More questions in one block than this cannot be walked to the end."""


def described(protocol: Protocol, way: Way) -> dict[str, list[str]]:
    return {
        protocol.facts.names[place]: [status.name.lower() for status in Status if allowed >> status & 1]
        for place, allowed in way.items()
    }


def seen(joins: Joins, way: Way) -> list[tuple[int, int]]:
    """Of each fact of a way but the interview's own marks: the bits that fit, and the bit of not asked."""
    unasked = 1 << Status.NOT_ASKED
    return [
        (bits(place, allowed), bits(place, unasked))
        for place, allowed in way.items()
        if joins.heads[place] not in MARKS
    ]


def is_met(joins: Joins, way: Way, walks: Sequence[Walked]) -> bool:
    """Somebody on the walk answered just so."""
    tests = [fits for fits, _ in seen(joins, way)]
    for walked in walks:
        for findings in (*walked.findings, *(end.told.findings for end in walked.ends)):
            if all(findings & fits for fits in tests):
                return True
    return False


def is_overtaken(joins: Joins, way: Way, walks: Sequence[Walked], urgency: Urgency) -> bool:
    """Somebody was on the way there, and got advice at least so urgent before the rest was asked."""
    tests = seen(joins, way)
    for walked in walks:
        for end in walked.ends:
            findings = end.told.findings
            if (
                end.told.urgency >= urgency
                and all(findings & (fits | unasked) for fits, unasked in tests)
                and any(findings & fits & ~unasked for fits, unasked in tests)
            ):
                return True
    return False


def test_whatever_rules_and_gates_join_is_walked_together(joins: Joins, walked: Sequence[Walked]) -> None:
    blocks = {block.block for block in walked}
    assert max(map(len, blocks)) <= MOST
    assert [one for one in joins.sets() if not any(one <= block for block in blocks)] == []


def test_every_way_in_which_a_rule_can_fire_is_met_on_the_walk(
    joins: Joins, protocol: Protocol, walked: Sequence[Walked]
) -> None:
    """Or somebody on that way was sent for help as soon, or sooner, before it came to that."""
    urgency = {f"{rule.id} {rule.advice}": rule.urgency for rule in protocol.rules}
    missed = []
    for name, way in joins.of_rules:
        walks = [block for block in walked if joins.questions(way) <= block.block]
        if not is_met(joins, way, walks) and not is_overtaken(joins, way, walks, urgency[name]):
            missed.append((name, described(protocol, way)))
    assert missed == []


def test_every_way_in_which_a_question_can_open_is_met_on_the_walk(
    joins: Joins, protocol: Protocol, walked: Sequence[Walked]
) -> None:
    missed = []
    for name, question, way in joins.of_asking:
        together = joins.questions(way) | {question}
        if not is_met(joins, way, [block for block in walked if together <= block.block]):
            missed.append((name, described(protocol, way)))
    assert missed == []
