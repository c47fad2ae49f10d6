"""What needs no sound: reading the content, understanding an answer, conducting an interview."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from voice_triage.adapters.system_clock import SystemClock
from voice_triage.hosts.simulation import Simulation
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Begin, Event, Measured
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

from .figures import Figure
from .workshop import REGION, Workshop

LOADS = 10
REPEATS = 5
"""Each answer is read so often; the median counts."""
PEOPLE, CROWD = 327_680, 32_768
"""Invented people in all, and at once."""
ROUNDS = 20
ROUND_SECONDS = 0.25

LOADING = """
import time
from voice_triage.cli.setup import default_shelf
from voice_triage.content.loading import load
shelf = default_shelf() if {kept} else None
begun = time.perf_counter()
load(region={region!r}, shelf=shelf)
print(time.perf_counter() - begun)
"""


def thinking_figures(place: Workshop) -> list[Figure]:
    """On one core."""
    interview = place.dialogue.interview
    numb: dict[str, Event] = {"saddle_numbness": Answered(Status.PRESENT)}
    _load(kept=True)  # it puts the phrases on the shelf
    kept, compiled = zip(*((_load(kept=True), _load(kept=False)) for _ in range(LOADS)), strict=True)
    return [
        Figure("content loaded, phrases kept", "s", kept),
        Figure("content loaded, phrases compiled", "s", compiled),
        Figure("interpret, an answer", "µs", tuple(_readings(place))),
        _each("interview, self-care", tuple(_interviews(interview, {}))),
        _each("interview, emergency", tuple(_interviews(interview, numb))),
        _simulated(place),
    ]


def _simulated(place: Workshop) -> Figure:
    """`voice-triage simulate`: whole interviews with invented people, from the first on."""
    simulation = Simulation(place.dialogue.protocol, Policy(), SystemClock())
    each = []
    for first in range(0, PEOPLE, CROWD):
        begun = time.process_time()
        simulation.run(first, CROWD, lambda _: None)
        each.append(1e6 * (time.process_time() - begun) / CROWD)
    rate = 1e6 / statistics.mean(each)
    return Figure(
        f"simulate, {PEOPLE:,} people: {rate:,.0f} a second, each", "µs", tuple(each), median_goal=50
    )


def _each(name: str, microseconds: tuple[float, ...]) -> Figure:
    return Figure(f"{name}: {1e6 / statistics.median(microseconds):,.0f} a second, each", "µs", microseconds)


def _load(kept: bool) -> float:
    """In a process of its own, as at every start."""
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(region=REGION, kept=kept)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _readings(place: Workshop) -> Iterator[float]:
    """Microseconds to understand each recorded answer, and each that is expected."""
    lexicon = place.dialogue.lexicon
    for hearing, asked in _answers(place):
        times = []
        for _ in range(REPEATS):
            begun = time.perf_counter_ns()
            interpret(hearing, asked, lexicon)
            times.append(time.perf_counter_ns() - begun)
        yield statistics.median(times) / 1000


def _answers(place: Workshop) -> Iterator[tuple[Hearing, Asked]]:
    kinds = {question.id: Kind(question.answer.value) for question in place.dialogue.protocol.questions}
    manifest = place.root / "audio_fixtures" / "manifest.jsonl"
    rows = map(json.loads, manifest.read_text(encoding="utf-8").splitlines())
    for row in rows:
        if row.get("transcript") and row.get("question") in kinds:
            yield Hearing.typed(row["transcript"]), Asked(row["question"], kinds[row["question"]])
    for question in place.dialogue.protocol.questions:
        if question.answer is Answer.YES_NO:
            asked = Asked(question.id, Kind.YES_NO)
            for phrase in place.dialogue.lexicon.grammar(asked):
                yield Hearing.typed(phrase), asked


def _interviews(interview: Interview, answers: dict[str, Event]) -> Iterator[float]:
    """Microseconds for a whole interview, on average over a fraction of a second, round after round."""
    for _ in range(ROUNDS):
        count, begun = 0, time.perf_counter()
        while (passed := time.perf_counter() - begun) < ROUND_SECONDS:
            _conduct(interview, answers)
            count += 1
        yield 1e6 * passed / count


def _conduct(interview: Interview, answers: dict[str, Event]) -> None:
    state, _ = interview.step(State(), Begin())
    while state.phase is not Phase.DONE:
        state, _ = interview.step(state, _answer(state.asked, answers))


def _answer(asked: Asked | None, answers: dict[str, Event]) -> Event:
    if asked is None:
        raise RuntimeError("the interview waits for nothing")
    if asked.kind is Kind.READBACK:
        return Answered(Status.PRESENT)
    if asked.kind is Kind.AGE:
        return Measured(34, 34)
    return answers.get(asked.fact, Answered(Status.ABSENT))
