"""The second ear as it is measured: for each speaker the one that was trained without them."""

from __future__ import annotations

from collections.abc import Callable

from yes_or_no.dealing import PARTS, part_of, weights_without

from voice_triage.sound.two_ears import SecondEar
from voice_triage.sound.yes_or_no import YesOrNo


def second_ears() -> Callable[[str], SecondEar]:
    """Gives an ear that has not met a speaker. Raises OSError where the weights are not there."""
    ears = [YesOrNo(weights_without(part)) for part in range(PARTS)]
    return lambda speaker: ears[part_of(speaker)]
