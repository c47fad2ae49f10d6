"""What several commands need before they begin: the content and the screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli.exits import UsageError
from voice_triage.content.kept_lexicon import LexiconShelf
from voice_triage.content.loading import load
from voice_triage.content.locating import find_intents
from voice_triage.content.regions import read_regions
from voice_triage.dialogue import Dialogue
from voice_triage.ports import Captions


def load_dialogue(intents: Path | None, region: str | None, weak_ears: bool = False) -> Dialogue:
    """The conversation. `region` None: by the system's locale. Raises ContentError, UsageError."""
    folder = intents or find_intents()
    if region is not None and not (folder / "regions" / f"{region}.yaml").is_file():
        known = ", ".join(sorted(read_regions(folder)))
        raise UsageError(f"--region {region}: there is no such region; known are {known}")
    # Who names a folder of content is likely to change it: that is compiled at each start.
    shelf = default_shelf() if intents is None else None
    return load(folder, region=region, locale=_locale(), weak_ears=weak_ears, shelf=shelf)


def default_shelf() -> LexiconShelf:
    """Compiled phrases: "lexicons" in the user's cache folder."""
    return LexiconShelf(Path(platformdirs.user_cache_dir("voice-triage", appauthor=False), "lexicons"))


def _locale() -> str:
    """The system's locale for messages, as POSIX orders the variables."""
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")


def captions_for(plain: bool) -> Captions:
    """Plain lines where they were asked for, or where nobody sees a terminal; else colours."""
    if plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return PlainCaptions()
    # Its import takes a third of a second that screen readers and pipes need not wait for.
    from voice_triage.adapters.rich_captions import RichCaptions  # noqa: PLC0415

    return RichCaptions()
