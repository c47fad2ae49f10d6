"""From the labels of shared data sets to those of `voice-triage evaluate answers`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKED = ROOT / "tests" / "measured" / "consultations.jsonl"
"""Labels of consultation rows, given by hand."""
Row = dict[str, Any]
ANY = ("C1", "C2", "C3", "C4", "C5", "C6", "T1", "I1", "V1", "L1", "M1", "P1", "F1", "I3", "B1", "U2")
"""Questions to which what is out of scope is said, in turn."""

POLARITY = {"yes": "present", "no": "absent", "unsure": "unsure"}
COMMANDS = {"cmd_repeat": "repeat", "cmd_cancel": "stop", "cmd_stop": "stop", "cmd_help": "help"}
_SLOWER, _FASTER = re.compile(r"\bslow"), re.compile(r"\b(fast|quick|speed up|speed it up)")
_TOO_MUCH = re.compile(
    r"(?:not|n't|too|so)\b(?: \w+)? (?:so |too )?(?:fast|slow|loud|quiet)|not so loud|so slow"
)
_LOUDER = re.compile(r"\b(up|loud|louder|raise|increase|higher|max)")
_QUIETER = re.compile(r"\b(down|quiet|quieter|lower|decrease|reduce|soft|softer)")


def _answers(row: Row) -> Row | None:
    """Crowd-written yes, no, maybe, and commands."""
    label, text = row["label"], row["text"].lower()
    if label in POLARITY:
        return {"question": None, "label": POLARITY[label]}
    if label in COMMANDS:
        return {"question": None, "label": COMMANDS[label]}
    if label == "cmd_slower_faster" and bool(_SLOWER.search(text)) != bool(_FASTER.search(text)):
        return {"question": None, "label": _turned(text, "slower" if _SLOWER.search(text) else "faster")}
    if label == "cmd_volume" and bool(_LOUDER.search(text)) != bool(_QUIETER.search(text)):
        return {"question": None, "label": _turned(text, "louder" if _LOUDER.search(text) else "quieter")}
    return None


_POLAR = re.compile(
    r"n't|\b(?:yes|yeah|yep|yup|no|nope|nah|not|never|none|nothing|nobody|without|sure|guess|maybe|mm+|hm+|huh|correct|exactly"
    r"|right|ok|okay|absolutely|definitely|think so|i (?:do|did|have|am|was|would|can)(?= *[.,]|$))\b",
    re.IGNORECASE,
)
"""An answer without any of these says yes or no by what it tells, to a question that is not ours: "Cat."."""
_OPPOSITE = {"slower": "faster", "faster": "slower", "louder": "quieter", "quieter": "louder"}


def _turned(text: str, label: str) -> str:
    """ "You talk too fast" asks for less of what it names."""
    return _OPPOSITE[label] if _TOO_MUCH.search(text) else label


def _out_of_scope(row: Row) -> Row | None:
    """What is said to other assistants."""
    return {"label": "none"}


def _circa(row: Row) -> Row | None:
    """Indirect answers to small talk."""
    label = POLARITY.get(row["label"])
    return None if label is None else {"question": None, "asked": row["question"], "label": label}


_UNITS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "month": 30.4,
    "year": 365,
}


def _numbers(row: Row) -> Row | None:
    """Numbers in words that may be an age, and lengths of time in words that a pain may have lasted."""
    if not row.get("words_only"):
        return None
    expected, label = row["expected"], row["label"]
    value = _value(expected)
    if label == "number" and value is not None and value == int(value) and 1 <= value <= 119:
        return {"question": "D1", "kind": "age", "value": value} if _plain(row["text"]) else None
    days = _days(expected)
    if label == "duration" and days is not None:
        return {"question": "U1", "kind": "duration_days", "value": days}
    return None


def _plain(text: str) -> bool:
    """A number alone, and none of the words that make it a count of something else."""
    return not re.search(
        r"\b(dozen|couple|single|third|half|beers|people|version|points?|second)\b", text.lower()
    )


def _value(expected: Any) -> float | None:
    if isinstance(expected, list):
        expected = expected[0].get("value") if len(expected) == 1 else None
    found = re.fullmatch(r"(?:NumeralValue )?(-?\d+(?:\.\d+)?)", str(expected))
    return float(found[1]) if found else None


def _days(expected: Any) -> float | None:
    if isinstance(expected, list) and len(expected) == 1 and "seconds" in expected[0]:
        return float(expected[0]["seconds"]) / 86400
    found = re.fullmatch(r"DurationData (\d+) (\w+)", str(expected))
    if found and found[2].lower() in _UNITS:
        return int(found[1]) * _UNITS[found[2].lower()]
    return None


def _consultation(labels: Mapping[str, str]) -> Callable[[Row], Row | None]:
    """Yes-or-no questions of doctors; the labels are ours."""

    def mapped(row: Row) -> Row | None:
        label = labels.get(row["id"])
        if label is None or label == "drop" or not _POLAR.search(row["text"]):
            return None
        return {"question": None, "asked": row["question"], "label": label}

    return mapped


def _checked() -> dict[str, str]:
    rows = (json.loads(line) for line in CHECKED.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["label"] for row in rows}


_CONSULTATIONS = ("osce_msk_qa", "osce_other_qa", "primock57_qa", "mts_dialog_qa")
SETS: Mapping[str, tuple[str, ...]] = {
    "answers_and_commands": ("clinc_answers_commands", "hwu64_answers_commands", "yesno_parser_tests"),
    "out_of_scope": ("clinc_oos", "hwu64_oos"),
    "consultations": _CONSULTATIONS,
    "circa": ("circa_full",),
    "numbers": ("duckling_number_duration", "lingua_franca_ovos_numbers", "recognizers_number_age_duration"),
}
"""File -> the sets it is made of."""


def prepare(name: str, shared: Path) -> tuple[list[Row], int]:
    """The rows of one file, and how many were left out. Raises OSError where a set is missing."""
    mapped: Callable[[Row], Row | None] = {
        "answers_and_commands": _answers,
        "out_of_scope": _out_of_scope,
        "consultations": _consultation(_checked()),
        "circa": _circa,
        "numbers": _numbers,
    }[name]
    rows, left_out = [], 0
    questions = cycle(ANY)
    for row in _read(shared, SETS[name]):
        result = mapped(row)
        if result is None:
            left_out += 1
        else:
            rows.append({"id": row["id"], "question": next(questions), "text": row["text"], **result})
    return rows, left_out


def _read(shared: Path, names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        with (shared / "data" / "text" / name / "manifest.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
