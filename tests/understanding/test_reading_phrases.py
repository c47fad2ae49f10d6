"""intents/<language>/ is read strictly: every problem at once, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.locating import find_intents
from voice_triage.errors import ContentError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(find_intents() / "en", tmp_path / "en")
    return tmp_path


def put(home: Path, name: str, old: str, new: str) -> int:
    """Replaces text in a file; the line it was on."""
    file = home / "en" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(home: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentError) as caught:
        read_lexicon(home)
    return [(Path(p.file).name, p.line, p.what) for p in caught.value.problems]


def test_the_shipped_content_is_read(home: Path) -> None:
    lexicon = read_lexicon(home)
    assert {"saddle_numbness", "leg_or_foot_weakness.worse"} <= set(lexicon.questions)
    assert lexicon.questions["saddle_numbness"].dated
    assert not lexicon.questions["fever_sweats"].dated


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("both_legs.yaml", "    bilateral\n", "    (bilateral\n", "never closed"),
        ("both_legs.yaml", "    bilateral\n", "    <nothing_known> bilateral\n", "no rule <nothing_known>"),
        ("both_legs.yaml", "    bilateral\n", "    it is\n", "nothing is left"),
        ("both_legs.yaml", "    bilateral\n", "    the bilateral\n", "only one word is left"),
        ("both_legs.yaml", "    bilateral\n", "    not never\n", "nothing is left but"),
        ("both_legs.yaml", "  present: |\n", "  presence: |\n", "'presence' is not one of"),
        ("_answers.yaml", "  weak_yes: |\n", "  feeble_yes: |\n", "'feeble_yes' is not one of"),
        ("_answers.yaml", "  repeat: |\n", "  repeating: |\n", "'repeating' is not one of"),
        ("_answers.yaml", '    week: "7"\n', '    week: "seven"\n', "should be 1 number"),
        ("_interrupts.yaml", "    vague: |\n", "    unclear: |\n", "'unclear' is not one of"),
        ("leg_or_foot_weakness.yaml", "    cannot_stand:\n      present", "    can_stand:\n      present",
         "no follow-up 'can_stand'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_line(
    home: Path, name: str, old: str, new: str, what: str
) -> None:
    line = put(home, name, old, new)
    found = problems(home)
    assert any((name, line) == (file, at) and what in text for file, at, text in found), found


def test_all_mistakes_are_told_at_once(home: Path) -> None:
    put(home, "both_legs.yaml", "    bilateral\n", "    (bilateral\n")
    put(home, "urinary_leak.yaml", "    puddle\n", "    [puddle\n")
    assert {"both_legs.yaml", "urinary_leak.yaml"} <= {name for name, _, _ in problems(home)}


def test_a_missing_file_is_told(home: Path) -> None:
    (home / "en" / "_interrupts.yaml").unlink()
    assert "_interrupts.yaml" in {name for name, _, _ in problems(home)}
