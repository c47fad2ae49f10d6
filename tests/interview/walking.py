"""Every sequence of answers to the questions of a block, walked once and kept as a graph.

States are values, so a state that was met before is not walked again: the graph has as many paths as there are
sequences of answers, and as many nodes as there are states. The questions outside the block are answered as a
`Background` says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from interviewees import EASING, NO, SILENT, UNSURE, YES
from joining import Joins

from voice_triage.interview.effects import Asked, Conclude, Kind
from voice_triage.interview.events import (
    Answered,
    Begin,
    Endangered,
    Event,
    Measured,
    Request,
    Requested,
    Said,
    Told,
)
from voice_triage.interview.machine import Interview
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.status import Status

SKIP = Requested(Request.SKIP)
QUIET = {"age": Measured(34, 34), "course": EASING}
"""All that is not in the block is answered "no", by a person of 34 whose pain eases."""
OLDER = {"age": Measured(62, 62), "course": Measured(5, 5)}
"""The same by a person of 62 whose pain does not ease: bones are asked about."""
RESTLESS = {"age": Measured(34, 34), "course": EASING, "night_or_rest_pain": UNSURE}
"""The same by a person of 34 who may have pain at night: germs are asked about."""
Background = Mapping[str, Event]
"""Question -> its answer where it is not in the block; the others are answered "no"."""


@dataclass(frozen=True)
class End:
    """One end of an interview: the state that it was reached in, and the advice."""

    state: State
    told: Conclude


@dataclass
class Walked:
    """All states that a block leads to, and how answers lead from one to the next."""

    block: frozenset[str]
    asked: list[str] = field(default_factory=list)
    """Of each state: the fact that is asked about."""
    findings: list[Findings] = field(default_factory=list)
    after: list[dict[str, int | End]] = field(default_factory=list)
    """Of each state: name of an answer -> the next state's place, or the end."""

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """Every end, once for each way into it."""
        return tuple(end for edges in self.after for end in edges.values() if isinstance(end, End))

    @property
    def steps(self) -> int:
        """How many answers were given."""
        return sum(len(edges) for edges in self.after)

    @cached_property
    def paths(self) -> int:
        """How many different sequences of answers that is."""
        known: dict[int, int] = {}
        todo = [0]
        while todo:
            here = todo[-1]
            open_ones = [n for n in self.after[here].values() if isinstance(n, int) and n not in known]
            if open_ones:
                todo += open_ones
                continue
            todo.pop()
            known[here] = sum(1 if isinstance(n, End) else known[n] for n in self.after[here].values())
        return known[0]


@dataclass(frozen=True)
class Walker:
    """Walks blocks of one interview."""

    interview: Interview
    joins: Joins
    every_manner: bool = False
    """Silence, a denied read-back, a hedged no and the like besides; else only what a question can come to."""

    def walk(self, block: frozenset[str], background: Background = QUIET) -> Walked:
        """Walk every sequence of answers to the questions of the block."""
        walked = Walked(block)
        first, _ = self.interview.step(State(), Begin())
        places, todo = {first: 0}, deque([first])
        choices: dict[tuple[Asked, Phase, int], Mapping[str, Event]] = {}
        while todo:
            state = todo.popleft()
            edges: dict[str, int | End] = {}
            assert state.asked is not None
            key = (state.asked, state.phase, state.trail.count("opener"))
            if key not in choices:
                choices[key] = self.answers(state, block, background)
            for name, event in choices[key].items():
                after, effects = self.interview.step(state, event)
                told = next((effect for effect in effects if isinstance(effect, Conclude)), None)
                if told is not None:
                    edges[name] = End(after, told)  # what remains is repeating the advice
                    continue
                if after not in places:
                    places[after] = len(places)
                    todo.append(after)
                edges[name] = places[after]
            walked.asked.append(state.asked.fact)
            walked.findings.append(state.findings)
            walked.after.append(edges)
        return walked

    def answers(self, state: State, block: frozenset[str], background: Background) -> Mapping[str, Event]:
        """Every answer worth telling apart, to what is asked in this state."""
        assert state.asked is not None
        fact, head, kind = state.asked.fact, state.asked.fact.partition(".")[0], state.asked.kind
        if kind is Kind.READBACK:
            denied = {"no": NO} if self.every_manner and head in block else {}
            return {"yes": YES, **denied}
        if fact == "opener" and kind is Kind.FREE:
            return {"no": NO, **(self._told(block) if state.trail.count("opener") == 1 else {})}
        if head not in block:
            return {"background": background.get(fact, NO)}
        match kind:
            case Kind.AGE:
                return {**self._numbers("age", block), **self._open}
            case Kind.DURATION:
                return {"easing": EASING, **self._numbers("course", block), **self._open}
            case Kind.FREE | Kind.CHOICE:
                return {"no": NO, "yes": YES}
            case Kind.ONSET:
                old = Said(fact.replace(".new", ".old"), Status.PRESENT)
                return {"yes": YES, "no": NO, "old": Answered(Status.ABSENT, also=(old,)), **self._open}
        if state.phase is Phase.CHECKING:
            return {"unsure": UNSURE}
        unsure = {"unsure": UNSURE} if "." not in fact or self.joins.tells_doubt_from_silence(fact) else {}
        return {"yes": YES, "no": NO, **unsure, **self._open, **self._beside(fact)}

    @cached_property
    def _open(self) -> dict[str, Event]:
        """No answer is to be had."""
        hedged = {"hedged no": Answered(Status.ABSENT, sure=False), "silent": SILENT}
        return {"skip": SKIP, **(hedged if self.every_manner else {})}

    def _numbers(self, question: str, block: frozenset[str]) -> dict[str, Event]:
        """One on each side of every number at which a rule or a gate changes its mind about the block."""
        bands = self.joins.bands(question, block) or (34 if question == "age" else 5,)
        return {str(number): Measured(number, number) for number in (bands[0] - 1, *bands)}

    def _beside(self, fact: str) -> dict[str, Event]:
        """A yes with something more that no question asks for: "yes, and I can't stand"."""
        return {
            f"yes, {name}": Answered(Status.PRESENT, also=(Said(name, Status.PRESENT),))
            for name in (self.unasked_parts(fact) if "." not in fact else ())
        }

    def unasked_parts(self, fact: str) -> list[str]:
        """What may be said of a finding besides, and is never asked for."""
        asked = {each.fact for each in self.joins.protocol.question(fact).follow_ups} | {f"{fact}.old"}
        parts = (name for name in self.joins.protocol.facts.names if name.startswith(f"{fact}."))
        return [part for part in parts if part not in asked and not part.rpartition(".")[2].isdigit()]

    def _told(self, block: frozenset[str]) -> dict[str, Event]:
        """What may be said in the opener: dangers, and findings of the block that are never asked for."""
        spoken = [q.id for q in self.joins.protocol.questions if q.volunteered and q.id in block]
        dangers = [name.partition(".")[2] for name in block if name.startswith("interrupt.")]
        return {
            **{f"tells {name}": Told((Said(name, Status.PRESENT),)) for name in spoken},
            **{f"danger {name}": Endangered(name) for name in dangers},
        }
