"""What every recogniser does alike, tried with a voice and with the quiet of a room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
import pytest

from voice_triage.adapters.sound_files import read_wav
from voice_triage.errors import RecognizerError
from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Recognizer, Sound
from voice_triage.sound.mixing import in_quiet_room
from voice_triage.understanding.hearing import Ear, Hearing

PHRASES = (
    *("yes", "yeah", "yes i do", "no", "nope", "no i don't", "not sure", "i'm not sure", "maybe"),
    *("repeat that please", "say that again", "help", "stop", "wait", "it's numb", "my leg is weak"),
)
UNKNOWN = "[unk]"


@cache
def said(text: str, voice: str = "slt") -> Sound:
    """`text` by one of flite's voices, at HEARING_RATE, with nothing before and after."""
    with TemporaryDirectory() as folder:
        wav = Path(folder, "said.wav")
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", wav], check=True)
        return read_wav(wav)


def in_a_room(sound: Sound) -> Sound:
    """With the quiet before and after it that the endpointer leaves."""
    return in_quiet_room(sound, before=0.5, after=0.8)


def nothing(seconds: float) -> Sound:
    return Sound(bytes(round(seconds * HEARING_RATE) * 2), HEARING_RATE)


def frames(sound: Sound) -> Iterator[Frame]:
    size = FRAME_SAMPLES * 2
    for start in range(0, len(sound.samples) - size + 1, size):
        yield Frame(sound.samples[start : start + size])


def hear(
    recognizer: Recognizer, sound: Sound, phrases: tuple[str, ...] = PHRASES, free: bool = False
) -> Hearing:
    recognizer.start(phrases, free)
    for frame in frames(sound):
        recognizer.accept(frame)
    return recognizer.finish()


def text(hearing: Hearing, ear: Ear) -> str:
    (words,) = (utterance.text for utterance in hearing.utterances if utterance.ear is ear)
    return words


class Ears(Recognizer, Protocol):
    """What the tests need of a recogniser."""

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Words that it can never hear."""


class RecognizerContract:
    """To be given a fixture `recognizer`, open, and `strictest`, its ear that is best at rejecting."""

    strictest: Ear

    @pytest.mark.parametrize(
        "answer",
        [("yes", "slt"), ("yes i do", "kal16"), ("no", "slt"), ("no i don't", "awb"), ("not sure", "slt")],
    )
    def test_an_answer_is_heard_by_every_ear(self, recognizer: Ears, answer: tuple[str, str]) -> None:
        hearing = hear(recognizer, in_a_room(said(*answer)))
        assert [utterance.text for utterance in hearing.utterances] == [answer[0]] * 2

    @pytest.mark.parametrize("words", ["repeat that please", "help"])
    def test_a_request_is_heard_among_answers(self, recognizer: Ears, words: str) -> None:
        assert text(hear(recognizer, in_a_room(said(words))), Ear.GRAMMAR) == words

    @pytest.mark.parametrize("words", ["good morning", "my sister has a dog", "the weather is nice"])
    def test_other_words_are_no_answer(self, recognizer: Ears, words: str) -> None:
        heard = text(hear(recognizer, in_a_room(said(words))), self.strictest)
        assert heard not in PHRASES
        assert UNKNOWN in heard

    def test_the_quiet_of_a_room_is_no_answer(self, recognizer: Ears) -> None:
        hearing = hear(recognizer, in_quiet_room(nothing(2.0), 0.0, 0.0))
        assert {utterance.text for utterance in hearing.utterances} == {""}

    def test_dead_silence_is_no_answer(self, recognizer: Ears) -> None:
        assert {utterance.text for utterance in hear(recognizer, nothing(2.0)).utterances} == {""}

    def test_an_answer_without_sound_is_no_answer(self, recognizer: Ears) -> None:
        assert {utterance.text for utterance in hear(recognizer, nothing(0.0)).utterances} == {""}

    def test_the_same_sound_is_heard_alike_whatever_came_before(self, recognizer: Ears) -> None:
        sounds = [in_a_room(said(words, "kal16")) for words in ("no", "yes i do", "maybe", "good morning")]
        first = [hear(recognizer, sound) for sound in sounds]
        hear(recognizer, in_a_room(said("it's numb")), ("it's numb", "it's not numb"))
        again = [hear(recognizer, sound) for sound in reversed(sounds)]
        assert first == again[::-1]

    def test_an_answer_that_was_broken_off_is_forgotten(self, recognizer: Ears) -> None:
        recognizer.start(PHRASES, False)
        for frame in frames(in_a_room(said("no"))):
            recognizer.accept(frame)
        assert text(hear(recognizer, in_a_room(said("yes"))), Ear.GRAMMAR) == "yes"

    def test_a_pause_does_not_end_an_answer(self, recognizer: Ears) -> None:
        pause = nothing(1.6).samples
        slowly = Sound(said("yes").samples + pause + said("my leg is weak").samples, HEARING_RATE)
        hearing = hear(recognizer, in_a_room(slowly), (*PHRASES, "yes my leg is weak"))
        assert text(hearing, Ear.GRAMMAR) == "yes my leg is weak"

    def test_words_it_cannot_hear_are_told_and_spoil_no_others(self, recognizer: Ears) -> None:
        phrases = (*PHRASES, "it xylophoned", "yes qzx", "7 days", "yes | no;", "")
        assert {"xylophoned", "qzx", "7", "|", "no;"} <= set(recognizer.unknown_words(phrases))
        assert recognizer.unknown_words(PHRASES) == ()
        assert text(hear(recognizer, in_a_room(said("yes")), phrases), Ear.GRAMMAR) == "yes"

    def test_sound_outside_an_answer_is_refused(self, recognizer: Ears) -> None:
        hear(recognizer, in_a_room(said("yes")))
        with pytest.raises(RecognizerError):
            recognizer.accept(Frame(bytes(FRAME_SAMPLES * 2)))
        with pytest.raises(RecognizerError):
            recognizer.finish()

    def test_it_says_how_well_it_hears_with_every_answer(self, recognizer: Ears) -> None:
        assert hear(recognizer, in_a_room(said("yes"))).weak is recognizer.weak


def refuses_after_closing(recognizer: Recognizer) -> None:
    """A closed recogniser may be closed again, and hears nothing more."""
    recognizer.close()
    recognizer.close()
    with pytest.raises(RecognizerError):
        hear(recognizer, in_a_room(said("yes")))


def louder(sound: Sound, decibels: float) -> Sound:
    samples = np.frombuffer(sound.samples, "<i2") * 10 ** (decibels / 20)
    return Sound(np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes(), sound.rate)
