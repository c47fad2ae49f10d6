"""`voice-triage evaluate answers`: how well written answers are understood."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli.exits import Exit
from voice_triage.cli.measuring_files import read_rows
from voice_triage.cli.setup import load_dialogue
from voice_triage.hosts.answer_rows import AnswerRow
from voice_triage.hosts.judging_answers import AnswerJudge, Judged, summary


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, UsageError."""
    rows = read_rows(arguments.files, AnswerRow)
    judge = AnswerJudge(load_dialogue(arguments.intents, None), SystemClock())
    judged = [each for row in rows if (each := judge.judge(row)) is not None]
    result = summary(judged, judge.skipped)
    if judge.skipped:
        what = ", ".join(sorted({each.what for each in judge.skipped}))
        print(f"not judged, the protocol has no {what}: {len(judge.skipped)}", file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False) if arguments.json else _in_words(result, judged))
    return Exit.ADVICE_GIVEN


def _in_words(result: dict[str, Any], judged: Sequence[Judged]) -> str:
    lines = [
        f"{each.row.id}: {each.row.name} read as {each.read_as}  ({each.row.text})"
        for each in judged
        if not each.correct
    ]
    shown = {name: value for name, value in result.items() if name not in ("rows", "skipped", "by_label")}
    lines += [f"{name}: {value}" for name, value in shown.items()]
    lines += [f"{label}: {of['correct']} of {of['n']}" for label, of in result["by_label"].items()]
    return "\n".join(lines)
