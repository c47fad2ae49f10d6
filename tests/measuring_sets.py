"""Sentences by which the reading of answers is measured: those checked in here, and those that lie outside.

Of the outside ones only hashes are kept here (tests/data/measuring_sets.txt), and never their text;
scripts/hash_measuring_sets makes that file where the sets lie beside the clone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Sentence = tuple[str, ...]
SHORTEST, LONGEST = 5, 20
"""Words as written: shorter ones are anybody's, longer ones are no phrases."""
BEGINNINGS = (3, 5)
"""Words after which a search may tell that nothing begins so."""
ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = ROOT.parent / "shared"
FILE = ROOT / "tests" / "data" / "measuring_sets.txt"
_CASE_PARTS = ("opener", "answers", "clarifiers", "preliminary", "when", "readback_yes", "readback_no")
_END = re.compile(r"(?<=[.?!;])\s+|\n")
_SHORT = (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("n't", " not"))


def normalised(text: str) -> Sentence:
    """Its words in small letters: "Can't feel it." -> can, not, feel, it."""
    text = text.lower().replace("’", "'")
    for short, full in _SHORT:
        text = text.replace(short, full)
    return tuple(re.findall(r"[a-z0-9]+", text.replace("'", "")))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text that are long enough to be somebody's own."""
    for part in _END.split(text):
        if len(part.split()) >= SHORTEST and len(words := normalised(part)) <= LONGEST:
            yield words


def outside(folder: Path = OUTSIDE) -> Iterator[Sentence]:
    """Those of cases and data sets outside the repository; none where there are none."""
    for file in sorted(folder.glob("clinical/cases/*.jsonl")):
        for row in _rows(file):
            for part in _CASE_PARTS:
                for text in _texts(row.get(part)):
                    yield from sentences(text)
    for file in sorted(folder.glob("data/*/*/manifest.jsonl")):
        for row in _rows(file):
            for text in _texts([row.get("text"), row.get("transcript")]):
                yield from sentences(text)


def checked_in() -> Iterator[Sentence]:
    """Those of recorded patients, of whole conversations, and of answers written apart from the phrases."""
    yaml = YAML(typ="safe")
    for row in _rows(ROOT / "audio_fixtures" / "manifest.jsonl"):
        yield from sentences(row.get("transcript") or "")
    for file in sorted((ROOT / "tests" / "conversations").glob("*.yaml")):
        for conversation in yaml.load(file):
            for text in _texts(conversation["hear"]):
                yield from sentences(text)
    for file in sorted((ROOT / "tests" / "measured").glob("unseen/*/*.jsonl")):
        for row in _rows(file):
            yield from sentences(row["text"])
    for file in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        for case in yaml.load(file)["cases"]:
            for part in _CASE_PARTS:
                for text in _texts(case.get(part)):
                    yield from sentences(text)
    for file in sorted((ROOT / "tests" / "intents").glob("*/*.yaml")):
        for text in _texts(yaml.load(file)):
            yield from sentences(text)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)


@dataclass(frozen=True)
class Hashes:
    """Sentences, and how they begin, as 32 bits of SHA-256 each: enough to find one, not to read it."""

    known: frozenset[str]

    @classmethod
    def of(cls, wanted: Iterable[Sentence]) -> Hashes:
        """The hashes of these sentences."""
        known = set()
        for words in wanted:
            known.add(_hash(words, "."))
            known.update(_hash(words[:count], " ...") for count in BEGINNINGS if count < len(words))
        return cls(frozenset(known))

    @classmethod
    def read(cls) -> Hashes:
        """Those that are kept."""
        lines = FILE.read_text(encoding="ascii").splitlines()
        return cls(frozenset(word for line in lines if not line.startswith("#") for word in line.split()))

    def write(self) -> None:
        """Keep them."""
        words = sorted(self.known)
        lines = [" ".join(words[at : at + 12]) for at in range(0, len(words), 12)]
        head = "# Hashes of the sentences of outside measuring sets; made by scripts/hash_measuring_sets.\n"
        FILE.write_text(head + "\n".join(lines) + "\n", encoding="ascii")

    def hold(self, words: Sentence) -> bool:
        """True if this is one of the sentences."""
        return _hash(words, ".") in self.known

    def go_on(self, words: Sentence) -> bool:
        """False if no longer sentence begins so; True where that was not kept."""
        return len(words) not in BEGINNINGS or _hash(words, " ...") in self.known


def _hash(words: Sentence, end: str) -> str:
    return hashlib.sha256((" ".join(words) + end).encode()).hexdigest()[:12]
