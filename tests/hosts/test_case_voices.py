"""Voices and word errors: other words, the same person."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_triage.cli.case_files import check_codes, read_cases, read_voices
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.case_voices import Voice, in_voice
from voice_triage.hosts.intervals import wilson
from voice_triage.hosts.judging_cases import interview
from voice_triage.hosts.judging_trials import Plan, trial_summary, trials
from voice_triage.hosts.patient_cases import PatientCase, spoken_age
from voice_triage.hosts.word_errors import PoorEar, SoundAlikes, plain_words

FOLDER = Path(__file__).resolve().parent.parent / "cases"
SAID = "No, I can't feel it when I wipe, not since yesterday morning, and my left leg is weak."


@pytest.fixture(scope="module")
def voices() -> list[Voice]:
    return read_voices([FOLDER / "voices"])[0]


@pytest.fixture(scope="module")
def nerves(dialogue: Dialogue) -> dict[str, PatientCase]:
    return {case.id: case for case in read_cases([FOLDER / "nerves.yaml"], dialogue.protocol)}


@pytest.fixture(scope="module")
def alikes(dialogue: Dialogue) -> SoundAlikes:
    return SoundAlikes(dialogue.lexicon)


def test_there_are_seven_voices_with_words_for_every_finding(dialogue: Dialogue, voices: list[Voice]) -> None:
    assert len(voices) == 7
    check_codes(voices, dialogue.protocol)
    told = {
        "L1",
        "L2",
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
        "C7",
        "T1",
        "I1",
        "V1",
        "N1",
        "M1",
        "P1",
        "F1",
        "F2",
    }
    told |= {"A1", "M2", "M3", "I3", "I4", "B1", "I2", "N2", "K1", "U2", "Z", "Z1", "H2", "H3", "H4", "H5"}
    for voice in voices:
        assert told <= set(voice.present), voice.voice
        assert len([case for case in voice.cases if case.startswith("D-")]) == 31


def test_a_voice_tells_what_is_there_and_since_when(
    dialogue: Dialogue, voices: list[Voice], nerves: dict[str, PatientCase]
) -> None:
    for voice in voices:
        said = in_voice(nerves["C2-ten-years-now-none"], voice, dialogue.protocol)
        assert said.answers["C2"] in voice.present["C2"]
        assert "seventy-one" in said.answers["D1"]
        assert "eight days" in said.answers["U1"]
        assert "last night" in said.when
        assert said == in_voice(nerves["C2-ten-years-now-none"], voice, dialogue.protocol)


def test_an_emergency_is_found_in_every_voice(
    dialogue: Dialogue, voices: list[Voice], nerves: dict[str, PatientCase]
) -> None:
    for voice in voices:
        held = interview(dialogue, in_voice(nerves["C5-seven-weeks-worse"], voice, dialogue.protocol))
        assert held.got is not None
        assert held.got.id == "emergency", voice.voice


def test_a_voice_without_words_for_a_finding_is_refused(
    dialogue: Dialogue, voices: list[Voice], nerves: dict[str, PatientCase]
) -> None:
    mute = voices[0].model_copy(update={"present": {}})
    with pytest.raises(ValueError, match="has no words for C6"):
        in_voice(nerves["C6-foot-drop-stable"], mute, dialogue.protocol)


def test_without_errors_every_word_is_heard(alikes: SoundAlikes) -> None:
    (heard,) = PoorEar(0.0, alikes, (1,)).hear(SAID).utterances
    assert heard.text == "no i can't feel it when i wipe not since yesterday morning and my left leg is weak"


def test_so_many_words_are_heard_wrong_as_was_asked_for(alikes: SoundAlikes) -> None:
    ear = PoorEar(0.2, alikes, (5,))
    words = plain_words(SAID)
    whole = [ear.hear(word).utterances[0].text == word for _ in range(100) for word in words]
    assert 0.17 < 1 - sum(whole) / len(whole) < 0.23


def test_the_same_seeds_make_the_same_errors_and_others_others(alikes: SoundAlikes) -> None:
    first, again, other = (PoorEar(0.3, alikes, seeds).hear(SAID) for seeds in ((7, 1), (7, 1), (8, 1)))
    assert first == again != other


def test_words_are_taken_for_words_that_sound_like_them(alikes: SoundAlikes) -> None:
    assert "can" in alikes.of("can't")
    assert "crowing" in alikes.of("groin")
    for word in ("numb", "wipe", "leaked", "yesterday"):
        assert word not in alikes.of(word)


def test_a_trial_with_errors_can_be_had_again(dialogue: Dialogue, nerves: dict[str, PatientCase]) -> None:
    case = nerves["C1-six-weeks"]
    done: list[int] = []
    first, again = (list(trials(dialogue, [case], Plan((), (0, 20), 3, 4), done.append)) for _ in range(2))
    assert [trial.held.exchanges for trial in first] == [trial.held.exchanges for trial in again]
    assert [(trial.errors, trial.repeat) for trial in first] == [(0, 1), (20, 1), (20, 2), (20, 3)]
    assert sum(done) == 8
    told = trial_summary(first)
    assert told["by_errors"]["20"]["runs"] == 3
    assert told["all"]["emergencies_found"] == {"n": 0, "of": 0, "share": None, "low": None, "high": None}


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    """81 of 263 is the worked example of Newcombe, Statistics in Medicine 17 (1998) 857-872."""
    assert wilson(hits, n) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(hits, n)


@pytest.mark.parametrize(
    ("age", "words"),
    [(9, "nine"), (15, "fifteen"), (41, "forty-one"), (80, "eighty"), (103, "a hundred and three")],
)
def test_an_age_is_said_in_words(age: int, words: str) -> None:
    assert spoken_age(age) == words
