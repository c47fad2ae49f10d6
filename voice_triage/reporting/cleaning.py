"""What somebody said, made harmless to show: whatever was typed or heard, it stays one line of plain text."""

from __future__ import annotations

import unicodedata

_LEFT_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are not seen or that turn the text round: controls, direction marks, halves."""


def shown(text: str) -> str:
    """The same words in one line, without what cannot be seen."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in _LEFT_OUT)


def cut(text: str, most: int) -> str:
    """At most `most` characters, "…" where more was said."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
