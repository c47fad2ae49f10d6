"""docs/safety.md and sign_off.md: what they name is there, and no judgement of this project is left out."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import read_files
from voice_triage.content.statements import read_statements

CLONE = Path(__file__).parent.parent.parent
DECISIONS = CLONE / "docs" / "decisions"
SIGN_OFF = (CLONE / "docs" / "sign_off.md").read_text(encoding="utf-8")
PAGE = (CLONE / "docs" / "safety.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\w+) \| (\w+) \| ([a-z ]+) \| `(\w+)` \| \S.* \|$", re.MULTILINE)
"""Rule, the code of its question, urgency and mode, key of its text, and when it fires."""


def judged_by_ourselves() -> Counter[tuple[str, str, str, str]]:
    files = read_files(find_intents())
    rules = [("protocol", rule) for rule in files.protocol[1].rules]
    rules += [(question.code, rule) for _, question in files.questions.values() for rule in question.rules]
    return Counter(
        (rule.id, home, f"{rule.urgency} {rule.mode or ''}".replace("_", " ").strip(), rule.advice)
        for home, rule in rules
        if "project-judgement" in rule.sources
    )


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) == PAGE.count("::") > 100
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (CLONE / path).is_file()
        or not re.search(rf"^ *def {name}\(", (CLONE / path).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:voice_triage|intents|tests)/[\w/.]*)", PAGE))
    assert len(named) > 30
    assert sorted(path for path in named if not (CLONE / path).exists()) == []


def test_every_hazard_tells_its_harm_control_test_and_what_is_left() -> None:
    hazards = re.split(r"^### (?=H\d)", PAGE.partition("\n## 3.")[0], flags=re.MULTILINE)[1:]
    assert [each.partition(".")[0] for each in hazards] == [f"H{n}" for n in range(1, len(hazards) + 1)]
    assert len(hazards) >= 20
    for each in hazards:
        fields = re.findall(r"^- \*\*(\w+):\*\*\s", each, re.MULTILINE)
        assert fields == ["Harm", "Control", "Test", "Left"], each
        assert "::" in each.partition("**Test:**")[2].partition("- **Left:**")[0], each


def test_every_rule_that_is_our_own_judgement_is_named_with_its_urgency_and_text() -> None:
    listed = Counter(ROW.findall(PAGE))
    ours = judged_by_ourselves()
    assert sum(ours.values()) > 50
    assert (ours - listed, listed - ours) == (Counter(), Counter())


def rows_of(text: str) -> list[list[str]]:
    """The cells of each row of each table, without its head, and without links."""
    lines = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).splitlines()
    ruled = [bool(re.fullmatch(r"\|[ :|-]+\|", line)) for line in lines] + [False]
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for i, line in enumerate(lines)
        if line.startswith("|") and not ruled[i] and not ruled[i + 1]
    ]


def section(text: str, begins: str) -> str:
    return text.partition(begins)[2].partition("\n## ")[0]


def test_each_clinical_decision_has_a_place_to_sign() -> None:
    waiting = [row[1] for row in rows_of(SIGN_OFF) if len(row) == 5]
    seventeen = (DECISIONS / "017-a-second-statement-of-the-rules.md").read_text(encoding="utf-8")
    decided = rows_of(section(seventeen, "## The interview was wrong"))
    assert len(decided) == 23
    decided += rows_of(section(seventeen, "## Holes in the asking"))
    for name in ("004-where-the-protocol-is-silent", "011-the-whole-protocol"):
        decided += rows_of((DECISIONS / f"{name}.md").read_text(encoding="utf-8"))
    decided += [
        row[1:2] for row in rows_of(section(PAGE, "### The protocol's own marks").partition("###")[0])
    ]
    missing = [row[0] for row in decided if not any(row[0].replace("**", "") in each for each in waiting)]
    assert len(decided) > 70
    assert missing == []
    for number in ("13", "14", "15", "16", "18"):
        assert any(each.startswith(f"{number}: ") for each in waiting), number


def test_each_rule_and_each_correction_that_is_our_own_has_a_place_to_sign() -> None:
    waiting = [row for row in rows_of(SIGN_OFF) if len(row) == 5]
    signed = Counter(row[1].partition(";")[0] for row in waiting)
    ours = Counter(
        f"{id} of {home}: {how}, `{text}`" for id, home, how, text in judged_by_ourselves().elements()
    )
    assert ours - signed == Counter()
    assert {row[0] for row in waiting} >= read_statements(find_intents()).corrections.keys()
