"""The second ear, on recordings of people. It has met most of these voices: only the joining is tried here.

How well it hears people whom it has not met is measured by scripts/bench hearing (docs/hearing.md).
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.sound_files import read_wav
from voice_triage.ports import HEARING_RATE, Sound
from voice_triage.sound.mixing import in_noise, in_quiet_room
from voice_triage.sound.samples import resampled
from voice_triage.sound.yes_or_no import YesOrNo

FIXTURES = Path(__file__).resolve().parents[2] / "audio_fixtures"
ROWS = [
    row
    for row in map(json.loads, (FIXTURES / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    if row["id"].startswith("clips/")
]
SAID = {"yes": "yes", "no": "no"}


@pytest.fixture(scope="module")
def ear() -> YesOrNo:
    return YesOrNo()


def clips(words: str) -> list[Sound]:
    return [read_wav(FIXTURES / row["path"]) for row in ROWS if row["transcript"] == words]


def called(ear: YesOrNo, sound: Sound) -> str:
    verdict = ear.hear(sound.samples)
    shares = {"yes": verdict.yes, "no": verdict.no, "neither": verdict.neither}
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-4)
    return max(shares, key=lambda word: shares[word])


@pytest.mark.parametrize(("words", "other"), [("yes", "no"), ("no", "yes")])
def test_people_say_yes_and_no(ear: YesOrNo, words: str, other: str) -> None:
    heard = [called(ear, in_quiet_room(clip, 0.5, 0.8)) for clip in clips(words)]
    assert len(heard) == 12
    assert other not in heard
    assert heard.count(words) >= 11


def test_other_words_of_people_are_neither(ear: YesOrNo) -> None:
    others = [row for row in ROWS if row["transcript"] not in SAID]
    heard = [called(ear, in_quiet_room(read_wav(FIXTURES / row["path"]), 0.5, 0.8)) for row in others]
    assert len(heard) > 20
    assert sum(word != "neither" for word in heard) <= 1


@pytest.mark.parametrize("decibels", [-24.0, -12.0, 6.0])
def test_how_loud_it_is_said_makes_no_difference(ear: YesOrNo, decibels: float) -> None:
    for words in SAID:
        for clip in clips(words)[:4]:
            samples = np.frombuffer(clip.samples, "<i2") * 10 ** (decibels / 20)
            louder = Sound(np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes(), clip.rate)
            assert called(ear, in_quiet_room(louder, 0.5, 0.8)) == called(ear, in_quiet_room(clip, 0.5, 0.8))


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 48_000])
def test_sound_of_other_rates_is_heard_once_it_was_resampled(ear: YesOrNo, rate: int) -> None:
    for words in SAID:
        clip = resampled(resampled(clips(words)[1], rate), HEARING_RATE)
        assert called(ear, in_quiet_room(clip, 0.5, 0.8)) == words


def test_silence_noise_and_clicks_are_neither(ear: YesOrNo) -> None:
    rng = np.random.default_rng(4)
    hiss = rng.normal(0.0, 500.0, HEARING_RATE * 3)
    click = np.zeros(HEARING_RATE * 2)
    click[HEARING_RATE] = 30000
    for samples in (np.zeros(HEARING_RATE * 3), hiss, click, np.zeros(0), np.zeros(100)):
        assert called(ear, Sound(samples.astype("<i2").tobytes(), HEARING_RATE)) == "neither"


def test_a_long_answer_is_neither_however_it_begins(ear: YesOrNo) -> None:
    yes, no = clips("yes")[0], clips("no")[0]
    pause = bytes(HEARING_RATE)
    both = Sound(yes.samples + pause + no.samples, HEARING_RATE)
    assert called(ear, in_quiet_room(both, 0.5, 0.8)) == "neither"


def test_in_noise_yes_is_never_no(ear: YesOrNo) -> None:
    hiss = Sound(
        np.random.default_rng(3).normal(0.0, 1000.0, HEARING_RATE * 3).astype("<i2").tobytes(), HEARING_RATE
    )
    for words, other in (("yes", "no"), ("no", "yes")):
        for clip in clips(words):
            assert called(ear, in_noise(clip, hiss, 10.0, 0.5, 0.8)) != other


def test_it_may_be_used_by_several_threads(ear: YesOrNo) -> None:
    sounds = [in_quiet_room(clip, 0.5, 0.8).samples for words in SAID for clip in clips(words)[:4]]
    alone = [ear.hear(samples) for samples in sounds]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ear.hear, sounds * 3)) == alone * 3


def test_damaged_weights_are_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "weights.npz"
    np.savez(broken, networks=np.array(1), **{"0.w0": np.zeros((5, 40, 48))})
    with pytest.raises(KeyError):
        YesOrNo(broken)
    with pytest.raises(OSError, match="weights"):
        YesOrNo(tmp_path / "weights_that_are_not_there.npz")
