"""Which questions are walked together: some by hand, and whatever else rules and gates join."""

from __future__ import annotations

from collections.abc import Iterator

from joining import Joins
from walking import OLDER, QUIET, RESTLESS, Background, Walked, Walker

from voice_triage.protocol.model import Ears

Block = frozenset[str]

BY_HAND = (
    frozenset(
        ["saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss", "sexual_change"]
    ),
    frozenset(["saddle_numbness", "both_legs", "leg_or_foot_weakness", "sexual_change"]),
    frozenset(["chest_pain_or_breathless", "collapse_or_faint", "abdominal_or_flank_pain", "age"]),
    frozenset(["saddle_numbness", "major_trauma", "fever_sweats", "age", "anything_else"]),
    frozenset(
        [
            "age",
            "cancer_history",
            "night_or_rest_pain",
            "upper_back_or_band",
            "weight_loss_or_fatigue",
            "severe_function_loss",
        ]
    ),
    frozenset(
        [
            "fever_sweats",
            "injects_drugs",
            "night_or_rest_pain",
            "recent_infection_or_procedure",
            "urinary_burning_or_blood",
            "weak_immune_or_diabetes",
        ]
    ),
    frozenset(
        ["age", "fever_sweats", "upper_back_or_band", "osteoporosis_or_steroids", "night_or_rest_pain"]
    ),
    frozenset(["collapse_or_faint", "fever_sweats", "abdominal_or_flank_pain", "pregnant_or_postpartum"]),
)
"""The groups that clinicians think in; each is wider than any one rule."""
WIDE = (
    frozenset(
        [
            "leg_or_foot_weakness",
            "unsteady_or_clumsy",
            "cancer_history",
            "upper_back_or_band",
            "fever_sweats",
        ]
    ),
    frozenset(
        [
            "course",
            "age",
            "minor_fall",
            "osteoporosis_or_steroids",
            "blood_thinner",
            "severe_function_loss",
        ]
    ),
    frozenset(["course", "leg_or_foot_weakness", "minor_fall", "blood_thinner"]),
    frozenset(["saddle_numbness", "course", "age", "one_leg_symptoms", "repeat_contact", "anything_else"]),
)
"""The same, too wide to be walked at every test: scripts/prove walks them."""
FEW = 3
"""A block of so many questions or fewer is walked against every background."""


def blocks(joins: Joins, by_hand: tuple[Block, ...] = BY_HAND) -> list[Block]:
    """The blocks by hand, and each set that a rule or gate joins and none of them holds."""
    left = (one for one in joins.sets() if not any(one <= block for block in by_hand))
    return [*by_hand, *sorted(left, key=sorted)]


def walks(
    walker: Walker, weak_walker: Walker, by_hand: tuple[Block, ...] = BY_HAND
) -> Iterator[tuple[Background, Walked]]:
    """Every block, walked; what only poor ears are asked, with those."""
    joins = walker.joins
    weak = {question.id for question in joins.protocol.questions if question.ears is Ears.WEAK}
    for block in blocks(joins, by_hand):
        every = len(block) <= FEW and not block & {"age", "course"}
        for background in (QUIET, OLDER, RESTLESS) if every else (QUIET,):
            yield background, (weak_walker if block & weak else walker).walk(block, background)
