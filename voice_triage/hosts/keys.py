"""What keys mean in a spoken interview: answers for a noisy room, and orders to be silent."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from voice_triage.understanding.hearing import Hearing

ANSWERS: Mapping[str, str] = {
    "y": "yes",
    "n": "no",
    "u": "not sure",
    "r": "repeat",
    "w": "why",
    "b": "back",
    "k": "skip",
    "h": "help",
    "s": "stop",
}
"""Key -> the words it stands for, to be understood as if they had been said."""

TAPS: Mapping[int, str] = {1: "yes", 2: "no", 3: "not sure"}
"""How often was tapped -> the words it stands for."""

LEGEND = (
    "Keys: y yes, n no, u not sure, digits and Enter for a number, r repeat, w why, s stop, "
    "Space go on, Esc silence."
)


class Order(Enum):
    """What a key asks of the speech now playing."""

    NEXT = "next"
    """Skip this sentence."""
    SILENCE = "silence"
    """Skip all that is being said."""


class KeyReader:
    """Turns keys into orders and answers; digits gather until Enter."""

    def __init__(self, answers: Mapping[str, str] = ANSWERS) -> None:
        self._answers = answers
        self._digits = ""

    def press(self, name: str) -> Order | Hearing | None:
        """What the key means; None: nothing (yet)."""
        match name:
            case "enter" if self._digits:
                digits, self._digits = self._digits, ""
                return Hearing.typed(digits)
            case "enter" | "space":
                return Order.NEXT
            case "esc":
                self._digits = ""
                return Order.SILENCE
            case "backspace":
                self._digits = self._digits[:-1]
                return None
        if name.isdecimal():
            self._digits = (self._digits + name)[-3:]
            return None
        words = self._answers.get(name.lower())
        return None if words is None else Hearing.typed(words)
