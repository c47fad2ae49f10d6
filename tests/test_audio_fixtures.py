"""The recorded patients: complete, listed, credited, and sound enough to judge recognisers by."""

from __future__ import annotations

import json
import wave
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

FIXTURES = Path(__file__).resolve().parent.parent / "audio_fixtures"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (FIXTURES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
]
SPOKEN = [row for row in ROWS if "conversation" in row]
PEOPLE = [row for row in ROWS if "conversation" not in row]
CONVERSATIONS = {
    path.stem: YAML(typ="safe").load(path) for path in sorted((FIXTURES / "conversations").glob("*.yaml"))
}
PERMISSIVE = {"Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MIT", "public domain"}
LABELS = {"present", "absent", "unsure", "none", "repeat", "skip", "stop"}
FREE_QUESTIONS = {"who_for", "opener", "age", "course", "anything_else"}


def samples(row: dict[str, Any]) -> NDArray[np.float64]:
    """Samples of a row's recording within -1..1."""
    with wave.open(str(FIXTURES / row["path"]), "rb") as recording:
        return np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2") / 32768


def told(conversation: dict[str, Any]) -> dict[str, str]:
    """Name of each recording that a written conversation asks for -> what is said in it."""
    return {
        **conversation["answers"],
        **{f"{question}.second": text for question, text in conversation.get("second", {}).items()},
        **conversation.get("follow_ups", {}),
        **{
            step: conversation[step]
            for step in ("readback_yes", "readback_no", "denials_ok")
            if step in conversation
        },
    }


def test_every_recording_is_listed_once_and_every_listed_one_exists() -> None:
    there = {path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*.wav")}
    listed = [row["path"] for row in ROWS]
    assert len(listed) >= 300
    assert sorted(there) == sorted(listed)
    assert not [i for i, n in Counter(row["id"] for row in ROWS).items() if n > 1]


def test_every_written_line_is_recorded_and_nothing_else_is() -> None:
    recorded: dict[str, dict[str, str]] = defaultdict(dict)
    for row in SPOKEN:
        recorded[row["conversation"]][Path(row["path"]).stem] = row["transcript"]
    assert {title: told(conversation) for title, conversation in CONVERSATIONS.items()} == recorded


def test_every_recording_says_who_made_it_what_it_means_and_on_which_terms() -> None:
    for row in ROWS:
        assert row["maker"], row["id"]
        assert row["voice"], row["id"]
        assert row["licence"] in PERMISSIVE, row["id"]
        assert row.get("label", "none") in LABELS, row["id"]
        assert row["transcript"] or row["label"] == "none", row["id"]


def test_every_answer_to_a_yes_no_question_has_a_reading() -> None:
    for row in SPOKEN:
        assert ("label" in row) == (row["question"] not in FREE_QUESTIONS), row["id"]


def faults(row: dict[str, Any]) -> list[str]:
    """What is wrong with the sound of a recording."""
    with wave.open(str(FIXTURES / row["path"]), "rb") as recording:
        form = recording.getframerate(), recording.getnchannels(), recording.getsampwidth()
    if form != (16_000, 1, 2):
        return [f"its form is {form}"]
    sound = samples(row)
    pieces = np.sqrt((sound[: sound.size // 320 * 320].reshape(-1, 320) ** 2).mean(axis=1))
    found = {
        "too short or too long": not 0.25 <= sound.size / 16_000 <= 6,
        "clipped": np.mean(np.abs(sound) >= 0.999) > 0.001,
        "digital silence, which misleads recognisers": pieces.min() < 10 ** (-66 / 20),
        "nobody is to be heard": row["transcript"] and pieces.max() < 10 ** (-40 / 20),
    }
    return [f"{row['id']}: {what}" for what, is_so in found.items() if is_so]


def test_every_recording_is_16_khz_mono_16_bit_and_neither_silent_nor_clipped() -> None:
    assert [fault for row in ROWS for fault in faults(row)] == []


def test_noise_stands_as_far_below_the_speech_as_the_manifest_says() -> None:
    for row in SPOKEN:
        if "noise" not in row:
            continue
        sound = samples(row)
        before = sound[: round(0.25 * 16_000)]
        loudest = np.sqrt((sound[: sound.size // 320 * 320].reshape(-1, 320) ** 2).mean(axis=1).max())
        below = 20 * np.log10(loudest / np.sqrt((before**2).mean()))
        # The loudest syllable is some 5 dB above the mean of the speech; clinks and swells do the rest.
        assert row["snr_db"] - 6 < below < row["snr_db"] + 16, (row["id"], below)


def test_at_least_six_voices_of_three_makers_speak_and_not_one_maker_alone() -> None:
    voices = {row["voice"] for row in SPOKEN}
    assert len(voices) >= 6
    assert {"flite", "festival", "espeak"} == {voice.split("-")[0] for voice in voices}
    assert sum(row["voice"].startswith("espeak") for row in SPOKEN) < len(SPOKEN) / 4


def test_a_third_of_the_patients_speak_in_noise() -> None:
    noisy = {title for title, conversation in CONVERSATIONS.items() if conversation["noise"]}
    assert len(CONVERSATIONS) >= 12
    assert len(noisy) >= len(CONVERSATIONS) / 3
    assert noisy == {row["conversation"] for row in SPOKEN if "noise" in row}


def test_every_conclusion_within_reach_has_a_patient() -> None:
    reached = Counter(row["concludes"] for row in {row["conversation"]: row for row in SPOKEN}.values())
    assert {"self_care", "routine", "soon", "same_day", "emergency go", "emergency call"} == set(reached)
    assert min(reached.values()) >= 2


def test_people_of_both_answers_are_heard_and_each_of_them_is_credited() -> None:
    said = Counter(row.get("label") for row in PEOPLE)
    assert said["present"] >= 10
    assert said["absent"] >= 10
    assert len({row["voice"] for row in PEOPLE}) >= 20
    credits = (FIXTURES / "CREDITS.md").read_text(encoding="utf-8")
    for row in PEOPLE:
        line = next(line for line in credits.splitlines() if line.startswith(f"| {Path(row['path']).name} "))
        assert row["licence"] in line
        assert row["maker"] in line
    for voice in {row["voice"] for row in SPOKEN}:
        assert f"| {voice} |" in credits


def test_the_recordings_stay_small() -> None:
    size = sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file())
    assert size <= 15_000_000
    shipped = [title for title, conversation in CONVERSATIONS.items() if conversation.get("ships")]
    assert {"self_care", "same_day", "emergency"} == {
        CONVERSATIONS[title]["concludes"]["urgency"] for title in shipped
    }
    assert len(shipped) == 3
    weight = sum(path.stat().st_size for s in shipped for path in (FIXTURES / "conversations" / s).iterdir())
    assert weight <= 850_000
