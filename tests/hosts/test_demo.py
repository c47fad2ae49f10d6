"""Recorded patients answer what is asked, and come to what they should when every word is heard."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from people import FIXTURES, Ears, Screen
from shipped import dialogue_in

from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.file_microphone import FileMicrophone
from voice_triage.adapters.file_player import FilePlayer
from voice_triage.adapters.recorded_patients import find_recordings, read_patient, shipped_patients
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.errors import SoundFileError
from voice_triage.hosts.demo import Patient, RecordedPerson, Stage
from voice_triage.hosts.parts import Gate, Parts, Voice, Way
from voice_triage.hosts.speech import Speech
from voice_triage.hosts.voice import VoiceHost
from voice_triage.ports import Sound
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening

PATIENTS = tuple(sorted(path.stem for path in (FIXTURES / "conversations").glob("*.yaml")))


def test_there_are_recorded_patients() -> None:
    assert len(PATIENTS) >= 12
    assert len(shipped_patients(find_recordings())) == 3


@pytest.mark.parametrize("weak_ears", [False, True])
@pytest.mark.parametrize("name", PATIENTS)
def test_a_patient_whose_every_word_is_heard_comes_to_what_they_should(name: str, weak_ears: bool) -> None:
    recorded = read_patient(find_recordings(), name)
    dialogue = dialogue_in(recorded.region).with_ears(weak_ears)
    patient = Patient(recorded.texts, dialogue)
    turn = dialogue.open()
    conclusion = turn.conclusion
    for _ in range(90):
        if turn.listen is None or turn.listen.asked.fact == "lost":
            break
        step = patient.choose(turn.listen.asked, " ".join(turn.say))
        turn = dialogue.hear(turn.state, Hearing.typed(recorded.texts[step]) if step else None)
        conclusion = turn.conclusion or conclusion
    assert conclusion is not None, "it did not come to an end"
    assert conclusion.urgency.id == recorded.urgency
    if not weak_ears:  # a menu tells less than the first words do, so that less may be known in an emergency
        assert conclusion.mode == recorded.mode


def test_a_conversation_is_one_recording_of_both_voices_in_their_order(tmp_path: Path) -> None:
    recorded = read_patient(find_recordings(), "numb_down_below")
    dialogue = dialogue_in(recorded.region)
    microphone, player = FileMicrophone(), FilePlayer(tmp_path / "tape.wav")
    chosen: list[str] = []

    def speak(sound: Sound | None, listening: Listening) -> None:
        if sound is not None:
            player.record(sound, pause=0.5)
            chosen.append(next(step for step, each in recorded.sounds.items() if each is sound))
        microphone.hear(sound, listening.timeout + listening.hangover)

    screen = Screen()
    person = RecordedPerson(
        Patient(recorded.texts, dialogue),
        recorded.texts,
        recorded.sounds,
        Stage(speak, lambda: player.seconds, screen),
    )
    ears = Ears(recorded.texts[step] for step in iter(lambda: chosen[-1], None))
    parts = Parts(
        ways=(Way(lambda: ears, dialogue),),
        microphone=microphone,
        endpointer=SileroEndpointer(),
        captions=person,
        clock=SystemClock(),
        voice=Voice(Speech(EspeakRenderer(), ""), player),
        gate=Gate(seconds=0.0),
    )
    ending = VoiceHost(parts).run()
    assert ending.conclusion is not None
    assert (ending.conclusion.urgency.id, ending.conclusion.mode) == (recorded.urgency, recorded.mode)
    with wave.open(str(tmp_path / "tape.wav")) as tape:
        seconds = tape.getnframes() / tape.getframerate()
    assert seconds > sum(recorded.sounds[step].seconds for step in chosen) + len(screen.said)
    times = [line.at for line in person.transcript]
    assert times == sorted(times)
    assert [line.text for line in person.transcript if line.who == "assistant"] == screen.said
    told = [
        line.text for line in person.transcript if line.who == "patient" and line.text != "(says nothing)"
    ]
    assert told == [recorded.texts[step] for step in chosen]


def test_an_unknown_patient_is_refused_with_those_known() -> None:
    with pytest.raises(SoundFileError, match="lifted_a_box"):
        read_patient(find_recordings(), "nobody")
