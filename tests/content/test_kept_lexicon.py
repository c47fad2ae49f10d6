"""The compiled phrases on the shelf: the same understanding, never of other files, never from others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_triage.content.kept_lexicon import FILES, LexiconShelf, packed, shelf_name
from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.loading import load
from voice_triage.content.locating import find_intents
from voice_triage.dialogue import Dialogue
from voice_triage.errors import ContentError
from voice_triage.interview.effects import Asked, Kind
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

ANSWERS = (
    ("saddle_numbness", "no"),
    ("saddle_numbness", "it's gone all numb down below since tuesday"),
    ("saddle_numbness", "i can feel everything when i wipe, nothing numb"),
    ("urinary_leak", "well i did wet myself a bit, but only when i sneezed"),
    ("both_legs", "just my left leg, and i have a temperature"),
    ("fever_sweats", "could you say that again please"),
    ("blood_thinner", "what is cauda equina"),
    ("cancer_history", "i want to kill myself"),
)


@pytest.fixture(scope="module")
def compiled() -> Lexicon:
    return read_lexicon(find_intents(), weigh=False)


@pytest.fixture
def shelf(tmp_path: Path) -> LexiconShelf:
    return LexiconShelf(tmp_path / "lexicons")


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """A folder of content that may be changed."""
    return shutil.copytree(find_intents(), tmp_path / "intents")


def only_file(shelf: LexiconShelf) -> Path:
    (file,) = shelf.folder.iterdir()
    return file


def read_as(dialogue: Dialogue) -> list[str]:
    return [
        repr(interpret(Hearing.typed(said), Asked(fact, Kind.YES_NO), dialogue.lexicon))
        for fact, said in ANSWERS
    ]


def test_the_second_start_understands_all_as_the_first(shelf: LexiconShelf) -> None:
    first, second = load(shelf=shelf), load(shelf=shelf)
    assert read_as(second) == read_as(first) == read_as(load())
    assert len(list(shelf.folder.iterdir())) == 1


def test_nothing_is_lost_on_the_shelf(shelf: LexiconShelf, compiled: Lexicon) -> None:
    """Each word, phrase and number comes back, whatever else a lexicon may hold one day."""
    shelf.keep("it", compiled)
    found = shelf.find("it")
    assert found is not None
    assert packed(found) == packed(compiled)


def test_a_new_phrase_is_understood_at_the_next_start(shelf: LexiconShelf, intents: Path) -> None:
    before = load(intents, shelf=shelf)
    asked, said = Asked("saddle_numbness", Kind.YES_NO), Hearing.typed("my undercarriage is kaput")
    wording = intents / "en" / "saddle_numbness.yaml"
    text = wording.read_text(encoding="utf-8")
    wording.write_text(
        text.replace("  present: |\n", "  present: |\n    undercarriage kaput\n", 1), encoding="utf-8"
    )
    after = load(intents, shelf=shelf)
    assert interpret(said, asked, after.lexicon).event != interpret(said, asked, before.lexicon).event


def test_a_fault_in_the_content_is_told_whatever_is_on_the_shelf(shelf: LexiconShelf, intents: Path) -> None:
    load(intents, shelf=shelf)
    with (intents / "en" / "saddle_numbness.yaml").open("a", encoding="utf-8") as file:
        file.write("\n\tthis is no YAML")
    with pytest.raises(ContentError, match="saddle_numbness"):
        load(intents, shelf=shelf)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: b"not at all what is kept here",
    ],
    ids=["empty", "cut off", "one bit at its end", "one bit at its beginning", "something else"],
)
def test_a_damaged_file_is_compiled_anew(
    shelf: LexiconShelf, compiled: Lexicon, damage: Callable[[bytes], bytes]
) -> None:
    shelf.keep("it", compiled)
    file = only_file(shelf)
    file.write_bytes(damage(file.read_bytes()))
    assert shelf.find("it") is None
    shelf.keep("it", compiled)
    assert shelf.find("it") is not None


@pytest.mark.parametrize("of", ["folder", "file"])
def test_what_others_could_have_written_is_not_read(shelf: LexiconShelf, compiled: Lexicon, of: str) -> None:
    shelf.keep("it", compiled)
    path = shelf.folder if of == "folder" else only_file(shelf)
    path.chmod(path.stat().st_mode | 0o022)
    assert shelf.find("it") is None


def test_a_link_to_elsewhere_is_not_followed(shelf: LexiconShelf, compiled: Lexicon, tmp_path: Path) -> None:
    shelf.keep("it", compiled)
    file = only_file(shelf)
    elsewhere = file.rename(tmp_path / "elsewhere")
    file.symlink_to(elsewhere)
    assert shelf.find("it") is None


def test_only_the_user_may_read_and_write_there(shelf: LexiconShelf, compiled: Lexicon) -> None:
    shelf.keep("it", compiled)
    assert shelf.folder.stat().st_mode & 0o077 == 0
    assert only_file(shelf).stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_kept_the_interview_begins_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    dialogue = load(shelf=LexiconShelf(tmp_path / "a file" / "lexicons"))
    assert dialogue.open().say


def test_few_are_kept_those_used_last(shelf: LexiconShelf, compiled: Lexicon) -> None:
    for number in range(FILES):
        shelf.keep(str(number), compiled)
        os.utime(shelf.folder / f"{number}.lexicon", (number, number))
    assert shelf.find("0") is not None
    shelf.keep("new", compiled)
    assert shelf.find("0") is not None
    assert shelf.find("new") is not None
    assert len(list(shelf.folder.iterdir())) == FILES


def test_each_file_of_a_language_counts(intents: Path) -> None:
    home = intents / "en"
    name = shelf_name(home)
    for changed in ("_sound_alikes.txt", "_classifier.npz", "topics/cauda-equina.yaml"):
        with (home / changed).open("ab") as file:
            file.write(b"\n")
        assert shelf_name(home) not in (None, name)
        name = shelf_name(home)
