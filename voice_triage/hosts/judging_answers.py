"""Judges the understanding: written answers, one by one, against how they have to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Any

from voice_triage.dialogue import Dialogue
from voice_triage.hosts.answer_reading import AnswerReader, Read, asked_of
from voice_triage.hosts.answer_rows import INTERRUPT, AnswerRow
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Event, Measured, Silence
from voice_triage.ports import Clock
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import Interpretation, interpret
from voice_triage.understanding.numbers import Range, times
from voice_triage.understanding.quantities import temperature, weight

NOT_THERE = frozenset({"absent", "unsure", "none"})
FINDINGS = ("found", "asked", "missed", "invented", "asked_in_vain", "reversed")
"""How findings of free speech may come out."""
SILENT = Interpretation(Silence(), ("nobody spoke",), 0.0)
_NO_ERROR = ("found", "asked", "asked_in_vain", "dangers_asked", "dangers_asked_in_vain")
"""Counts in which nothing went wrong."""
_TIMES = ("duration_days", "onset_days_ago")
_SLACK = 0.07
"""Of a length of time, as months have 28 to 31 days, and of a weight, as stones and pounds are rounded."""
_A_TENTH = 0.1
"""Degrees that a temperature told in Fahrenheit may be rounded by."""
_VAGUE = 0.5
"""The most that a value may be spread over, of its upper end, and still answer the question."""


class Valued(StrEnum):
    """How a number in an answer was read."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED_AGAIN = "asked_again"


@dataclass(frozen=True)
class Skipped:
    """A row, or a finding of one, about something that the protocol does not have."""

    id: str
    what: str


@dataclass(frozen=True)
class Judged:
    """How one answer was read."""

    row: AnswerRow
    read: Read
    meant: Interpretation
    valued: Valued | None
    number: Range | None
    """The value that was read."""
    counts: Counter[str]
    """Findings "found", "asked" first, "missed", "invented", "asked_in_vain", "reversed"; "dangers_missed",
    "dangers_asked" about first, "dangers_false", "dangers_asked_in_vain"."""
    seconds: float
    """Of work."""

    @property
    def again(self) -> bool:
        """The interview would put the question again."""
        return self.valued is Valued.ASKED_AGAIN or (self.row.kind is None and self.read.again)

    @property
    def correct(self) -> bool:
        """Read as it had to be, in everything that the row tells of."""
        expected, readings = self.row.expected, self.read.readings
        right = expected in (None, readings[0]) or (expected not in NOT_THERE and expected in readings)
        wrong = self.counts.total() > sum(self.counts[each] for each in _NO_ERROR)
        return right and not wrong and self.valued in (None, Valued.RIGHT)

    @property
    def read_as(self) -> Any:
        """A label, a number or [least, most], or the findings."""
        if self.row.expected is None and self.row.kind is not None and self.number is not None:
            low, high = round(self.number.low, 2), round(self.number.high, 2)
            return low if low == high else [low, high]
        if self.row.expected is None and self.row.findings is not None and not self.read.interrupts:
            return {fact: status.name.lower() for fact, status in self.read.found.items()}
        return self.read.readings[0]


class AnswerJudge:
    """Reads answers as the dialogue does, and compares."""

    def __init__(self, dialogue: Dialogue, clock: Clock) -> None:
        self._protocol = dialogue.protocol
        self._lexicon = dialogue.lexicon
        self._reader = AnswerReader(dialogue.protocol)
        self._clock = clock
        self.skipped: list[Skipped] = []
        """What could not be judged so far."""

    def judge(self, row: AnswerRow) -> Judged | None:
        """None: the protocol does not have what the row is about; it is in `skipped`."""
        asked = self._asked(row)
        if asked is None or not self._has_danger(row):
            self.skipped.append(Skipped(row.id, str(row.label if asked else row.question)))
            return None
        begun = self._clock.monotonic()
        meant = self._meant(row.text, asked)
        seconds = self._clock.monotonic() - begun
        read = self._reader.read(meant.event, asked)
        number = self._number(row, meant.event)
        valued = _valued(row, number) if row.kind is not None else None
        expected = self._expected_findings(row)
        counts = self._dangers(row, read, expected, asked)
        if row.findings is not None:
            counts += _findings(read, expected)
        return Judged(row, read, meant, valued, number, counts, seconds)

    def _meant(self, text: str, asked: Asked) -> Interpretation:
        for_other = asked.fact in self._protocol.asked_of_proxies
        return interpret(Hearing.typed(text), asked, self._lexicon, for_other) if text.strip() else SILENT

    def _asked(self, row: AnswerRow) -> Asked | None:
        if row.question is None and row.kind == "age":
            ages = (each.id for each in self._protocol.questions if each.answer is Answer.AGE)
            return next((Asked(age, Kind.AGE) for age in ages), None)
        return asked_of(self._protocol, row.question)

    def _has_danger(self, row: AnswerRow) -> bool:
        label = row.label or ""
        return not label.startswith(INTERRUPT) or label.removeprefix(INTERRUPT) in self._protocol.interrupts

    def _number(self, row: AnswerRow, event: Event) -> Range | None:
        """The number that the row is about, as far as it was read."""
        if row.kind == "age" and isinstance(event, Measured):
            return Range(event.low, event.high)
        words = clean(row.text, self._lexicon.spelling).words
        if row.kind == "temperature_c":
            return temperature(words, self._lexicon.numbers)
        if row.kind == "weight_kg_lost":
            return weight(words, self._lexicon.numbers)
        if row.kind not in _TIMES:
            return None
        told = times(words, self._lexicon.numbers)
        # Of several times the longest tells how long it has lasted, the latest when it began or got worse.
        return (max if row.kind == "duration_days" else min)(told, key=lambda each: each.high, default=None)

    def _expected_findings(self, row: AnswerRow) -> Mapping[str, str]:
        """Question id -> status; what the protocol does not have is skipped."""
        told: dict[str, str] = {}
        for name, status in (row.findings or {}).items():
            try:
                told[self._protocol.question(name).id] = status
            except KeyError:
                self.skipped.append(Skipped(row.id, name))
        return told

    def _dangers(self, row: AnswerRow, read: Read, expected: Mapping[str, str], asked: Asked) -> Counter[str]:
        if row.label is not None and row.label.startswith(INTERRUPT):
            if row.label in read.interrupts:
                return Counter()
            asked_about = read.half_heard == row.label.removeprefix(INTERRUPT)
            return Counter(dangers_asked=1) if asked_about else Counter(dangers_missed=1)
        if read.half_heard is not None:
            return Counter(dangers_asked_in_vain=1)
        there = {fact for fact, status in expected.items() if status != "absent"}
        if row.expected == "present":
            there.add(asked.fact)
        false = bool(read.interrupts) and read.alike.isdisjoint(there)
        return Counter(dangers_false=1) if false else Counter()


def _findings(read: Read, expected: Mapping[str, str]) -> Counter[str]:
    """What was taken for said, and what is asked about because it may have been said."""
    counts: Counter[str] = Counter()
    taken = {fact for fact, status in read.found.items() if status is Status.PRESENT}
    asked = {fact for fact, status in read.found.items() if status is Status.UNSURE}
    for fact, status in expected.items():
        found = fact in taken or fact in read.alike
        if status == "absent":
            counts["reversed"] += found
            counts["asked_in_vain"] += fact in asked and not found
        elif read.found.get(fact) is Status.ABSENT:
            counts["reversed"] += 1
        else:
            counts["found" if found else "asked" if fact in asked else "missed"] += 1
    counts["invented"] += len(taken - set(expected))
    counts["asked_in_vain"] += len(asked - set(expected))
    return counts


def _valued(row: AnswerRow, number: Range | None) -> Valued:
    """Right is what lies within what was expected, or tells it with no more than ordinary vagueness."""
    if number is None:
        return Valued.RIGHT if row.bounds is None else Valued.ASKED_AGAIN
    if row.bounds is None:
        return Valued.WRONG
    low, high = row.bounds
    if row.kind == "temperature_c":
        low, high = low - _A_TENTH, high + _A_TENTH
    elif row.kind != "age":
        low, high = low * (1 - _SLACK), high * (1 + _SLACK)
    if low <= number.low and number.high <= high:
        return Valued.RIGHT
    vague = number.high - number.low > _VAGUE * number.high
    around = number.low <= row.bounds[0] and row.bounds[1] <= number.high
    middle = low <= (number.low + number.high) / 2 <= high
    return Valued.RIGHT if not vague and (around or middle) else Valued.WRONG


def summary(judged: Sequence[Judged], skipped: Sequence[Skipped]) -> dict[str, Any]:
    """All of it as plain values for JSON."""
    counts: Counter[str] = sum((each.counts for each in judged), Counter())
    values = Counter(each.valued for each in judged)
    return {
        "n": len(judged),
        "correct": sum(each.correct for each in judged),
        "missed": [each.row.id for each in judged if each.row.expected == "present" and _absent(each)],
        "false_absent": [
            each.row.id
            for each in judged
            if each.row.expected is not None and each.row.expected != "absent" and _absent(each)
        ],
        "false_present": [
            each.row.id
            for each in judged
            if each.row.expected in NOT_THERE and each.read.readings[0] == "present"
        ],
        "asked_again": sum(each.again for each in judged),
        **{f"value_{valued.value}": values[valued] for valued in Valued},
        **{f"findings_{what}": counts[what] for what in FINDINGS},
        "interrupts_missed": counts["dangers_missed"],
        "interrupts_asked": counts["dangers_asked"],
        "interrupts_false": counts["dangers_false"],
        "interrupts_asked_in_vain": counts["dangers_asked_in_vain"],
        "by_label": _by_label(judged),
        "microseconds_per_answer": round(1e6 * median(each.seconds for each in judged), 1)
        if judged
        else None,
        "skipped": [{"id": each.id, "what": each.what} for each in skipped],
        "rows": [_row(each) for each in judged],
    }


def _absent(judged: Judged) -> bool:
    return judged.read.readings[0] == "absent"


def _by_label(judged: Sequence[Judged]) -> dict[str, Any]:
    labels: dict[str, list[Judged]] = {}
    for each in judged:
        labels.setdefault(each.row.name, []).append(each)
    return {
        label: {
            "n": len(rows),
            "correct": sum(each.correct for each in rows),
            "read_as": dict(Counter(each.read.readings[0] for each in rows).most_common()),
        }
        for label, rows in sorted(labels.items())
    }


def _row(judged: Judged) -> Mapping[str, Any]:
    return {
        "id": judged.row.id,
        "label": judged.row.name,
        "read_as": judged.read_as,
        "score": judged.meant.score,
        "margin": judged.meant.margin,
        "why": list(judged.meant.why),
        "correct": judged.correct,
        "asked_again": judged.again,
    }
