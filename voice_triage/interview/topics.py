"""What can be asked about beside the interview, as far as the interview has to know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One thing to ask about: "do I need a scan?"."""

    parts: int
    """It is told in so many parts, with "Shall I go on?" between them."""
    in_emergency: bool = False
    """It may be told beside emergency advice; else it has to wait, as it could make the advice seem less."""


Topics = Mapping[str, Topic]
"""Id of a topic -> what the interview knows of it."""
