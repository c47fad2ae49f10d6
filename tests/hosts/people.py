"""Doubles of ports, with which one interview can be led into any trouble; the dialogue is the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.file_microphone import FileMicrophone
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.dialogue import Conclusion, Dialogue, Listening
from voice_triage.errors import EngineError, PlayerError
from voice_triage.hosts.ears import OpenRecognizer
from voice_triage.hosts.parts import Gate, Parts, Voice, Way
from voice_triage.hosts.speech import Speech
from voice_triage.hosts.voice import VoiceHost
from voice_triage.ports import Finished, Frame, Journal, Key, Post, Renderer, Sound
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

FIXTURES = Path(__file__).parent.parent.parent / "audio_fixtures"


def speech() -> Sound:
    """Somebody speaks; the ears below decide what it was."""
    return read_wav(FIXTURES / "conversations" / "lifted_a_box" / "opener.wav")


class Screen:
    """Captions that remember, and that tell the test when an answer is awaited."""

    def __init__(self, on_listening: Callable[[Listening], None] = lambda listening: None) -> None:
        self.said: list[str] = []
        self.heards: list[str | None] = []
        self.notes: list[str] = []
        self.questions: list[str] = []
        self.alarms = 0
        self.conclusion: Conclusion | None = None
        self.on_listening = on_listening
        self.on_note: Callable[[str], None] = lambda text: None

    def say(self, text: str) -> None:
        self.said.append(text)

    def listening(self, listening: Listening) -> None:
        self.questions.append(listening.asked.fact)
        self.on_listening(listening)

    def heard(self, words: str | None) -> None:
        self.heards.append(words)

    def note(self, text: str) -> None:
        self.notes.append(text)
        self.on_note(text)

    def alarm(self) -> None:
        self.alarms += 1

    def concluded(self, conclusion: Conclusion) -> None:
        self.conclusion = conclusion


class Loudspeaker:
    """Plays every sound in no time, unless it is told to be slow, or has been pulled out."""

    name = "test speaker"

    def __init__(self) -> None:
        self.played: list[Sound] = []
        self.stops = 0
        self.endless = False
        """Sounds do not end of themselves."""
        self.pulled_out = False
        self.playing = False
        self.post: Post = lambda happening: None

    def start(self, post: Post) -> None:
        self.post = post

    def play(self, sound: Sound) -> None:
        if self.pulled_out:
            raise PlayerError("test speaker: it is not connected")
        self.played.append(sound)
        self.playing = self.endless
        if not self.endless:
            self.post(Finished())

    def stop(self) -> None:
        self.stops += 1
        self.playing = False

    def close(self) -> None:
        pass


class Ears:
    """A recogniser that hears what the test says, whatever was said."""

    def __init__(self, texts: Iterator[str | EngineError], weak: bool = False) -> None:
        self.name = "test ears"
        self.weak = weak
        self._texts = texts
        self.frames = 0

    def start(self, phrases: Sequence[str], free: bool) -> None:
        self.frames = 0

    def accept(self, frame: Frame) -> None:
        self.frames += 1

    def finish(self) -> Hearing:
        assert self.frames, "the ears were given no sound"
        text = next(self._texts)
        if isinstance(text, EngineError):
            raise text
        ears = (Ear.GRAMMAR, Ear.REJECTING) if self.weak else (Ear.OPEN, Ear.GRAMMAR)
        return Hearing(tuple(Utterance(text, ear) for ear in ears), self.weak)

    def close(self) -> None:
        pass


class Keyboard:
    """Keys that the test presses."""

    def __init__(self) -> None:
        self.post: Post = lambda happening: None

    def start(self, post: Post) -> None:
        self.post = post

    def press(self, *names: str) -> None:
        for name in names:
            self.post(Key(name))

    def close(self) -> None:
        pass


class Room:
    """All parts of one interview; a test changes what it wants to go wrong, then calls `host`."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        self.screen = Screen()
        self.loudspeaker = Loudspeaker()
        self.microphone = FileMicrophone()
        self.keyboard = Keyboard()
        self.renderer: Renderer = EspeakRenderer("en-us")
        self.journal: Journal | None = None
        self.device_patience = 0.3
        self.opener: OpenRecognizer = lambda: Ears(iter(()))

    def host(self, *openers: OpenRecognizer, silent: bool = False, weak: Dialogue | None = None) -> VoiceHost:
        """`weak`: the dialogue of every recogniser but the first."""
        dialogues = (self.dialogue, *(weak or self.dialogue for _ in openers[1:]))
        return VoiceHost(
            Parts(
                ways=tuple(map(Way, openers, dialogues)),
                microphone=self.microphone,
                endpointer=SileroEndpointer(),
                captions=self.screen,
                clock=SystemClock(),
                voice=None if silent else Voice(Speech(self.renderer, ""), self.loudspeaker, haste=150),
                keys=self.keyboard,
                journal=self.journal,
                gate=Gate(seconds=0.0),
                device_patience=self.device_patience,
            )
        )

    def speaks(self, listening: Listening) -> None:
        """The person says something; which words, the ears decide."""
        self.microphone.hear(speech(), listening.pausing + 0.5)

    def keeps_silent(self, listening: Listening) -> None:
        """The person says nothing until nobody waits any longer."""
        self.microphone.hear(None, listening.timeout + 0.5)
