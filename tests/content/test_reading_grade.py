"""Reading grades are those of Flesch and Kincaid, from what is heard and not from hyphens."""

from __future__ import annotations

import builtins
from importlib import metadata
from typing import Any

import pytest

from voice_triage.content.readability import Readability
from voice_triage.content.reading_grade import TEXTSTAT, Grader
from voice_triage.errors import EngineMissing


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@pytest.mark.parametrize(
    ("text", "words", "sentences", "syllables"),
    [
        ("Have you ever taken medicine regularly?", 6, 1, 13),
        ("The emergency department is open. Somebody will see you today.", 10, 2, 19),
        ("I worry about everybody.", 4, 1, 9),
    ],
)
def test_the_grade_is_the_formula_on_counted_syllables(
    text: str, words: int, sentences: int, syllables: int
) -> None:
    assert Grader().grade(text) == pytest.approx(flesch_kincaid(words, sentences, syllables), abs=0.06)


def test_the_plainest_text_has_grade_nought() -> None:
    assert Grader().grade("Sit down. Lie still for me.") == 0


def test_a_name_counts_as_the_simple_word_it_stands_for() -> None:
    readability = Readability({}, {"cauda equina": "it", "cauda equina syndrome": "this"})
    assert readability.without_names("Say: Cauda equina syndrome.") == "Say: this."
    assert readability.without_names("The cauda equinas.") == "The cauda equinas."


def test_without_textstat_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("voice_triage.content.reading_grade.version", none)
    with pytest.raises(
        EngineMissing, match=r"textstat is not installed: pip install 'voice-triage\[authors\]'"
    ):
        Grader()


def test_a_textstat_that_would_go_to_the_network_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice_triage.content.reading_grade.version", lambda _: "0.7.13")
    with pytest.raises(EngineMissing, match=rf"textstat is 0\.7\.13, and {TEXTSTAT} is needed"):
        Grader()


def test_a_textstat_that_lacks_what_it_needs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "textstat.textstat":
            raise ImportError("No module named 'pkg_resources'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineMissing, match="pkg_resources"):
        Grader()
