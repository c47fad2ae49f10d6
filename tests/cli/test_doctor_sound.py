"""The doctor on a virtual sound card that is made ill: what it finds, and the cure it tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from sound_card import SoundCard

from voice_triage.adapters.sound_files import read_wav
from voice_triage.cli.doctor_sound import listen_to_oneself
from voice_triage.ports import HEARING_RATE, Sound
from voice_triage.sound.hearing_oneself import judge


@pytest.fixture(scope="module")
def sentence(speech: Path) -> Sound:
    return read_wav(speech)


@contextmanager
def echo(card: SoundCard, volume: str) -> Iterator[None]:
    """The room hears the speaker, and is so loud."""
    card.echo("on")
    card.control("set-sink-volume", "room", volume)
    try:
        yield
    finally:
        card.control("set-sink-volume", "room", "100%")
        card.echo("off")


def findings(speech: Sound) -> tuple[dict[str, str], set[str]]:
    """What was found by the name of the check, and the names of the ill ones."""
    found = dict(listen_to_oneself("va_mic", "va_speaker", speech))
    return {name: each.what for name, each in found.items()}, {
        n for n, each in found.items() if not each.good
    }


def test_a_healthy_machine_hears_itself(sound_card: SoundCard, sentence: Sound) -> None:
    with echo(sound_card, "100%"):
        what, ill = findings(sentence)
    assert ill <= {"drop-outs"}, what  # a machine that is busy with other tests may have some
    assert "the microphone hears the speaker after" in what["echo"]


def test_a_loud_room_clipping_and_an_echo_that_is_too_loud_are_told_with_their_cures(
    sound_card: SoundCard, sentence: Sound
) -> None:
    with echo(sound_card, "300%"):
        what, ill = findings(sentence)
    assert {"room", "level", "echo"} <= ill
    assert "close the window" in what["room"]
    assert "turn down the microphone" in what["level"]
    assert "move them apart" in what["echo"]


def test_a_muted_speaker_is_told_and_not_taken_for_headphones(sound_card: SoundCard, sentence: Sound) -> None:
    sound_card.control("set-sink-mute", "speaker", "1")
    try:
        what, ill = findings(sentence)
    finally:
        sound_card.control("set-sink-mute", "speaker", "0")
    assert "speaker" in ill
    assert "nobody can hear it, it is muted" in what["speaker"]


def test_a_muted_microphone_is_told(sound_card: SoundCard, sentence: Sound) -> None:
    sound_card.control("set-source-mute", "mic", "1")
    try:
        what, ill = findings(sentence)
    finally:
        sound_card.control("set-source-mute", "mic", "0")
    assert ill == {"microphone"}
    assert "it is muted. Look at the system's sound settings" in what["microphone"]


def test_words_that_did_not_come_back_are_counted(sentence: Sound) -> None:
    played = np.frombuffer(sentence.samples, "<i2").astype(float)
    room = np.random.default_rng(1).normal(0, 20, 4 * HEARING_RATE)
    heard = room.copy()
    heard[3000 : 3000 + len(played)] += played
    assert judge(room, heard, played).missing == 0
    assert judge(room, heard, played).delay == pytest.approx(3000 / HEARING_RATE, abs=0.01)
    half = len(played) // 2
    heard[3000 + half : 3000 + len(played)] = room[: len(played) - half]
    assert 0.3 < judge(room, heard, played).missing < 0.7
    assert judge(room, room, played).echo is None
