"""`voice-triage protocol check`: whether all content is as it has to be."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from voice_triage.cli.exits import Exit
from voice_triage.content.checking import check
from voice_triage.content.locating import find_intents
from voice_triage.content.readability import read_readability
from voice_triage.content.reading_grade import Grader
from voice_triage.content.regions import outdated, read_regions
from voice_triage.content.spoken_limits import grade
from voice_triage.content.spoken_lines import spoken_lines
from voice_triage.errors import ContentError, EngineMissing, Problem

LANGUAGE = "en"


def run(arguments: argparse.Namespace) -> Exit:
    """Prints what is said with its grade, words and seconds, the region packs, notes, and every problem.

    Notes (of packs that should be checked again) are no problems: the exit code is the same without them.
    """
    folder = arguments.folder or find_intents()
    grader, ungraded = _grader()
    problems = check(folder, LANGUAGE, grader)
    if not arguments.quiet:
        _list(folder, grader)
        _list_regions(folder)
    for note in _notes(folder, date.today()):
        print(f"note: {note}")
    for problem in problems:
        print(problem)
    if ungraded:
        print(f"reading grades were not checked: {ungraded}")
    print(f"{folder}: {len(problems)} problems" if problems else f"{folder}: no problems")
    return Exit.BAD_CONTENT if problems else Exit.ADVICE_GIVEN


def _grader() -> tuple[Grader | None, str]:
    """Who grades; or nobody, and why."""
    try:
        return Grader(), ""
    except EngineMissing as missing:
        return None, str(missing)


def _list(folder: Path, grader: Grader | None) -> None:
    try:
        lines, readability = spoken_lines(folder, LANGUAGE), read_readability(folder / LANGUAGE)
    except ContentError:
        return  # what cannot be read is among the problems
    for line in lines:
        graded = f"{grade(line, grader, readability):.1f}" if grader else "unknown"
        print(f"{line.where}: grade {graded}, {line.words} words, {line.seconds:.1f} s: {line.longest}")


def _list_regions(folder: Path) -> None:
    try:
        packs = read_regions(folder)
    except ContentError:
        return
    for name, (document, region) in packs.items():
        checked = f"checked {region.checked}" if region.checked else "never checked"
        number, locales = region.words["emergency_number"], ", ".join(region.locales) or "no locale"
        print(f"{document.file}:1: region {name}, {region.name}: {number}; {checked}; {locales}")


def _notes(folder: Path, today: date) -> list[Problem]:
    try:
        return outdated(read_regions(folder), today)
    except ContentError:
        return []
