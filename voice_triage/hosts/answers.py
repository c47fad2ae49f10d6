"""Waits for one answer: by voice through the endpointer and the recogniser, or by keys."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from enum import Enum

from voice_triage.errors import EngineError, JournalError, RecognizerError
from voice_triage.hosts.attention import OVER, Attending, Attention
from voice_triage.hosts.ears import Ears
from voice_triage.hosts.happenings import Broken, Heard, Inbox, Item
from voice_triage.hosts.keys import TAPS, KeyReader
from voice_triage.hosts.parts import Parts
from voice_triage.hosts.pause import Judge, Pause
from voice_triage.hosts.speaking import Speaking
from voice_triage.hosts.surroundings import DOUBTFUL, Surroundings, Trouble
from voice_triage.ports import HEARING_RATE, DeviceBack, Frame, Key, Sound
from voice_triage.sound.knocks import Knocks
from voice_triage.understanding.hearing import Ear, Hearing
from voice_triage.understanding.listening import Expecting, Listening

STALLED = 3.0
"""Seconds without a frame, after which a microphone that says nothing is wrong counts as lost."""
DECIDING_LIMIT = 10.0
"""Seconds for the recogniser to decide on an answer; it usually takes some tenths of one."""
LOADING_LIMIT = 60.0
"""Seconds for it to load, after which it counts as broken."""


MISSED = {Attending.TOO_EARLY: Trouble.TOO_EARLY, Attending.OTHERS: Trouble.OTHERS}
"""How an answer stands of which nothing is to be believed -> what is told of it."""


class Reply(Enum):
    """What came instead of an answer."""

    NOBODY = "nobody"
    """Nobody spoke in time."""
    ASK_AGAIN = "ask_again"
    """The microphone was gone and is back: the question is to be put again."""


class Answers:
    """The ear of the voice host."""

    def __init__(self, parts: Parts, inbox: Inbox, keys: KeyReader, speaking: Speaking) -> None:
        self._inbox = inbox
        self._keys = keys
        self._speaking = speaking
        self._clock = parts.clock
        self._captions = parts.captions
        self._attention = Attention(parts.endpointer)
        self._surroundings = Surroundings()
        self.trouble: Trouble | None = None
        """Why the latest answer may have been ill heard."""
        self._microphone = parts.microphone.name
        self._gate = parts.gate
        self._keep_audio = parts.keep_audio
        self._knocks = Knocks()
        self.taps_offered = False
        """The person knows that knocks are answers; before, a knock is a noise."""

    def wait(self, listening: Listening, ears: Ears, judge: Judge) -> Hearing | EngineError | Reply:
        """Open the gate after our own speech and take one answer in. EngineError: the recogniser failed.

        `judge` tells what may be done with what was heard.

        Raises HungUp, EarsGone; Broken("microphone") if that was lost and did not come back in time.
        """
        self.trouble = None
        early = self._until_gate_opens()
        if early is not None:
            return early
        answer = ears.listen(listening.phrases, listening.expecting is Expecting.FREE)
        self._attention.start(listening)
        self._surroundings.start()
        self._knocks.start()
        self._captions.listening(listening)
        pause = Pause(listening, ears, judge.goes_on)
        reply = self._attend(pause)
        if reply is not None:
            return reply
        if self._attention.stands is Attending.TOO_LONG:
            self._captions.note("I hear no end to that. If the room is noisy, the keys work too.")
        self._speaking.signal(self._gate.closed)
        self.trouble = MISSED.get(self._attention.stands)
        if self.trouble is not None:
            return self._missed(ears, answer, judge)
        self._keep(listening.asked.fact, pause.frames)
        if pause.heard is None:
            ears.finish()
        heard = pause.heard or self._decided(answer)
        return self._in_the_room(heard, pause.frames) if isinstance(heard, Hearing) else heard

    def _missed(self, ears: Ears, answer: int, judge: Judge) -> Hearing | EngineError:
        """Of speech whose beginning was missed only what is pressing counts: of "I don't feel numb" there may
        be left "feel numb", and of "not numb, but I can't feel it" the rest."""
        for frame in self._surroundings.before:
            ears.accept(frame)
        ears.finish()
        heard = self._decided(answer)
        if isinstance(heard, Hearing) and not (_typed(heard) or judge.pressing(heard)):
            return Hearing((), heard.weak)
        self.trouble = None
        return heard

    def _in_the_room(self, heard: Hearing, frames: list[Frame]) -> Hearing:
        """In doubt where the room gives reason for it. What was typed meanwhile is certain."""
        if _typed(heard):
            return heard
        self.trouble = self._surroundings.judge(frames, heard.weak)
        return replace(heard, doubtful=True) if self.trouble in DOUBTFUL else heard

    def _until_gate_opens(self) -> Hearing | None:
        """Let the echo die away; frames are dropped meanwhile. An answer by key ends it."""
        opens = self._speaking.ended + self._gate.seconds
        early = self._pass_time(opens - (self._gate.opened.seconds if self._gate.opened else 0.0))
        if early is None:
            self._speaking.signal(self._gate.opened)
            early = self._pass_time(opens)
        return early

    def _pass_time(self, until: float) -> Hearing | None:
        while (item := self._inbox.next(until)) is not None:
            pressed = self._noticed(item)
            if pressed is not None:
                return pressed
        return None

    def _attend(self, pause: Pause) -> Hearing | Reply | None:
        """Give the frames of the answer to `pause`. None: the person has stopped speaking."""
        stalled_at = self._clock.monotonic() + STALLED
        waiting: deque[Frame] = deque()
        """Came while it was not yet known whether what was said is complete."""
        while self._attention.stands not in OVER or self._may_be_tapping:
            if waiting and not pause.undecided:
                self._take(waiting.popleft(), pause)
                continue
            lost = self._inbox.lost("microphone")
            item = self._inbox.next(self._inbox.given_up_at("microphone") if lost else stalled_at)
            match item:
                case Frame() if not lost:
                    stalled_at = self._clock.monotonic() + STALLED
                    waiting.append(item)
                    if (tapped := self._tapped(item)) is not None:
                        return tapped
                case Heard():
                    if pause.answered(item):
                        self._attention.end()
                case None if pause.undecided and not lost:
                    pause.give_up()
                case Frame() | DeviceBack(what="microphone"):
                    self._inbox.regain("microphone", self._microphone)
                    return Reply.ASK_AGAIN
                case None if lost:
                    raise Broken("microphone")
                case None:
                    self._inbox.lose("microphone", self._microphone, "no sound comes from it")
                case _:
                    pressed = self._noticed(item)
                    if pressed is not None:
                        return pressed
        return Reply.NOBODY if self._attention.stands is Attending.NOBODY else None

    def _take(self, frame: Frame, pause: Pause) -> None:
        taken = self._attention.accept(frame)
        if not taken:
            self._surroundings.wait(frame)
        if taken and pause.take(taken, self._attention.pause):
            self._attention.end()

    @property
    def _may_be_tapping(self) -> bool:
        """What ended may have been taps that were taken for a word: another one may follow."""
        ended = self._attention.stands is Attending.ENDED
        return self.taps_offered and ended and self._knocks.under_way

    def _tapped(self, frame: Frame) -> Hearing | None:
        """An answer by taps, once it is over."""
        self._knocks.accept(frame)
        taps = self._knocks.taps if self.taps_offered else None
        return None if taps is None else Hearing.tapped(TAPS[taps])

    def _decided(self, answer: int) -> Hearing | EngineError:
        """What the recogniser makes of the answer; a key overrides it."""
        limit = self._clock.monotonic() + (DECIDING_LIMIT if self._inbox.ears_ready else LOADING_LIMIT)
        while (item := self._inbox.next(limit)) is not None:
            if isinstance(item, Heard) and item.answer == answer and not item.look:
                return item.result
            pressed = self._noticed(item)
            if pressed is not None:
                return pressed
        return RecognizerError("the recogniser does not answer")

    def _noticed(self, item: Item) -> Hearing | None:
        """An answer by key. Whoever presses keys can wait longer for a lost microphone."""
        if not isinstance(item, Key):
            return None
        if self._inbox.lost("microphone"):
            self._inbox.wait_on_for("microphone")
        pressed = self._keys.press(item.name)
        return pressed if isinstance(pressed, Hearing) else None

    def _keep(self, question: str, frames: list[Frame]) -> None:
        if self._keep_audio is None:
            return
        try:
            self._keep_audio(question, Sound(b"".join(frame.samples for frame in frames), HEARING_RATE))
        except JournalError as error:
            self._captions.note(f"The sound of this answer is not kept: {error}")


def _typed(heard: Hearing) -> bool:
    """A key answered meanwhile."""
    return any(utterance.ear is Ear.TYPED for utterance in heard.utterances)
