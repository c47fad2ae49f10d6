"""What is kept of a spoken interview: nothing, unless it was asked for; then only for its owner's eyes."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from people import FIXTURES
from sound_card import SoundCard
from terminal import Terminal, terminal

from voice_triage.adapters.sound_files import read_wav

MODEL = Path(__file__).parent.parent / "vosk_model"
TALK = ("talk", "--plain", "--region", "uk", "--rate", "300", "--model", str(MODEL))

TRIES = 3
"""A machine without a processor to spare leaves gaps in what is played to the room."""
NOT_UNDERSTOOD = "(not understood)"


@pytest.fixture
def listener(sound_card: SoundCard, tmp_path: Path) -> dict[str, str]:
    """Somebody who never used the program, with a microphone and a loudspeaker."""
    home = tmp_path / "home"
    home.mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        **sound_card.env,
    }


def heard(program: Terminal) -> list[str]:
    """What was understood so far, as the screen shows it."""
    return [words for words in re.findall("^> (.+)$", program.shown, re.MULTILINE) if words != NOT_UNDERSTOOD]


def interview(program: Terminal, card: SoundCard) -> None:
    """One answer by voice, the others by keys, up to an emergency."""
    program.wait_for("Is this for you")
    program.press("\x1b")
    for answer in ("who_for", *["readback_no"] * (TRIES - 1)):  # then it asks "Is it about someone else?"
        program.wait_for("(listening)")
        card.play_to_room(FIXTURES / "conversations" / "fever" / f"{answer}.wav")
        program.wait_for("\n> ")
        program.wait_for("\n")
        if heard(program):
            break
    program.wait_for("what's the trouble?")
    program.press("k")
    program.wait_for("chest pain, or trouble breathing")
    program.press("y")
    program.wait_for("999 now")
    program.press("\x1bn")
    assert program.end() == 0


def test_a_journal_and_the_sound_of_the_answers_are_kept_where_it_was_asked_for(
    sound_card: SoundCard, listener: dict[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    reports = tmp_path / "reports"
    flags = ("--save", str(kept), "--save-audio", "--report", str(reports), "--json")
    with terminal(*TALK, *flags, environment=listener) as program:
        interview(program, sound_card)
        conclusion = json.loads(program.shown.splitlines()[-1])
    assert conclusion["urgency"] == "emergency"
    (journal,) = kept.glob("*.jsonl")
    header, *records, ended = map(json.loads, journal.read_text().splitlines())
    assert {"program", "started", "recognizer", "weak_ears"} <= set(header)
    assert all(record["protocol"] for record in records)
    assert ended["ended"]
    texts = [each["text"] for record in records for each in record.get("heard") or ()]
    assert heard(program)[0] in texts
    assert records[-1]["findings"]["chest_pain_or_breathless"] == "present"
    sounds = list(journal.with_suffix(".audio").glob("*.wav"))
    assert 1 <= len(sounds) <= TRIES
    for sound in sounds:
        assert "who_for" in sound.name
        assert 0.5 < read_wav(sound).seconds < 5
    (report,) = reports.glob("*.txt")
    assert "L1 chest pain or trouble breathing: YES" in report.read_text()
    assert "call 999 now" in report.read_text()
    for path in (journal, journal.with_suffix(".audio"), report):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, f"others on this machine can read {path}"


def test_nothing_of_an_interview_is_kept_otherwise(
    sound_card: SoundCard, listener: dict[str, str], tmp_path: Path
) -> None:
    with terminal(*TALK, environment=listener) as program:
        interview(program, sound_card)
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    # Prompts, which models were found to be whole, and the compiled phrases.
    same_for_everybody = {"speech", "proven-models", "lexicons"}
    assert [path for path in files if not same_for_everybody & set(path.parts)] == []
