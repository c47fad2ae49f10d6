"""Devices that change in mid-interview: it is told within seconds, and the same question is put again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sound_card import SoundCard
from terminal import Terminal, terminal

MODEL = Path(__file__).parent.parent / "vosk_model"
TALK = ("talk", "--plain", "--region", "uk", "--rate", "300", "--model", str(MODEL))
QUESTION = "Is this for you, or for someone else?"
NOTICED = 12.0
"""Seconds in which a change has to be told: on a quiet machine 4 would do (`scripts/soak_devices`)."""
ASLEEP = 2.0
"""Seconds; a minute of it is part of scripts/soak."""

Change = Callable[[], object]


@pytest.fixture
def card() -> Iterator[SoundCard]:
    """A sound card to be pulled to pieces."""
    card = SoundCard()
    try:
        yield card
    finally:
        card.stop()


def awaits(program: Terminal) -> None:
    """Wait until the first question is put, silence it, and wait until an answer is awaited."""
    program.wait_for(QUESTION)
    program.press("\x1b")
    program.wait_for("(listening)")


def asleep(pid: int) -> None:
    """Stop a process for a while, as a machine that sleeps does."""
    os.kill(pid, signal.SIGSTOP)
    time.sleep(ASLEEP)
    os.kill(pid, signal.SIGCONT)


def test_whatever_happens_to_a_microphone_the_same_question_is_put_again(card: SoundCard) -> None:
    changes: tuple[tuple[Change, str, Change], ...] = (
        (
            lambda: card.control("set-source-mute", "mic", "1"),
            "The microphone (va_mic) stopped working: it is muted.",
            lambda: card.control("set-source-mute", "mic", "0"),
        ),
        (
            lambda: card.unplug("microphone"),
            "The microphone (va_mic) stopped working: the sound server put another one in its place",
            lambda: card.replug("microphone"),
        ),
        (
            lambda: card.control("suspend-source", "mic", "1"),
            "The microphone (va_mic) stopped working: no sound came through it",
            lambda: card.control("suspend-source", "mic", "0"),
        ),
        (
            lambda: asleep(int((card.directory / "pid").read_text())),
            "The microphone (va_mic) stopped working: no sound came through it",
            lambda: None,
        ),
        (
            lambda: card.unplug("server"),
            "The microphone (va_mic) stopped working: the device or its sound server is gone",
            lambda: card.replug("server"),
        ),
    )
    named = ("--microphone", "va_mic", "--speaker", "va_speaker")
    with terminal(*TALK, *named, environment=os.environ | card.env) as program:
        awaits(program)
        for goes, told, returns in changes:
            goes()
            program.wait_for(told, NOTICED)
            returns()
            program.wait_for("The microphone (va_mic) works again.", 40.0)
            awaits(program)


def test_that_the_microphone_is_gone_is_said_aloud(card: SoundCard) -> None:
    with terminal(*TALK, environment=os.environ | card.env) as program:
        awaits(program)
        time.sleep(0.5)
        with card.recording() as recording:
            card.unplug("microphone")
            program.wait_for("The microphone (default) stopped working", NOTICED)
            since = time.monotonic()
            time.sleep(1.5)
            assert recording.loud(since) is not None


def test_an_interview_that_slept_puts_the_same_question_again_and_takes_it_for_no_silence(
    card: SoundCard,
) -> None:
    with terminal(*TALK, environment=os.environ | card.env) as program:
        awaits(program)
        asleep(program.pid)
        program.wait_for("stopped working: no sound came through it", NOTICED)
        awaits(program)
        assert "(nothing)" not in program.shown


def test_a_speaker_that_leaves_or_comes_in_mid_sentence_is_told_and_the_sentence_said_again(
    card: SoundCard,
) -> None:
    named = ("--speaker", "va_speaker")
    with terminal(*TALK, *named, environment=os.environ | card.env) as program:
        program.wait_for(QUESTION)
        card.unplug("speaker")
        program.wait_for("The speaker (va_speaker) stopped working:", NOTICED)
        card.replug("speaker")
        program.wait_for("works again.")
        with card.recording() as recording:
            time.sleep(2.0)
            assert recording.loud(0.0) is not None


def test_advice_to_a_muted_speaker_is_told_left_to_be_read_and_counts_as_unheard(card: SoundCard) -> None:
    with terminal(*TALK, environment=os.environ | card.env) as program:
        awaits(program)
        card.control("set-sink-mute", "speaker", "1")
        program.press("s")
        program.wait_for("Nobody can hear this: the speaker (default): it is muted.")
        for _ in range(12):  # what is left need not be waited for
            program.press(" ")
            time.sleep(0.2)
        assert program.end() == 3
