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
from enum import StrEnum
from typing import Any

from voice_triage.errors import InterviewError
from voice_triage.handover.gathering import Gathering
from voice_triage.handover.summary import Outcome, Summary
from voice_triage.handover.telling import Told, tell
from voice_triage.interview.account import uttered
from voice_triage.interview.effects import (
    AdvicePart,
    Asked,
    Conclude,
    Effect,
    HandOver,
    Kind,
    Listen,
    Remind,
    Say,
)
from voice_triage.interview.events import Begin, EngineFailed, Event, Request, Requested, Silence
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.telling import left_for_topic
from voice_triage.interview.topics import Topic
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Answer, Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import Interpretation, interpret
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.wording.books import Books
from voice_triage.wording.phrasebook import Phrasebook, sentences
from voice_triage.wording.retelling import Retellings


class Expecting(StrEnum):
    """The kind of answer that is awaited; decides the patience of the endpointer."""

    YES_NO = "yes_no"
    NUMBER = "number"
    FREE = "free"


@dataclass(frozen=True)
class Listening:
    """How to listen for the next answer. All times in seconds."""

    asked: Asked
    """What was asked, for journals, captions and recorded patients."""
    expecting: Expecting
    phrases: tuple[str, ...]
    """What may be said: the recogniser's small grammar, lower-case words."""
    timeout: float
    """How long to wait for the person to begin to speak."""
    longest: float
    """How long one answer may last."""
    hangover: float
    """How much quiet ends the answer."""


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


_EXPECTING = {
    Kind.AGE: Expecting.NUMBER,
    Kind.DURATION: Expecting.NUMBER,
    Kind.ONSET: Expecting.NUMBER,
    Kind.FREE: Expecting.FREE,
}
_HANGOVER = {Expecting.YES_NO: 0.8, Expecting.NUMBER: 1.3, Expecting.FREE: 2.2}
"""Seconds of quiet that end an answer, by kind: measured, so that few pauses cut an answer short."""
_LONGEST = {Expecting.YES_NO: 12.0, Expecting.NUMBER: 12.0, Expecting.FREE: 20.0}
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

    def with_ears(self, weak: bool) -> Dialogue:
        """The same conversation for ears that hear less well (or well)."""
        policy = replace(self.policy, weak_ears=weak)
        return Dialogue(self.protocol, self.lexicon, self.phrasebook, policy, self._retellings)

    def open(self, begin: Begin = FROM_NOTHING) -> Turn:
        """The greeting and the first question; or whether to go on with an interview that was interrupted."""
        return self._step(State(), begin, {})

    def hear(self, state: State, hearing: Hearing | None) -> Turn:
        """The person answered, or (None) nobody spoke in the time given."""
        if hearing is None or state.asked is None:
            return self._step(state, Silence(), {"heard": None})
        read = interpret(hearing, state.asked, self.lexicon, self._for_other(state))
        return self._step(state, read.event, _heard(hearing, read), hearing.words)

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

    def listening(self, asked: Asked, patience: float) -> Listening:
        """How an answer to `asked` is listened to, outside of an interview: to measure ears alone."""
        return self._listening(Listen(asked, patience))

    def spoken(self, text: str) -> str:
        """A sentence as a voice should say it."""
        return self.phrasebook.spoken(text)

    def fixed_texts(self) -> tuple[str, ...]:
        """Sentences known before anybody has answered, in the order they may be needed."""
        book, keys = self.phrasebook, ["greeting"]
        if self.policy.weak_ears:
            keys.append("weak_ears")
        for question in self.protocol.questions:
            keys += [f"{question.id}.question", f"{question.id}.second"]
        for question in self.protocol.questions:
            if question.confirm:
                keys.append(f"{question.id}.readback")
            keys += [follow_up.fact for follow_up in question.follow_ups]
        keys += [
            "not_understood",
            "say_yes_or_no",
            "doubtful_no",
            "play_safe",
            "stop_warning",
            "lost",
            "offer_urgent",
            "offer",
        ]
        # Last what is only said to somebody who speaks for another, and must not come late.
        other = self._books.of(another=True, child=False)
        unknown = {"told": book.told_nothing, "unsure": book.unsure_nothing, "reasons": ""}
        texts = [book.text(key) for key in keys] + [self._advice(key, (), 0) for key in self._urgent_advice()]
        texts += [other.text_of(other.advice[key], unknown) for key in self._urgent_advice()]
        return tuple(dict.fromkeys(sentence for text in texts for sentence in sentences(text)))

    def emergency_texts(self) -> tuple[str, ...]:
        """Sentences of the warning at "stop" and of every emergency advice; some come more than once."""
        texts = [self.phrasebook.text("stop_warning")]
        texts += [self._advice(key, (), 0) for key in self._urgent_advice()]
        return tuple(sentence for text in texts for sentence in sentences(text))

    def _urgent_advice(self) -> tuple[str, ...]:
        urgent = {rule.advice for rule in self.protocol.rules if rule.urgency is Urgency.EMERGENCY}
        return tuple(key for key in self.protocol.advice_order if key in urgent)

    # -- one step

    def _step(self, state: State, event: Event, heard: Mapping[str, Any], words: str = "") -> Turn:
        state = state._replace(account=(*state.account, *uttered(words, state.asked, event)))
        after, effects = self.interview.step(state, event)
        say: list[str] = []
        listen, conclusion = None, None
        for effect in effects:
            match effect:
                case Say():
                    say += sentences(self._text(effect, self.book(after.findings)))
                case Conclude():
                    conclusion = self._conclusion(effect)
                    say += conclusion.advice
                case HandOver():
                    say += self.told(self.summary(after, self._conclusion(effect.of))).sentences
                case Remind():
                    say += self._part_of_advice(effect)
                case Listen():
                    listen = self._listening(effect)
        record = self._record(state, after, effects, heard, conclusion)
        return Turn(after, tuple(say), listen, conclusion, self._manner(after), record)

    def _text(self, effect: Say, book: Phrasebook) -> str:
        slots = dict(effect.slots)
        if "denied" in slots:
            slots["denied"] = book.denials(tuple(slots["denied"].split()))
        if "days" in slots:
            slots["days"] = book.contacts(tuple(slots["days"].split()))
        if "number" in slots:
            question = self.protocol.question(effect.prompt.partition(".")[0])
            if question.answer is Answer.DURATION:
                slots["number"] = book.duration(int(slots["number"]))
        return book.text(effect.prompt, slots)

    def _listening(self, effect: Listen) -> Listening:
        expecting = _EXPECTING.get(effect.asked.kind, Expecting.YES_NO)
        return Listening(
            asked=effect.asked,
            expecting=expecting,
            phrases=self.lexicon.grammar(effect.asked),
            timeout=effect.patience,
            longest=_LONGEST[expecting],
            hangover=_HANGOVER[expecting],
        )

    def _conclusion(self, effect: Conclude) -> Conclusion:
        text = self._advice(effect.advice, effect.rules, effect.findings)
        if effect.urgency is not Urgency.EMERGENCY:
            book = self.book(effect.findings)
            text = f"{text} {book.text_of(book.safety_net)}"
        return Conclusion(
            urgency=effect.urgency,
            mode=effect.mode,
            rules=effect.rules,
            findings=self.protocol.facts.names_of(effect.findings),
            advice=sentences(text),
        )

    def _part_of_advice(self, effect: Remind) -> tuple[str, ...]:
        given = effect.of
        book = self.book(given.findings)
        advice = sentences(self._advice(given.advice, given.rules, given.findings))
        text = book.part_of_advice(effect.part.value, advice, book.reason(given.rules))
        if effect.part is AdvicePart.CHANGES and given.urgency is not Urgency.EMERGENCY:
            text = book.text_of(book.safety_net)
        return sentences(text)

    def _advice(self, key: str, rules: tuple[str, ...], findings: Findings) -> str:
        book = self.book(findings)
        told = book.told(self._facts(findings, Status.PRESENT))
        unsure = book.unsure(self._facts(findings, Status.UNSURE, Status.UNANSWERED))
        return book.text_of(book.advice[key], {"told": told, "unsure": unsure, "reasons": book.reason(rules)})

    def _facts(self, findings: Findings, *statuses: Status) -> tuple[str, ...]:
        """Questions whose finding has one of these statuses, in the order of asking: worst first."""
        facts = self.protocol.facts
        return tuple(q.id for q in self.protocol.questions if facts.status(findings, q.id) in statuses)

    def _manner(self, state: State) -> Manner:
        return Manner(
            words_per_minute=_WORDS_PER_MINUTE + _SPEED_STEP * state.speed,
            volume=min(1.0, _VOLUME + _VOLUME_STEP * state.volume),
        )

    def _record(
        self,
        before: State,
        after: State,
        effects: tuple[Effect, ...],
        heard: Mapping[str, Any],
        conclusion: Conclusion | None,
    ) -> Mapping[str, Any]:
        return {
            "protocol": self.protocol.version,
            "language": self.phrasebook.language,
            "region": self.phrasebook.region.id,
            "asked": f"{before.asked.fact}:{before.asked.kind.value}" if before.asked else None,
            **heard,
            "phase": after.phase.value,
            "findings": self.protocol.facts.names_of(after.findings),
            "said": [name for effect in effects if (name := _name(effect))],
            "conclusion": None
            if conclusion is None
            else {
                "urgency": conclusion.urgency.id,
                "mode": conclusion.mode.value if conclusion.mode else None,
                "rules": list(conclusion.rules),
            },
        }


def _name(effect: Effect) -> str:
    """A prompt, or a part of the advice, as it stands in the journal."""
    match effect:
        case Say(prompt):
            return prompt
        case Remind(part):
            return f"advice.{part.value}"
    return ""


def _heard(hearing: Hearing, read: Interpretation) -> dict[str, Any]:
    return {
        "heard": [
            {"ear": utterance.ear.value, "text": utterance.text, "confidence": utterance.confidence}
            for utterance in hearing.utterances
        ],
        "weak": hearing.weak,
        "event": _plain(read.event),
        "score": read.score,
        "why": list(read.why),
    }


def _plain(event: Event) -> dict[str, Any]:
    """An event as data: {"is": "Answered", "status": "present", "in_words": True, ...}"""
    plain: dict[str, Any] = {"is": type(event).__name__}
    for name, value in vars(event).items():
        match value:
            case Status():
                plain[name] = value.name.lower()
            case tuple():
                plain[name] = [
                    {"fact": said.fact, "status": said.status.name.lower(), "sure": said.sure}
                    for said in value
                ]
            case _:
                plain[name] = value
    return plain
