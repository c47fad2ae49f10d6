"""YAML is read strictly: words stay words, nothing is said twice, every value knows its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_triage.content.reading import read
from voice_triage.errors import ContentError


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_yes_no_and_numbers_stay_the_words_they_are(tmp_path: Path) -> None:
    document = read(written(tmp_path, "no: [yes, off, 012, 3.10, null, 2026-11-01]"))
    assert document.value == {"no": ["yes", "off", "012", "3.10", "null", "2026-11-01"]}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a: 1\nb:\n  - x\n  - c: y\n"))
    assert (document.line(("a",)), document.line(("b", 0)), document.line(("b", 1, "c"))) == (1, 3, 4)
    assert document.line(("b", 1, "missing")) == 4


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice"),
        ("a: 1\n b: [2\n", 2, "is not YAML"),
        ("", 0, "is empty"),
        ("? [a, b]\n: c\n", 1, "a key must be plain text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(written(tmp_path, text))
    problem = caught.value.problems[0]
    assert (problem.line, what in problem.what) == (line, True)


def test_a_file_that_is_not_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"a: \xff\xfe")
    with pytest.raises(ContentError, match=r"file.yaml:0: is not UTF-8 text"):
        read(file)
