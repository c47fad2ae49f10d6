"""The ears that need no model of their own: what they hear, reject, and live through."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from recognizer_contract import (
    PHRASES,
    UNKNOWN,
    RecognizerContract,
    frames,
    hear,
    in_a_room,
    louder,
    refuses_after_closing,
    said,
    text,
)

from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.errors import EngineMissing, RecognizerError
from voice_triage.ports import HEARING_RATE, Recognizer, Sound
from voice_triage.sound.mixing import in_noise
from voice_triage.understanding.hearing import Ear


@pytest.fixture(scope="module")
def recognizer() -> Iterator[PocketSphinxRecognizer]:
    opened = PocketSphinxRecognizer()
    yield opened
    opened.close()


class TestPocketSphinx(RecognizerContract):
    strictest = Ear.REJECTING


def heard(recognizer: Recognizer, sound: Sound, phrases: tuple[str, ...] = PHRASES) -> tuple[str, str]:
    """By the plain and by the rejecting ear."""
    hearing = hear(recognizer, sound, phrases)
    return text(hearing, Ear.GRAMMAR), text(hearing, Ear.REJECTING)


def children() -> set[int]:
    """Process ids of our own children, whichever of our threads started them."""
    found: set[int] = set()
    for thread in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # the thread has ended meanwhile
            found |= {int(child) for child in (thread / "children").read_text().split()}
    return found


@pytest.fixture
def doomed() -> Iterator[tuple[PocketSphinxRecognizer, Callable[[], None]]]:
    """A recogniser, and what kills its process."""
    others = children()
    recognizer = PocketSphinxRecognizer()
    (process,) = children() - others

    def kill() -> None:
        os.kill(process, signal.SIGKILL)
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)  # until it is dead

    yield recognizer, kill
    recognizer.close()


def test_free_speech_is_heard_by_the_phrases_too(recognizer: PocketSphinxRecognizer) -> None:
    hearing = hear(recognizer, in_a_room(said("my leg is weak")), free=True)
    assert text(hearing, Ear.REJECTING) == "my leg is weak"
    assert hearing.weak


def test_with_nothing_to_expect_words_are_unknown_words(recognizer: PocketSphinxRecognizer) -> None:
    assert heard(recognizer, in_a_room(said("yes")), ()) == (UNKNOWN, UNKNOWN)
    assert heard(recognizer, in_a_room(said("yes")), ("qzx",)) == (UNKNOWN, UNKNOWN)


def test_a_phrase_that_is_only_begun_is_not_that_phrase(recognizer: PocketSphinxRecognizer) -> None:
    phrases = ("yes", "no", "what does that mean")
    assert heard(recognizer, in_a_room(said("what does")), phrases)[1] == UNKNOWN


def test_a_faint_voice_is_heard_as_well_as_a_loud_one(recognizer: PocketSphinxRecognizer) -> None:
    for words in ("yes", "not sure", "no i don't"):
        assert heard(recognizer, louder(in_a_room(said(words)), -24.0)) == (words, words)


def test_words_between_dead_silences_are_heard(recognizer: PocketSphinxRecognizer) -> None:
    silence = bytes(HEARING_RATE)
    for words in ("yes", "not sure"):
        sound = Sound(silence + said(words).samples + silence, HEARING_RATE)
        assert heard(recognizer, sound) == (words, words)


def test_in_too_much_noise_nothing_is_heard(recognizer: PocketSphinxRecognizer) -> None:
    hiss = np.random.default_rng(3).normal(0.0, 1000.0, HEARING_RATE * 3).astype("<i2").tobytes()
    for words in ("yes", "no"):
        noisy = in_noise(said(words), Sound(hiss, HEARING_RATE), snr=5.0, before=0.5, after=0.8)
        assert heard(recognizer, noisy) == ("", "")


def test_a_compound_that_no_dictionary_has_is_heard(recognizer: PocketSphinxRecognizer) -> None:
    phrases = ("i have earache", "i have a headache", "no")
    assert recognizer.unknown_words(phrases) == ()
    assert heard(recognizer, in_a_room(said("i have earache")), phrases)[0] == "i have earache"


def test_when_its_process_dies_one_answer_is_lost_and_the_next_is_heard(
    doomed: tuple[PocketSphinxRecognizer, Callable[[], None]],
) -> None:
    recognizer, kill = doomed
    recognizer.start(PHRASES, False)
    for frame in frames(in_a_room(said("no"))):
        recognizer.accept(frame)
    kill()
    with pytest.raises(RecognizerError, match="process ended"):
        recognizer.finish()
    assert heard(recognizer, in_a_room(said("yes"))) == ("yes", "yes")


def test_when_its_process_dies_between_answers_nothing_is_lost(
    doomed: tuple[PocketSphinxRecognizer, Callable[[], None]],
) -> None:
    recognizer, kill = doomed
    kill()
    assert heard(recognizer, in_a_room(said("yes"))) == ("yes", "yes")


def test_without_the_package_it_is_told_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pocketsphinx.py").write_text("raise ModuleNotFoundError('No module named pocketsphinx')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="pip install pocketsphinx"):
        PocketSphinxRecognizer()


def test_closed_it_hears_nothing_more() -> None:
    refuses_after_closing(PocketSphinxRecognizer())
