"""When a person begins and ends to speak, by silero's detector on real and on no speech."""

from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Endpointer, Frame, Voicing
from voice_triage.sound.samples import resampled

CONVERSATIONS = Path(__file__).parent.parent.parent / "audio_fixtures" / "conversations"


@pytest.fixture(scope="module")
def endpointer() -> Endpointer:
    return SileroEndpointer()


@pytest.fixture(scope="module")
def answer(speech: Path) -> np.ndarray:
    """Two seconds of speech without the quiet around it."""
    samples = np.frombuffer(resampled(read_wav(speech), HEARING_RATE).samples, "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 300)
    return samples[loud[0] : loud[-1]]


def zeros(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * HEARING_RATE), np.int16)


def voicings(endpointer: Endpointer, *sounds: np.ndarray) -> list[Voicing]:
    sound = np.concatenate(sounds)
    whole = sound[: len(sound) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return [endpointer.accept(Frame(part.astype("<i2").tobytes())) for part in whole]


def second(found: list[Voicing], voicing: Voicing) -> float:
    """When it came, which it does only once."""
    assert found.count(voicing) == 1
    return (found.index(voicing) + 1) * FRAME_SAMPLES / HEARING_RATE


def test_an_answer_begins_and_ends_once_though_around_it_are_exact_zeros(
    endpointer: Endpointer, answer: np.ndarray
) -> None:
    endpointer.start(hangover=0.8)
    found = voicings(endpointer, zeros(1), answer, zeros(2))
    end = 1 + len(answer) / HEARING_RATE
    assert second(found, Voicing.STARTED) == pytest.approx(1.15, abs=0.15)
    assert second(found, Voicing.ENDED) == pytest.approx(end + 0.8, abs=0.25)
    assert set(found[-10:]) == {Voicing.QUIET}


def test_zeros_noise_and_hum_are_no_speech(endpointer: Endpointer) -> None:
    time = np.arange(4 * HEARING_RATE) / HEARING_RATE
    noise = np.random.default_rng(1).normal(0, 600, len(time))
    hum = 3_000 * np.sin(2 * np.pi * 50 * time)
    endpointer.start(hangover=0.8)
    assert set(voicings(endpointer, zeros(4), noise, hum)) == {Voicing.QUIET}


@pytest.mark.parametrize(("hangover", "survives"), [(0.8, False), (1.3, True), (2.2, True)])
def test_a_pause_ends_the_answer_only_if_it_outlasts_the_hangover(
    endpointer: Endpointer, answer: np.ndarray, hangover: float, survives: bool
) -> None:
    endpointer.start(hangover)
    found = voicings(endpointer, zeros(0.5), answer, zeros(1.1), answer)
    assert (Voicing.ENDED not in found) == survives


def test_the_preroll_holds_the_first_sound_and_some_quiet_before_it(
    endpointer: Endpointer, answer: np.ndarray
) -> None:
    endpointer.start(hangover=0.8)
    for part in np.concatenate((zeros(1.024), answer))[: 50 * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        if endpointer.accept(Frame(part.astype("<i2").tobytes())) is Voicing.STARTED:
            break
    preroll = np.frombuffer(b"".join(frame.samples for frame in endpointer.preroll), "<i2")
    first_loud = np.flatnonzero(preroll)[0] / HEARING_RATE
    assert len(preroll) / HEARING_RATE == pytest.approx(0.5, abs=0.02)
    assert first_loud > 0.2
    assert np.array_equal(preroll[-FRAME_SAMPLES:], part)


def test_start_forgets_the_answer_before(endpointer: Endpointer, answer: np.ndarray) -> None:
    endpointer.start(hangover=0.8)
    voicings(endpointer, zeros(0.5), answer)
    endpointer.start(hangover=0.8)
    assert endpointer.preroll == ()
    assert set(voicings(endpointer, zeros(2))) == {Voicing.QUIET}
    endpointer.start(hangover=0.8)
    first = voicings(endpointer, zeros(1), answer, zeros(1.5))
    endpointer.start(hangover=0.8)
    assert voicings(endpointer, zeros(1), answer, zeros(1.5)) == first


def test_a_quick_answer_is_heard(endpointer: Endpointer) -> None:
    """The first sounds of a word, which come before it is noticed, are no room to be louder than."""
    spoken = resampled(read_wav(CONVERSATIONS / "lifted_a_box" / "denials_ok.wav"), HEARING_RATE)
    rest = np.random.default_rng(0).normal(0, 16, HEARING_RATE * 4).astype(np.int16)
    word = np.concatenate((zeros(0.3), np.frombuffer(spoken.samples, "<i2"), zeros(1.5)))
    endpointer.start(hangover=0.8)
    assert Voicing.STARTED in voicings(endpointer, word + rest[: len(word)])
