"""A patient's voice into a virtual microphone, and what came out of the virtual loudspeaker."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from matching import find_in_order
from people import Screen
from shipped import dialogue_in
from sound_card import RATE, SoundCard

from voice_triage.adapters.caching_renderer import CachingRenderer
from voice_triage.adapters.earcons import listening_closed, listening_open
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.recorded_patients import RecordedPatient, find_recordings, read_patient
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import write_wav
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.adapters.vosk_recognizer import VoskRecognizer
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.demo import Patient, RecordedPerson, Stage
from voice_triage.hosts.parts import Gate, Parts, Voice, Way
from voice_triage.hosts.speech import Speech
from voice_triage.hosts.voice import Ending, VoiceHost
from voice_triage.ports import Recognizer, Sound
from voice_triage.understanding.listening import Listening

MODEL = Path(__file__).parent.parent / "vosk_model"
TOLERATED = 20
"""One sentence in so many may be lost: a sound server without a processor leaves gaps, in the tape or in the room."""
HASTE = 150
"""Words a minute more than usual: the prompts need not last as long as for a person."""
THINKING = 0.3
"""Seconds until the patient answers: nobody is quicker, and a voice that is there at once is not theirs."""


class Hurried:
    """A voice that nobody could follow, so that a whole interview takes a minute."""

    name = "hurried espeak-ng"

    def __init__(self) -> None:
        self._renderer = EspeakRenderer("en-us")

    def render(self, text: str, voice: str, rate: int) -> Sound:
        sound = self._renderer.render(text, voice, rate)
        return Sound(sound.samples, round(1.7 * sound.rate))


@dataclass
class Conversation:
    """What came of one interview."""

    ending: Ending
    questions: list[str]
    said: list[str]
    """Sentences as they were shown."""
    heard_from_speaker: list[str]
    """Those of them that are in the recording of the loudspeaker, in their order."""


def converse(
    card: SoundCard,
    patient: RecordedPatient,
    dialogue: Dialogue,
    ears: Callable[[], Recognizer],
    folder: Path,
) -> Conversation:
    """One interview over the virtual card, at the speed of speech."""
    renderer = CachingRenderer(Hurried(), folder / "cache", print)
    files = {step: folder / f"{step}.wav" for step in patient.sounds}
    for step, sound in patient.sounds.items():
        write_wav(files[step], sound)

    def speak(sound: Sound | None, listening: Listening) -> None:
        if sound is not None:
            file = next(files[step] for step, each in patient.sounds.items() if each is sound)
            answers = threading.Timer(THINKING, card.play_to_room, args=(file,))
            answers.daemon = True
            answers.start()

    screen = Screen()
    person = RecordedPerson(
        Patient(patient.texts, dialogue), patient.texts, patient.sounds, Stage(speak, lambda: 0.0, screen)
    )
    player = SounddevicePlayer("va_speaker")
    parts = Parts(
        ways=(Way(ears, dialogue),),
        microphone=SounddeviceMicrophone("va_mic"),
        endpointer=SileroEndpointer(),
        captions=person,
        clock=SystemClock(),
        voice=Voice(Speech(renderer, ""), player, HASTE),
        gate=Gate(opened=listening_open(), closed=listening_closed()),
    )
    with card.recording() as recording:
        ending = VoiceHost(parts).run()
        recorded = Sound(recording.samples.tobytes(), RATE)
    rate = dialogue.open().manner.words_per_minute + HASTE
    sentences = [(text, renderer.render(dialogue.spoken(text), "", rate)) for text in screen.said]
    print("\n".join(f"{line.who}: {line.text}" for line in person.transcript), *screen.notes)
    print(f"the player had {player.gaps} gaps, and a buffer of {player.latency} s")
    other = renderer.render("The weather is going to be fine at the seaside on Sunday.", "", rate)
    assert find_in_order(recorded, [("never said", other)]) == []
    return Conversation(ending, screen.questions, screen.said, find_in_order(recorded, sentences))


def vosk() -> Recognizer:
    return VoskRecognizer(MODEL)


@dataclass(frozen=True)
class Expected:
    """One interview, and what must be asked, in this order, and advised."""

    name: str
    ears: Callable[[], Recognizer]
    asked: tuple[str, ...]
    advice: str


EXPECTED = (
    Expected(
        "numb_down_below", vosk, ("who_for", "opener", "saddle_numbness.new", "offer"), "go to the ER now"
    ),
    Expected(
        "fever",
        PocketSphinxRecognizer,
        (
            "who_for",
            "menu_nerves",
            "menu_fever",
            "fever_sweats",
            "chest_pain_or_breathless",
            "age",
            "denials",
        ),
        "Please be seen today.",
    ),
    Expected(
        "lifted_a_box",
        vosk,
        ("who_for", "opener", "chest_pain_or_breathless", "saddle_numbness", "both_legs", "age", "denials"),
        "You can look after this at home",
    ),
)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name)
def test_the_right_questions_are_asked_aloud_and_the_right_advice_is_spoken(
    sound_card: SoundCard, tmp_path: Path, expected: Expected
) -> None:
    patient = read_patient(find_recordings(), expected.name)
    dialogue = dialogue_in(patient.region).with_ears(weak=expected.ears is PocketSphinxRecognizer)
    conversation = converse(sound_card, patient, dialogue, expected.ears, tmp_path)
    conclusion = conversation.ending.conclusion
    assert conclusion is not None
    assert (conclusion.urgency.id, conclusion.mode) == (patient.urgency, patient.mode)
    assert not conversation.ending.sound_failed
    first_asked = dict.fromkeys(question for question in conversation.questions if question in expected.asked)
    assert tuple(first_asked) == expected.asked
    assert any(expected.advice in sentence for sentence in conclusion.advice)
    lost = Counter(conversation.said) - Counter(conversation.heard_from_speaker)
    assert lost.total() <= len(conversation.said) // TOLERATED, lost
