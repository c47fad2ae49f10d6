"""Words that a recogniser may write for another that sounds like it: "growing" for "groin"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HEAD = "# Written by scripts/sound_alikes; do not edit. A word of the phrases: words that sound like it.\n"
_FOLDED = {
    **dict.fromkeys(("IY", "IH", "Y"), "I"),
    **dict.fromkeys(("EH", "AE"), "E"),
    **dict.fromkeys(("AA", "AO", "AH", "UH", "UW", "OW"), "O"),
    "EY": "EI",
    "AY": "AI",
    "OY": "OI",
    "AW": "AO",
    "ER": "R",
    **dict.fromkeys(("P", "B"), "P"),
    **dict.fromkeys(("T", "D", "TH", "DH"), "T"),
    **dict.fromkeys(("K", "G"), "K"),
    **dict.fromkeys(("F", "V"), "F"),
    **dict.fromkeys(("S", "Z", "SH", "ZH"), "S"),
    **dict.fromkeys(("CH", "JH"), "C"),
    **dict.fromkeys(("M", "N", "NG"), "N"),
    "HH": "",
}
"""ARPAbet phoneme -> what weak ears keep of it: voicing, the place of nasals and near vowels are lost."""


def folded(phonemes: Iterable[str]) -> str:
    """A pronunciation as weak ears keep it, one letter for each sound."""
    return "".join(_FOLDED.get(phoneme, phoneme) for phoneme in phonemes)


def read_sound_alikes(text: str) -> Mapping[str, frozenset[str]]:
    """Word that was heard -> the words it may stand for, out of the text of `_sound_alikes.txt`.

    Raises ValueError for a line that is not "word: words", with its number.
    """
    found: dict[str, set[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        meant, colon, heard = line.partition(":")
        if not colon or not heard.split() or not meant.strip().isalpha():
            raise ValueError(f"line {number}: {line!r} is not 'word: words that sound like it'")
        for word in heard.split():
            found.setdefault(word, set()).add(meant.strip())
    return {word: frozenset(meant) for word, meant in found.items()}
