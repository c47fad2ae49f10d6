"""Journals on disk: torn by a power cut, used by two programs, full disks, and how they are deleted."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voice_triage.adapters.journal_folder import MARK, Elsewhere, JournalFolder, delete, kept_file
from voice_triage.adapters.jsonl_journal import JsonlJournal, read_journal
from voice_triage.errors import JournalError

NOW = datetime.fromisoformat("2026-05-20T12:00:00+00:00")
RECORDS = [
    {"asked": "who_for:choice", "heard": "me"},
    {"asked": "opener:free", "heard": "mein Rücken \u2028 tut weh"},
    {"asked": "course:duration", "heard": None},
]


def journal(path: Path, started: datetime = NOW, records=RECORDS) -> JsonlJournal:
    made = JsonlJournal(path, now=lambda: started)
    made.write({**MARK, "program": "1", "started": started.isoformat()})
    for record in records:
        made.write(record)
    return made


def test_a_last_line_torn_at_any_byte_is_left_out_with_a_note_and_cut_off_before_the_next(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kept.jsonl"
    journal(path).close()
    content = path.read_bytes()
    last = content.rstrip(b"\n").rindex(b"\n") + 1
    for end in range(last, len(content)):
        path.write_bytes(content[:end])
        read = read_journal(path)
        assert [entry.get("heard") for entry in read.entries[1:]] == [
            RECORDS[0]["heard"],
            RECORDS[1]["heard"],
        ]
        assert bool(read.torn) == (end > last)
        if read.torn:
            assert f"{path}:4" in read.torn
        again = JsonlJournal(path, go_on=True)
        again.write(RECORDS[2])
        again.close()
        assert len(path.read_bytes().split(b"\n")) == 5
        assert read_journal(path).torn == ""


@pytest.mark.parametrize("tail", [b"\0" * 40, b'{"asked": \0\0\0\0}\n', b"\xff\xfe\n", b"[1]\n"])
def test_what_a_power_cut_may_leave_in_place_of_the_last_line_is_left_out(
    tmp_path: Path, tail: bytes
) -> None:
    path = tmp_path / "kept.jsonl"
    journal(path).close()
    path.write_bytes(path.read_bytes() + tail)
    read = read_journal(path)
    assert len(read.entries) == 4
    assert f"{path}:5" in read.torn


def test_a_broken_line_in_the_middle_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    journal(path).close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2][:9] + b"\n", lines[3]]))
    with pytest.raises(JournalError, match=f"{path}:3: is not JSON"):
        read_journal(path)
    with pytest.raises(JournalError, match=f"{path}:3"):
        JsonlJournal(path, go_on=True)
    assert path.read_bytes().endswith(lines[3]), "nothing may be cut off from it"


def test_only_one_program_writes_into_a_journal_and_nobody_deletes_it_meanwhile(tmp_path: Path) -> None:
    first = journal(tmp_path / "kept.jsonl")
    with pytest.raises(JournalError, match="another voice-triage writes into it"):
        JsonlJournal(first.path, go_on=True)
    kept = kept_file(first.path)
    assert kept is not None
    with pytest.raises(JournalError, match="in use"):
        delete(kept)
    first.close()
    JsonlJournal(first.path, go_on=True).close()
    delete(kept)
    assert not first.path.exists()


def test_a_full_disk_leaves_whole_lines_only_and_no_later_line_after_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    script = """
import resource, signal, sys
from pathlib import Path
from voice_triage.adapters.jsonl_journal import JsonlJournal
from voice_triage.errors import JournalError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = JsonlJournal(Path(sys.argv[1]))
journal.write({"said": "a" * 500})
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
for text in ("b" * 900, "c"):
    try:
        journal.write({"said": text})
        print("written")
    except JournalError as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == [f"{path}: cannot be written: File too large"] * 2
    assert [entry["said"][0] for entry in read_journal(path).entries] == ["a"]
    assert read_journal(path).torn == ""


def test_half_a_character_from_a_pipe_is_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    journal(path, records=[{"heard": "no\udcff"}]).close()
    assert read_journal(path).entries[1]["heard"] == "no\udcff"


def test_only_its_owner_can_read_folder_and_journal(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path / "data" / "journals")
    folder.make()
    path = folder.new_name(NOW)
    journal(path).close()
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert folder.new_name(NOW) != path


def test_only_what_is_ours_is_found_and_only_what_is_old_is_too_old(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    for days in (1, 29, 31):
        journal(tmp_path / f"{days}.jsonl", NOW - timedelta(days=days)).close()
    (tmp_path / "theirs.jsonl").write_text('{"started": "2001-01-01T00:00:00+00:00"}\n')
    (tmp_path / "interview-20260101-120000.jsonl").touch()  # power was cut before its first line was there
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "31.jsonl")
    assert {kept.path.name for kept in folder.files()} == {
        "1.jsonl", "29.jsonl", "31.jsonl", "interview-20260101-120000.jsonl",
    }  # fmt: skip
    assert [kept.path.name for kept in folder.older_than(30, NOW)] == ["31.jsonl"]


def test_the_sounds_go_with_their_journal_and_no_other_file_does(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    journal(path).close()
    sounds = path.with_suffix(".audio")
    sounds.mkdir()
    (sounds / "001-who_for.wav").touch()
    kept = kept_file(path)
    assert kept is not None
    (sounds / "holiday.wav").touch()
    with pytest.raises(JournalError, match="cannot be deleted"):
        delete(kept)
    assert path.exists(), "as long as something of it stays, it is told each time"
    assert os.listdir(sounds) == ["holiday.wav"]  # noqa: PTH208 - the name alone is looked at
    (sounds / "holiday.wav").unlink()
    delete(kept)
    assert list(tmp_path.iterdir()) == []


def test_journals_put_elsewhere_are_found_as_long_as_they_are_there(tmp_path: Path) -> None:
    elsewhere = Elsewhere(tmp_path / "own")
    for name in ("a.jsonl", "gone.jsonl"):
        elsewhere.add(tmp_path / name)
    journal(tmp_path / "a.jsonl").close()
    with elsewhere.path.open("a") as file:
        file.write('"/torn')
    assert [kept.path.name for kept in elsewhere.files()] == ["a.jsonl"]
    assert json.loads(elsewhere.path.read_text().splitlines()[0]) == str(tmp_path / "a.jsonl")
    assert stat.S_IMODE(elsewhere.path.stat().st_mode) == 0o600
