"""Region packs: what is wrong with one is told with its file and line, and an old one is told of."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from voice_triage.content.locating import find_intents
from voice_triage.content.regions import check_regions, outdated, read_regions
from voice_triage.errors import ContentError

LINES = """\
id: nz
name: New Zealand
locales: [en_NZ, mi_NZ]
voice: en-gb
checked: "2026-11-21"
sources: ["made up for this test"]
words:
  emergency_number: "111"
  urgent_line: Healthline on 0800 611 116
  doctor_or_line: your GP or Healthline
  emergency_department: the ED
  urgent_care: an urgent care clinic
  family_doctor: your GP
  physio: a physio
  crisis_line: call or text 1737
say_as:
  "111": one one one
  "0800 611 116": oh eight hundred, six one one, one one six
  "1737": one seven three seven
  ED: E D
  GP: G P
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Packs of the project and one more."""
    shutil.copytree(find_intents() / "regions", tmp_path / "regions")
    (tmp_path / "regions" / "nz.yaml").write_text(LINES, encoding="utf-8")
    return tmp_path


def without(line: str) -> Callable[[str], str]:
    return lambda text: "".join(kept for kept in text.splitlines(keepends=True) if line not in kept)


def put(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


BROKEN = {
    "no name": (without("name:"), 1, "name is missing"),
    "no source": (put('["made up for this test"]', "[]"), 6, "sources: List should have at least 1 item"),
    "an unknown key": (put("voice:", "accent:"), 4, "accent is not a key that is known here"),
    "a key that is mistyped": (put("say_as:", "say:"), 16, "say is not a key that is known here"),
    "locales that are no list": (put("[en_NZ, mi_NZ]", "en_NZ"), 3, "locales: Input should be a valid list"),
    "words that are no mapping": (lambda text: text.partition("words:")[0] + "words: call 111\n", 7, "words: Input should be a valid dictionary"),
    "a word that is a list": (put('"111"\n', "[111, 112]\n"), 8, "words.emergency_number: Input should be a valid string"),
    "an empty word": (put("a physio", '""'), 14, "words.physio: String should have at least 1 character"),
    "a date nobody can read": (put('"2026-11-21"', "last week"), 5, "checked: String should match pattern"),
    "a day that is not": (put("2026-11-21", "2026-02-30"), 5, "checked: there is no day 2026-02-30"),
    "a word left out": (without("crisis_line:"), 7, "crisis_line is missing; the region 'default' has it"),
    "a word nobody knows": (put("  physio:", "  osteopath: an osteopath\n  physio:"), 14, "osteopath is not known here: the region 'default' does not have it"),
    "a word twice": (put("  physio:", "  urgent_care: the hospital\n  physio:"), 14, "the key 'urgent_care' is given twice"),
    "another pack's locale": (put("mi_NZ", "en_AU"), 3, "en_AU belongs to au already"),
    "an id that is not the file's": (put("id: nz", "id: aotearoa"), 1, "id 'aotearoa' must be 'nz', as the file"),
}  # fmt: skip
SAID_WRONGLY = {
    "a number no voice can say": (without('"1737"'), 15, "nothing tells how 1737 is said"),
    "a number of which a part is told": (put('"0800 611 116":', '"0800":'), 9, "nothing tells how 611 116 is said"),
    "letters no voice can say": (without("ED: E D"), 11, "nothing tells how ED is said"),
    "a comma at the end": (put("your GP or Healthline", "your GP, or Healthline,"), 10, "doctor_or_line stands inside sentences"),
    "braces": (put("a physio", "'{physio}'"), 14, "physio stands inside sentences"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_pack_is_refused_with_file_and_line(fault: str, folder: Path) -> None:
    edit, line, says = BROKEN[fault]
    file = folder / "regions" / "nz.yaml"
    file.write_text(edit(LINES), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(says)) as caught:
        read_regions(folder)
    (problem,) = [problem for problem in caught.value.problems if says in problem.what]
    assert (problem.file, problem.line) == (str(file), line)


@pytest.mark.parametrize("fault", SAID_WRONGLY)
def test_what_would_be_said_wrongly_is_told_with_file_and_line(fault: str, folder: Path) -> None:
    edit, line, says = SAID_WRONGLY[fault]
    file = folder / "regions" / "nz.yaml"
    file.write_text(edit(LINES), encoding="utf-8")
    (problem,) = check_regions(read_regions(folder))
    assert (problem.file, problem.line) == (str(file), line)
    assert says in problem.what


def test_packs_that_are_whole_have_no_problem(folder: Path) -> None:
    packs = read_regions(folder)
    assert list(packs) == ["au", "ca", "default", "eu", "ie", "in", "nz", "uk", "uk_ni", "us"]
    assert list(check_regions(packs)) == []


def test_every_problem_of_every_pack_is_told_at_once(folder: Path) -> None:
    for name in ("nz", "us", "default"):
        file = folder / "regions" / f"{name}.yaml"
        file.write_text(put("voice:", "accent:")(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_regions(folder)
    told = {(Path(problem.file).stem, problem.what) for problem in caught.value.problems}
    unknown = "accent is not a key that is known here"
    assert told == {
        (name, says) for name in ("nz", "us", "default") for says in (unknown, "voice is missing")
    }


def test_a_check_of_the_numbers_holds_for_a_year(folder: Path) -> None:
    packs = read_regions(folder)
    checked = date(2026, 11, 21)
    assert outdated(packs, checked) == outdated(packs, checked + timedelta(days=365)) == []
    notes = outdated(packs, checked + timedelta(days=366))
    assert len(notes) == len(packs)
    (note,) = [note for note in notes if Path(note.file).stem == "nz"]
    assert (note.line, note.what) == (5, "checked 2026-11-21, over a year ago: check it again")


def test_a_pack_without_a_date_or_of_tomorrow_is_told_of(folder: Path) -> None:
    today = date(2026, 11, 21)
    file = folder / "regions" / "nz.yaml"
    file.write_text(without("checked:")(LINES), encoding="utf-8")
    (note,) = outdated(read_regions(folder), today)
    assert str(note).startswith(f"{file}:1: no `checked` date")
    file.write_text(put("2026-11-21", "2026-11-22")(LINES), encoding="utf-8")
    (note,) = outdated(read_regions(folder), today)
    assert note.what == "checked 2026-11-22, which is still to come"


def test_every_pack_of_the_project_has_its_date_and_sources() -> None:
    for _, region in read_regions(find_intents()).values():
        assert region.checked
        assert region.sources
        assert region.voice in ("en-gb", "en-us")
