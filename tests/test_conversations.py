"""Whole conversations in words: what is heard, what is said, what it comes to. A clinician can add one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from shipped import dialogue_in

from voice_triage.interview.effects import Asked, Kind
from voice_triage.understanding.hearing import Hearing

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))
CONVERSATIONS = [case for file in FILES for case in YAML(typ="safe").load(file)]


def answer(asked: Asked, given: dict[str, str]) -> str:
    match asked.kind:
        case Kind.READBACK:
            return given.get("readback", "yes")
        case Kind.DENIALS:
            return given.get("denials", "no")
        case Kind.DURATION:
            return given.get("course", "four days and it's getting better")
        case Kind.AGE:
            return given.get("age", "thirty four")
        case Kind.CHOICE:
            return given.get("who_for", "it's for me")
        case Kind.FREE if asked.fact == "opener":
            return given.get("opener", "my back hurts")
    return given.get(asked.fact, "no")


def test_there_are_conversations() -> None:
    assert len(CONVERSATIONS) >= 25


@pytest.mark.parametrize("case", CONVERSATIONS, ids=lambda case: case["name"])
def test_the_conversation_comes_to_what_it_should(case: dict[str, Any]) -> None:
    talk = dialogue_in(case.get("region", "uk"))
    turn = talk.open()
    said, conclusion, asked = list(turn.say), None, []
    while turn.listen is not None:
        assert len(asked) < 60, "the conversation does not end"
        asked.append(turn.listen.asked.fact)
        words = answer(turn.listen.asked, case["hear"])
        turn = talk.hear(turn.state, Hearing.typed(words) if words else None)
        assert json.loads(json.dumps(turn.record)) == turn.record, "a journal could not keep it"
        said += turn.say
        conclusion = conclusion or turn.conclusion
    assert conclusion is not None
    wanted = case["concludes"]
    mode = conclusion.mode.value if conclusion.mode else None
    assert (conclusion.urgency.id, mode) == (wanted["urgency"], wanted["mode"]), (conclusion.rules, asked)
    assert set(wanted["rules"]) <= set(conclusion.rules)
    for words in case.get("says", []):
        assert words in " ".join(said)
    if "asks_at_most" in case:
        assert len(asked) <= case["asks_at_most"]
