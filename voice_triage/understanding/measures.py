"""Answers that are numbers: an age in years, or for how long it has lasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voice_triage.interview.events import Answered, Measured, NotUnderstood, Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.answer import Answer, Outcome
from voice_triage.understanding.evidence import Evidence, For
from voice_triage.understanding.gathering import gather
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.numbers import OLDEST, age, times

OVER_FIFTY = 50
"""What the second wording of the question about age asks for."""


def read_age(answer: Answer) -> Outcome:
    """An age, or yes or no to "Are you over fifty?"."""
    found, also = answer.found, answer.also
    told = age(answer.words.words, answer.lexicon.numbers)
    if told is not None:
        sure = told.low == told.high and not found.says(For.UNSURE)
        return Measured(int(told.low), int(told.high), sure, also), ("an age",), 100.0
    yes, no = (any(_in_full(item, answer) for item in found.says(says)) for says in (For.YES, For.NO))
    if found.says(For.UNSURE):
        return Answered(Status.UNSURE, also=also), ("doubt",), 90.0
    if yes and not no:
        return Measured(OVER_FIFTY, OLDEST, also=also), ("yes, over fifty",), 100.0
    if no and not yes and not any(found.unexplained):
        return Measured(0, OVER_FIFTY, also=also), ("no, not over fifty",), 100.0
    return NotUnderstood(also), ("no age in it",), 0.0


def _in_full(item: Evidence, answer: Answer) -> bool:
    """A yes or no in a word; "I am" and "I'm not" may have lost the number, or the "sure"."""
    grammar = answer.lexicon.grammar_words
    return any(word not in grammar.skip and word != "not" for word in item.words.split())


def read_duration(answer: Answer) -> Outcome:
    """For how long; and, in the same breath, whether it came suddenly and which way it is going."""
    course = tuple(_course(answer))
    own = f"{answer.base}."
    also = (*(said for said in answer.also if not said.fact.startswith(own)), *course)
    told = times(answer.words.words, answer.lexicon.numbers)
    if told:
        longest = max(told, key=lambda each: each.high)
        sure = not answer.found.says(For.UNSURE)
        return Measured(round(longest.low), round(longest.high), sure, also), ("a length of time",), 100.0
    if answer.found.says(For.UNSURE):
        return Answered(Status.UNSURE, also=also), ("doubt",), 90.0
    yes, no = bool(answer.found.says(For.YES)), bool(answer.found.says(For.NO))
    if yes != no and not also and not any(answer.found.unexplained):
        return Answered(Status.PRESENT if yes else Status.ABSENT), ("a bare yes or no",), 100.0
    return NotUnderstood(also), ("no length of time in it",), 0.0


_TELLS_NOTHING_HERE = frozenset(
    {
        Turn.WELL,
        Turn.UNWELL,
        Turn.NEW,
        Turn.OLD,
        Turn.PAST,
        Turn.WORSE,
        Turn.RESOLVED,
        Turn.NOT_NOW,
        Turn.ASK_AGAIN,
    }
)
"""Turns that say of a finding what the follow-ups ask of its course: "no better", "out of the blue"."""
_OPPOSITE = {"worse": "improving", "improving": "worse"}


def _course(answer: Answer) -> Iterator[Said]:
    """The same words read as an answer to each follow-up; only what was put into words counts.

    Of "it was better but now it's worse" the last holds.
    """
    form = answer.found.shape
    plain = replace(form, turns=tuple(t for t in form.turns if t.label not in _TELLS_NOTHING_HERE))
    said: dict[str, tuple[Status, int]] = {}
    for fact, phrases in answer.lexicon.questions.items():
        base, _, name = fact.partition(".")
        if base != answer.base or not name:
            continue
        found = gather(plain, phrases, answer.lexicon)
        if found.says(For.UNCLEAR) or any(not e.own for e in found.says(For.UNSURE)):
            continue
        there = [e for e in found.says(For.PRESENT) if e.own]
        denied = [e for e in found.says(For.ABSENT, For.WEAK_NO) if e.own]
        if there or denied:
            status = Status.PRESENT if there else Status.ABSENT
            said[name] = (status, max(evidence.place for evidence in there or denied))
    for name, (status, place) in said.items():
        other, where = said.get(_OPPOSITE.get(name, ""), (None, 0))
        if status is not Status.PRESENT or other is not Status.PRESENT or place >= where:
            yield Said(f"{answer.base}.{name}", status)
