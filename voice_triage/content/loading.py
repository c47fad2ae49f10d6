"""All content of a folder put together into a Dialogue."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from voice_triage.content.classifier import (
    CLASSIFIER_FILE,
    DANGERS_FILE,
    FINDINGS_FILE,
    read_classifier,
    read_finding_reader,
)
from voice_triage.content.kept_lexicon import LexiconShelf, shelf_name
from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.locating import find_intents
from voice_triage.content.people import read_people
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.content.regions import read_regions, region_for
from voice_triage.content.topics import TopicFiles, read_topics
from voice_triage.dialogue import Dialogue
from voice_triage.interview.policy import Policy
from voice_triage.understanding.lexicon import Lexicon


def load(  # noqa: PLR0913 - each is a flag, given by name
    folder: Path | None = None,
    *,
    region: str | None = None,
    locale: str = "",
    language: str = "en",
    weak_ears: bool = False,
    shelf: LexiconShelf | None = None,
) -> Dialogue:
    """The whole conversation from a folder of content (None: the one that comes with the package).

    `region` is the id of a region pack; None takes the one of `locale` ("en_GB.UTF-8"), else the default.
    `shelf` is where compiled phrases are kept from one start to the next; None: they are not.
    Raises ContentError with every problem of shape; what is true of it across files, and of each phrase, is
    left to `content.checking`, as the person waits for the first word.
    """
    folder = folder or find_intents()
    with _without_garbage_collection():
        regions = read_regions(folder)
        _, pack = regions[region_for(regions, region, locale)]
        topics = read_topics(folder / language)
        return Dialogue(
            build_protocol(read_files(folder)),
            _lexicon(folder, language, topics, shelf),
            read_phrasebook(folder, language, pack, topics),
            Policy(weak_ears=weak_ears),
            read_people(folder / language),
        )


def _lexicon(folder: Path, language: str, topics: TopicFiles, shelf: LexiconShelf | None) -> Lexicon:
    """The one on the shelf if it is of these very files; else it is compiled, and put there."""
    name = None if shelf is None else shelf_name(folder / language)
    if shelf is None or name is None:
        return read_lexicon(folder, language, weigh=False, topics=topics)
    kept = shelf.find(name)
    if kept is not None:
        home = folder / language
        return replace(
            kept,
            classifier=read_classifier(home / CLASSIFIER_FILE),
            finding_reader=read_finding_reader(home / FINDINGS_FILE),
            danger_reader=read_finding_reader(home / DANGERS_FILE),
        )
    made = read_lexicon(folder, language, weigh=False, topics=topics)
    shelf.keep(name, made)
    return made


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Half a million small values are made that stay: looking through them for garbage takes a tenth more."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
