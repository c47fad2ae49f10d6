"""`voice-triage evaluate cases`: whole interviews with written patients."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tqdm import tqdm

from voice_triage.cli.case_files import check_codes, read_cases, read_voices
from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.setup import load_dialogue
from voice_triage.cli.trial_lines import trial_lines
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.judging_cases import Interviewed, interview, summary
from voice_triage.hosts.judging_trials import Plan, trial_summary, trials
from voice_triage.hosts.patient_cases import PatientCase


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ContentError, UsageError."""
    dialogue = load_dialogue(arguments.intents, None)
    cases = read_cases(arguments.files, dialogue.protocol)
    if any((arguments.variants, arguments.word_errors is not None, arguments.repeat, arguments.seed)):
        return _try(arguments, dialogue, cases)
    held = [interview(dialogue, case) for case in cases]
    result = summary(held)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
        return Exit.ADVICE_GIVEN
    for each in held:
        if arguments.transcripts:
            print("\n".join(transcript(each)))
        print(_outcome(each))
    print("\n".join(f"{name}: {value}" for name, value in result.items() if name != "cases"))
    return Exit.ADVICE_GIVEN


def _try(arguments: argparse.Namespace, dialogue: Dialogue, cases: Sequence[PatientCase]) -> Exit:
    voices, times = read_voices(arguments.variants or ())
    check_codes(voices, dialogue.protocol)
    cases = [case.model_copy(update={"times": times.get(case.id, case.times)}) for case in cases]
    plan = Plan(voices, arguments.word_errors or (), arguments.repeat or 1, arguments.seed or 1)
    total = len(cases) * (len(voices) + 1) * len(list(plan.each()))
    with tqdm(total=total, unit=" interviews", file=sys.stderr) as bar:
        try:
            tried = list(trials(dialogue, cases, plan, bar.update))
        except ValueError as error:
            raise UsageError(str(error)) from error
    result = trial_summary(tried)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
        return Exit.ADVICE_GIVEN
    for trial in tried:
        if trial.too_low:
            if arguments.transcripts:
                print("\n".join(transcript(trial.held)))
            print(f"{trial.name}: {_outcome(trial.held)}")
    print("\n".join(trial_lines(result)))
    return Exit.ADVICE_GIVEN


def _outcome(held: Interviewed) -> str:
    got = f"{held.got.id}{f' {held.mode.value}' if held.mode else ''}" if held.got is not None else "nothing"
    rules = ", ".join(held.conclusion.rules) if held.conclusion else ""
    should = f"should be {' or '.join(urgency.id for urgency in reversed(held.case.acceptable))}"
    right = "right" if held.got in held.case.acceptable else should
    return f"{held.case.id}: {got} ({rules}) after {len(held.asked)} questions; {right}"


def transcript(held: Interviewed) -> Iterator[str]:
    """The whole interview, line by line."""
    yield f"== {held.case.id}"
    for exchange in held.exchanges:
        yield f"assistant: {' '.join(exchange.said)}"
        yield f"patient:   {exchange.answer or '(says nothing)'}"
        heard = " / ".join(each["text"] for each in exchange.read_as.get("heard") or ())
        if exchange.answer and heard != exchange.answer:
            yield f"heard:     {heard or '(no words)'}"
        yield f"read as:   {_plainly(exchange.read_as)}"


def _plainly(record: Any) -> str:
    event = record.get("event") or {"is": "Silence"}
    return f"{json.dumps(event)}  {'; '.join(record.get('why', ()))}"
