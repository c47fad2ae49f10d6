"""Parts of an advice that somebody asks for once it was given: only what to do, what to say there, why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Patterns = Mapping[str, tuple[re.Pattern[str], ...]]
"""Name of a part -> by which its sentences are known."""


def sentences_of(part: str, advice: Sequence[str], patterns: Patterns) -> tuple[str, ...]:
    """The sentences of an advice that belong to a part, in order; none where the advice has none."""
    return tuple(
        sentence for sentence in advice if any(pattern.search(sentence) for pattern in patterns[part])
    )
