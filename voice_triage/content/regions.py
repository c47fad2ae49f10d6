"""intents/regions/*.yaml: the numbers and names of services of each place, checked together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from voice_triage.content.reading import Document, Path_, read
from voice_triage.content.schema import RegionFile, parse
from voice_triage.errors import ContentError, Problem
from voice_triage.wording.phrasebook import Region

DEFAULT_REGION = "default"
Packs = dict[str, tuple[Document, RegionFile]]
"""Region packs by id, in the order of their ids."""

FRESH_DAYS = 365
"""How long a check of a pack's numbers is taken to hold: services are renamed and merged each year."""
_DIGITS = re.compile(r"\d[\d \u00a0-]*\d|\d")
_LETTERS = re.compile(r"\b[A-Z]{2,}\b|\S*&\S*")
"""What a voice would read as a word: ER, A&E, MANAS."""
_LOOSE = re.compile(r"^[\s,.;:?!]|[\s,.;:?!]$|[{}]")


def read_regions(folder: Path) -> Packs:
    """Every region pack by id. Raises ContentError, also where packs do not fit together.

    The words of the default pack are those that every other pack has as well: without one of them an
    interview would break off in the middle of its advice.
    """
    problems: list[Problem] = []
    packs: Packs = {}
    for file in sorted((folder / "regions").glob("*.yaml")):
        try:
            document = read(file)
            region = parse(RegionFile, document)
        except ContentError as error:
            problems += error.problems
            continue
        if region.id != file.stem:
            says = f"id {region.id!r} must be {file.stem!r}, as the file"
            problems.append(document.problem(("id",), says))
        packs[file.stem] = (document, region)
    if DEFAULT_REGION in packs:
        problems += _other_words(packs)
    elif not any(Path(problem.file).stem == DEFAULT_REGION for problem in problems):
        problems.append(Problem(str(folder / "regions"), 0, f"there is no region {DEFAULT_REGION!r}"))
    problems += _shared_locales(packs)
    if problems:
        raise ContentError(problems)
    return packs


def region_for(packs: Packs, wanted: str | None, locale: str) -> str:
    """The region's id: the one asked for, else the one of the system's locale, else the default.

    A locale counts as a whole ("en_AU", also in "en_AU.UTF-8"): a language alone names no country.
    Raises ContentError when the region asked for is not there.
    """
    if wanted is not None:
        if wanted not in packs:
            known = ", ".join(sorted(packs))
            raise ContentError([Problem("regions", 0, f"there is no region {wanted!r}; known are {known}")])
        return wanted
    tag = re.split("[.@]", locale)[0]
    return next((name for name, (_, region) in packs.items() if tag in region.locales), DEFAULT_REGION)


def spoken_region(file: RegionFile) -> Region:
    """The pack as the phrasebook takes it."""
    return Region(file.id, file.words, file.say_as, file.voice)


def check_regions(packs: Packs) -> Iterator[Problem]:
    """What would be said wrongly: digits and letters no voice knows to say, words that break a sentence."""
    for document, region in packs.values():
        for name, text in region.words.items():
            if _LOOSE.search(text):
                says = f"{name} stands inside sentences: no mark or space at its ends, and no braces"
                yield document.problem(("words", name), says)
            left = text
            for shown in sorted(region.say_as, key=len, reverse=True):
                left = re.sub(rf"(?<!\w){re.escape(shown)}(?!\w)", " ", left)
            for found in (*_DIGITS.findall(left), *_LETTERS.findall(left)):
                yield document.problem(("words", name), f"nothing tells how {found} is said: see say_as")


def outdated(packs: Packs, today: date) -> list[Problem]:
    """Packs whose numbers should be checked again: notes, no problems, as an old number may well be right."""
    notes = []

    def note(document: Document, place: Path_, what: str) -> None:
        notes.append(document.problem(place, what))

    for document, region in packs.values():
        if region.checked is None:
            note(document, (), "no `checked` date: nobody knows how old its numbers are")
            continue
        days = (today - date.fromisoformat(region.checked)).days
        if days > FRESH_DAYS:
            note(document, ("checked",), f"checked {region.checked}, over a year ago: check it again")
        if days < 0:
            note(document, ("checked",), f"checked {region.checked}, which is still to come")
    return notes


def _other_words(packs: Packs) -> Iterator[Problem]:
    wanted = packs[DEFAULT_REGION][1].words
    for document, region in packs.values():
        for word in wanted:
            if word not in region.words:
                yield document.problem(("words",), f"{word} is missing; the region {DEFAULT_REGION!r} has it")
        for word in region.words:
            if word not in wanted:
                says = f"{word} is not known here: the region {DEFAULT_REGION!r} does not have it"
                yield document.problem(("words", word), says)


def _shared_locales(packs: Packs) -> Iterator[Problem]:
    of: dict[str, str] = {}
    for name, (document, region) in packs.items():
        for at, locale in enumerate(region.locales):
            if locale in of:
                yield document.problem(("locales", at), f"{locale} belongs to {of[locale]} already")
            of.setdefault(locale, name)
