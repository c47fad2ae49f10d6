"""Judges the triage over many voices and many word errors: shares, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from zlib import crc32

from voice_triage.dialogue import Dialogue
from voice_triage.hosts.case_voices import Voice, in_voice
from voice_triage.hosts.intervals import wilson
from voice_triage.hosts.judging_cases import Interviewed, interview
from voice_triage.hosts.patient_cases import PatientCase
from voice_triage.hosts.word_errors import PoorEar, SoundAlikes
from voice_triage.protocol.urgency import Urgency

WRITTEN = "as written"
"""The voice of a case itself."""


@dataclass(frozen=True)
class Trial:
    """One interview with one case in one voice."""

    voice: str
    errors: int | None
    """Word errors in a hundred; None: typed."""
    repeat: int
    held: Interviewed

    @property
    def name(self) -> str:
        """What it was, for reports."""
        errors = "typed" if self.errors is None else f"{self.errors} % word errors"
        return f"{self.held.case.id}, {self.voice}, {errors}, run {self.repeat}"

    @property
    def too_low(self) -> bool:
        """Below the lowest acceptable urgency."""
        return self.held.tiers_low > 0

    @property
    def too_high(self) -> bool:
        """Above the highest acceptable urgency."""
        return self.held.got is not None and self.held.got > self.held.case.acceptable[-1]


@dataclass(frozen=True)
class Plan:
    """What is tried."""

    voices: Sequence[Voice]
    errors: Sequence[int]
    """Word errors in a hundred; none: typed answers."""
    repeats: int
    """Of each with errors: without any, all are the same."""
    seed: int

    def each(self) -> Iterator[tuple[int | None, int]]:
        """Word errors, and the number of the run."""
        if not self.errors:
            yield None, 1
        for errors in self.errors:
            for repeat in range(1, self.repeats + 1 if errors else 2):
                yield errors, repeat


def trials(
    dialogue: Dialogue, cases: Sequence[PatientCase], plan: Plan, progress: Callable[[int], None]
) -> Iterator[Trial]:
    """Every case in its own words and in every voice, once for every share of errors and run.

    `progress` is told how many more are done. Raises ValueError if a voice lacks words for a case.
    """
    alikes = SoundAlikes(dialogue.lexicon)
    for case in cases:
        spoken = [(WRITTEN, case)]
        spoken += [(voice.voice, in_voice(case, voice, dialogue.protocol)) for voice in plan.voices]
        for voice_name, said in spoken:
            for errors, repeat in plan.each():
                if errors is None:
                    held = interview(dialogue, said)
                else:
                    drawn = crc32(f"{case.id} {voice_name}".encode())
                    ear = PoorEar(errors / 100, alikes, (plan.seed, drawn, errors, repeat))
                    held = interview(dialogue, said, ear.hear)
                yield Trial(voice_name, errors, repeat, held)
                progress(1)


def trial_summary(tried: Sequence[Trial]) -> dict[str, Any]:
    """All of it as plain values for JSON."""
    rates = list(dict.fromkeys(trial.errors for trial in tried))
    voices = list(dict.fromkeys(trial.voice for trial in tried))
    return {
        "cases": len({trial.held.case.id for trial in tried}),
        "all": figures(tried),
        "by_errors": {
            "typed" if rate is None else str(rate): figures([t for t in tried if t.errors == rate])
            for rate in rates
        },
        "by_voice": {voice: figures([t for t in tried if t.voice == voice]) for voice in voices},
        "under_triage": [_told(trial) for trial in tried if trial.too_low],
        "over_triage": [_told(trial) for trial in tried if trial.too_high],
    }


def figures(tried: Sequence[Trial]) -> dict[str, Any]:
    """Counts and shares of these runs, with the ends of their 95 % intervals.

    Runs of one case are alike, so that an interval over runs looks surer than it is; `cases_all_found` counts
    a case once, and only if it was found in every run.
    """
    emergencies = [trial for trial in tried if trial.held.case.gold is Urgency.EMERGENCY]
    missed = {t.held.case.id for t in emergencies if t.held.got is not Urgency.EMERGENCY}
    ids = {trial.held.case.id for trial in emergencies}
    benign = [trial for trial in tried if trial.held.case.gold <= Urgency.SOON]
    whole = [len(t.held.asked) for t in tried if t.held.got is not Urgency.EMERGENCY]
    cut = [len(t.held.asked) for t in tried if t.held.got is Urgency.EMERGENCY]
    return {
        "runs": len(tried),
        "exact": share(trial.held.got is trial.held.case.gold for trial in tried),
        "emergencies_found": share(trial.held.got is Urgency.EMERGENCY for trial in emergencies),
        "cases_all_found": share(each not in missed for each in sorted(ids)),
        "under_triage": share(trial.too_low for trial in tried),
        "over_triage": share(trial.too_high for trial in tried),
        "false_emergency_benign": share(trial.held.got is Urgency.EMERGENCY for trial in benign),
        "questions_total": _spread(whole),
        "questions_to_emergency": _spread(cut),
    }


def share(hits: Iterable[bool]) -> dict[str, Any]:
    """{"n", "of", "share", "low", "high"}; without any, the shares are None."""
    told = list(hits)
    n, of = sum(told), len(told)
    if not of:
        return {"n": 0, "of": 0, "share": None, "low": None, "high": None}
    low, high = wilson(n, of)
    return {"n": n, "of": of, "share": round(n / of, 4), "low": round(low, 4), "high": round(high, 4)}


def _spread(numbers: Sequence[int]) -> dict[str, float | None]:
    """Median, the least number that 95 of 100 do not exceed, and the greatest."""
    if not numbers:
        return {"median": None, "p95": None, "max": None}
    ordered = sorted(numbers)
    return {
        "median": median(ordered),
        "p95": ordered[max(0, -(-95 * len(ordered) // 100) - 1)],
        "max": ordered[-1],
    }


def _told(trial: Trial) -> dict[str, Any]:
    held = trial.held
    return {
        "id": held.case.id,
        "voice": trial.voice,
        "errors": trial.errors,
        "run": trial.repeat,
        "acceptable": [urgency.id for urgency in held.case.acceptable],
        "got": held.got.id if held.got is not None else None,
        "rules": list(held.conclusion.rules) if held.conclusion else [],
    }
