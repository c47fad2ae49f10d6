"""How soon a person should be seen."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Urgency(IntEnum):
    """Five tiers; a higher number is more urgent, so that `max` of tiers is the tier."""

    SELF_CARE = 0
    ROUTINE = 1
    SOON = 2
    SAME_DAY = 3
    EMERGENCY = 4

    @property
    def id(self) -> str:
        """The tier as intents/ and JSON write it: "same_day"."""
        return self.name.lower()


class Mode(StrEnum):
    """How to get help in an emergency."""

    CALL = "call"
    """An ambulance comes to the person."""
    GO = "go"
    """Somebody drives the person to an emergency department."""
