"""The words by which topics are asked for, as values; read from intents/ by `content.topics`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.understanding.templates import Point


@dataclass(frozen=True)
class Ways:
    """How one topic is asked for, whatever the order of the words."""

    heads: tuple[frozenset[str], ...]
    """Sets of words; all of one must be there."""
    words: frozenset[str]
    """All of these, and what else may be there."""
    names: frozenset[str]
    """Facts that the words name without telling them: who asks what sciatica is has not said to have it."""


@dataclass(frozen=True)
class TopicWords:
    """How all topics are asked for, and what is remarked beside them."""

    opening: Point
    """What a question about a topic begins with: "what is", "tell me about"; every word counts."""
    common: frozenset[str]
    """Words that may stand in a question about any topic."""
    ways: Mapping[str, Ways]
    """By topic."""
    remarks: Point
    """Labels are ids of remarks; every word counts."""
