"""How many years of school a text asks for: the grade of Flesch and Kincaid, by textstat.

textstat is for those who write content, and patients need not have it. It is told the syllables that the
pronouncing dictionary of PocketSphinx counts; by itself it would take hyphens for them, and hear three in
"emergency". Why this version of it: docs/decisions/010-reading-grade.md.
"""

from __future__ import annotations

import re
import warnings
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from voice_triage.errors import EngineMissing

TEXTSTAT = "0.7.4"
INSTALL = "pip install 'voice-triage[authors]'"
_WORD = re.compile(r"[a-z']+")
_VOWELS = frozenset(
    ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
)
"""Sounds that make a syllable, as the dictionary writes them."""


class Grader:
    """Grades English texts."""

    def __init__(self) -> None:
        """Raises EngineMissing, with what to do about it."""
        try:
            found = version("textstat")
        except PackageNotFoundError:
            raise EngineMissing(f"textstat is not installed: {INSTALL}") from None
        if found != TEXTSTAT:  # later ones fetch a dictionary from the network
            raise EngineMissing(f"textstat is {found}, and {TEXTSTAT} is needed: {INSTALL}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it uses a part of setuptools that will go
                from textstat.textstat import textstatistics  # noqa: PLC0415 - it may be missing
        except ImportError as error:
            raise EngineMissing(f"textstat cannot be used ({error}): {INSTALL}") from error
        self._statistics = textstatistics()
        self._statistics.set_rounding(False)
        self._by_hyphens = self._statistics.syllable_count
        self._statistics.syllable_count = self._syllables
        self._known = _dictionary()

    def grade(self, text: str) -> float:
        """Years of school, to a tenth; 0 for what anybody can follow."""
        return max(0.0, round(float(self._statistics.flesch_kincaid_grade(text)), 1))

    def _syllables(self, text: str) -> int:
        words = _WORD.findall(text.lower())
        return sum(self._known.get(word) or int(self._by_hyphens(word)) for word in words)


def _dictionary() -> dict[str, int]:
    """Word -> syllables."""
    package = find_spec("pocketsphinx")
    if package is None or not package.submodule_search_locations:
        raise EngineMissing("pocketsphinx is not installed: install voice-triage again")
    file = Path(package.submodule_search_locations[0], "model", "en-us", "cmudict-en-us.dict")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EngineMissing(f"{file} cannot be read: install pocketsphinx again") from error
    entries = (line.split() for line in lines)
    return {word: sum(sound in _VOWELS for sound in sounds) for word, *sounds in entries}
