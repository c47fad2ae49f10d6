"""What somebody in pain can follow by ear: how simple each line is, and how long it takes to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from voice_triage.content.readability import Readability
from voice_triage.content.reading_grade import Grader
from voice_triage.content.spoken_lines import WORDS_A_MINUTE, SpokenLine
from voice_triage.errors import Problem
from voice_triage.wording.phrasebook import sentences

HIGHEST_GRADE = 6.0
"""What most eleven-year-olds read, as advised for texts on health."""
GREETING_SECONDS, ADVICE_SECONDS, SAFETY_NET_SECONDS = 15.0, 45.0, 30.0
TOPIC_SECONDS, TOPIC_PART_SECONDS = 60.0, 20.0


def grade(line: SpokenLine, grader: Grader, readability: Readability) -> float:
    """The highest of the line's grades in any region, its names not counted."""
    return _hardest(line, grader, readability)[0]


def _hardest(line: SpokenLine, grader: Grader, readability: Readability) -> tuple[float, str]:
    """The highest grade, and how the line sounds in the region that has it."""
    return max((grader.grade(readability.without_names(text)), text) for text in line.spoken)


def check_spoken(
    lines: Sequence[SpokenLine], readability: Readability, grader: Grader | None
) -> Iterator[Problem]:
    """Lines that are too hard, too long, or say what matters too late. Without a grader none is too hard."""
    for line in lines:
        yield from _too_long(line)
        if _is_greeting(line):
            yield from _emergency_first(line)
        if grader is None:
            continue
        found, text = _hardest(line, grader, readability)
        if found > HIGHEST_GRADE:
            says = f"reading grade {found:.1f}, at most {HIGHEST_GRADE:g}: {text!r}"
            yield line.document.problem(line.place, says)


def check_topic_lengths(lines: Sequence[SpokenLine]) -> Iterator[Problem]:
    """Topics that take longer than anybody in pain listens."""
    parts: dict[Path, list[SpokenLine]] = {}
    for line in lines:
        if _is_topic(line) and not line.to_others:
            parts.setdefault(line.document.file, []).append(line)
    for told in parts.values():
        seconds = sum(line.seconds for line in told)
        if seconds > TOPIC_SECONDS:
            says = f"its parts take {seconds:.1f} s together, and may take {TOPIC_SECONDS:g} s"
            yield told[0].document.problem(("parts",), says)


def _is_topic(line: SpokenLine) -> bool:
    return line.document.file.parent.name == "topics"


def _too_long(line: SpokenLine) -> Iterator[Problem]:
    limit = _seconds(line)
    if limit is not None and line.seconds > limit:
        name = ".".join(map(str, line.place))
        took = f"its {line.words} words take {line.seconds:.1f} s at {WORDS_A_MINUTE} a minute"
        yield line.document.problem(line.place, f"{name} is too long: {took}, and may take {limit:g} s")


def _seconds(line: SpokenLine) -> float | None:
    if _is_greeting(line):
        return GREETING_SECONDS
    if _is_topic(line):
        return TOPIC_PART_SECONDS
    if line.document.file.name != "_advice.yaml":
        return None
    return {"texts": ADVICE_SECONDS, "safety_net": SAFETY_NET_SECONDS}.get(str(line.place[0]))


def _is_greeting(line: SpokenLine) -> bool:
    return line.document.file.name == "_prompts.yaml" and line.place == ("greeting",)


def _emergency_first(line: SpokenLine) -> Iterator[Problem]:
    if "{emergency_number}" not in sentences(line.template)[0]:
        yield line.document.problem(
            line.place, "the greeting must begin with whom to call in an emergency: {emergency_number}"
        )
