"""From the end of an answer to the first sound of what is said next: recorded patients, the real host."""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from voice_triage.adapters.recorded_patients import RecordedPatient, find_recordings, read_patient
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import write_wav
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli import engines
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.hosts.demo import Patient, RecordedPerson, Stage
from voice_triage.hosts.parts import Parts, Way
from voice_triage.hosts.voice import VoiceHost
from voice_triage.interview.effects import Kind
from voice_triage.ports import Key, Player, Post, Recognizer, Sound
from voice_triage.sound.samples import resampled
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening

from .figures import Figure
from .quiet_screen import QuietScreen
from .tape import LOUD, RATE, Tape
from .workshop import Workshop

TURNS = 40
PATIENTS = (
    "lifted_a_box",
    "weak_foot",
    "digging_the_garden",
    "stiff_in_the_kitchen",
    "fever",
    "numb_down_below",
)
"""Synthetic voices, two with noise; taken in turn until there are enough turns."""
VOSK_GOAL = (250.0, 400.0)
FALLBACK_GOAL = (600.0, 900.0)
"""Milliseconds: median and 95th percentile."""
LISTENED = 0.6
"""Seconds of each prompt that are played, until Esc cuts it short."""
LIKE = 0.7
"""Correlation from which a stretch of the recording is held to be the prompt; it is 0.95 and more."""


@dataclass(frozen=True)
class Turn:
    """One answer and what followed, in seconds of time.monotonic()."""

    ended: float
    """The endpointer decided that the person had stopped."""
    decided: float
    """The recogniser had done its work."""
    played: float
    """The prompt was given to the player."""
    heard: float
    """Its first sound came out of the loudspeaker."""


def turn_figures(place: Workshop) -> list[Figure]:
    """With both recognisers."""
    vosk = engines.ways("vosk", place.model, place.dialogue, print)[0]
    fallback = engines.ways("pocketsphinx", None, place.dialogue, print)[0]
    return [
        *_figures("Vosk", _turns(place, vosk), VOSK_GOAL),
        *_figures("PocketSphinx", _turns(place, fallback), FALLBACK_GOAL),
    ]


def _figures(ears: str, turns: Sequence[Turn], goal: tuple[float, float]) -> list[Figure]:
    def figure(name: str, took: Callable[[Turn], float], *goals: float) -> Figure:
        return Figure(f"{name}, {ears}", "ms", tuple(1000 * took(turn) for turn in turns), *goals)

    return [
        figure("turn", lambda turn: turn.heard - turn.ended, *goal),
        figure("- recogniser decides", lambda turn: turn.decided - turn.ended),
        figure("- played until heard", lambda turn: turn.heard - turn.played),
    ]


def _turns(place: Workshop, way: Way) -> list[Turn]:
    turns: list[Turn] = []
    for name in PATIENTS:
        if len(turns) < TURNS:
            turns += _Interview(place, way, read_patient(find_recordings(), name)).conduct()
    return turns[:TURNS]


class _Interview:
    """One patient is interviewed; every turn is timed."""

    def __init__(self, place: Workshop, way: Way, patient: RecordedPatient) -> None:
        self._place = place
        self._watch = _Watch(place.tape)
        stage = Stage(self._speak, time.monotonic, QuietScreen())
        self._person = RecordedPerson(
            Patient(patient.texts, way.dialogue), patient.texts, patient.sounds, stage
        )
        player = _TimedPlayer(SounddevicePlayer(), self._watch)
        self._host = VoiceHost(
            Parts(
                ways=(Way(lambda: _TimedRecognizer(way.open_recognizer(), self._watch), way.dialogue),),
                microphone=SounddeviceMicrophone(),
                endpointer=SileroEndpointer(),
                captions=self._person,
                clock=SystemClock(),
                voice=engines.voice(way.dialogue, QuietScreen(), player, VoiceChoice()),
                keys=self._watch,
                gate=engines.gate(),
            )
        )
        self._said = place.folder / "answer.wav"

    def conduct(self) -> list[Turn]:
        """The whole interview, up to the offer to repeat the advice."""
        self._host.run()
        return self._watch.turns()

    def _speak(self, sound: Sound | None, listening: Listening) -> None:
        if listening.asked.kind is Kind.OFFER:
            self._host.interrupt()
        elif sound is not None:
            write_wav(self._said, sound)
            subprocess.Popen(["paplay", "-d", "room", self._said])


class _Watch:
    """Port Keys, and the times of one interview: presses Esc a moment after each prompt has begun."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._post: Post = lambda happening: None
        self._ended: float | None = None
        self._decided = 0.0
        self._prompts: queue.SimpleQueue[tuple[float | None, float, float, Sound] | None] = (
            queue.SimpleQueue()
        )
        self._turns: list[Turn] = []
        self._failed: RuntimeError | None = None
        self._thread = threading.Thread(target=self._watch, name="watch")
        self._thread.start()

    def start(self, post: Post) -> None:
        """Esc goes to `post` from now on."""
        self._post = post

    def close(self) -> None:
        """Press no more keys."""
        if self._thread.is_alive():
            self._prompts.put(None)
            self._thread.join()

    def turns(self) -> list[Turn]:
        """All of them. Raises RuntimeError if one could not be timed."""
        if self._failed:
            raise self._failed
        return self._turns

    def decided(self) -> None:
        """The recogniser has made something of it."""
        self._decided = time.monotonic()

    def played(self, sound: Sound) -> None:
        """A sound is played; the first prompt after an answer ends the turn."""
        if sound == engines.gate().closed:  # played at once when the person counts as having stopped
            self._ended = time.monotonic()
        elif sound != engines.gate().opened:
            decided = max(self._decided, self._ended or 0.0)  # mostly in the pause before that
            self._prompts.put((self._ended, decided, time.monotonic(), sound))
            self._ended = None

    def _watch(self) -> None:
        while (prompt := self._prompts.get()) is not None:
            ended, decided, played, sound = prompt
            time.sleep(max(0.0, played + LISTENED - time.monotonic()))
            self._post(Key("esc"))
            if ended is not None:
                try:
                    heard = onset(self._tape, sound, ended, played + LISTENED)
                except RuntimeError as error:
                    self._failed = error
                else:
                    self._turns.append(Turn(ended, decided, played, heard))


def onset(tape: Tape, sound: Sound, since: float, until: float) -> float:
    """When `sound` began to be heard: other sounds may have come before it."""
    samples = np.frombuffer(resampled(sound, RATE).samples, "<i2").astype(np.float64)
    first = int(np.flatnonzero(np.abs(samples) > LOUD)[0])
    begun, out = tape.heard(since, until)
    out = out.astype(np.float64)
    # As much of it as will have come out for certain.
    part = samples[first : first + round(RATE * LISTENED / 3)]
    size = len(out) + len(part)
    products = np.fft.irfft(np.fft.rfft(out, size) * np.conj(np.fft.rfft(part, size)), size)[
        : len(out) - len(part)
    ]
    energy = np.concatenate(([0.0], np.cumsum(out**2)))
    loudness = np.sqrt(energy[len(part) :] - energy[: -len(part)])[: len(products)]
    likeness = products / np.maximum(loudness, 1.0) / np.linalg.norm(part)
    at = int(likeness.argmax())
    if likeness[at] < LIKE:
        raise RuntimeError(
            f"a prompt was not heard within {until - since:.1f} s (likeness {likeness[at]:.2f})"
        )
    return begun + at / RATE


class _TimedRecognizer:
    def __init__(self, recognizer: Recognizer, watch: _Watch) -> None:
        self.name, self.weak = recognizer.name, recognizer.weak
        self._watch = watch
        self.start, self.accept, self.close = recognizer.start, recognizer.accept, recognizer.close
        self._finish = recognizer.finish

    def finish(self) -> Hearing:
        hearing = self._finish()
        self._watch.decided()
        return hearing


class _TimedPlayer:
    def __init__(self, player: Player, watch: _Watch) -> None:
        self.name = player.name
        self._player = player
        self._watch = watch
        self.start, self.stop, self.close = player.start, player.stop, player.close

    def play(self, sound: Sound) -> None:
        self._watch.played(sound)
        self._player.play(sound)

    @property
    def playing(self) -> bool:
        return self._player.playing
