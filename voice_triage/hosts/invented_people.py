"""Invented people: what is the matter with each, and when they do something unexpected, drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice_triage.hosts.invented_ways import (
    FIRST,
    MENU,
    THERE,
    Ways,
    findings_of,
    unexpected,
    ways_of,
    what_and_how,
)
from voice_triage.interview.events import Event
from voice_triage.interview.state import State
from voice_triage.interview.topics import Topics
from voice_triage.protocol.model import Answer, Protocol

BLOCK = 4096
"""People who are drawn at once: that costs hardly more than to draw one."""
_FINE = 1024
"""Shares are kept to a thousandth."""
_CHANCES = 3
"""To do something unexpected, for each person."""
_LAST_TURN = 60
"""Hardly an interview has more turns."""
_NOTHING: Mapping[int, int] = {}


@dataclass(frozen=True)
class Sort:
    """How much is the matter with some of the people."""

    share: float
    """Of all people."""
    findings: float
    """How many questions are not answered by a plain no, on average."""
    noise: float
    """How often each chance to do something unexpected is taken."""


SORTS = (Sort(0.95, 0.04, 0.0), Sort(0.04, 0.9, 0.15), Sort(0.009, 3.0, 0.35), Sort(0.001, 7.0, 0.8))
"""Most have nothing the matter but their back, at many ages and in many ways; one in a hundred has much."""


class Person(NamedTuple):
    """One invented person."""

    seed: int
    ways: Sequence[int]
    """For everything that can be asked, at its place: the number of the way to answer it."""
    unexpected: Mapping[int, int]
    """Turn -> number of the event that comes instead of an answer."""


class People:
    """All invented people, each the same whenever it is drawn by its seed."""

    def __init__(self, protocol: Protocol, topics: Topics | None = None) -> None:
        """`topics`: what they may ask about besides."""
        topics = topics or {}
        ways = ways_of(protocol, topics)
        self._place = {name: place for place, name in enumerate(ways)}
        self._opener = {question.id for question in protocol.questions if question.answer is Answer.FREE}
        self._numbers: dict[Event, int] = {}
        self.events: list[Event] = []
        """What they do, by number."""
        self._answers = {
            (name, manner): tuple(map(self._number, events))
            for name, way in ways.items()
            for manner, events in way.events.items()
        }
        self._unexpected = np.array([self._number(event) for event in unexpected(protocol, topics)])
        count = len(findings_of(protocol))
        self._shares = np.array(
            [[_spread(way, sort.findings / count) for way in ways.values()] for sort in SORTS]
        )

    def _number(self, event: Event) -> int:
        if event not in self._numbers:
            self._numbers[event] = len(self.events)
            self.events.append(event)
        return self._numbers[event]

    def draw(self, seed: int, count: int) -> Iterator[Person]:
        """`count` people, from that of this seed on."""
        for block in range(seed // BLOCK, (seed + count - 1) // BLOCK + 1):
            people = self._block(block)
            first = max(seed - block * BLOCK, 0)
            yield from people[first : seed + count - block * BLOCK]

    def answers_to(self, state: State) -> tuple[int, tuple[int, ...]]:
        """The place of the way that decides what is said to this state, and the event number of each way."""
        name, manner = what_and_how(state)
        answers = self._answers.get((name, manner))
        return self._place[name], answers if answers is not None else self._answers[name, FIRST]

    def _block(self, block: int) -> list[Person]:
        rng = np.random.default_rng(block)
        sorts = rng.choice(len(SORTS), size=BLOCK, p=[sort.share for sort in SORTS])
        fine = rng.integers(0, _FINE, size=(BLOCK, len(self._place)))
        ways = self._shares[sorts[:, None], np.arange(len(self._place))[None, :], fine]
        self._have_what_they_tell(ways)
        taken = rng.random((BLOCK, _CHANCES)) < np.array([sort.noise for sort in SORTS])[sorts][:, None]
        turns = rng.integers(1, _LAST_TURN, size=(BLOCK, _CHANCES)) * taken
        events = rng.choice(self._unexpected, size=(BLOCK, _CHANCES))
        happens: dict[int, dict[int, int]] = {}
        for person, chance in np.argwhere(taken).tolist():
            happens.setdefault(person, {})[int(turns[person, chance])] = int(events[person, chance])
        # Each row as a view of its bytes: to make numbers of all took the longest.
        rows = memoryview(ways.astype(np.uint16).tobytes()).cast("H")
        seeds, wide = range(block * BLOCK, (block + 1) * BLOCK), len(self._place)
        return [
            Person(seed, rows[k * wide : (k + 1) * wide], happens.get(k, _NOTHING))
            for k, seed in enumerate(seeds)
        ]

    def _have_what_they_tell(self, ways: NDArray[np.int_]) -> None:
        """Whoever volunteers a finding at the beginning has it."""
        for name in self._opener:
            if (name, MENU) not in self._answers:
                continue
            for way, event in enumerate(self._answers[name, FIRST]):
                told = ways[:, self._place[name]] == way
                for said in getattr(self.events[event], "also", ()):
                    if "." not in said.fact:
                        ways[told, self._place[said.fact]] = THERE


def _spread(ways: Ways, trouble: float) -> list[int]:
    """The way of each thousandth of the people."""
    share = trouble if ways.share is None else ways.share
    if not ways.weights:
        return [0] * _FINE
    others = np.array(ways.weights) * share / sum(ways.weights)
    bounds = np.cumsum([1 - share, *others])
    ways_of_all = np.searchsorted(bounds, (np.arange(_FINE) + 0.5) / _FINE, "right")
    return [min(int(way), len(others)) for way in ways_of_all]
