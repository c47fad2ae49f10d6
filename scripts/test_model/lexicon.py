"""The words of the test model, how they are pronounced, and the numbers of its phones.

Pronunciations come from the CMU dictionary in the pocketsphinx wheel and, in the same notation, from
``extra_words.txt`` beside this file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PHRASES = HERE / "phrases.txt"
EXTRA_WORDS = HERE / "extra_words.txt"

UNKNOWN = "[unk]"
#: A word with more variants than this only makes the graph larger.
MAX_VARIANTS = 3
#: Cost on top of that of every word. "know" sounds like "no", and a grammar of answers that holds "i don't
#: know" would let it stand alone; "nope" is half heard in a noisy "no".
RARE_WORD_COSTS = {"know": 1.2, "nope": 1.2}

_PHONE_NAMES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
)
CMU_PHONES = tuple(_PHONE_NAMES.split())
SILENCE_PHONE = 1
POSITIONS = ("B", "E", "I", "S")
#: Silence and every CMU phone in four positions of a word.
PHONE_COUNT = 1 + len(CMU_PHONES) * len(POSITIONS)
#: The positions of a phone share one output of the network; output 0 is silence.
PDF_COUNT = 1 + len(CMU_PHONES)


class UnknownPronunciation(ValueError):
    """A phrase has a word that neither the dictionary nor ``extra_words.txt`` can pronounce."""


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary in the order of its ids, each word with its pronunciations.

    Ids count from 1; 0 is the empty symbol and the last id is ``[unk]``.
    """

    pronunciations: dict[str, tuple[tuple[str, ...], ...]]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.pronunciations)

    @property
    def unknown_id(self) -> int:
        return len(self.pronunciations) + 1

    def word_id(self, word: str) -> int:
        return self._ids()[word]

    def word_ids(self) -> dict[str, int]:
        return dict(self._ids())

    def _ids(self) -> dict[str, int]:
        ids = {word: number for number, word in enumerate(self.pronunciations, start=1)}
        ids[UNKNOWN] = self.unknown_id
        return ids


def phone_id(phone: str, position: str) -> int:
    """Id of a CMU phone at one of the four positions B, E, I, S of a word."""
    return 2 + 4 * CMU_PHONES.index(phone) + POSITIONS.index(position)


def pdf_of_phone(phone: int) -> int:
    """Output of the network that scores a phone id."""
    return 0 if phone == SILENCE_PHONE else 1 + (phone - 2) // 4


def pdf_of_name(name: str) -> int:
    """Output of the network for a phone as pocketsphinx names it; noises count as silence."""
    bare = name.rstrip("012")
    return 1 + CMU_PHONES.index(bare) if bare in CMU_PHONES else 0


def positioned(phones: tuple[str, ...]) -> list[int]:
    """Phone ids of one pronunciation, with the position of each phone in the word."""
    if len(phones) == 1:
        return [phone_id(phones[0], "S")]
    inner = [phone_id(phone, "I") for phone in phones[1:-1]]
    return [phone_id(phones[0], "B"), *inner, phone_id(phones[-1], "E")]


def read_phrases(path: Path = PHRASES) -> list[str]:
    """The phrases of the domain, lower case, one a line; empty lines and # comments are left out."""
    lines = (" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def read_dictionary(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """All pronunciations of a CMU dictionary file, in its order."""
    entries: dict[str, list[tuple[str, ...]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith((";;;", "#")):
            continue
        word, *phones = line.split()
        bare = tuple(phone.rstrip("012") for phone in phones)
        entries.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(bare)
    return entries


def build_lexicon(phrases: list[str], dictionary: dict[str, list[tuple[str, ...]]]) -> Lexicon:
    """Pronunciations of every word in the phrases.

    Raises UnknownPronunciation naming all words that cannot be pronounced.
    """
    extra = read_dictionary(EXTRA_WORDS)
    words = sorted({word for phrase in phrases for word in phrase.split()})
    missing = [word for word in words if word not in dictionary and word not in extra]
    if missing:
        raise UnknownPronunciation(
            f"no pronunciation for {', '.join(missing)}: correct {PHRASES} or add to {EXTRA_WORDS}"
        )
    chosen = {}
    for word in words:
        variants = list(dict.fromkeys([*dictionary.get(word, []), *extra.get(word, [])]))
        chosen[word] = tuple(variants[:MAX_VARIANTS])
    return Lexicon(chosen)
