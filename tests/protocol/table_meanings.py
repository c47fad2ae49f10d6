"""What the facts of independent_rules.yaml are in the interview, for each status that the table gives them.

The table was written from the protocol alone, and names more parts of a finding than the interview asks about.
"""

from __future__ import annotations

from collections.abc import Mapping

from formula import ALWAYS, NEVER, Fact, Formula, Not, every, some

from voice_triage.protocol.status import Status

ABSENT, UNANSWERED, UNSURE, PRESENT = (
    frozenset({Status.ABSENT}),
    frozenset({Status.UNANSWERED}),
    frozenset({Status.UNSURE}),
    frozenset({Status.PRESENT}),
)
NOT_ASKED = frozenset({Status.NOT_ASKED})
UNKNOWN = UNSURE | UNANSWERED
NOT_SAID = NOT_ASKED | ABSENT | UNKNOWN
"""Anything but yes."""
STATUSES = {
    "absent": ABSENT,
    "unanswered": UNANSWERED,
    "unsure": UNSURE,
    "present": PRESENT,
    "denied": ABSENT,
}
"""Word of the table -> statuses. "absent" takes in what was not asked, as the table has it; "denied" does not."""


def is_(name: str, statuses: frozenset[Status]) -> Formula:
    """The fact of the protocol has one of these statuses."""
    return Fact(name, statuses)


def new(name: str) -> Formula:
    """It began in the last two weeks, or nobody knows when."""
    return is_(f"{name}.new", NOT_ASKED | UNKNOWN | PRESENT)


def middle(name: str) -> Formula:
    """It is not new, and not known to be long-standing."""
    return every(is_(f"{name}.new", ABSENT), is_(f"{name}.old", NOT_SAID))


def old(name: str) -> Formula:
    """It is long-standing and unchanged."""
    return every(is_(f"{name}.new", ABSENT), is_(f"{name}.old", PRESENT))


ONSETS = {"new": new, "unknown": new, "mid": middle, "old": old, "old_unknown": lambda name: NEVER}
"""Nobody is asked whether a doctor has found the cause of what is old."""


def said(formula: Formula) -> dict[str, Formula]:
    """A part of a finding that is there, or nobody has said so."""
    return {"present": formula, "absent": Not(formula), "unsure": NEVER, "unanswered": NEVER}


def _never(status: str) -> dict[str, Formula]:
    """A part of a finding that the interview neither asks about nor hears: it always has this status."""
    return {each: ALWAYS if each == status else NEVER for each in STATUSES}


def as_named(name: str) -> dict[str, Formula]:
    """The same under another name; what was not asked is not there."""
    return {each: is_(name, own | NOT_ASKED if each == "absent" else own) for each, own in STATUSES.items()}


DANGERS = (
    "chest",
    "collapse",
    "tearing",
    "stroke",
    "anaphylaxis",
    "sepsis",
    "overdose",
    "pregnancy",
    "violence",
)
TRAUMA_NEW = is_("major_trauma.new", PRESENT)
TRAUMA_NOT_NEW = is_("major_trauma.new", ABSENT)
MEANT: Mapping[str, Mapping[str, Formula]] = {
    "chest_pain_or_breathless.distressed": _never("absent"),
    "collapse_or_faint.recent": _never("unsure"),
    "both_legs.walking_only": _never("absent"),
    "leg_or_foot_weakness.worsening": as_named("leg_or_foot_weakness.worse"),
    "leg_or_foot_weakness.after_fall": _never("absent"),
    "major_trauma.day": {
        "absent": some(is_("major_trauma.over_a_day", PRESENT), TRAUMA_NOT_NEW),
        "unsure": every(is_("major_trauma.over_a_day", NOT_SAID), Not(TRAUMA_NOT_NEW)),
        "unanswered": NEVER,
        "present": NEVER,
    },
    "major_trauma.weeks": {
        "present": TRAUMA_NEW,
        "absent": TRAUMA_NOT_NEW,
        "unsure": is_("major_trauma.new", UNSURE | NOT_ASKED),
        "unanswered": is_("major_trauma.new", UNANSWERED),
    },
    "major_trauma.months": {
        "present": middle("major_trauma"),
        "absent": some(TRAUMA_NEW, old("major_trauma")),
        "unsure": is_("major_trauma.new", UNKNOWN | NOT_ASKED),
        "unanswered": NEVER,
    },
    "major_trauma.cannot_walk": _never("absent"),
    "major_trauma.numb_or_weak": _never("absent"),
    "fever_sweats.rigors": _never("absent"),
    "abdominal_or_flank_pain.throbbing": as_named("abdominal_or_flank_pain.tearing"),
    "abdominal_or_flank_pain.upper_boring": _never("absent"),
    "abdominal_or_flank_pain.colic": as_named("abdominal_or_flank_pain.stone"),
    "abdominal_or_flank_pain.first_stone": {
        "present": NEVER,
        "absent": is_("abdominal_or_flank_pain.stone_before", PRESENT),
        "unsure": is_("abdominal_or_flank_pain.stone_before", NOT_SAID),
        "unanswered": NEVER,
    },
    "weight_loss_or_fatigue.weight": {
        **as_named("weight_loss_or_fatigue.weight"),
        "absent": is_("weight_loss_or_fatigue.weight", ABSENT),
        "unsure": is_("weight_loss_or_fatigue.weight", UNSURE | NOT_ASKED),
    },
    "weight_loss_or_fatigue.fatigue": as_named("weight_loss_or_fatigue.tired"),
    "recent_infection_or_procedure.procedure": as_named("recent_infection_or_procedure.procedure"),
    "minor_fall.cannot_walk": as_named("minor_fall.cannot_stand"),
    "unsteady_or_clumsy.worsening": said(is_("unsteady_or_clumsy.new", PRESENT)),
    "unsteady_or_clumsy.stable_months": said(middle("unsteady_or_clumsy")),
    "unsteady_or_clumsy.old_unchanged": said(old("unsteady_or_clumsy")),
    "one_leg_symptoms.numb": as_named("one_leg_symptoms.numb"),
    "urinary_burning_or_blood.blood": _never("absent"),
    "pregnant_or_postpartum.late": said(
        some(
            is_("pregnant_or_postpartum.later", PRESENT),
            is_("pregnant_or_postpartum.early", ABSENT),
        )
    ),
    "pregnant_or_postpartum.postpartum": _never("absent"),
    "pregnant_or_postpartum.low_tummy_pain": _never("absent"),
    "pregnant_or_postpartum.heavy_bleeding": as_named("pregnant_or_postpartum.heavy"),
    "pregnant_or_postpartum.shoulder_tip": as_named("pregnant_or_postpartum.shoulder"),
    "pregnant_or_postpartum.constant_severe_tummy": _never("absent"),
    "pregnant_or_postpartum.tightenings": as_named("pregnant_or_postpartum.labour"),
    "pregnant_or_postpartum.waters": as_named("pregnant_or_postpartum.labour"),
    "pregnant_or_postpartum.reduced_movements": as_named("pregnant_or_postpartum.labour"),
    "pregnant_or_postpartum": {  # what an early end left unasked was not left unanswered
        **as_named("pregnant_or_postpartum"),
        "unanswered": every(is_("pregnant_or_postpartum", UNANSWERED), is_("ended_early", NOT_SAID)),
    },
    "repeat_contact.third": as_named("repeat_contact.twice"),
    "proxy_drowsy.long_standing": _never("absent"),
    "medical_interrupt": said(some(*(is_(f"interrupt.{name}", PRESENT) for name in DANGERS))),
    "three_silences": as_named("ended_silent"),
    "severe_unremitting": _never("absent"),
    "worse_on_straining": as_named("cancer_history.strain"),
    "questions_dropped": as_named("left_out"),
    "cannot_stand_or_walk": said(is_("both_legs.cannot_stand", PRESENT)),
    "no_lift": _never("absent"),
}
"""Part of a finding as the table names it -> what it is in the interview, for each status.

The table takes two parts to be so where they were not recorded: that what was done was an operation, and that a leg is
numb. The interview asks for both wherever they matter, so that not asked is not so.
"""
