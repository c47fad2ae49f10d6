"""docs/protocol.md: fresh, and true to what it is made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from voice_triage.content.condition_words import STATE_WORDS
from voice_triage.content.interview_diagram import BEING_ASKED, moves, phase_meanings, state_diagram
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol_index import ProtocolIndex, read_index
from voice_triage.content.question_tree import question_tree
from voice_triage.interview.machine import TRANSITIONS
from voice_triage.interview.state import Phase
from voice_triage.protocol.conditions import STATES

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "scripts" / "protocol_page"
PAGE = ROOT / "docs" / "protocol.md"


def script(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *words], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def index() -> ProtocolIndex:
    return read_index(find_intents())


def test_the_page_is_fresh() -> None:
    done = script("--check")
    assert done.returncode == 0, done.stderr


def test_a_stale_or_missing_page_is_told_and_writing_cures_it(tmp_path: Path) -> None:
    page = tmp_path / "protocol.md"
    page.write_text(PAGE.read_text(encoding="utf-8").replace("R10 ", "R11 "), encoding="utf-8")
    stale = script("--check", "--page", page)
    assert stale.returncode == 1
    assert "run scripts/protocol_page" in stale.stderr
    page.unlink()
    assert script("--check", "--page", page).returncode == 1
    assert script("--page", page).returncode == 0
    assert page.read_bytes() == PAGE.read_bytes()


def test_each_question_and_rule_has_its_row(index: ProtocolIndex) -> None:
    rows = PAGE.read_text(encoding="utf-8").splitlines()
    for question in index.protocol.questions:
        assert sum(row.startswith(f"| {question.code} | `{question.id}` |") for row in rows) == 1
    for entry in index.rules:
        same = [other for other in index.rules if other.rule.id == entry.rule.id]
        of_rule = [row for row in rows if row.startswith(f"| {entry.rule.id} | ") and " | `" in row[6:]]
        assert sum("`" + entry.rule.advice + "`" in row for row in of_rule) >= 1
        assert len([row for row in rows if row.startswith(f"| {entry.rule.id} | ")]) >= len(same)


def test_every_state_of_a_fact_has_its_words() -> None:
    assert set(STATE_WORDS) == {*STATES, "recent"}


def test_the_counted_questions_are_those_that_the_rule_looks_at(index: ProtocolIndex) -> None:
    (entry,) = index.rules_called("UNr")
    assert entry.questions == index.teller.counted


def test_every_arrow_is_one_that_the_table_allows_and_every_phase_is_reached(index: ProtocolIndex) -> None:
    found = moves(index.protocol)
    assert {after for _, after in found} == set(Phase) - {Phase.READY}
    assert {before for before, _ in found} == {phase for phase in Phase if TRANSITIONS[phase]}
    assert "silent too often" in found[Phase.ASKING, Phase.WAITING]
    assert "silence" in found[Phase.ASKING, Phase.ASKING_AGAIN]
    assert (Phase.ASKING, Phase.READY) not in found


def test_what_all_phases_share_is_drawn_once(index: ProtocolIndex) -> None:
    drawn = state_diagram(index.protocol)
    (shared,) = (line for line in drawn.splitlines() if "being_asked --> offering" in line)
    assert shared.endswith("danger")
    assert "being_asked --> done : stop, failure" in drawn
    assert "being_asked --> waiting : silent too often" in drawn
    assert drawn.count("silent too often") == 1
    assert Phase.OFFERING not in BEING_ASKED


def test_the_meanings_of_the_phases_are_those_beneath_them() -> None:
    assert phase_meanings()[Phase.CHECKING] == 'Answer its checking question, after an "I don\'t know".'


def test_the_tree_joins_the_order_the_follow_ups_and_what_is_pulled_forward(index: ProtocolIndex) -> None:
    lines = [line.strip() for line in question_tree(index).splitlines()]
    assert "C1 --> C2" in lines
    assert 'C1 --- C1_new(["new"])' in lines
    assert 'C1 -. "not sure, no answer" .-> N2' in lines
