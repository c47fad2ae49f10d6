"""Interviews with invented people, event by event, as fast as it goes: how they end, and whether all do."""

from __future__ import annotations

import gc
import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from voice_triage.hosts.invented_people import BLOCK, People
from voice_triage.interview.effects import Conclude
from voice_triage.interview.events import Begin, Event
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.topics import Topics
from voice_triage.ports import Clock
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.urgency import Urgency

LONGEST = 400
"""Turns; an interview that is not over by then has no end."""
SLOWEST = 5
"""How many of the slowest interviews are told of."""
REMEMBERED = 200_000
"""States whose next steps are remembered; each takes about a kilobyte and a half."""


class _Stand:
    """A state that was met, and what followed each event that was tried in it; that never changes."""

    __slots__ = ("answers", "done", "place", "state", "steps")

    def __init__(self, state: State) -> None:
        self.state = state
        self.done = state.phase is Phase.DONE
        self.steps: dict[int, tuple[_Stand, Conclude | None]] = {}
        self.place = 0
        self.answers: tuple[int, ...] = ()


@dataclass(frozen=True)
class DeadEnd:
    """A person whose interview did not come to its end."""

    seed: int
    why: str


class NoEnd(Exception):
    """An interview goes round in a circle, or ends without advice."""


class Simulation:
    """Interviews people, and counts."""

    def __init__(
        self, protocol: Protocol, policy: Policy, clock: Clock, topics: Topics | None = None
    ) -> None:
        """`topics`: what people may ask about besides."""
        self._protocol = protocol
        self._step = Interview(protocol, policy, topics).step
        self._clock = clock
        self._people = People(protocol, topics)
        self._counted = frozenset(protocol.counted)
        self._stands: dict[State, _Stand] = {}
        self._begin = self._follow(State(), Begin())[0]
        self._ends: Counter[tuple[Urgency, tuple[str, ...]]] = Counter()
        self._asked: Counter[frozenset[str]] = Counter()
        self._slowest: list[tuple[float, int, int]] = []
        self.dead_ends: list[DeadEnd] = []
        self._seconds = 0.0

    def run(self, seed: int, people: int, progress: Callable[[int], None]) -> None:
        """Interview `people` from `seed` on; `progress` is told how many more are done."""
        gc.disable()  # no interview leaves a cycle; to look for them among all states took a third longer
        try:
            for first in range(seed, seed + people, BLOCK):
                count = min(BLOCK, seed + people - first)
                begun = self._clock.monotonic()
                self._interview(first, count)
                self._seconds += self._clock.monotonic() - begun
                progress(count)
        finally:
            gc.enable()

    def _interview(self, first: int, count: int) -> None:
        now, slow = self._clock.monotonic, self._slowest
        before = now()
        for person in self._people.draw(first, count):
            try:
                turns = self._converse(person.ways, person.unexpected)
            except Exception as fault:  # whatever stops an interview is what is looked for
                self.dead_ends.append(DeadEnd(person.seed, repr(fault)))
                turns = 0
            after = now()
            if len(slow) < SLOWEST:
                heapq.heappush(slow, (after - before, person.seed, turns))
            elif after - before > slow[0][0]:
                heapq.heapreplace(slow, (after - before, person.seed, turns))
            before = after

    def _converse(self, ways: Sequence[int], unexpected: Mapping[int, int]) -> int:
        """One whole interview; the number of its turns. Raises NoEnd, and whatever the interview raises."""
        stand, conclusion = self._begin, None
        for turn in range(1, LONGEST + 1):
            event = unexpected[turn] if turn in unexpected else stand.answers[ways[stand.place]]
            step = stand.steps.get(event)
            if step is None:
                step = self._go(stand, event)
            stand, concluded = step
            if concluded is not None:
                conclusion = concluded
            if stand.done:
                break
        else:
            raise NoEnd(f"not over after {LONGEST} turns; it asks {stand.state.asked}")
        if conclusion is None:
            raise NoEnd("over without any advice")
        self._ends[conclusion.urgency, conclusion.rules] += 1
        self._asked[self._counted.intersection(stand.state.trail)] += 1
        return turn

    def _go(self, stand: _Stand, event: int) -> tuple[_Stand, Conclude | None]:
        """A step that was not taken before."""
        step = self._follow(stand.state, self._people.events[event])
        if len(self._stands) < REMEMBERED:
            stand.steps[event] = step
        return step

    def _follow(self, state: State, event: Event) -> tuple[_Stand, Conclude | None]:
        after, effects = self._step(state, event)
        concluded = next((effect for effect in effects if isinstance(effect, Conclude)), None)
        if after.phase is Phase.DONE:
            return _Stand(after), concluded
        stand = self._stands.get(after)
        if stand is None:
            stand = _Stand(after)
            stand.place, stand.answers = self._people.answers_to(after)
            if len(self._stands) < REMEMBERED:
                self._stands[after] = stand
        return stand, concluded

    def summary(self) -> dict[str, Any]:
        """All of it as plain values for JSON."""
        n = self._asked.total() + len(self.dead_ends)
        questions = Counter[int]()
        asked = Counter[str]()
        for names, count in self._asked.items():
            questions[len(names)] += count
            asked.update(dict.fromkeys(names, count))
        urgencies: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        for (urgency, fired), count in self._ends.items():
            urgencies[urgency.id] += count
            for rule in fired:
                rules[rule] += count
        every_rule = dict.fromkeys(rule.id for rule in self._protocol.rules)
        return {
            "n": n,
            "seconds": round(self._seconds, 3),
            "interviews_per_second": round(n / self._seconds) if self._seconds else None,
            "urgencies": {urgency.id: urgencies[urgency.id] for urgency in Urgency},
            "questions": {
                "median": median(questions.elements()) if questions else None,
                "max": max(questions, default=None),
            },
            "rules": {rule: rules[rule] for rule in every_rule},
            "asked": {
                question.code: asked[question.id]
                for question in self._protocol.questions
                if question.id in self._counted
            },
            "dead_ends": [each.seed for each in self.dead_ends],
            "slowest": [
                {"seed": seed, "microseconds": round(1e6 * seconds), "turns": turns}
                for seconds, seed, turns in sorted(self._slowest, reverse=True)
            ],
        }
