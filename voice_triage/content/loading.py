"""All content of a folder put together into a Dialogue."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.locating import find_intents
from voice_triage.content.people import read_people
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.content.regions import read_regions, region_for
from voice_triage.content.topics import read_topics
from voice_triage.dialogue import Dialogue
from voice_triage.interview.policy import Policy


def load(
    folder: Path | None = None,
    *,
    region: str | None = None,
    locale: str = "",
    language: str = "en",
    weak_ears: bool = False,
) -> Dialogue:
    """The whole conversation from a folder of content (None: the one that comes with the package).

    `region` is the id of a region pack; None takes the one of `locale` ("en_GB.UTF-8"), else the default.
    Raises ContentError with every problem of shape; what is true of it across files, and of each phrase, is
    left to `content.checking`, as the person waits for the first word.
    """
    with _without_garbage_collection():
        return _load(folder or find_intents(), region, locale, language, weak_ears)


def _load(folder: Path, region: str | None, locale: str, language: str, weak_ears: bool) -> Dialogue:
    regions = read_regions(folder)
    _, pack = regions[region_for(regions, region, locale)]
    topics = read_topics(folder / language)
    return Dialogue(
        build_protocol(read_files(folder)),
        read_lexicon(folder, language, weigh=False, topics=topics),
        read_phrasebook(folder, language, pack, topics),
        Policy(weak_ears=weak_ears),
        read_people(folder / language),
    )


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
