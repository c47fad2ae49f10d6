"""One turn of the conversation: what was heard -> an event -> a new state -> what to say and hear next.

This is the file to read first. Hosts (microphone, console, demo, replay) drive it and know nothing else
of the conversation:

    turn = dialogue.open()
    while turn.listen is not None:
        speak(turn.say)
        turn = dialogue.hear(turn.state, listen(turn.listen))    # None: nobody spoke
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from voice_triage.errors import InterviewError
from voice_triage.handover.gathering import Gathering
from voice_triage.handover.summary import Outcome, Summary
from voice_triage.handover.telling import Told, tell
from voice_triage.handover.turn_record import heard_and_read, stepped
from voice_triage.interview.account import uttered
from voice_triage.interview.effects import (
    Asked,
    Conclude,
    HandOver,
    Listen,
    Remind,
    Say,
)
from voice_triage.interview.events import (
    Begin,
    Endangered,
    EngineFailed,
    Event,
    Request,
    Requested,
    Silence,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.telling import left_for_topic
from voice_triage.interview.topics import Topic
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency
from voice_triage.understanding.finishing import goes_on
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.listening import Listening, listening
from voice_triage.wording.books import Books
from voice_triage.wording.phrasebook import Phrasebook
from voice_triage.wording.retelling import Retellings
from voice_triage.wording.script import Script


@dataclass(frozen=True)
class Manner:
    """How to speak, as the person asked for."""

    words_per_minute: int
    volume: float
    """0 to 1."""


@dataclass(frozen=True)
class Conclusion:
    """What the interview came to."""

    urgency: Urgency
    mode: Mode | None
    """CALL or GO in an emergency, else None."""
    rules: tuple[str, ...]
    """Ids of every rule that fired at this urgency, first the one whose advice is spoken."""
    findings: Mapping[str, str]
    """Id of each finding asked or volunteered -> status name in lower case."""
    advice: tuple[str, ...]
    """The sentences of advice, as spoken."""


@dataclass(frozen=True)
class Turn:
    """What the host has to do now."""

    state: State
    say: tuple[str, ...]
    """Sentences in order, as shown; `Dialogue.spoken` gives each as a voice should say it."""
    listen: Listening | None
    """None: the interview is over."""
    conclusion: Conclusion | None
    """Set from the turn on in which advice is spoken."""
    manner: Manner
    record: Mapping[str, Any]
    """For the journal: what was heard, how it was read and why, what it led to, by ids."""


_ADVISED = frozenset({Phase.OFFERING, Phase.WAITING, Phase.DONE})
"""The last conclusion holds: nothing was asked after it."""
_WORDS_PER_MINUTE = 150
_SPEED_STEP = 20
_VOLUME_STEP = 0.15
_VOLUME = 0.8


FROM_NOTHING = Begin()
"""Nothing is known of earlier talks."""


class Dialogue:
    """The conversation in one language, for one region."""

    def __init__(
        self,
        protocol: Protocol,
        lexicon: Lexicon,
        phrasebook: Phrasebook,
        policy: Policy | None = None,
        retellings: Retellings | None = None,
    ) -> None:
        self.protocol = protocol
        self.lexicon = lexicon
        self.phrasebook = phrasebook
        self.policy = policy or Policy()
        self._retellings = retellings
        self._books = Books(phrasebook, retellings)
        topics = {id: Topic(len(text.parts), text.in_emergency) for id, text in phrasebook.topics.items()}
        self.interview = Interview(protocol, self.policy, topics)
        self.script = Script(protocol, phrasebook)

    def with_ears(self, weak: bool) -> Dialogue:
        """The same conversation for ears that hear less well (or well)."""
        policy = replace(self.policy, weak_ears=weak)
        return Dialogue(self.protocol, self.lexicon, self.phrasebook, policy, self._retellings)

    def unhurried(self) -> Dialogue:
        """The same conversation for a person who needs time to speak."""
        policy = replace(self.policy, unhurried=True)
        return Dialogue(self.protocol, self.lexicon, self.phrasebook, policy, self._retellings)

    def open(self, begin: Begin = FROM_NOTHING) -> Turn:
        """The greeting and the first question; or whether to go on with an interview that was interrupted."""
        return self._step(State(), begin, {})

    def hear(self, state: State, hearing: Hearing | None) -> Turn:
        """The person answered, or (None) nobody spoke in the time given."""
        if hearing is None or state.asked is None:
            return self._step(state, Silence(), {"heard": None})
        read = interpret(hearing, state.asked, self.lexicon, self._for_other(state))
        return self._step(state, read.event, heard_and_read(hearing, read), hearing.words)

    def goes_on(self, asked: Asked, hearing: Hearing) -> bool:
        """What was heard so far sounds as if the person had more to say."""
        put = (each for each in self.protocol.questions if each.id == asked.fact)
        return goes_on(hearing, asked, self.lexicon, any(each.confirm and each.careful for each in put))

    def pressing(self, asked: Asked, hearing: Hearing) -> bool:
        """It is to be acted on though its beginning was missed: a danger, a call for help, or "stop"."""
        event = interpret(hearing, asked, self.lexicon).event
        if isinstance(event, Requested):
            return event.request in (Request.STOP, Request.HELP)
        return isinstance(event, Endangered)

    def _for_other(self, state: State) -> bool:
        """The person may speak for somebody else: they said so, or have not said that they do not."""
        about = self.protocol.facts.status(state.findings, self.protocol.proxy_question)
        return about not in (Status.ABSENT, Status.UNANSWERED)

    def stop(self, state: State) -> Turn:
        """The person left: hung up, closed the terminal, pressed Ctrl-C. It ends a topic as well."""
        state = left_for_topic(state)
        return self._step(state, Requested(Request.STOP), {"heard": None, "left": True})

    def fail(self, state: State, part: str) -> Turn:
        """Hearing or speaking broke down for good; the advice rests on what is known and unknown."""
        return self._step(state, EngineFailed(part), {"heard": None, "failed": part})

    def take(self, state: State, event: Event) -> Turn:
        """The turn after an event that needs no understanding: simulation and replay."""
        return self._step(state, event, {})

    def summary(self, state: State, conclusion: Conclusion | None) -> Summary:
        """All that is handed over to whoever takes over; what was said after the advice included.

        `conclusion`: the last one. Where the interview broke off while a question was open, it is taken as
        failed there. Raises InterviewError where it was over without a conclusion.
        """
        if conclusion is None or left_for_topic(state).phase not in _ADVISED:
            failed = self.fail(state, "program")
            state, conclusion = failed.state, failed.conclusion
        if conclusion is None:
            raise InterviewError("this interview was over, and what it came to is not known")
        findings = self.protocol.facts.from_names(conclusion.findings)
        for fact, _ in state.claims:
            findings = self.protocol.facts.heighten(findings, fact, Status.PRESENT)
        for fact in state.wanted - state.done:
            findings = self.protocol.facts.heighten(findings, fact, Status.UNSURE)
        outcome = Outcome(conclusion.urgency, conclusion.mode, conclusion.rules, conclusion.advice)
        gathering = Gathering(self.protocol, self.book(findings), self.policy.weak_ears)
        return gathering.gather(state.account, findings, outcome)

    def told(self, summary: Summary) -> Told:
        """The summary in sentences, as it is spoken on request."""
        return tell(summary, self.book_of(summary))

    def book_of(self, summary: Summary) -> Phrasebook:
        """The sentences in which this summary is told."""
        return self._books.of(summary.for_other, child=False)

    def book(self, findings: Findings) -> Phrasebook:
        """The sentences to be said once this is known: of somebody else, or to a child, where it is so."""
        another = self.protocol.facts.status(findings, self.protocol.proxy_question) is Status.PRESENT
        child = self.protocol.child_when is not None and self.protocol.child_when.holds(findings)
        return self._books.of(another, child)

    def _script(self, findings: Findings) -> Script:
        return Script(self.protocol, self.book(findings))

    def listening(self, asked: Asked, patience: float) -> Listening:
        """How an answer to `asked` is listened to, outside of an interview: to measure ears alone."""
        return listening(Listen(asked, patience), self.lexicon, self.policy, self._slowness(State()))

    def spoken(self, text: str) -> str:
        """A sentence as a voice should say it."""
        return self.phrasebook.spoken(text)

    def fixed_texts(self) -> tuple[str, ...]:
        """Sentences known before anybody has answered, in the order they may be needed."""
        other = Script(self.protocol, self._books.of(another=True, child=False))
        return tuple(dict.fromkeys((*self.script.fixed(self.policy.weak_ears), *other.emergency())))

    def emergency_texts(self) -> tuple[str, ...]:
        """Sentences of the warning at "stop" and of every emergency advice; some come more than once."""
        return self.script.emergency()

    # -- one step

    def _step(self, state: State, event: Event, heard: Mapping[str, Any], words: str = "") -> Turn:
        state = state._replace(account=(*state.account, *uttered(words, state.asked, event)))
        after, effects = self.interview.step(state, event)
        say: list[str] = []
        listen, conclusion = None, None
        for effect in effects:
            match effect:
                case Say():
                    say += self._script(after.findings).prompt(effect)
                case Conclude():
                    conclusion = self._conclusion(effect)
                    say += conclusion.advice
                case HandOver():
                    say += self.told(self.summary(after, self._conclusion(effect.of))).sentences
                case Remind():
                    say += self._script(effect.of.findings).part_of_advice(effect)
                case Listen():
                    listen = listening(effect, self.lexicon, self.policy, self._slowness(after))
        record = {
            "protocol": self.protocol.version,
            "language": self.phrasebook.language,
            "region": self.phrasebook.region.id,
            **stepped(state, after, effects, self.protocol.facts, heard),
        }
        return Turn(after, tuple(say), listen, conclusion, self._manner(after), record)

    def _slowness(self, state: State) -> float:
        return self.policy.slowness if self.policy.unhurried or state.unhurried else 1.0

    def _conclusion(self, effect: Conclude) -> Conclusion:
        return Conclusion(
            urgency=effect.urgency,
            mode=effect.mode,
            rules=effect.rules,
            findings=self.protocol.facts.names_of(effect.findings),
            advice=self._script(effect.findings).advice(effect),
        )

    def _manner(self, state: State) -> Manner:
        return Manner(
            words_per_minute=_WORDS_PER_MINUTE + _SPEED_STEP * state.speed,
            volume=min(1.0, _VOLUME + _VOLUME_STEP * state.volume),
        )
