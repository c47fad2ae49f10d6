"""Mutants that no test should notice, and why: what is taken away is said twice, or was on the safe side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_I2 = "recent_infection_or_procedure"
_I4 = "weak_immune_or_diabetes"
_BECAUSE: Mapping[str, Sequence[str]] = {
    "R14s says the same, with the same urgency and text": (
        "both_legs C5u nerves_unsure: deleted",
        "both_legs C5u nerves_unsure: soon",
        "both_legs C5n nerves_unsure: deleted",
        "both_legs C5n nerves_unsure: soon",
    ),
    "two signs left unsure are R14; a sign that is there and old is left to this rule": (
        "both_legs C5u cauda_equina: saddle_bladder_bowel concerning, only if present",
    ),
    "R80 says the same of every pain of more than six weeks": (
        "morning_stiffness R85 routine: deleted",
        "morning_stiffness R85 routine: without morning_stiffness present",
        "morning_stiffness R85 routine: without age.45 absent",
    ),
    "RFr says the same of everything that weighs little": ("one_leg_symptoms R70r routine: deleted",),
    "R35 says the same of any infection": (
        f"{_I2} R34 infection_today: deleted",
        f"{_I2} R34 infection_today: soon",
        f"{_I2} R34 infection_today: without fever_sweats unheard",
        f"{_I2} R34 infection_today: fever_sweats unheard, only if absent",
    ),
    "with a fever R33, with pain at night R83 says at least the same; a fever that is unsure is I1u": (
        f"{_I2} I2u soon: deleted",
        f"{_I2} I2u soon: routine",
        f"{_I2} I2u soon: without {_I2} unsure",
        f"{_I2} I2u soon: without fever_sweats present",
        f"{_I2} I2u soon: without night_or_rest_pain present",
        f"{_I2} I2n soon: deleted",
        f"{_I2} I2n soon: routine",
        f"{_I2} I2n soon: without {_I2} unanswered",
        f"{_I2} I2n soon: without fever_sweats present",
        f"{_I2} I2n soon: without night_or_rest_pain present",
        f"{_I4} I4u soon: deleted",
        f"{_I4} I4u soon: routine",
        f"{_I4} I4u soon: without {_I4} unsure",
        f"{_I4} I4u soon: without fever_sweats concerning",
        f"{_I4} I4u soon: without night_or_rest_pain present",
        f"{_I4} I4u soon: fever_sweats concerning, only if present",
    ),
    "`call_when` calls for it too": (
        "fever_sweats R32 very_ill: go",
        "proxy_drowsy R32 drowsy: go",
    ),
    "R32 calls for it too": (
        "call_when: without proxy_drowsy possible",
        "call_when: proxy_drowsy possible, only if present",
    ),
    "with a fever it is R31, an emergency": (
        "injects_drugs R34 infection_today: without fever_sweats unheard",
        f"{_I4} R34 infection_today: without fever_sweats unheard",
    ),
    "R33 has the same urgency, and its text comes first": (
        "weight_loss_or_fatigue R23 cancer_today: without fever_sweats present",
    ),
    "a weak leg with a fever is R30, with a cancer R20, and their texts come first": (
        "protocol R12e weak_leg: without fever_sweats present",
        "protocol R12e weak_leg: without cancer_history present",
    ),
    "C6u has the same urgency, and its text comes first": (
        "blood_thinner A1u thinner_today: leg_or_foot_weakness concerning, only if present",
    ),
    "RC1 says more of it": ("weighing_little: without repeat_contact",),
    "it is asked only of who has the other; said by others, it then errs on the safe side": (
        "fever_sweats R32 very_ill: without fever_sweats concerning",
        "pregnant_or_postpartum R52 late_pregnancy: without abdominal_or_flank_pain present",
        "call_when: without leg_or_foot_weakness present",
        "call_when: without both_legs present",
    ),
    "left open, it is soon or sooner by a rule of its own": tuple(
        f"{question} counts: false"
        for question in (
            "age",
            "cancer_history",
            "chest_pain_or_breathless",
            "collapse_or_faint",
            "saddle_numbness",
            "bladder_retention_or_lost_urge",
            "urinary_leak",
            "bowel_loss",
            "both_legs",
            "leg_or_foot_weakness",
            "major_trauma",
            "fever_sweats",
        )
    ),
    "an answer to it can be an emergency by itself: it could always still matter": tuple(
        f"{question} always: false"
        for question in (
            "proxy_drowsy",
            "chest_pain_or_breathless",
            "collapse_or_faint",
            "saddle_numbness",
            "bladder_retention_or_lost_urge",
            "urinary_leak",
            "bowel_loss",
            "both_legs",
            "leg_or_foot_weakness",
            "major_trauma",
            "fever_sweats",
            "abdominal_or_flank_pain",
            "sexual_change",
        )
    ),
    "with a cancer or a pain in the upper back, which are asked about later, it is an emergency": (
        "unsteady_or_clumsy always: false",
    ),
    "bleeding in a pregnancy is an emergency: it could always still matter": (
        "pregnant_or_postpartum always: deleted",
    ),
    "nothing hangs on the answer where this would ask": (
        "abdominal_or_flank_pain.vomiting when: without any "
        "[abdominal_or_flank_pain.severe present, fever_sweats present]",
        "pregnant_or_postpartum.early when: without pregnant_or_postpartum possible",
        "pregnant_or_postpartum.early when: without pregnant_or_postpartum.later unheard",
        "pregnant_or_postpartum.labour when: without pregnant_or_postpartum present",
        "weight_loss_or_fatigue.tired when: deleted",
        "weight_loss_or_fatigue.tired when: without weight_loss_or_fatigue present",
        "weight_loss_or_fatigue.tired when: without weight_loss_or_fatigue.weight undenied",
    ),
    "it is never put: until it is said to be easing R81 holds already, and no answer raises that": (
        "course.improving: deleted",
        "course.improving when: deleted",
        "course.improving when: course.worse unheard, only if absent",
    ),
    "whatever is no clear no to it calls": (
        "suicidal_harm present: one line",
        "proxy_drowsy present_if_asked: one line",
    ),
    "left open, it is an emergency": ("proxy_drowsy counts: deleted",),
    "free speech is never counted": ("anything_else counts: deleted", "opener counts: deleted"),
    "weakness that is there or may be there pulls it forward; of weakness left open nothing hangs on it": (
        "blood_thinner gate: without leg_or_foot_weakness possible",
        "blood_thinner gate: leg_or_foot_weakness possible, only if present",
    ),
    "with both legs the urgency is as high as one leg could bring it": ("one_leg_symptoms gate: deleted",),
    "it is asked only in a danger, whose questions end with the first that is no clear no": (
        "suicidal_go_on ask_when: without interrupt.suicidal present",
        "suicidal_go_on ask_when: without suicidal_intent absent",
        "suicidal_intent ask_when: without interrupt.suicidal present",
        "suicidal_intent ask_when: without suicidal_harm absent",
        "suicidal_harm always: deleted",
        "suicidal_intent always: deleted",
        "suicidal_harm counts: deleted",
        "suicidal_intent counts: deleted",
        "suicidal_go_on counts: deleted",
    ),
}
HARMLESS: Mapping[str, str] = {name: reason for reason, names in _BECAUSE.items() for name in names}
"""Name of a mutant -> why nothing comes of it."""
