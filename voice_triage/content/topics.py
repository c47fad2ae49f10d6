"""intents/<language>/topics/, _topics.yaml, _remarks.yaml: what can be asked about beside the interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from voice_triage.content.listing import Listing
from voice_triage.content.reading import Document, read
from voice_triage.content.schema import AskingFile, RemarkFile, TopicFile, parse
from voice_triage.errors import ContentError, Problem
from voice_triage.interview.topics import Topic, Topics
from voice_triage.understanding.cleaning import Spelling
from voice_triage.understanding.templates import Compiler
from voice_triage.understanding.topic_words import TopicWords, Ways

TopicFiles = Sequence[tuple[Document, TopicFile]]
"""Every topic with the file it is written in."""


def read_topics(home: Path) -> TopicFiles:
    """Every topic, in the order of their ids. `home` is the folder of a language. Raises ContentError."""
    problems: list[Problem] = []
    found = []
    for file in sorted((home / "topics").glob("*.yaml")):
        try:
            document = read(file)
            topic = parse(TopicFile, document)
            if topic.id != file.stem:
                problems.append(
                    document.problem(("id",), f"id {topic.id!r} must be {file.stem!r}, as the file")
                )
            found.append((document, topic))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return found


def read_remarks(home: Path) -> tuple[Document, dict[str, RemarkFile]]:
    """Every remark by its id. Raises ContentError."""
    document = read(home / "_remarks.yaml")
    if not isinstance(document.value, dict):
        raise ContentError([document.problem((), "must be a mapping of ids to remarks")])
    return document, {
        name: parse(RemarkFile, document, value, (name,)) for name, value in document.value.items()
    }


def plan(home: Path) -> Topics:
    """What an interview has to know of the topics. Raises ContentError."""
    return {topic.id: Topic(len(topic.parts), topic.in_emergency) for _, topic in read_topics(home)}


def read_topic_words(
    home: Path, topics: TopicFiles, spelling: Spelling, one_word: Mapping[str, str], problems: list[Problem]
) -> TopicWords:
    """How all of it is asked for; what is wrong in a template is added to `problems`. Raises ContentError."""
    compiler = Compiler({}, frozenset(), lambda word: _spelt(word, spelling))
    asking, (document, remarks) = read(home / "_topics.yaml"), read_remarks(home)
    shared = parse(AskingFile, asking)
    openings, said = Listing(asking, problems), Listing(document, problems)
    openings.join(one_word)
    said.join(one_word)
    return TopicWords(
        opening=openings.graph([(("opening",), "opening")], compiler),
        common=_words(shared.common, spelling),
        ways={topic.id: _ways(topic, spelling) for _, topic in topics},
        remarks=said.graph([((name, "said_as"), name) for name in remarks], compiler),
    )


def _ways(topic: TopicFile, spelling: Spelling) -> Ways:
    heads = tuple(dict.fromkeys(frozenset(_words(text, spelling)) for text in heads_of(topic)))
    words = _words(topic.beside, spelling).union(*heads)
    return Ways(heads, words, frozenset(topic.names))


def heads_of(topic: TopicFile) -> Iterator[str]:
    """Every way of a topic written out: "surgery|operation risk|risks" stands for four."""
    for line in topic.asked_as.splitlines():
        if line.strip() and not line.strip().startswith("#"):
            for words in product(*(either.split("|") for either in line.split())):
                yield " ".join(words)


def _words(text: str, spelling: Spelling) -> frozenset[str]:
    return frozenset(plain for word in text.split() for plain in _spelt(word, spelling))


def _spelt(word: str, spelling: Spelling) -> tuple[str, ...]:
    """A word as it is written after clean-up: "won't" -> "wont", "x-ray" -> "x", "ray"."""
    return tuple(plain for part in word.lower().replace("-", " ").split() for plain in spelling.word(part))
