"""Every sequence of answers to the questions of a block, walked once and kept as a graph.

States are values, so a state that was met before is not walked again: the graph has as many paths as there are
sequences of answers, and as many nodes as there are states. The questions outside the block are answered as a
`Background` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from interviewees import EASING, NO, SILENT, UNSURE, YES

from voice_triage.interview.effects import Conclude, Kind
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
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

SKIP = Requested(Request.SKIP)
QUIET = {"age": Measured(34, 34), "course": EASING}
"""All that is not in the block is answered "no", by a person of 34 whose pain eases."""
GATES_OPEN = {"age": Measured(62, 62), "course": Measured(5, 5), "night_or_rest_pain": UNSURE}
"""The same by a person of 62 whose pain does not ease and may be there at night: bones and germs are asked about."""
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
    states: list[State] = field(default_factory=list)
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
    protocol: Protocol
    every_manner: bool = False
    """Silence, a denied read-back, a hedged no and the like besides; else only what a question can come to."""

    def walk(self, block: frozenset[str], background: Background = QUIET) -> Walked:
        """Walk every sequence of answers to the questions of the block."""
        walked = Walked(block)
        first, _ = self.interview.step(State(), Begin())
        places = {first: 0}
        walked.states.append(first)
        for state in walked.states:  # grows while it is gone through
            edges: dict[str, int | End] = {}
            for name, event in self.answers(state, block, background).items():
                after, effects = self.interview.step(state, event)
                told = next((effect for effect in effects if isinstance(effect, Conclude)), None)
                if told is not None:
                    edges[name] = End(after, told)  # what remains is repeating the advice
                    continue
                if after not in places:
                    places[after] = len(walked.states)
                    walked.states.append(after)
                edges[name] = places[after]
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
            return {"no": NO, **self._told(block)}
        if head not in block:
            return {"background": background.get(head, NO)}
        match kind:
            case Kind.AGE:
                return {**self._ages, **self._open}
            case Kind.DURATION:
                return {**self._courses, **self._open}
            case Kind.FREE | Kind.CHOICE:
                return {"no": NO, "yes": YES}
            case Kind.ONSET:
                old = Said(fact.replace(".new", ".old"), Status.PRESENT)
                return {"yes": YES, "no": NO, "old": Answered(Status.ABSENT, also=(old,)), **self._open}
        if state.phase is Phase.CHECKING:
            return {"unsure": UNSURE}
        return {"yes": YES, "no": NO, "unsure": UNSURE, **self._open, **self._beside(fact)}

    @cached_property
    def _open(self) -> dict[str, Event]:
        """No answer is to be had."""
        hedged = {"hedged no": Answered(Status.ABSENT, sure=False), "silent": SILENT}
        return {"skip": SKIP, **(hedged if self.every_manner else {})}

    @cached_property
    def _ages(self) -> dict[str, Event]:
        """One on each side of every number of years at which a rule changes its mind."""
        bands = self.protocol.question("age").bands
        return {str(years): Measured(years, years) for years in (bands[0] - 1, *bands)}

    @cached_property
    def _courses(self) -> dict[str, Event]:
        bands = self.protocol.question("course").bands
        return {
            "easing": EASING,
            **{str(days): Measured(days, days) for days in (bands[0] - 1, *bands)},
        }

    def _beside(self, fact: str) -> dict[str, Event]:
        """A yes with something more that no question asks for: "yes, and I can't stand"."""
        return {
            f"yes, {name}": Answered(Status.PRESENT, also=(Said(name, Status.PRESENT),))
            for name in (self.unasked_parts(fact) if "." not in fact else ())
        }

    def unasked_parts(self, fact: str) -> list[str]:
        """What may be said of a finding besides, and is never asked for."""
        asked = {each.fact for each in self.protocol.question(fact).follow_ups} | {f"{fact}.old"}
        parts = (name for name in self.protocol.facts.names if name.startswith(f"{fact}."))
        return [part for part in parts if part not in asked and not part.rpartition(".")[2].isdigit()]

    def _told(self, block: frozenset[str]) -> dict[str, Event]:
        """What may be said in the opener: dangers, and findings of the block that are never asked for."""
        spoken = [q.id for q in self.protocol.questions if q.volunteered and q.id in block]
        dangers = [name.partition(".")[2] for name in block if name.startswith("interrupt.")]
        return {
            **{f"tells {name}": Told((Said(name, Status.PRESENT),)) for name in spoken},
            **{f"danger {name}": Endangered(name) for name in dangers},
        }
