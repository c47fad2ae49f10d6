"""Taps are counted; speech, coughs and what falls are no taps; what is too faint to count is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tapping import RATE, in_a_room, taps

from voice_triage.adapters.sound_files import read_wav, write_wav
from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Sound
from voice_triage.sound.knocks import Knocks
from voice_triage.sound.samples import resampled

FIXTURES = Path(__file__).parent.parent.parent / "audio_fixtures"
RECORDINGS = sorted(FIXTURES.glob("**/*.wav"))


def counted(sound: Sound, tmp_path: Path) -> int | None:
    """How many taps an answer was; by way of a file, as it would be recorded."""
    write_wav(tmp_path / "taps.wav", sound)
    heard = np.frombuffer(resampled(read_wav(tmp_path / "taps.wav"), HEARING_RATE).samples, "<i2")
    knocks, found = Knocks(), None
    for frame in heard[: len(heard) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        knocks.accept(Frame(frame.tobytes()))
        found = knocks.taps or found
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("gap", [0.25, 0.45, 0.9])
@pytest.mark.parametrize("what", ["wood", "phone", "table"])
@pytest.mark.parametrize("room", [15.0, 80.0])
def test_taps_are_counted(what: str, gap: float, count: int, room: float, tmp_path: Path) -> None:
    assert counted(taps(count, gap, what, peak=6000.0, room=room), tmp_path) == count


@pytest.mark.parametrize("peak", [400.0, 800.0, 1500.0, 3000.0])
@pytest.mark.parametrize("what", ["wood", "phone", "table"])
def test_faint_taps_are_counted_right_or_not_at_all(what: str, peak: float, tmp_path: Path) -> None:
    for count in (1, 2, 3):
        assert counted(taps(count, 0.4, what, peak, room=80.0), tmp_path) in (count, None)


def test_four_taps_are_no_answer(tmp_path: Path) -> None:
    assert counted(taps(4, 0.4, "wood", 6000.0, 15.0), tmp_path) is None


@pytest.mark.parametrize("part", range(4))
def test_speech_is_never_a_tap(part: int, tmp_path: Path) -> None:
    clips = RECORDINGS[part::8]  # half of them
    assert len(clips) > 40
    for clip in clips:
        speech = np.frombuffer(resampled(read_wav(clip), RATE).samples, "<i2").astype(np.float64)
        assert counted(in_a_room(speech, 20.0), tmp_path) is None, clip.name


def cough(seed: int) -> npt.NDArray[np.float64]:
    """A burst of air of 60 ms, then a voiced tail of 200 ms."""
    dice = np.random.default_rng(seed)
    time = np.arange(int(0.3 * RATE)) / RATE
    envelope = np.minimum(time / 0.01, 1) * np.where(time < 0.06, 1.0, 0.45 * np.exp(-(time - 0.06) / 0.09))
    air = np.convolve(dice.normal(0, 1, len(time)), [0.6, 0.3, 0.1], "same")
    return 9000 * envelope * (air + 0.4 * np.sign(np.sin(2 * np.pi * 210 * time)))


@pytest.mark.parametrize("seed", range(8))
def test_a_cough_is_no_tap(seed: int, tmp_path: Path) -> None:
    assert counted(in_a_room(cough(seed), 20.0), tmp_path) is None


@pytest.mark.parametrize("hertz", [60.0, 90.0, 130.0])
def test_a_step_or_a_closing_door_is_no_tap(hertz: float, tmp_path: Path) -> None:
    time = np.arange(int(0.4 * RATE)) / RATE
    thud = 9000 * np.minimum(time / 0.015, 1) * np.exp(-time / 0.07) * np.sin(2 * np.pi * hertz * time)
    assert counted(in_a_room(thud, 20.0), tmp_path) is None


def test_taps_beside_speech_are_no_answer(tmp_path: Path) -> None:
    speech = resampled(read_wav(FIXTURES / "conversations" / "lifted_a_box" / "opener.wav"), RATE)
    tapped = np.frombuffer(taps(2, 0.4, "wood", 6000.0, 0.0).samples, "<i2").astype(np.float64)
    both = np.concatenate(
        [tapped[: int(1.3 * RATE)], np.frombuffer(speech.samples, "<i2").astype(np.float64)]
    )
    assert counted(in_a_room(both, 20.0), tmp_path) is None


@pytest.mark.parametrize("room", [0.0, 20.0, 200.0, 1500.0])
def test_a_room_alone_never_taps(room: float, tmp_path: Path) -> None:
    assert counted(in_a_room(np.zeros(10 * RATE), room), tmp_path) is None


def test_a_fan_that_is_switched_on_is_no_tap_and_taps_are_heard_over_it_later(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    knocks = Knocks()
    fan = np.concatenate([dice.normal(0, 10, RATE), dice.normal(0, 120, 4 * RATE)])
    for frame in fan[: len(fan) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        knocks.accept(Frame(frame.astype("<i2").tobytes()))
        assert knocks.taps is None
    knocks.start()
    answer = np.frombuffer(taps(2, 0.4, "wood", 12000.0, 120.0).samples, "<i2")
    found = None
    for frame in answer[: len(answer) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        knocks.accept(Frame(frame.tobytes()))
        found = knocks.taps or found
    assert found == 2
