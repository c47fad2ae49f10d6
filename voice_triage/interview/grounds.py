"""What every move of an interview rests on: the protocol, the manners, and what follows from them."""

from __future__ import annotations

from typing import Any

from voice_triage.errors import InterviewError
from voice_triage.interview.choosing import Choosing
from voice_triage.interview.effects import Effect
from voice_triage.interview.policy import Policy
from voice_triage.interview.prompting import Prompting
from voice_triage.interview.state import Doubt, State
from voice_triage.interview.topics import Topics
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol, Question
from voice_triage.protocol.status import Status
from voice_triage.protocol.triage import Triage

_LEFT_OVER: dict[str, Any] = {"doubt": Doubt.NONE, "in_words": False, "measured": None, "misses": 0}

Step = tuple[State, tuple[Effect, ...]]
"""The next state, and what is to be done, in order."""


class Grounds:
    """One protocol under one policy, and what can be asked about beside it."""

    def __init__(self, protocol: Protocol, policy: Policy, topics: Topics) -> None:
        self.protocol = protocol
        self.policy = policy
        self.topics = topics
        self.triage = Triage(protocol)
        self.choosing = Choosing(protocol, self.triage, policy)
        self.prompting = Prompting(protocol, self.choosing, policy)

    def open_question(self, state: State) -> Question:
        """The question that is being answered. Raises InterviewError if none is."""
        if state.asked is None:
            raise InterviewError("no question is open")
        return self.choosing.question(state.asked.fact)

    def of_another(self, findings: Findings) -> bool:
        """The person speaks for somebody else."""
        return self.protocol.facts.status(findings, self.protocol.proxy_question) is Status.PRESENT

    def to_a_child(self, findings: Findings) -> bool:
        """The person is a child, and speaks for itself."""
        child = self.protocol.child_when
        return child is not None and child.holds(findings) and not self.of_another(findings)

    def can_ask_them(self, findings: Findings) -> bool:
        """The person speaks for somebody who may be with them: nobody said that they are not."""
        if not self.of_another(findings) or not self.protocol.away_question:
            return False
        return self.protocol.facts.status(findings, self.protocol.away_question) is not Status.PRESENT

    def put(self, state: State, says: tuple[Effect, ...] = ()) -> Step:
        """Say these, then put to the person what the state asks."""
        return state, says + self.prompting.prompt(state)


def fresh(state: State, **changes: Any) -> State:
    """The state with nothing left over from the last prompt, and with these changes."""
    return state._replace(**{**_LEFT_OVER, **changes})
