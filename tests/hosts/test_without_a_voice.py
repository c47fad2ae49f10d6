"""Somebody who cannot speak: the whole interview by keys alone, and by taps that the microphone hears."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from people import Ears, Room

from voice_triage.dialogue import Dialogue, Listening
from voice_triage.hosts.voice import Ending
from voice_triage.interview.effects import Kind
from voice_triage.ports import HEARING_RATE, Sound
from voice_triage.protocol.urgency import Urgency

sys.path.append(str(Path(__file__).parent.parent / "sound"))
from tapping import taps


class Quick:
    """Port Renderer: prompts that take no time; here nobody listens to them."""

    name = "quick"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        return Sound(bytes(640), HEARING_RATE)


@pytest.fixture
def room(dialogue: Dialogue) -> Room:
    room = Room(dialogue)
    room.renderer = Quick()
    return room


def no_words() -> Ears:
    return Ears(iter(lambda: "", None))


def by_taps(room: Room, found: tuple[str, ...] = (), unheard: int = 1) -> tuple[Ending, list[str]]:
    """An interview by taps: yes to `found` and to what is read back, no to all else; first `unheard` silences."""
    host = room.host(no_words)
    silent, asked = unheard, []

    def answer(listening: Listening) -> None:
        nonlocal silent
        fact, kind = listening.asked.fact, listening.asked.kind
        asked.append(fact)
        if fact == "offer":
            host.interrupt()
        elif silent:
            silent -= 1
            room.keeps_silent(listening)
        else:
            right = kind is Kind.READBACK and fact.partition(".")[0] in found
            count = 1 if right or fact in found else 2
            room.microphone.hear(taps(count, 0.4, "wood", 6000.0, 15.0), 0.5)

    room.screen.on_listening = answer
    return host.run(), asked


@pytest.fixture
def offered(room: Room) -> str:
    return room.dialogue.phrasebook.text("taps").split(". ")[0]


def test_taps_are_offered_to_somebody_who_gives_no_answer(room: Room, offered: str) -> None:
    by_taps(room)
    first = next(place for place, line in enumerate(room.screen.said) if offered in line)
    assert room.screen.said[:first].count("Is this for you, or for someone else?") == 1
    assert sum(offered in line for line in room.screen.said) <= 3


def test_a_well_person_finishes_by_taps_alone_and_may_stay_at_home(room: Room) -> None:
    ending, asked = by_taps(room, found=("age.over", "course.improving"))
    assert ending.conclusion is not None
    assert ending.conclusion.urgency <= Urgency.SOON
    assert "anything_else" in asked
    assert ending.conclusion.findings["saddle_numbness"] == "absent"


def test_a_tapped_no_to_a_nerve_sign_is_asked_again_and_needs_a_second_one(room: Room) -> None:
    _, asked = by_taps(room)
    for fact in (
        "saddle_numbness",
        "bladder_retention_or_lost_urge",
        "urinary_leak",
        "bowel_loss",
        "both_legs",
    ):
        assert asked.count(fact) == 2


def test_a_tapped_yes_is_read_back_and_leads_to_emergency_advice(room: Room) -> None:
    ending, asked = by_taps(room, found=("saddle_numbness", "saddle_numbness.new"))
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY
    assert asked.count("saddle_numbness") == 2  # the question, and "is that right?"


def test_knocks_are_noise_until_taps_were_offered(room: Room) -> None:
    host = room.host(no_words)

    def answer(listening: Listening) -> None:
        if len(room.screen.questions) > 1:
            host.interrupt()
        else:
            room.microphone.hear(taps(2, 0.4, "wood", 6000.0, 15.0), listening.timeout)

    room.screen.on_listening = answer
    host.run()
    assert room.screen.heards[0] is None


def test_the_whole_interview_by_keys_alone(room: Room) -> None:
    def answer(listening: Listening) -> None:
        fact, kind = listening.asked.fact, listening.asked.kind
        if kind is Kind.AGE:
            room.keyboard.press("3", "4", "enter")
        elif kind is Kind.READBACK or fact == "course.improving":
            room.keyboard.press("y")
        elif kind is Kind.FREE and fact == "opener":
            room.keyboard.press("k")
        else:
            room.keyboard.press("n")

    room.screen.on_listening = answer
    ending = room.host(no_words).run()
    assert ending.conclusion is not None
    assert ending.conclusion.findings["saddle_numbness"] == "absent"
    assert ending.conclusion.urgency <= Urgency.SOON
    assert None not in room.screen.heards
