"""The judge of cases: how its patients answer, and what it counts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from voice_triage.dialogue import Dialogue
from voice_triage.hosts.judging_cases import Interviewed, interview, summary
from voice_triage.hosts.patient_cases import PatientCase


def case(dialogue: Dialogue, facts: dict[str, str] | None = None, **changes: Any) -> PatientCase:
    """Someone of 34 whose back has hurt for two days, and nothing else, but for `changes`."""
    answers = {question.code: "No." for question in dialogue.protocol.questions}
    answers |= {"D1": "Thirty-four.", "U1": "Two days.", **changes.pop("answers", {})}
    return PatientCase.model_validate(
        {
            "id": "someone",
            "age": 34,
            "facts": {question.id: "no" for question in dialogue.protocol.questions} | (facts or {}),
            "gold_tier": "self_care",
            "acceptable_tiers": ["self_care", "routine"],
            "opener": "My back hurts.",
            "answers": answers,
            "preliminary": {"G0": "For me."},
            "when": "Yesterday.",
            "readback_yes": "Yes, that's right.",
            "readback_no": "No, that's wrong.",
            **changes,
        }
    )


def replies(held: Interviewed, prompt: str) -> list[str]:
    """What was answered to prompts with these words."""
    return [each.answer for each in held.exchanges if prompt in " ".join(each.said)]


NUMB = "You said you are numb"
EMERGENCY = {"gold_tier": "emergency", "acceptable_tiers": ["emergency"]}


def test_who_denies_everything_is_told_to_look_after_it_at_home(dialogue: Dialogue) -> None:
    result = summary([interview(dialogue, case(dialogue))])
    assert (result["exact"], result["safe"]) == (1, 1), result
    assert result["under_triage"] == result["over_triage"] == result["false_emergency"] == []
    assert result["emergency_sensitivity"] is None
    assert result["questions_to_emergency"] == {"median": None, "max": None}
    assert result["questions_total"]["max"] == result["cases"][0]["questions"]


def test_questions_are_counted_without_the_opener_the_closing_question_and_who_it_is_for(
    dialogue: Dialogue,
) -> None:
    told = summary([interview(dialogue, case(dialogue))])["cases"][0]
    assert told["asked"][:3] == ["L1", "L2", "C1"]
    assert {"G0", "G1", "Z"}.isdisjoint(told["asked"])
    assert told["questions"] == len(told["asked"]) == len(set(told["asked"]))


def test_a_danger_in_the_opener_ends_the_questions_before_the_first(dialogue: Dialogue) -> None:
    chest = case(dialogue, opener="I can't breathe and my chest is tight.", gold_mode="call", **EMERGENCY)
    result = summary([interview(dialogue, chest)])
    assert result["emergency_sensitivity"] == 1.0
    assert result["questions_to_emergency"] == {"median": 0, "max": 0}
    assert result["words_to_emergency"]["max"] > 20
    assert result["wrong_mode"] == []
    assert result["cases"][0]["mode"] == "call"


def test_a_true_read_back_is_confirmed_and_the_onset_told(dialogue: Dialogue) -> None:
    numb = case(dialogue, {"saddle_numbness": "yes"}, answers={"C1": "Yes."}, **EMERGENCY)
    held = interview(dialogue, numb)
    assert replies(held, NUMB) == ["Yes, that's right."]
    assert replies(held, "in the last two weeks") == ["Yesterday."]
    assert held.asked == ("L1", "L2", "C1")
    assert summary([held])["exact"] == 1


def test_a_false_read_back_is_denied(dialogue: Dialogue) -> None:
    misheard = case(dialogue, answers={"C1": "Yes."}, clarifiers={"C1": "No, it feels normal."})
    held = interview(dialogue, misheard)
    assert replies(held, NUMB) == ["No, that's wrong."]
    assert held.got is not None
    assert held.got < held.got.EMERGENCY


def test_what_is_not_known_is_neither_confirmed_nor_denied(dialogue: Dialogue) -> None:
    held = interview(dialogue, case(dialogue, {"saddle_numbness": "unknown"}, answers={"C1": "Yes."}))
    assert replies(held, NUMB) == ["I'm not sure."]


def test_silence_is_silence_and_the_second_wording_gets_the_clarifier(dialogue: Dialogue) -> None:
    held = interview(dialogue, case(dialogue, answers={"C1": ""}, clarifiers={"C1": "No, it feels normal."}))
    first, second = (dialogue.phrasebook.text(f"saddle_numbness.{way}") for way in ("question", "second"))
    assert replies(held, first) == [""]
    assert replies(held, second) == ["No, it feels normal."]


def test_without_a_clarifier_the_answer_is_given_again(dialogue: Dialogue) -> None:
    held = interview(dialogue, case(dialogue, answers={"C1": "The teapot."}))
    assert replies(held, dialogue.phrasebook.text("saddle_numbness.second"))[0] == "The teapot."


def test_an_age_heard_wrong_is_denied(dialogue: Dialogue) -> None:
    right, wrong = interview(dialogue, case(dialogue)), interview(dialogue, case(dialogue, age=43))
    assert replies(right, "I heard 34") == ["Yes, that's right."]
    assert set(replies(wrong, "I heard 34")) == {"No, that's wrong."}


def test_denials_are_corrected_where_one_of_them_was_misheard(dialogue: Dialogue) -> None:
    right, wrong = case(dialogue), case(dialogue, {"saddle_numbness": "unknown"})
    assert replies(interview(dialogue, right), "Is any of that wrong?") == ["No."]
    assert replies(interview(dialogue, wrong), "Is any of that wrong?") == ["Yes."]


@pytest.mark.parametrize(
    ("attributes", "answer"), [({"sudden": True}, "Yes."), ({"sudden": False}, "No."), ({}, "No.")]
)
def test_follow_ups_are_answered_by_attributes(
    dialogue: Dialogue, attributes: dict[str, Any], answer: str
) -> None:
    belly = {"abdominal_or_flank_pain": "yes"}
    held = interview(dialogue, case(dialogue, belly, answers={"V1": "Yes."}, attributes=attributes, age=60))
    assert replies(held, dialogue.phrasebook.text("abdominal_or_flank_pain.sudden"))[0] == answer


def test_what_comes_beside_a_finding_would_be_told_and_is_denied(dialogue: Dialogue) -> None:
    weak = case(dialogue, {"leg_or_foot_weakness": "yes"}, answers={"C6": "Yes."})
    held = interview(dialogue, weak)
    prompt = dialogue.phrasebook.text("leg_or_foot_weakness.cannot_stand")
    assert replies(held, prompt)[0] == "No."


def test_which_of_two_a_finding_is_no_case_knows(dialogue: Dialogue) -> None:
    held = interview(dialogue, case(dialogue, {"one_leg_symptoms": "yes"}, answers={"N2": "Yes."}))
    assert replies(held, dialogue.phrasebook.text("one_leg_symptoms.numb"))[0] == "I'm not sure."


def test_a_long_standing_finding_is_told_as_such(dialogue: Dialogue) -> None:
    leak = {"urinary_leak": "yes_longstanding_unchanged"}
    old = case(
        dialogue, leak, answers={"C3": "Yes."}, when="For ten years, no change.", attributes={"C3_old": True}
    )
    held = interview(dialogue, old)
    assert held.got is not None
    assert held.got.id == "soon"


def test_a_question_the_case_has_no_words_for_is_denied_and_named(dialogue: Dialogue) -> None:
    someone = case(dialogue)
    del someone.answers["I1"], someone.facts["fever_sweats"]
    held = interview(dialogue, someone)
    assert replies(held, dialogue.phrasebook.text("fever_sweats.question")) == ["No."]
    assert summary([held])["cases"][0]["unforeseen"] == ["I1"]


def test_a_menu_for_weak_ears_is_answered_by_what_it_leads_to(dialogue: Dialogue) -> None:
    ill = case(dialogue, {"fever_sweats": "yes", "cancer_history": "unknown"})
    answers = {code: words for code, words in ill.answers.items() if not code.startswith("G1")}
    held = interview(dialogue.with_ears(weak=True), ill.model_copy(update={"answers": answers}))
    assert replies(held, "Do you feel hot, cold or shivery") == ["Yes."]
    assert replies(held, "Is numbness, or trouble with the toilet") == ["No."]


def test_too_low_too_high_and_the_wrong_way_to_get_help_are_named(dialogue: Dialogue) -> None:
    numb = {"facts": {"saddle_numbness": "yes"}, "answers": {"C1": "I can't feel when I wipe."}}
    result = summary(
        [
            interview(dialogue, case(dialogue, id="low", gold_mode="call", **EMERGENCY)),
            interview(dialogue, case(dialogue, id="high", **numb)),
            interview(dialogue, case(dialogue, id="call", gold_mode="call", **numb, **EMERGENCY)),
        ]
    )
    assert result["under_triage"] == ["low"]
    assert result["worst_under_triage_tiers"] == 4
    assert result["over_triage"] == result["false_emergency"] == ["high"]
    assert result["wrong_mode"] == ["low", "call"]
    assert (result["exact"], result["safe"], result["emergency_sensitivity"]) == (1, 2, 0.5)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"gold_tier": "urgent"}, "gold_tier"),
        ({"acceptable_tiers": []}, "acceptable_tiers"),
        ({"gold_mode": "fly"}, "gold_mode"),
        ({"answers": {"C1": None}}, "string"),
        ({"opener": None}, "opener"),
    ],
)
def test_a_case_that_cannot_be_judged_is_refused(
    dialogue: Dialogue, change: dict[str, Any], complaint: str
) -> None:
    plain = case(dialogue).model_dump()
    with pytest.raises(ValidationError, match=complaint):
        PatientCase.model_validate(plain | change)
