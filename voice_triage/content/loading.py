"""All content of a folder put together into a Dialogue."""

from __future__ import annotations

from pathlib import Path

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.locating import find_intents
from voice_triage.content.phrasebook import read_phrasebook, read_regions, region_for
from voice_triage.content.protocol import build_protocol, read_files
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
    Raises ContentError with every problem found.
    """
    folder = folder or find_intents()
    regions = read_regions(folder)
    _, pack = regions[region_for(regions, region, locale)]
    return Dialogue(
        build_protocol(read_files(folder)),
        read_lexicon(folder, language),
        read_phrasebook(folder, language, pack),
        Policy(weak_ears=weak_ears),
    )
