"""The room and the pauses: what a real recogniser and endpointer make of recorded sound, from files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pytest
from people import Ears, Room

from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.vosk_recognizer import VoskModel, VoskRecognizer
from voice_triage.dialogue import Listening
from voice_triage.ports import HEARING_RATE, Sound
from voice_triage.protocol.urgency import Urgency
from voice_triage.sound.mixing import in_noise
from voice_triage.sound.samples import resampled

MODEL = Path(__file__).parent.parent / "vosk_model"
CLIPS = Path(__file__).parent.parent / "data" / "model"
BY_KEY = {"who_for": "n", "opener": "k", "chest_pain_or_breathless": "n", "collapse_or_faint": "n"}
NERVES = "saddle_numbness"


@pytest.fixture(scope="module")
def model() -> VoskModel:
    return VoskModel(MODEL)


def clip(name: str) -> Sound:
    """The words of a recording, without the quiet around them."""
    sound = resampled(read_wav(CLIPS / f"{name}.wav"), HEARING_RATE)
    samples = np.frombuffer(sound.samples, "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > np.abs(samples).max() / 20)
    return Sound(samples[loud[0] : loud[-1] + 1].tobytes(), HEARING_RATE)


def in_turn(*parts: Sound | float) -> Sound:
    """Sounds, and seconds of quiet between them."""
    room = np.random.default_rng(1)
    return Sound(
        b"".join(
            part.samples
            if isinstance(part, Sound)
            else room.normal(0, 20, round(part * HEARING_RATE)).astype("<i2").tobytes()
            for part in parts
        ),
        HEARING_RATE,
    )


def louder(sound: Sound, decibels: float) -> Sound:
    samples = np.frombuffer(sound.samples, "<i2") * 10 ** (decibels / 20)
    return Sound(np.clip(samples, -32768, 32767).astype("<i2").tobytes(), sound.rate)


def levelled(sound: Sound) -> Sound:
    """As loud as every other one so made."""
    samples = np.frombuffer(sound.samples, "<i2").astype(np.float64)
    return louder(sound, 20 * np.log10(2_000 / np.sqrt((samples**2).mean())))


def at(room: Room, question: str, answer: Callable[[Listening], None]) -> str | None:
    """Keys answer up to this question; then `answer` does, once, and the person hangs up. What was heard."""
    asked: list[str] = []
    places: list[int] = []

    def listen(listening: Listening) -> None:
        here = listening.asked.fact
        asked.append(here)
        if here == question and asked.count(question) == 1:
            places.append(len(room.screen.heards))
            answer(listening)
        elif here in BY_KEY and question not in asked:
            room.keyboard.press(BY_KEY[here])
        else:
            host.interrupt()

    room.screen.on_listening = listen
    host = room.host(room.opener)
    host.run()
    return room.screen.heards[places[0]]


def spoken(room: Room) -> str:
    return " ".join(room.screen.said)


def told(room: Room, prompt: str) -> bool:
    return room.dialogue.phrasebook.text(prompt).split(". ")[0] in spoken(room)


def hears(room: Room, text: str = "") -> None:
    """Ears that make this of whatever is said."""
    room.opener = lambda: Ears(chain(repeat(text)))


@pytest.mark.parametrize(("pause", "one"), [(0.6, True), (1.3, True), (2.5, False)])
def test_a_no_to_a_question_about_nerves_is_waited_for_a_while(
    room: Room, model: VoskModel, pause: float, one: bool
) -> None:
    room.opener = lambda: VoskRecognizer(model)
    first, second = clip("no_nothing_like_that_awb"), clip("yes_slt")
    no = Sound(first.samples[: round(0.42 * HEARING_RATE) * 2], HEARING_RATE)
    heard = at(room, NERVES, lambda listening: room.microphone.hear(in_turn(no, pause, second), 3.0))
    assert heard is not None
    assert ("yes" in heard.split()) == one


def test_an_answer_of_more_words_is_not_waited_for_so_long(room: Room, model: VoskModel) -> None:
    room.opener = lambda: VoskRecognizer(model)
    whole, late = clip("no_nothing_like_that_awb"), clip("yes_slt")
    heard = at(room, NERVES, lambda listening: room.microphone.hear(in_turn(whole, 1.3, late), 3.0))
    assert heard == "no nothing like that"


def test_the_ears_hear_an_answer_that_goes_on_after_a_look_as_one(room: Room, model: VoskModel) -> None:
    room.opener = lambda: VoskRecognizer(model)
    half, rest = clip("yes_slt"), clip("no_nothing_like_that_awb")
    heard = at(room, NERVES, lambda listening: room.microphone.hear(in_turn(half, 0.7, rest), 3.0))
    assert heard is not None
    assert heard.startswith("yes")
    assert heard.endswith("like that")


def test_noise_is_blamed_for_what_it_swallowed(room: Room) -> None:
    hears(room)
    noise = Sound(np.random.default_rng(2).normal(0, 1000, 80_000).astype("<i2").tobytes(), HEARING_RATE)
    loud = in_noise(clip("no_nothing_like_that_awb"), noise, 4.0, before=1.0, after=3.0)
    at(room, NERVES, lambda listening: room.microphone.hear(loud, 0.0))
    assert told(room, "too_noisy")


def test_a_no_in_noise_is_asked_again(room: Room) -> None:
    hears(room, "no")
    noise = Sound(np.random.default_rng(2).normal(0, 1000, 80_000).astype("<i2").tobytes(), HEARING_RATE)
    loud = in_noise(clip("no_nothing_like_that_awb"), noise, 4.0, before=1.0, after=3.0)
    at(room, NERVES, lambda listening: room.microphone.hear(loud, 0.0))
    assert room.screen.questions.count(NERVES) == 2


def test_a_faint_voice_is_asked_to_come_closer(room: Room) -> None:
    hears(room)
    faint = louder(in_turn(1.0, clip("no_nothing_like_that_awb"), 3.0), -32)
    at(room, NERVES, lambda listening: room.microphone.hear(faint, 0.0))
    assert told(room, "come_closer")


def test_clipped_speech_is_told(room: Room) -> None:
    hears(room)
    at(
        room,
        NERVES,
        lambda listening: room.microphone.hear(louder(clip("no_nothing_like_that_awb"), 18), 3.0),
    )
    assert told(room, "too_loud")


def test_a_clear_answer_brings_no_remark_about_the_room(room: Room) -> None:
    hears(room)
    at(room, NERVES, lambda listening: room.microphone.hear(clip("no_nothing_like_that_awb"), 3.0))
    assert room.dialogue.phrasebook.text("not_understood") in spoken(room)
    assert not any(told(room, prompt) for prompt in ("too_noisy", "come_closer", "too_loud", "too_early"))


def test_of_speech_that_began_too_early_nothing_is_believed(room: Room) -> None:
    hears(room, "no")
    heard = at(
        room,
        NERVES,
        lambda listening: room.microphone.hear(clip("no_nothing_like_that_awb"), 3.0, before=0.0),
    )
    assert told(room, "too_early")
    assert heard == ""
    assert room.screen.questions.count(NERVES) == 2


def test_a_cry_for_help_counts_even_if_it_began_too_early(room: Room) -> None:
    hears(room, "i can't breathe")
    at(
        room,
        NERVES,
        lambda listening: room.microphone.hear(clip("no_nothing_like_that_awb"), 3.0, before=0.0),
    )
    assert room.screen.conclusion is not None
    assert room.screen.conclusion.urgency is Urgency.EMERGENCY


def test_a_television_that_was_on_is_no_answer(room: Room) -> None:
    hears(room, "no")
    people = [levelled(clip("my_back_hurts_ked")), levelled(clip("no_nothing_like_that_awb"))] * 4
    television = in_turn(*chain.from_iterable((each, 0.1) for each in people))
    heard = at(room, NERVES, lambda listening: room.microphone.hear(television, 3.0, before=0.0))
    assert told(room, "others_talking")
    assert heard == ""


def test_a_voice_that_is_much_fainter_than_before_is_asked_about(room: Room) -> None:
    """Somebody at the other end of the room answers in place of the person."""
    hears(room, "no")
    heard: list[str] = []

    def listen(listening: Listening) -> None:
        heard.append(listening.asked.fact)
        if listening.asked.fact in ("who_for", "opener"):
            room.keyboard.press(BY_KEY[listening.asked.fact])
        elif len(heard) < 7:
            room.microphone.hear(clip("no_nothing_like_that_awb"), 3.0)
        elif len(heard) == 7:
            room.microphone.hear(louder(clip("no_nothing_like_that_awb"), -22), 3.0)
        else:
            host.interrupt()

    room.screen.on_listening = listen
    host = room.host(room.opener)
    host.run()
    assert told(room, "was_that_you")
    assert heard[6] == heard[7]
