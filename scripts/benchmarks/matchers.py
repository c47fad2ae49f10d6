"""The understanding beside the matchers that others use: the same answers, the same phrases, one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby

from voice_triage.cli.measuring_files import read_rows
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.answer_reading import AnswerReader, asked_of
from voice_triage.hosts.answer_rows import READINGS, AnswerRow
from voice_triage.interview.effects import Asked, Kind
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

from . import other_matchers as others
from .compared import OURS, Tally
from .figures import Figure
from .packages import install_for_now
from .workshop import Workshop
from .written_phrases import Writer, Written

ANSWERS = "tests/measured/unseen/sixth"
MOST = 20
"""Sentences out of one template, for those that want sentences; of some there are billions."""
FEW = 10
"""Answers for what takes a second for each."""
FIRST = "no, it is neither numb nor weak, and I can feel my bottom when I wipe"
"""An answer that is not timed."""


@dataclass(frozen=True)
class Matcher:
    """One that others use."""

    name: str
    package: str
    make: Callable[[Written], others.Read]
    few: bool = False
    """It is too slow for all answers."""


MATCHERS = (
    Matcher("hassil, whole answers", "hassil", others.hassil_whole),
    Matcher("hassil, wildcards around", "hassil", others.hassil_anywhere),
    Matcher("rapidfuzz, nearest phrase", "rapidfuzz", others.rapidfuzz_nearest),
    Matcher("adapt, phrases as keywords", "adapt", others.adapt_keywords),
    Matcher("padacioso, whole answers", "padacioso", others.padacioso_whole),
    Matcher("padacioso, wildcards around", "padacioso", others.padacioso_anywhere),
    Matcher(f"padacioso as it comes, {FEW} answers", "padacioso", others.padacioso_pool, few=True),
)


def matcher_figures(place: Workshop) -> list[Figure]:
    """Question by question all of them in turn, so that what else the machine does slows none alone."""
    install_for_now(place.root, place.folder / "packages")
    there = [matcher for matcher in MATCHERS if find_spec(matcher.package)]
    tallies: dict[str, Tally] = {name: Tally() for name in (OURS, *(matcher.name for matcher in there))}
    writer = Writer(place.root / "intents" / "en", place.dialogue.lexicon, MOST)
    for asked, rows in _questions(place).items():
        _read_ours(tallies[OURS], rows, asked, place.dialogue)
        written = writer.write(asked.fact)
        for matcher in there:
            tally = tallies[matcher.name]
            left = min(1, FEW - len(tally.values)) if matcher.few else len(rows)
            if left > 0:
                _read_theirs(tally, rows[:left], writer, matcher.make(written))
    return [tally.figure(name) for name, tally in tallies.items()]


def _questions(place: Workshop) -> Mapping[Asked, list[AnswerRow]]:
    """The answers to questions that want yes or no."""
    rows = read_rows(sorted((place.root / ANSWERS).glob("*.jsonl")), AnswerRow)
    rows = sorted(
        (row for row in rows if row.question and row.expected in READINGS), key=lambda row: row.question or ""
    )
    grouped = groupby(rows, lambda row: asked_of(place.dialogue.protocol, row.question))
    return {asked: list(each) for asked, each in grouped if asked is not None and asked.kind is Kind.YES_NO}


def _read_ours(tally: Tally, rows: Sequence[AnswerRow], asked: Asked, dialogue: Dialogue) -> None:
    reader = AnswerReader(dialogue.protocol)
    for_other = asked.fact in dialogue.protocol.asked_of_proxies
    for row in rows:
        begun = time.perf_counter_ns()
        meant = interpret(Hearing.typed(row.text), asked, dialogue.lexicon, for_other)
        took = time.perf_counter_ns() - begun
        read = reader.read(meant.event, asked)
        tally.add(row.expected, took / 1000, read.readings, read.again)


def _read_theirs(tally: Tally, rows: Sequence[AnswerRow], writer: Writer, read: others.Read) -> None:
    """They get what is left after our own clean-up, whose time is theirs too."""
    read(writer.plain(FIRST))  # some finish their preparations only now
    for row in rows:
        begun = time.perf_counter_ns()
        reading = read(writer.plain(row.text))
        took = time.perf_counter_ns() - begun
        tally.add(row.expected, took / 1000, (reading,), reading == "none")
