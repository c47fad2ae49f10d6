"""The judge of answers: what it counts, and what it refuses to count."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from voice_triage.adapters.system_clock import SystemClock
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.answer_rows import AnswerRow
from voice_triage.hosts.judging_answers import AnswerJudge, summary


@pytest.fixture
def judge(dialogue: Dialogue) -> AnswerJudge:
    return AnswerJudge(dialogue, SystemClock())


def judged(judge: AnswerJudge, *rows: dict[str, Any]) -> dict[str, Any]:
    named = [AnswerRow.model_validate({"id": f"row {n}", **row}) for n, row in enumerate(rows, 1)]
    return summary([each for row in named if (each := judge.judge(row)) is not None], judge.skipped)


def only(judge: AnswerJudge, question: str | None, text: str, **expected: Any) -> dict[str, Any]:
    return judged(judge, {"question": question, "text": text, **expected})


@pytest.mark.parametrize(
    ("question", "text", "label"),
    [
        ("C1", "I can't feel when I wipe", "present"),
        ("saddle_numbness", "yes", "present"),
        ("C1", "no", "absent"),
        ("C1", "I don't know", "unsure"),
        ("C1", "the teapot is on the table", "none"),
        ("C1", "", "none"),
        ("C1", "say that again", "repeat"),
        ("C1", "why do you ask", "why"),
        ("C1", "stop", "stop"),
        ("C1", "hang on", "wait"),
        ("C1", "I can't breathe", "interrupt:chest"),
        ("C1.new", "since yesterday", "present"),
        (None, "yes", "present"),
        (None, "no", "absent"),
    ],
)
def test_an_answer_read_as_its_label_is_correct(
    judge: AnswerJudge, question: str | None, text: str, label: str
) -> None:
    result = only(judge, question, text, label=label)
    assert (result["n"], result["correct"]) == (1, 1), result["rows"]
    row = result["rows"][0]
    assert {"id", "label", "read_as", "score", "why"} <= set(row)
    assert (row["id"], row["label"], row["read_as"]) == ("row 1", label, label)


def test_a_sign_read_as_no_is_missed_and_is_a_false_absent(judge: AnswerJudge) -> None:
    result = only(judge, "C1", "no", label="present")
    assert (result["missed"], result["false_absent"], result["correct"]) == (["row 1"], ["row 1"], 0)


def test_doubt_read_as_no_is_a_false_absent_and_not_missed(judge: AnswerJudge) -> None:
    result = only(judge, "C1", "no", label="unsure")
    assert (result["missed"], result["false_absent"]) == ([], ["row 1"])


@pytest.mark.parametrize("label", ["absent", "unsure", "none"])
def test_a_yes_where_none_was_said_is_a_false_present(judge: AnswerJudge, label: str) -> None:
    assert only(judge, "C1", "yes", label=label)["false_present"] == ["row 1"]


def test_a_doubtful_no_that_the_interview_asks_again_is_read_as_none(judge: AnswerJudge) -> None:
    result = only(judge, "C1", "I don't think so", label="present")
    assert (result["missed"], result["asked_again"]) == ([], 1)
    assert result["rows"][0]["read_as"] == "none"


def test_a_doubtful_no_to_no_question_in_particular_is_a_no(judge: AnswerJudge) -> None:
    assert only(judge, None, "I don't think so", label="absent")["correct"] == 1


def test_an_old_symptom_has_to_be_read_as_present(judge: AnswerJudge) -> None:
    result = judged(
        judge,
        {"question": "C3", "text": "yes", "label": "present", "old": True},
        {"question": "C3", "text": "no", "label": "present", "old": True},
    )
    assert (result["correct"], result["missed"]) == (1, ["row 2"])


def test_a_finding_beside_a_request_is_right_as_either(judge: AnswerJudge) -> None:
    text = "I can't feel when I wipe, say that again please"
    result = judged(
        judge,
        {"question": "C1", "text": text, "label": "present"},
        {"question": "C1", "text": text, "label": "repeat"},
    )
    assert result["correct"] == 2
    assert [row["read_as"] for row in result["rows"]] == ["present", "present"]


def test_a_danger_that_was_not_heard_is_missed(judge: AnswerJudge) -> None:
    result = only(judge, "C1", "no", label="interrupt:chest")
    assert (result["interrupts_missed"], result["interrupts_false"], result["correct"]) == (1, 0, 0)


def test_a_danger_where_none_is_is_false(judge: AnswerJudge) -> None:
    result = only(judge, "C1", "I can't breathe", label="none")
    assert (result["interrupts_missed"], result["interrupts_false"], result["correct"]) == (0, 1, 0)


def test_a_danger_is_a_right_answer_to_the_question_about_the_same(judge: AnswerJudge) -> None:
    result = judged(
        judge,
        {"question": "L1", "text": "I can't breathe", "label": "present"},
        {"question": "C1", "text": "I can't breathe", "label": "present"},
        {"question": "G1", "text": "I can't breathe", "findings": {"L1": "present"}},
    )
    assert (result["correct"], result["interrupts_false"]) == (2, 1)
    assert result["findings_found"] == 1


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("forty one", 41, "right"),
        ("forty one", 14, "wrong"),
        ("in my fifties", [50, 59], "right"),
        ("in my fifties", 55, "right"),
        ("in my fifties", 65, "wrong"),
        ("I'd rather not say", None, "right"),
        ("forty one", None, "wrong"),
        ("the teapot is on the table", 41, "asked_again"),
    ],
)
def test_ages_are_right_wrong_or_asked_again(judge: AnswerJudge, text: str, value: Any, how: str) -> None:
    result = only(judge, "D1", text, kind="age", value=value)
    counts = {name: result[f"value_{name}"] for name in ("right", "wrong", "asked_again")}
    assert counts == {"right": 0, "wrong": 0, "asked_again": 0} | {how: 1}
    assert result["correct"] == (how == "right")


@pytest.mark.parametrize(
    ("text", "kind", "value", "how"),
    [
        ("about three weeks", "duration_days", 21, "right"),
        ("two months", "duration_days", [55, 65], "right"),
        ("three weeks", "duration_days", 3, "wrong"),
        ("the back six weeks and worse since yesterday", "duration_days", 42, "right"),
        ("the back six weeks and worse since yesterday", "onset_days_ago", 1, "right"),
        ("a teapot", "onset_days_ago", 1, "asked_again"),
    ],
)
def test_times_are_right_wrong_or_asked_again(
    judge: AnswerJudge, text: str, kind: str, value: Any, how: str
) -> None:
    result = only(judge, "C1.new", text, kind=kind, value=value)
    assert result[f"value_{how}"] == 1, result["rows"]


def test_what_is_asked_because_it_may_have_been_said_is_neither_found_nor_invented(
    judge: AnswerJudge,
) -> None:
    text = "i slipped off the bottom of the slide"  # a phrase about the seat, and no more
    for findings, how in (
        ({"C1": "present"}, "asked"),
        ({}, "asked_in_vain"),
        ({"C1": "absent"}, "asked_in_vain"),
    ):
        result = only(judge, "G1", text, findings=findings)
        assert result[f"findings_{how}"] >= 1, result["rows"]
        assert result["findings_found"] == result["findings_reversed"] == 0


def test_findings_of_free_speech_are_found_missed_invented_or_reversed(judge: AnswerJudge) -> None:
    text = "my bum has gone numb"
    counts = {}
    for name, findings in {
        "found": {"C1": "present"},
        "missed": {"C1": "present", "C2": "present"},
        "invented": {"C2": "absent"},
        "reversed": {"C1": "absent"},
    }.items():
        result = only(judge, "G1", text, findings=findings)
        counts[name] = {
            what: result[f"findings_{what}"] for what in ("found", "missed", "invented", "reversed")
        }
    assert counts == {
        "found": {"found": 1, "missed": 0, "invented": 0, "reversed": 0},
        "missed": {"found": 1, "missed": 1, "invented": 0, "reversed": 0},
        "invented": {"found": 0, "missed": 0, "invented": 1, "reversed": 0},
        "reversed": {"found": 0, "missed": 0, "invented": 0, "reversed": 1},
    }


def test_rows_about_what_the_protocol_does_not_have_are_named_and_not_counted(judge: AnswerJudge) -> None:
    result = judged(
        judge,
        {"question": "C1", "text": "no", "label": "absent"},
        {"question": "X9", "text": "no", "label": "absent"},
        {"question": "C1", "text": "no", "label": "interrupt:dragons"},
        {"question": "G1", "text": "my bum has gone numb", "findings": {"C1": "present", "X9": "absent"}},
    )
    assert (result["n"], result["correct"]) == (2, 2)
    assert result["skipped"] == [
        {"id": "row 2", "what": "X9"},
        {"id": "row 3", "what": "interrupt:dragons"},
        {"id": "row 4", "what": "X9"},
    ]


def test_each_label_has_its_own_count(judge: AnswerJudge) -> None:
    result = judged(
        judge,
        {"question": "C1", "text": "no", "label": "absent"},
        {"question": "C1", "text": "yes", "label": "absent"},
        {"question": "D1", "text": "forty one", "kind": "age", "value": 41},
    )
    assert result["by_label"]["absent"] == {
        "n": 2,
        "correct": 1,
        "read_as": {"absent": 1, "present": 1},
    }
    assert result["by_label"]["age"]["correct"] == 1
    assert result["microseconds_per_answer"] > 0


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"label": "presnt"}, "no label"),
        ({"label": "interrupt:"}, "no label"),
        ({}, "neither a label"),
        ({"kind": "age"}, "no value"),
        ({"kind": "shoe_size", "value": 44}, "age"),
        ({"kind": "age", "value": [59, 50]}, "no range"),
        ({"findings": {"C1": "maybe"}}, "present"),
        ({"label": "absent", "text": None}, "string"),
    ],
)
def test_a_row_that_cannot_be_judged_is_refused(row: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        AnswerRow.model_validate({"id": "1", "question": "C1", "text": "no", **row})
