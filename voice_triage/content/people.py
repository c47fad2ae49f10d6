"""intents/<language>/_people.yaml -> how the lines are put for others than a grown-up patient; its checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from voice_triage.content.reading import Document, Path_, read
from voice_triage.content.schema import Pattern, Text, parse
from voice_triage.errors import Problem
from voice_triage.wording.phrasebook import Phrasebook, sentences
from voice_triage.wording.retelling import Retelling, Retellings, Rules


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChangeFile(_Strict):
    """One rule."""

    find: Pattern
    put: str


class AnotherFile(_Strict):
    """How lines are told of somebody else."""

    as_it_is: list[Pattern]
    speaker: list[Pattern]
    orders: Pattern
    left: Pattern
    rules: Annotated[list[ChangeFile], Field(min_length=1)]
    sentences: dict[Text, str]


class SentencesFile(_Strict):
    """Sentences that are put otherwise."""

    sentences: dict[Text, str]


class PeopleFile(_Strict):
    """intents/<language>/_people.yaml"""

    another: AnotherFile
    child: SentencesFile
    child_of_another: SentencesFile


def read_people(home: Path) -> Retellings:
    """How the lines of a language are put for other people. Raises ContentError."""
    return _retellings(parse(PeopleFile, read(home / "_people.yaml")))


def _retellings(file: PeopleFile) -> Retellings:
    of = file.another
    another = Retelling(
        of.sentences,
        Rules(
            changes=tuple((rule.find, rule.put) for rule in of.rules),
            speaker=tuple(of.speaker),
            as_it_is=tuple(of.as_it_is),
            orders=of.orders,
            left=of.left,
        ),
    )
    return Retellings(another, Retelling(file.child.sentences), another.also(file.child_of_another.sentences))


def put_otherwise(home: Path) -> Iterator[tuple[Document, Path_, str]]:
    """Every sentence that is written out for other people, and where. Raises ContentError."""
    document = read(home / "_people.yaml")
    file = parse(PeopleFile, document)
    for part, table in _tables(file):
        for sentence, put in table.items():
            yield document, (part, "sentences", sentence), put


def check_people(
    home: Path, books: Sequence[Phrasebook], lines: Mapping[str, tuple[Document, Path_]]
) -> Iterator[Problem]:
    """Sentences nobody is certain of how to put; sentences put otherwise that no line says (any more).

    `books`: the phrasebook with each region's words; `lines`: every sentence said, and where it is written.
    """
    document = read(home / "_people.yaml")
    file = parse(PeopleFile, document)
    told = _retellings(file)
    for sentence, (written, place) in lines.items():
        if told.another.unclear(sentence):
            yield written.problem(
                place, f"how is {sentence!r} told of somebody else? write it into {document.file.name}"
            )
    said = {*lines, *(piece for book in books for piece in _pieces(book))}
    for part, table in _tables(file):
        for sentence in table:
            if sentence not in said:
                yield document.problem((part, "sentences", sentence), f"no line says {sentence!r}")
    bare = Retelling({}, told.another.rules)
    for sentence, put in file.another.sentences.items():
        if not bare.unclear(sentence) and bare.sentence(sentence) == put:
            yield document.problem(
                ("another", "sentences", sentence),
                f"the rules put {sentence!r} in the same way: leave it out",
            )


def _tables(file: PeopleFile) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "another", file.another.sentences
    yield "child", file.child.sentences
    yield "child_of_another", file.child_of_another.sentences


def _pieces(book: Phrasebook) -> Iterator[str]:
    """Words that sentences take in."""
    for wording in book.wordings.values():
        yield from (wording.heard, wording.topic, wording.denied)
    yield from (book.told_nothing, book.unsure_nothing)
    for texts in (book.handover.texts, book.handover.page, book.handover.names, book.region.words):
        for text in texts.values():
            yield from sentences(text)
