"""Topics and remarks against each other, and against the statements that they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from voice_triage.content.reading import Document, read
from voice_triage.content.schema import AdviceFile, StatementFile, TopicFile, parse
from voice_triage.content.statements import read_statements
from voice_triage.content.topics import TopicFiles, heads_of, read_remarks
from voice_triage.errors import Problem
from voice_triage.wording.advice_parts import Patterns, sentences_of
from voice_triage.wording.phrasebook import sentences


def check_topics(folder: Path, language: str, topics: TopicFiles) -> Iterator[Problem]:
    """Topics that tell what nobody stated, and ways that two topics share."""
    home = folder / language
    statements = read_statements(folder).statements
    sources = read(folder / "sources.yaml").value
    for its_document, topic in topics:
        yield from _statements(its_document, ("statements",), topic.statements, statements)
        yield from _told(its_document, topic, statements)
        for source in topic.sources:
            if source not in sources:
                yield its_document.problem(("sources",), f"there is no source {source!r}")
    yield from _shared(topics)
    remarks_document, remarks = read_remarks(home)
    for name, remark in remarks.items():
        yield from _statements(remarks_document, (name, "statements"), remark.statements, statements)
    yield from _advice_parts(home)


def _statements(
    document: Document, place: tuple[str, ...], named: Sequence[str], known: Mapping[str, StatementFile]
) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            yield document.problem(place, f"there is no statement {name!r} in statements.yaml")


def _told(document: Document, topic: TopicFile, statements: Mapping[str, StatementFile]) -> Iterator[Problem]:
    for name, statement in statements.items():
        if (topic.id in statement.topics) != (name in topic.statements):
            yield document.problem(("statements",), f"{name} names this topic in one of the two files only")


def _shared(topics: TopicFiles) -> Iterator[Problem]:
    owners: dict[frozenset[str], str] = {}
    for document, topic in topics:
        for words in dict.fromkeys(frozenset(text.split()) for text in heads_of(topic)):
            owner = owners.setdefault(words, topic.id)
            if owner != topic.id:
                says = f"{' '.join(sorted(words))!r} also asks for {owner}: neither would be told"
                yield document.problem(("asked_as",), says)


def _advice_parts(home: Path) -> Iterator[Problem]:
    document = read(home / "_advice.yaml")
    advice = parse(AdviceFile, document)
    parts: Patterns = {part: tuple(patterns) for part, patterns in advice.parts.items()}
    for key, template in advice.texts.items():
        if not sentences_of("shorter", sentences(template), parts):
            yield document.problem(("texts", key), "no sentence of it is what to do, by `parts.shorter`")
