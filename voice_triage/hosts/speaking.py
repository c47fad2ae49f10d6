"""Speaks the sentences of one turn: on the screen at once, then aloud one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from voice_triage.dialogue import Manner, Turn
from voice_triage.errors import EngineError
from voice_triage.hosts.happenings import Broken, Inbox, Item
from voice_triage.hosts.keys import KeyReader, Order
from voice_triage.hosts.parts import Parts, Voice
from voice_triage.hosts.speech import Speech
from voice_triage.ports import Finished, Key, Player, Sound
from voice_triage.understanding.hearing import Hearing

PAUSE = 0.2
"""Seconds of quiet after each sentence but the last."""
ADVICE_PAUSE = 0.5
"""Seconds after each sentence of the advice: what to do, why and what to watch for are to be kept apart."""
RENDERING_LIMIT = 15.0
"""Seconds until a prompt that is not ready counts as one that cannot be had."""
PLAYING_LIMIT = 5.0
"""Seconds past the end of a sound without a word from the player, after which the speaker counts as lost."""
READING_RATE = 150.0
"""Words a minute: how long to leave a sentence that could not be spoken on the screen."""
READY_LIMIT = 30.0
"""Seconds more for a screen reader to get to its end; then the ears open without a key, as the person may
be unable to press one, and silence has its consequences."""


@dataclass(frozen=True)
class Said:
    """How the speaking of a turn went."""

    answer: Hearing | None = None
    """The person answered by a key meanwhile."""
    complete: bool = True
    """False: the sound of some of it failed. (What the person skipped counts as said.)"""


class _Outcome(Enum):
    SPOKEN = "spoken"
    SKIPPED = "skipped"
    SILENCED = "silenced"
    FAILED = "failed"


class Speaking:
    """The mouth of the voice host; nothing here waits for anything but the inbox."""

    def __init__(self, parts: Parts, inbox: Inbox, keys: KeyReader) -> None:
        self._inbox = inbox
        self._keys = keys
        self._clock = parts.clock
        self._captions = parts.captions
        self._voice = parts.voice
        self._keyboard = parts.keys is not None
        self._given_up = False
        self._manner = Manner(words_per_minute=0, volume=0.0)
        self.away = ""
        """What to say aloud when the microphone is lost; "" is nothing."""
        inbox.on_lost = self._tell_of_loss
        self.ended = self._clock.monotonic()
        """When the last sound ended, by the clock."""

    def say(self, turn: Turn, spoken: Sequence[str]) -> Said:
        """Show the sentences of `turn`, and say them as `spoken` has them. An answer by key ends that.

        Raises HungUp, EarsGone; Broken("speaker") if that was lost and did not come back in time.
        """
        for text in turn.say:
            self._captions.say(text)
        answerable = turn.listen is not None
        if self._voice is None:
            return self._let_read(spoken, answerable)
        self._manner = turn.manner
        # The last one may be wanted at any moment later.
        self._voice.speech.need((*spoken, self.away) if self.away else spoken, self._voice.rate(turn.manner))
        complete = True
        for index, text in enumerate(spoken):
            pause = _pause(turn, index) if index < len(spoken) - 1 else 0.0
            outcome = self._speak(text, turn.manner, pause, self._voice, answerable)
            if outcome is _Outcome.FAILED:
                complete = False
                outcome = self._hold(len(text.split()) * 60 / READING_RATE, answerable)
            if isinstance(outcome, Hearing):
                return Said(outcome, complete)
            if outcome is _Outcome.SILENCED:
                break
        if answerable and self._inbox.lost("microphone"):
            self._tell_of_loss("microphone")
        return Said(None, complete)

    def signal(self, sound: Sound | None) -> None:
        """Begin to play a short signal; nobody waits for its end."""
        if sound is None or self._voice is None or self._given_up or self._inbox.lost("speaker"):
            return
        try:
            self._voice.player.play(sound)
        except EngineError as error:
            self._inbox.lose("speaker", self._voice.player.name, str(error))

    def _tell_of_loss(self, what: str) -> None:
        """Begin to say that the microphone is gone, unless something is being said; nobody waits for it."""
        if what != "microphone" or self._voice is None or self._voice.player.playing:
            return
        sound = self._voice.speech.sound(self.away, self._voice.rate(self._manner))
        if isinstance(sound, Sound):
            self.signal(with_pause(sound, 0.0, self._voice.volume(self._manner)))

    def be_silent(self) -> None:
        """Stop at once whatever is playing."""
        if self._voice is not None and self._voice.player.playing:
            self._voice.player.stop()
        self.ended = self._clock.monotonic()

    def _speak(
        self, text: str, manner: Manner, pause: float, voice: Voice, answerable: bool
    ) -> _Outcome | Hearing:
        while not self._given_up:
            sound = self._sound_of(text, voice.rate(manner), voice.speech, answerable)
            if not isinstance(sound, Sound):
                return sound
            outcome = self._play(with_pause(sound, pause, voice.volume(manner)), voice.player, answerable)
            if outcome is not None:
                return outcome
            outcome = self._wait_for_speaker(answerable)
            if outcome is not None:
                return outcome
        return _Outcome.FAILED

    def _sound_of(self, text: str, rate: int, speech: Speech, answerable: bool) -> Sound | _Outcome | Hearing:
        """The sound of `text`; FAILED if it cannot be had; or what a key made of the wait for it."""
        limit = self._clock.monotonic() + RENDERING_LIMIT
        while (made := speech.sound(text, rate)) is None:
            item = self._inbox.next(limit)
            if item is None:
                self._captions.note("This could not be spoken: the voice does not answer.")
                return _Outcome.FAILED
            pressed = self._pressed(item, answerable)
            if pressed is not None:
                return pressed
        if isinstance(made, Sound):
            return made
        self._captions.note(f"This could not be spoken: {made}")
        return _Outcome.FAILED

    def _play(self, sound: Sound, player: Player, answerable: bool) -> _Outcome | Hearing | None:
        """Play to the end. None: the speaker is lost."""
        if self._inbox.lost("speaker"):
            return None
        try:
            player.play(sound)
        except EngineError as error:
            self._inbox.lose("speaker", player.name, str(error))
            return None
        limit = self._clock.monotonic() + sound.seconds + PLAYING_LIMIT
        while (item := self._inbox.next(limit)) is not None:
            if (
                isinstance(item, Finished) and not player.playing
            ):  # while it plays, that was of an earlier sound
                self.ended = self._clock.monotonic()
                return self._unheard(item.unheard, player) if item.unheard else _Outcome.SPOKEN
            if self._inbox.lost("speaker"):
                return None
            pressed = self._pressed(item, answerable)
            if pressed is not None:
                self.be_silent()
                return pressed
        self._inbox.lose("speaker", player.name, "it does not come to an end")
        return None

    def _unheard(self, why: str, player: Player) -> _Outcome:
        """It was played, and nobody heard it: it counts as not said, and is left to be read."""
        self._captions.note(f"Nobody can hear this: the speaker ({player.name}): {why}. Please turn it up.")
        return _Outcome.FAILED

    def _wait_for_speaker(self, answerable: bool) -> _Outcome | Hearing | None:
        """None: it works again. Raises Broken."""
        while self._inbox.lost("speaker"):
            item = self._inbox.next(self._inbox.given_up_at("speaker"))
            if item is None:
                self._given_up = True
                self._captions.note("The speaker did not come back. From here on, please read.")
                raise Broken("speaker")
            pressed = self._pressed(item, answerable)
            if pressed is not None:
                return pressed
        return None

    def _let_read(self, sentences: Sequence[str], answerable: bool) -> Said:
        """Without any voice: leave time to read, and for a screen reader, which the microphone would hear."""
        seconds = len(" ".join(sentences).split()) * 60 / READING_RATE
        outcome = self._hold(seconds + (READY_LIMIT if self._keyboard else 0.0), answerable)
        return Said(outcome if isinstance(outcome, Hearing) else None)

    def _hold(self, seconds: float, answerable: bool) -> _Outcome | Hearing:
        """Leave what was shown on the screen for a while, if an answer is wanted; a key goes on."""
        until = self._clock.monotonic() + seconds
        while answerable and (item := self._inbox.next(until)) is not None:
            pressed = self._pressed(item, answerable)
            if pressed is not None:
                return pressed
        self.ended = self._clock.monotonic()
        return _Outcome.SPOKEN

    def _pressed(self, item: Item, answerable: bool) -> _Outcome | Hearing | None:
        """What a key asks for; None for anything else in the queue."""
        match self._keys.press(item.name) if isinstance(item, Key) else None:
            case Order.NEXT:
                return _Outcome.SKIPPED
            case Order.SILENCE:
                return _Outcome.SILENCED
            case Hearing() as answer if answerable:
                return answer
        return None


def _pause(turn: Turn, index: int) -> float:
    """Seconds of quiet after a sentence of `turn`."""
    advice = turn.conclusion.advice if turn.conclusion is not None else ()
    return ADVICE_PAUSE if turn.say[index] in advice else PAUSE


def with_pause(sound: Sound, pause: float, volume: float) -> Sound:
    """`sound` at `volume` (0 to 1), followed by `pause` seconds of quiet."""
    samples = sound.samples
    if volume < 1.0:
        loud = np.frombuffer(samples, "<i2").astype(np.float32)
        samples = np.rint(loud * max(volume, 0.0)).astype("<i2").tobytes()
    return replace(sound, samples=samples + b"\0\0" * round(pause * sound.rate))
