"""Every line that a voice will say, with the file and line it is written in, as it sounds in each region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voice_triage.content.people import read_people
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.readability import read_readability
from voice_triage.content.reading import Document, Path_, read
from voice_triage.content.regions import read_regions, spoken_region
from voice_triage.content.topics import TopicFiles, read_remarks, read_topics
from voice_triage.wording.phrasebook import CONTACT_DAYS, Phrasebook

WORDS_A_MINUTE = 150
_PARTS = ("question", "second", "check", "why", "readback", "claim", "over", "noted")
"""Of a wording; `heard`, `topic` and `denied` are pieces that other lines take in."""
_PIECES = ("and", "day", "days", "week", "weeks", "month", "months", "year", "years", *CONTACT_DAYS)
"""Prompts that are said inside other lines only."""


@dataclass(frozen=True)
class SpokenLine:
    """One line, and what is heard of it with its slots filled."""

    document: Document
    place: Path_
    template: str
    spoken: tuple[str, ...]
    """How it sounds in one region and another, without doubles."""
    to_others: bool = False
    """As it is put to others than a grown-up patient."""

    @property
    def longest(self) -> str:
        """As it sounds in the region that says it with the most words."""
        return max(self.spoken, key=words)

    @property
    def words(self) -> int:
        """At most, over the regions."""
        return words(self.longest)

    @property
    def seconds(self) -> float:
        """At most, over the regions."""
        return self.words * 60 / WORDS_A_MINUTE

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.document.file}:{self.document.line(self.place)}"


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def spoken_lines(folder: Path, language: str = "en", topics: TopicFiles | None = None) -> list[SpokenLine]:
    """All of them, file by file; then those that are put otherwise to other people, where they were written.

    Raises ContentError when a file cannot be read.

    `topics`: those of the folder, where they were read already.
    """
    topics = read_topics(folder / language) if topics is None else topics
    packs = [region for _, region in read_regions(folder).values()]
    book = read_phrasebook(folder, language, packs[0], topics)
    books = [replace(book, region=spoken_region(pack)) for pack in packs]
    readability = read_readability(folder / language)
    longest_reason = max(book.reasons.values(), key=words, default="")
    slots = _Slots({"reasons": longest_reason, **readability.typical})
    written = list(templates(folder / language, topics))
    lines = [line for each in written if (line := _line(*each, books, slots))]
    told = read_people(folder / language)
    for way in (told.another, told.child, told.childs):
        retold = [replace(one, region=way.region(one.region)) for one in books]
        for document, place, template in written:
            put = way.text(template)
            same = template if way is not told.childs else told.another.text(template)
            if put not in ("", same) and (line := _line(document, place, put, retold, slots)):
                lines.append(replace(line, to_others=True))
    return lines


def _line(
    document: Document, place: Path_, template: str, books: Sequence[Phrasebook], slots: _Slots
) -> SpokenLine | None:
    spoken = tuple(dict.fromkeys(_said(one, template, slots) for one in books))
    return SpokenLine(document, place, template, spoken) if all(spoken) else None


class _Slots(dict[str, str]):
    """A slot that nothing fills is a problem that is told elsewhere."""

    def __missing__(self, name: str) -> str:
        return "it"


def _said(book: Phrasebook, template: str, slots: _Slots) -> str:
    try:
        return book.spoken(template.format_map(_Slots({**book.region.words, **slots})))
    except (ValueError, IndexError, AttributeError):  # its braces are wrong, which is told elsewhere
        return ""


def templates(home: Path, topics: TopicFiles) -> Iterator[tuple[Document, Path_, str]]:
    """Every line as it is written, its slots open, and where."""
    prompts = read(home / "_prompts.yaml")
    yield from _under(prompts, (), leave_out=_PIECES)
    for file in sorted(home.glob("[a-z]*.yaml")):
        document = read(file)
        values = document.value if isinstance(document.value, dict) else {}
        for part in _PARTS:
            if isinstance(text := values.get(part), str) and text:
                yield document, (part,), text
        yield from _under(document, ("follow_ups",))
    for document, topic in topics:
        for place, text in enumerate(topic.parts):
            yield document, ("parts", place), text
    remarks, entries = read_remarks(home)
    for name, remark in entries.items():
        yield remarks, (name, "during"), remark.during
        yield remarks, (name, "after"), remark.after
    advice = read(home / "_advice.yaml")
    yield from _under(advice, ("texts",))
    yield from _under(advice, ("reasons",))
    yield from _under(advice, (), only=("safety_net",))
    yield from _under(read(home / "_summary.yaml"), ("texts",))


def _under(
    document: Document, place: Path_, *, leave_out: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> Iterator[tuple[Document, Path_, str]]:
    value = document.value
    for step in place:
        value = value.get(str(step), {}) if isinstance(value, dict) else {}
    for key, text in value.items() if isinstance(value, dict) else ():
        if isinstance(text, str) and key not in leave_out and (not only or key in only):
            yield document, (*place, key), text
