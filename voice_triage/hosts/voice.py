"""The spoken interview: speaks, listens, and keeps going, or ends with advice, when a part fails."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from voice_triage.dialogue import Conclusion, Dialogue, Turn
from voice_triage.errors import EngineError
from voice_triage.handover.summary import Summary
from voice_triage.hosts.answers import Answers, Reply
from voice_triage.hosts.captions import in_words
from voice_triage.hosts.ears import Ears
from voice_triage.hosts.happenings import Broken, EarsGone, HungUp, Inbox, Interrupted
from voice_triage.hosts.keeping import Keeping
from voice_triage.hosts.keys import KeyReader
from voice_triage.hosts.parts import Parts
from voice_triage.hosts.pause import Judge
from voice_triage.hosts.speaking import Said, Speaking
from voice_triage.hosts.surroundings import Trouble
from voice_triage.protocol.urgency import Urgency
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening
from voice_triage.wording.phrasebook import sentences

TOLD_AT_MOST = 3
"""How often in one interview the same trouble with the room is told: more would be nagging."""
OFFER_TAPS_EVERY = 3
"""Answers without words between two offers to tap; at the first one it is offered at once."""


@dataclass(frozen=True)
class Ending:
    """How an interview ended."""

    conclusion: Conclusion | None
    """None only if it broke off before it began."""
    sound_failed: bool = False
    """Advice was due, and could not be spoken to its end; it was shown."""
    hung_up: bool = False
    """By Ctrl-C."""
    ears: EngineError | None = None
    """Why it could not begin: no recogniser works."""


class VoiceHost:
    """Drives one dialogue by voice. All that happens comes through one queue to the thread of `run`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._captions = parts.captions
        self._keeping = Keeping(parts.journal, parts.captions)
        self._inbox = Inbox(parts.clock, parts.captions, parts.device_patience)
        keys = KeyReader()
        self._speaking = Speaking(parts, self._inbox, keys)
        dialogue = parts.ways[0].dialogue
        self._speaking.away = dialogue.spoken(dialogue.phrasebook.text("microphone_away"))
        self._answers = Answers(parts, self._inbox, keys, self._speaking)
        self._way = 0
        self._ears = Ears(parts.ways[0].open_recognizer)
        self._answered = False
        self._ears_failed = False
        """The last answer was lost to a failure of the recogniser."""
        self._wordless = 0
        """Answers in which there were no words."""
        self._faults = 0
        self._told: Counter[Trouble] = Counter()
        self._conclusion: Conclusion | None = None
        self._last: Turn | None = None
        self._unspoken = False
        """Advice was due that could not be spoken."""

    def interrupt(self) -> None:
        """End the interview as by Ctrl-C; may be called from a signal handler or another thread."""
        self._inbox.post(Interrupted())

    def run(self) -> Ending:
        """The whole interview. Raises MicrophoneError or PlayerError if a device cannot be opened."""
        parts = self._parts
        turn = self._dialogue.open(parts.begin)
        try:
            if parts.voice is not None:
                parts.voice.speech.start(self._inbox.post)
                parts.voice.speech.need(self._spoken(turn), parts.voice.rate(turn.manner))
                parts.voice.player.start(self._inbox.post)
            self._ears.start(self._inbox.post)
            parts.microphone.start(self._inbox.post)
            if parts.keys is not None:
                parts.keys.start(self._inbox.post)
            return self._converse(turn)
        finally:
            self._close()

    @property
    def _dialogue(self) -> Dialogue:
        return self._parts.ways[self._way].dialogue

    def _converse(self, turn: Turn) -> Ending:
        hung_up = False
        self._keeping.write(turn.record)
        try:
            while (following := self._put_safely(turn)) is not None:
                turn = following
            self._keeping.ended()
        except HungUp:
            hung_up = True
            self._speaking.be_silent()
            self._take_leave(turn)
        except EarsGone as gone:
            self._speaking.be_silent()
            return Ending(None, ears=gone.error)
        if self._conclusion is not None:
            self._captions.concluded(self._conclusion)
        return Ending(self._conclusion, self._unspoken, hung_up)

    def _put_safely(self, turn: Turn) -> Turn | None:
        """As `_put`; a fault of the program ends the interview with advice on what is known and unknown."""
        try:
            return self._put(turn)
        except (HungUp, EarsGone):
            raise
        except Exception as error:
            self._captions.note(f"A fault of the program: {error!r}")
            if self._faults:
                raise
            self._faults += 1
            return self._fail(turn, "program")

    def _put(self, turn: Turn) -> Turn | None:
        """Speak a turn, take its answer, and give the next turn; None when the interview is over."""
        try:
            self._answers.trouble = None
            said = self._say(turn)
            if turn.listen is None:
                return None
            answer = said.answer or self._wait(turn.listen)
            while answer is Reply.ASK_AGAIN:
                said = self._say(turn)
                answer = said.answer or self._wait(turn.listen)
        except Broken as broken:
            return self._fail(turn, broken.part)
        except EarsGone as gone:
            return self._hear_otherwise(turn, gone)
        if isinstance(answer, EngineError):
            return self._misheard(turn, answer)
        self._ears_failed = False
        return self._hear(turn, answer if isinstance(answer, Hearing) else None)

    def _wait(self, listening: Listening) -> Hearing | EngineError | Reply:
        dialogue, asked = self._dialogue, listening.asked
        judge = Judge(
            lambda heard: dialogue.goes_on(asked, heard), lambda heard: dialogue.pressing(asked, heard)
        )
        return self._answers.wait(listening, self._ears, judge)

    def _hear(self, turn: Turn, hearing: Hearing | None) -> Turn:
        self._answered = True
        self._captions.heard(in_words(hearing))
        following = self._dialogue.hear(turn.state, hearing)
        self._keeping.write(following.record)
        following = self._telling_why(following)
        return following if hearing is not None and hearing.words else self._offering_taps(following)

    def _telling_why(self, turn: Turn) -> Turn:
        """The same turn; after an answer not surely heard first what the room has to do with it."""
        trouble, event = self._answers.trouble, turn.record.get("event", {})
        unheard = event.get("is") == "NotUnderstood" or event.get("sure") is False
        if trouble is None or not unheard or turn.listen is None or self._told[trouble] >= TOLD_AT_MOST:
            return turn
        self._told[trouble] += 1
        return replace(turn, say=(*sentences(self._dialogue.phrasebook.text(trouble)), *turn.say))

    def _offering_taps(self, turn: Turn) -> Turn:
        """The same turn to somebody who gave no words, and perhaps cannot: now and then, not each time."""
        self._wordless += 1
        if turn.conclusion is not None or turn.listen is None or self._wordless % OFFER_TAPS_EVERY != 1:
            return turn
        self._answers.taps_offered = True
        return replace(turn, say=(*sentences(self._dialogue.phrasebook.text("taps")), *turn.say))

    def _misheard(self, turn: Turn, error: EngineError) -> Turn | None:
        """Once, it is an answer not understood; twice in a row, the recogniser is broken."""
        self._captions.note(f"The recogniser failed on that: {error}")
        if self._ears_failed:
            return self._hear_otherwise(turn, EarsGone(error))
        self._ears_failed = True
        return self._hear(turn, Hearing(()))

    def _hear_otherwise(self, turn: Turn, gone: EarsGone) -> Turn | None:
        """Take the next recogniser. Raises EarsGone if there is none before anything was answered."""
        self._speaking.be_silent()
        self._ears_failed = False
        if self._way + 1 == len(self._parts.ways):
            if not self._answered:
                raise gone
            self._captions.note(f"The recogniser failed: {gone}")
            return self._fail(turn, "recognizer")
        self._captions.note(f"The recogniser failed: {gone}. I go on with another one.")
        self._ears.close(patience=0.0)
        self._way += 1
        self._ears = Ears(self._parts.ways[self._way].open_recognizer)
        self._inbox.ears_ready = False
        self._ears.start(self._inbox.post)
        self._keeping.write(
            {"recognizer": self._parts.ways[self._way].name, "weak_ears": self._dialogue.policy.weak_ears}
        )
        if self._answered:
            return self._saying_so(turn)
        turn = self._dialogue.open(self._parts.begin)
        self._keeping.write(turn.record)
        return turn

    def _saying_so(self, turn: Turn) -> Turn:
        """The same turn, said by somebody who from now on hears less well."""
        if not self._dialogue.policy.weak_ears:
            return turn
        return replace(turn, say=(*sentences(self._dialogue.phrasebook.text("weak_ears")), *turn.say))

    def _fail(self, turn: Turn, part: str) -> Turn | None:
        """A part is gone for good: what is known and unknown decides, and the advice is given."""
        if turn.listen is None:
            return None
        following = self._dialogue.fail(turn.state, part)
        self._keeping.write(following.record)
        return following

    def _take_leave(self, turn: Turn) -> None:
        """After Ctrl-C: the warning and the advice due. A second Ctrl-C silences them; they are shown."""
        if turn.listen is None:
            return
        turn = self._dialogue.stop(turn.state)
        self._keeping.write(turn.record)
        try:
            self._say(turn)
        except (HungUp, EarsGone, Broken):
            self._speaking.be_silent()

    @property
    def summary(self) -> Summary | None:
        """All that is handed over, once it is over; None if it broke off before anything was answered."""
        if self._last is None or not (self._answered or self._conclusion):
            return None
        return self._dialogue.summary(self._last.state, self._conclusion)

    def _say(self, turn: Turn) -> Said:
        self._last = turn
        self._conclusion = turn.conclusion or self._conclusion
        try:
            said = self._speaking.say(turn, self._spoken(turn))
        except Broken:
            self._missed(turn, Said(complete=False))
            raise
        self._missed(turn, said)
        return said

    def _spoken(self, turn: Turn) -> tuple[str, ...]:
        return tuple(map(self._dialogue.spoken, turn.say))

    def _missed(self, turn: Turn, said: Said) -> None:
        """Keep account of advice that was due and not heard."""
        if turn.conclusion is None:
            return
        if not said.complete:
            self._unspoken = True
            if turn.conclusion.urgency is Urgency.EMERGENCY:
                self._captions.alarm()
        elif set(turn.conclusion.advice) <= set(turn.say):
            self._unspoken = False

    def _close(self) -> None:
        parts = self._parts
        if parts.keys is not None:
            parts.keys.close()
        parts.microphone.close()
        if parts.voice is not None:
            parts.voice.speech.close()
            parts.voice.player.close()
        self._ears.close()
