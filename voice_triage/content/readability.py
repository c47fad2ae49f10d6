"""intents/<language>/_readability.yaml: what stands in for names and slots when texts are measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_triage.content.reading import read
from voice_triage.content.schema import ReadabilityFile, parse


@dataclass(frozen=True)
class Readability:
    """How texts are made ready to be measured."""

    typical: Mapping[str, str]
    """Slot -> something that is often said in it: "told" -> "numbness down below"."""
    names: Mapping[str, str]
    """A name that cannot be said more simply -> the simple word that it counts as."""

    def without_names(self, text: str) -> str:
        """The text with each name taken for its simple word; longer names go first."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self.names[name], text, flags=re.IGNORECASE)
        return text


def read_readability(home: Path) -> Readability:
    """`home` is the folder of a language. Raises ContentError."""
    file = parse(ReadabilityFile, read(home / "_readability.yaml"))
    return Readability(file.typical, {name.name: name.counts_as for name in file.names})
