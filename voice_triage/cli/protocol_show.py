"""`voice-triage protocol show [NAME]`: a question or a rule in plain words, or a table of them all."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.question_sheet import QuestionSheet
from voice_triage.cli.rule_sheet import RuleSheet
from voice_triage.cli.setup import load_dialogue
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol_index import ProtocolIndex, read_index
from voice_triage.dialogue import Dialogue


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, UsageError."""
    folder = arguments.intents or find_intents()
    dialogue, index = load_dialogue(folder, arguments.region), read_index(folder)
    if arguments.name is None:
        listed = _plain_table(index, dialogue) if arguments.json else "\n".join(_table(index, dialogue))
        print(json.dumps(listed, ensure_ascii=False) if arguments.json else listed)
        return Exit.ADVICE_GIVEN
    question, rules = index.question(arguments.name), index.rules_called(arguments.name)
    if question is None and not rules:
        near = ", ".join(index.nearest(arguments.name))
        raise UsageError(f"there is no question or rule {arguments.name!r}; the nearest are {near}")
    question_sheet = QuestionSheet.of(question, index, dialogue, folder) if question else None
    rule_sheet = RuleSheet(rules, index, dialogue) if rules else None
    if arguments.json:
        told = {
            "question": question_sheet.plain() if question_sheet else None,
            "rule": rule_sheet.plain() if rule_sheet else None,
        }
        print(json.dumps(told, ensure_ascii=False))
        return Exit.ADVICE_GIVEN
    print("\n\n".join("\n".join(sheet.lines()) for sheet in (question_sheet, rule_sheet) if sheet))
    return Exit.ADVICE_GIVEN


def _table(index: ProtocolIndex, dialogue: Dialogue) -> Iterator[str]:
    yield f"Questions of protocol {index.protocol.version}, in their order:"
    for question in index.protocol.questions:
        asked = dialogue.phrasebook.text(f"{question.id}.question")
        yield f"  {question.code:4} {question.id:32} {asked}"
    yield "Rules, the most urgent first:"
    for rule_id, urgency, mode, advice in _rule_rows(index):
        yield f"  {rule_id:5} {f'{urgency}, {mode}' if mode else urgency:16} {', '.join(advice)}"


def _plain_table(index: ProtocolIndex, dialogue: Dialogue) -> dict[str, Any]:
    return {
        "protocol": index.protocol.version,
        "questions": [
            {"code": q.code, "id": q.id, "question": dialogue.phrasebook.text(f"{q.id}.question")}
            for q in index.protocol.questions
        ],
        "rules": [
            {"id": rule_id, "urgency": urgency, "mode": mode, "advice": list(advice)}
            for rule_id, urgency, mode, advice in _rule_rows(index)
        ],
    }


def _rule_rows(index: ProtocolIndex) -> Iterator[tuple[str, str, str | None, tuple[str, ...]]]:
    """Id, urgency, mode and advices of the rules, those of one name and urgency together."""
    rows: dict[tuple[str, str, str | None], dict[str, None]] = {}
    for entry in index.by_urgency():
        rule = entry.rule
        mode = rule.mode.value if rule.mode else None
        rows.setdefault((rule.id, rule.urgency.id, mode), {})[rule.advice] = None
    for (rule_id, urgency, mode), advice in rows.items():
        yield rule_id, urgency, mode, tuple(advice)
