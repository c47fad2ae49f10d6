"""Topics, remarks and statements against each other and against what must never be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from voice_triage.content.reading import Document, read
from voice_triage.content.schema import AdviceFile, NeverSaidFile, StatementFile, TopicFile, parse
from voice_triage.content.spoken_lines import SpokenLine
from voice_triage.content.topics import TopicFiles, heads_of, read_remarks
from voice_triage.errors import ContentError, Problem
from voice_triage.wording.advice_parts import Patterns, sentences_of
from voice_triage.wording.phrasebook import sentences


def check_topics(folder: Path, language: str, topics: TopicFiles) -> Iterator[Problem]:
    """Topics that tell what nobody stated, statements that no topic tells, and ways that two topics share."""
    home = folder / language
    document, statements = read_statements(folder)
    known = {topic.id for _, topic in topics}
    for name, statement in statements.items():
        for told_in in statement.topics:
            if told_in not in known:
                yield document.problem((name, "topics"), f"there is no topic {told_in!r}")
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


def read_statements(folder: Path) -> tuple[Document, dict[str, StatementFile]]:
    """Every statement of the source texts by its id. Raises ContentError."""
    document = read(folder / "statements.yaml")
    if not isinstance(document.value, dict):
        raise ContentError([document.problem((), "must be a mapping of ids to statements")])
    return document, {
        name: parse(StatementFile, document, value, (name,)) for name, value in document.value.items()
    }


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


def check_never_said(home: Path, lines: Sequence[SpokenLine]) -> Iterator[Problem]:
    """Spoken lines that hold what must never be said."""
    document = read(home / "_never_said.yaml")
    entries = document.value if isinstance(document.value, list) else []
    if not entries:
        yield document.problem((), "holds no pattern: nothing would be checked")
    for i, value in enumerate(entries):
        entry = parse(NeverSaidFile, document, value, (i,))
        for line in lines:
            if (found := entry.pattern.search(line.longest.lower())) is not None:
                yield line.document.problem(line.place, f"{found[0]!r} is never said: {entry.because}")
