"""--save, --resume, `journals` and `forget`, with a clock that can be set."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shipped import dialogue_in

from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli import main
from voice_triage.cli.keeping import Kept, keep
from voice_triage.cli.parser import parse
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.console import ConsoleHost

NOW = datetime.fromisoformat("2026-05-20T12:00:00").astimezone()
"""A Wednesday."""
HEALTHY = {
    "who_for": "me",
    "opener": "my back hurts since i lifted a box",
    "age": "34",
    "course": "four days, getting better",
}


@pytest.fixture(scope="module")
def dialogue() -> Dialogue:
    return dialogue_in("uk")


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder for journals; it is not there yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "voice-triage" / "journals"


class Sitting:
    """One interview with a healthy person, who answers questions by id; `leave_at`: there they are gone."""

    def __init__(
        self, dialogue: Dialogue, at: datetime, *flags: str, leave_at: str = "", **answers: str
    ) -> None:
        self.notes: list[str] = []
        self.said: list[str] = []
        arguments = parse(["type", *flags])
        self.kept: Kept = keep(
            arguments, dialogue, {"host": "type", "weak_ears": False}, self.notes.append, lambda: at
        )
        self._answers = {**HEALTHY, **answers}
        self._leave_at = leave_at
        captions = _Shown(self.said, self.notes)
        self.host = ConsoleHost(dialogue, self._answer, captions, self.kept.journal, self.kept.begin)
        self._captions = captions
        self.host.run()
        if self.kept.journal is not None:
            self.kept.journal.close()

    def _answer(self) -> str | None:
        fact, kind = self._captions.asked
        if fact == self._leave_at:
            return None
        return "yes" if kind == "readback" and fact not in self._answers else self._answers.get(fact, "no")

    @property
    def urgency(self) -> str:
        assert self.host.conclusion is not None
        return self.host.conclusion.urgency.id


class _Shown(PlainCaptions):
    def __init__(self, said: list[str], notes: list[str]) -> None:
        super().__init__(quiet=True)
        self._said, self._noted = said, notes
        self.asked = ("", "")

    def say(self, text: str) -> None:
        self._said.append(text)

    def note(self, text: str) -> None:
        self._noted.append(text)

    def listening(self, listening) -> None:
        self.asked = (listening.asked.fact, listening.asked.kind.value)


def days(count: float) -> datetime:
    return NOW - timedelta(days=count)


def test_nothing_is_kept_or_looked_at_without_being_asked_for(dialogue: Dialogue, own: Path) -> None:
    assert Sitting(dialogue, NOW).urgency == "self_care"
    assert not own.exists()
    Sitting(dialogue, days(1), "--save")
    assert Sitting(dialogue, NOW).urgency == "self_care"
    assert len(list(own.iterdir())) == 1


def test_an_earlier_talk_is_told_by_its_day_and_makes_it_soon_and_two_make_it_today(
    dialogue: Dialogue,
) -> None:
    assert Sitting(dialogue, days(5), "--save").urgency == "self_care"
    second = Sitting(dialogue, days(1), "--save", repeat_contact="yes")
    assert "You spoke with me on Friday." in second.said
    assert second.urgency == "soon"
    third = Sitting(dialogue, NOW, "--save", repeat_contact="yes")
    assert "You spoke with me on Friday and yesterday." in third.said
    assert third.urgency == "same_day"
    corrected = Sitting(dialogue, NOW + timedelta(hours=1), "--save", repeat_contact="no")
    assert "You spoke with me on Friday, yesterday and earlier today." in corrected.said
    assert corrected.urgency == "self_care"


@pytest.mark.parametrize(
    ("ago", "told"),
    [(6.4, "You spoke with me on Thursday."), (7, "You spoke with me a week ago."), (7.1, ""), (-1, "")],
)
def test_only_talks_of_the_last_seven_days_count(dialogue: Dialogue, ago: float, told: str) -> None:
    Sitting(dialogue, days(ago), "--save")
    later = Sitting(dialogue, NOW, "--save", repeat_contact="no")
    assert [text for text in later.said if text.startswith("You spoke with me")] == ([told] if told else [])


def test_a_talk_in_which_nothing_was_answered_is_no_contact(dialogue: Dialogue) -> None:
    Sitting(dialogue, days(1), "--save", leave_at="who_for")
    assert Sitting(dialogue, NOW, "--save").urgency == "self_care"


def test_a_file_that_was_named_stands_alone(dialogue: Dialogue, tmp_path: Path) -> None:
    Sitting(dialogue, days(1), "--save", str(tmp_path / "a.jsonl"))
    assert Sitting(dialogue, NOW, "--save", str(tmp_path / "b.jsonl")).urgency == "self_care"


@pytest.mark.parametrize(("minutes", "asked"), [(59, True), (-59, True), (61, False), (-61, False)])
def test_an_interview_is_gone_on_with_within_an_hour(dialogue: Dialogue, minutes: int, asked: bool) -> None:
    Sitting(dialogue, NOW, "--save", leave_at="both_legs")
    later = Sitting(dialogue, NOW + timedelta(minutes=minutes), "--resume", resume="yes", repeat_contact="no")
    assert ("Shall I go on from there?" in later.said) == asked
    assert (later.notes == []) == asked
    assert later.urgency == "self_care"
    assert (dialogue.phrasebook.text("who_for.question") in later.said) != asked


def test_a_resumed_interview_goes_on_in_its_journal_and_is_replayed_to_the_same_end(
    dialogue: Dialogue, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Sitting(dialogue, NOW, "--save", leave_at="both_legs")
    Sitting(dialogue, NOW + timedelta(minutes=5), "--resume", leave_at="age", resume="yes")
    Sitting(dialogue, NOW + timedelta(minutes=9), "--resume", resume="yes", anything_else="i am worried")
    (journal,) = own.glob("*.jsonl")
    assert main(["replay", str(journal), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["urgency"] == "soon"


@pytest.mark.parametrize(
    ("was", "now", "because"),
    [
        ('"program": "', '"program": "0.0', "with another version"),
        ('"protocol": "', '"protocol": "1', "with another version"),
        ('"language": "en"', '"language": "cy"', "in another language"),
        ('"findings": {"who_for"', '"findings": {"age"', "would not be understood as they were"),
    ],
)
def test_an_interview_of_another_program_protocol_or_language_is_begun_anew(
    dialogue: Dialogue, own: Path, was: str, now: str, because: str
) -> None:
    Sitting(dialogue, NOW, "--save", leave_at="both_legs")
    (journal,) = own.glob("*.jsonl")
    journal.write_text(journal.read_text().replace(was, now))
    later = Sitting(dialogue, NOW, "--resume")
    assert any(because in note for note in later.notes), later.notes
    assert dialogue.phrasebook.text("who_for.question") in later.said
    assert len(list(own.glob("*.jsonl"))) == 2


def test_a_damaged_journal_is_told_and_stops_nobody(dialogue: Dialogue, own: Path) -> None:
    Sitting(dialogue, NOW, "--save", leave_at="both_legs")
    (journal,) = own.glob("*.jsonl")
    journal.write_text(journal.read_text().replace("\n", "\nbroken\n", 1))
    later = Sitting(dialogue, NOW, "--resume")
    assert any(f"{journal}:2" in note for note in later.notes)
    assert later.urgency == "self_care"


def test_a_named_file_is_gone_on_with_and_never_written_over(dialogue: Dialogue, tmp_path: Path) -> None:
    named = tmp_path / "mine.jsonl"
    Sitting(dialogue, NOW, "--save", str(named), leave_at="both_legs")
    later = Sitting(dialogue, NOW, "--resume", "--save", str(named), resume="yes")
    assert "Shall I go on from there?" in later.said
    before = named.read_bytes()
    again = Sitting(dialogue, NOW, "--resume", "--save", str(named))
    assert named.read_bytes() == before
    assert again.kept.journal is not None
    assert again.kept.journal.path.parent == tmp_path


def test_journals_older_than_the_limit_are_deleted_at_the_next_start_that_keeps_one(
    dialogue: Dialogue, own: Path
) -> None:
    for ago in (40, 20, 12):
        Sitting(dialogue, days(ago), "--save")
    Sitting(dialogue, NOW)
    assert len(list(own.iterdir())) == 3, "without --save nothing is deleted"
    Sitting(dialogue, NOW, "--save")
    assert len(list(own.iterdir())) == 3, "that of forty days ago is gone"
    Sitting(dialogue, NOW + timedelta(minutes=1), "--save", "--keep-days", "10")
    assert len(list(own.iterdir())) == 2


def test_forget_deletes_everything_wherever_it_was_put_and_nothing_else(
    dialogue: Dialogue, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "letter.jsonl").write_text("{}\n")
    Sitting(dialogue, NOW, "--save")
    Sitting(dialogue, NOW, "--save", str(kept))
    Sitting(dialogue, NOW, "--save", str(tmp_path / "mine.jsonl"), leave_at="age")
    assert main(["journals"]) == 0
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()].count("interrupted") == 1
    assert main(["forget"]) == 1
    assert "Nothing was deleted" in capsys.readouterr().out
    assert (tmp_path / "mine.jsonl").exists()
    assert main(["forget", "--yes"]) == 0
    out = capsys.readouterr().out
    assert str(tmp_path / "mine.jsonl") in out
    assert "3 of 3 journals deleted" in out
    assert not own.exists()
    assert [path.name for path in kept.iterdir()] == ["letter.jsonl"]
    assert main(["forget"]) == 0
    assert "No journal is kept" in capsys.readouterr().out


def test_forget_asks_whoever_sits_at_a_terminal(dialogue: Dialogue, own: Path) -> None:
    Sitting(dialogue, NOW, "--save")
    for answer, left in (("no", 1), ("yes", 0)):
        ours, theirs = pty.openpty()
        os.write(ours, f"{answer}\n".encode())
        done = subprocess.run(
            [sys.executable, "-m", "voice_triage", "forget"],
            stdin=theirs, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        os.close(ours)
        os.close(theirs)
        assert (done.returncode, len(list(own.glob("*")))) == (left, left), done.stderr


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_limit_that_is_no_number_of_days_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["type", "--save", "--keep-days", value])
    assert stop.value.code == 2
    assert "--keep-days" in capsys.readouterr().err
