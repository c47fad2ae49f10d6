"""Broken content is refused, with the file, the line and what is wrong: one small fault at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_triage.content.checking import check
from voice_triage.content.locating import find_intents

C1 = "questions/saddle_numbness.yaml"
WORDS = "en/saddle_numbness.yaml"


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1)

    return edit


def appended(more: str) -> Callable[[str], str]:
    return lambda text: text + more


BROKEN = {
    "a key twice": (C1, appended("\ncode: C9\n"), "the key 'code' is given twice"),
    "not YAML": (C1, appended("\n  rules: [\n"), "is not YAML"),
    "an unknown key": (C1, appended("\nconfirmed: yes\n"), "confirmed is not a key that is known here"),
    "a missing key": (C1, replaced("finding: ", "suspicion: "), "finding is missing"),
    "an unknown urgency": (C1, replaced("urgency: soon", "urgency: later"), "rules.2.urgency"),
    "an emergency with no mode": (C1, replaced("mode: go, ", ""), "R10: a mode belongs to an emergency"),
    "an unknown fact": (C1, replaced("saddle_numbness mid", "sadle_numbness mid"), "'sadle_numbness'"),
    "an unknown state": (C1, replaced("saddle_numbness mid", "saddle_numbness middling"), "unknown state 'middling'"),
    "an unknown source": (C1, replaced("ces-card", "my-uncle"), "source 'my-uncle' is not in sources.yaml"),
    "an advice with no rank": (C1, replaced("advice: cauda_equina", "advice: run"), "'run' is not in `advice_order`"),
    "a flag that is neither": (C1, replaced('confirm: "true"', "confirm: maybe"), "confirm: Input should be"),
    "an id that is not the file's": (C1, replaced("id: saddle_numbness", "id: saddle"), "must be 'saddle_numbness'"),
    "a question that is never asked": ("protocol.yaml", replaced("  - saddle_numbness\n", ""), "is not in `ask`"),
    "a question that is not there": ("protocol.yaml", replaced("  - opener", "  - overture"), "no questions/overture.yaml"),
    "a group of nothing known": ("protocol.yaml", replaced("[chest_pain_or_breathless, collapse", "[chest, collapse"), "there is no question 'chest'"),
    "a count that is no number": ("protocol.yaml", replaced('at_least: "2"', 'at_least: "two"'), "'two' is not a positive number"),
    "a chase to nowhere": ("questions/age.yaml", appended("chase: {present: [nowhere]}\n"), "there is no question 'nowhere'"),
    "a question whose yes means well": (WORDS, replaced("does it feel different from normal?", "does it feel normal?"), "a yes would mean that all is well"),
    "a check whose yes means well": (WORDS, replaced("check: When you wipe or wash there, does it feel different?", "check: Can you still feel it when you wipe?"), "a yes would mean that it works"),
    "a negative question": (WORDS, replaced("second: When you wipe", "second: Haven't you noticed, when you wipe"), "a negative question can be answered both ways"),
    "a question that asks nothing": (WORDS, replaced("numb or tingling?", "numb or tingling."), "it has no question mark"),
    "a read-back that is missing": (WORDS, replaced("readback:", "heard_as:"), "heard_as is not a key"),
    "a check that is missing": (WORDS, lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("check:")), "check is missing: this question needs it"),
    "a follow-up with no wording": (WORDS, replaced("  new: ", "  old: "), "the follow-up 'new' has no wording"),
    "a sentence too long to follow": ("en/_prompts.yaml", replaced("take_your_time: Take your time.", "take_your_time: Take your time because there is really no hurry at all and nobody here is going to mind if you need a while."), "words without a pause"),
    "a number outside a region": ("en/_advice.yaml", replaced("call {emergency_number} now", "call 999 now"), "the number 999 belongs into a region pack"),
    "a slot nothing fills": ("en/_advice.yaml", replaced("and {told}. I'm", "and {everything}. I'm"), "nothing is known to fill {everything}"),
    "an advice with no text": ("en/_advice.yaml", replaced("  stroke: >-", "  strike: >-"), "the advice 'stroke' has no text"),
    "a reason for no rule": ("en/_advice.yaml", replaced("  R88: ", "  R888: "), "there is no rule R888"),
    "a prompt that is missing": ("en/_prompts.yaml", replaced("goodbye: ", "farewell: "), "the prompt 'goodbye' is missing"),
    "a region without a service": ("regions/uk.yaml", replaced("  crisis_line:", "  crisis:"), "crisis_line is missing"),
    "a locale of two regions": ("regions/us.yaml", replaced("en_US, es_US", "en_US, en_GB"), "en_GB belongs to"),
    "a number nobody can say": ("regions/uk.yaml", replaced('  "999": nine nine nine\n', ""), "nothing tells how 999 is said"),
}  # fmt: skip


def test_the_content_of_the_project_has_no_problem() -> None:
    assert check(find_intents()) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_content_is_refused_with_file_and_line(fault: str, tmp_path: Path) -> None:
    name, edit, expected = BROKEN[fault]
    folder = tmp_path / "intents"
    shutil.copytree(find_intents(), folder)
    file = folder / name
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    problems = check(folder)
    matching = [problem for problem in problems if expected in problem.what]
    assert matching, problems
    assert all(Path(problem.file).is_relative_to(folder) and problem.line >= 1 for problem in matching)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "intents"
    shutil.copytree(find_intents(), folder)
    for name in ("saddle_numbness", "urinary_leak", "age"):
        file = folder / "questions" / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "\nwrong: key\n", encoding="utf-8")
    assert len([p for p in check(folder) if "wrong is not a key" in p.what]) == 3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "intents"
    shutil.copytree(find_intents(), folder)
    (folder / "en" / "_advice.yaml").unlink()
    assert any(p.file.endswith("_advice.yaml") and "cannot be read" in p.what for p in check(folder))
