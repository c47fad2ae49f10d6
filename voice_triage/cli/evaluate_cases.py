"""`voice-triage evaluate cases`: whole interviews with written patients."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from voice_triage.cli.exits import Exit
from voice_triage.cli.measuring_files import read_rows
from voice_triage.cli.setup import load_dialogue
from voice_triage.hosts.judging_cases import Interviewed, interview, summary
from voice_triage.hosts.patient_cases import PatientCase


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, UsageError."""
    cases = read_rows(arguments.files, PatientCase)
    dialogue = load_dialogue(arguments.intents, None)
    held = [interview(dialogue, case) for case in cases]
    result = summary(held)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
        return Exit.ADVICE_GIVEN
    for each in held:
        if arguments.transcripts:
            print("\n".join(_transcript(each)))
        print(_outcome(each))
    print("\n".join(f"{name}: {value}" for name, value in result.items() if name != "cases"))
    return Exit.ADVICE_GIVEN


def _outcome(held: Interviewed) -> str:
    got = f"{held.got.id}{f' {held.mode.value}' if held.mode else ''}" if held.got is not None else "nothing"
    rules = ", ".join(held.conclusion.rules) if held.conclusion else ""
    should = f"should be {' or '.join(urgency.id for urgency in reversed(held.case.acceptable))}"
    right = "right" if held.got in held.case.acceptable else should
    return f"{held.case.id}: {got} ({rules}) after {len(held.asked)} questions; {right}"


def _transcript(held: Interviewed) -> Iterator[str]:
    yield f"== {held.case.id}"
    for exchange in held.exchanges:
        yield f"assistant: {' '.join(exchange.said)}"
        yield f"patient:   {exchange.answer or '(says nothing)'}"
        yield f"read as:   {_plainly(exchange.read_as)}"


def _plainly(record: Any) -> str:
    event = record.get("event") or {"is": "Silence"}
    return f"{json.dumps(event)}  {'; '.join(record.get('why', ()))}"
