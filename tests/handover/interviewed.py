"""Whole interviews in words, and what is handed over after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from shipped import dialogue_in
from test_conversations import CONVERSATIONS, answer

from voice_triage.dialogue import Conclusion, Turn
from voice_triage.handover.summary import Summary
from voice_triage.interview.effects import Kind
from voice_triage.interview.state import Phase, State
from voice_triage.interview.uttered import Uttered
from voice_triage.protocol.status import Status
from voice_triage.reporting.report import Report
from voice_triage.understanding.hearing import Hearing

WHEN = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
HOSTILE = (
    "</p><script>alert('x')</script>\n& \u202etxet\u202c \x07 [unk] {words} 😀 "
    + "a" * 400
    + " numb down below"
)


@dataclass(frozen=True)
class Interviewed:
    """An interview that has come to its advice, or was left before."""

    turn: Turn
    conclusion: Conclusion | None

    @property
    def summary(self) -> Summary:
        return dialogue_in("uk").summary(self.turn.state, self.conclusion)

    @property
    def report(self) -> Report:
        told = dialogue_in("uk").told(self.summary)
        return Report(self.summary, told, dialogue_in("uk").phrasebook.handover.page, WHEN, "0")

    def say(self, words: str) -> tuple[str, ...]:
        """What is said to these words."""
        return dialogue_in("uk").hear(self.turn.state, Hearing.typed(words)).say


def interview(given: Mapping[str, str], leave_at: str | None = None) -> Interviewed:
    """Answers as in tests/conversations, up to the offer after the advice; `leave_at` a question: stop there."""
    talk = dialogue_in("uk")
    turn, conclusion = talk.open(), None
    while turn.listen is not None and turn.state.phase not in (Phase.OFFERING, Phase.WAITING):
        if turn.listen.asked.fact == leave_at:
            turn = talk.stop(turn.state)
        else:
            words = answer(turn.listen.asked, dict(given))
            turn = talk.hear(turn.state, Hearing.typed(words) if words else None)
        conclusion = turn.conclusion or conclusion
    return Interviewed(turn, conclusion)


def with_everything(status: Status) -> Interviewed:
    """As much as there can be: every question came to `status`, after a long story to each."""
    talk = dialogue_in("uk")
    facts = talk.protocol.facts
    story = "yes well you see it has been quite unbearably uncomfortable for weeks on end " * 5
    findings = dict.fromkeys(facts.names, status.name.lower())
    account = tuple(
        Uttered(question.id, f"{story} {question.id}", status, in_words=True, put=Kind.YES_NO)
        for question in talk.protocol.questions
    )
    dangers = tuple(
        Uttered(f"interrupt.{name}", f"{story} {name}", Status.PRESENT, True)
        for name in talk.protocol.interrupts
    )
    advice = interview({"saddle_numbness": "i can't feel it when i wipe"}).conclusion
    assert advice is not None
    conclusion = replace(advice, findings=findings)
    state = State(Phase.DONE, facts.nothing, account=account + dangers)
    return Interviewed(replace(talk.open(), state=state), conclusion)


def kept(name: str) -> Interviewed:
    """One of tests/conversations."""
    return interview(next(case["hear"] for case in CONVERSATIONS if case["name"] == name))
