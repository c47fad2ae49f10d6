"""`voice-triage protocol show`: questions and rules in plain words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voice_triage.cli import main
from voice_triage.cli.question_sheet import QuestionSheet
from voice_triage.content import load
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol_index import read_index

INDEX = read_index(find_intents())
RULES = sorted({entry.rule.id for entry in INDEX.rules})


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["protocol", "show", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_question_is_told_with_all_that_belongs_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocol", "show", "C1"]) == 0
    printed = capsys.readouterr().out
    for part in (
        "C1 saddle_numbness",
        "asks       Is your bottom",
        "or else    ",
        "why        ",
        "looks for  New numbness",
        "when asked in every interview",
        "follow-up  saddle_numbness.new: Is that new",
        'a no       "',
        "rule       R10 (emergency, go): C1 saddle numbness: yes, new",
        "source     nice-ng127: NICE NG127",
    ):
        assert part in printed


@pytest.mark.parametrize("name", ["saddle_numbness", "c1", "Saddle_Numbness"])
def test_id_and_code_name_the_same_question(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert told(capsys, name) == told(capsys, "C1")


def test_examples_are_read_as_what_they_are_examples_of(capsys: pytest.CaptureFixture[str]) -> None:
    examples = told(capsys, "C1")["question"]["examples"]
    for label, answers in examples.items():
        assert len(answers) == 3
        for answer in answers:
            assert main(["explain", "C1", answer, "--json"]) == 0
            assert json.loads(capsys.readouterr().out)["read_as"] == [label]


def test_a_gate_and_what_pulls_forward_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "\n".join(told(capsys, "I3")["question"]["asked"])
    assert "only while an answer could still make it more urgent" in asked
    assert "only if, or when pulled forward: any of (I1 fever sweats: yes, not sure or no answer;" in asked
    assert "pulled forward by I1 present, I1 unsure" in asked


def test_a_rule_is_told_with_terms_resolved_advice_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocol", "show", "R55e"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("rule R55e: emergency, call\n")
    assert "sudden pain: any of\n        U1 course, sudden: yes\n" in printed
    assert "  A1 blood_thinner\n" in printed
    assert "Please call nine nine nine now." in printed
    assert "project-judgement: Judgement of this project" in printed


def test_rules_that_share_a_name_are_told_each(capsys: pytest.CaptureFixture[str]) -> None:
    cases = told(capsys, "R10")["rule"]["cases"]
    assert [case["questions"][0] for case in cases] == [
        "saddle_numbness",
        "bladder_retention_or_lost_urge",
        "urinary_leak",
        "bowel_loss",
    ]
    assert all(case["mode"] == "go" and "nine nine nine" in case["spoken_if_called"] for case in cases)


def test_below_emergency_the_reason_and_the_safety_net_are_spoken(capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = told(capsys, "R82")["rule"]["cases"]
    assert "Pain that keeps getting worse is worth a check." in case["spoken"]
    assert "Numbness in your bottom or private parts." in case["spoken"]


def test_the_region_gives_the_number(capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = told(capsys, "R01", "--region", "us")["rule"]["cases"]
    assert "nine one one" in case["spoken"]
    assert main(["protocol", "show", "R01", "--region", "atlantis"]) == 2
    assert "atlantis" in capsys.readouterr().err


def test_a_name_of_both_a_question_and_a_rule_tells_both(capsys: pytest.CaptureFixture[str]) -> None:
    result = told(capsys, "V1")
    assert result["question"]["id"] == "abdominal_or_flank_pain"
    assert result["rule"]["cases"][0]["urgency"] == "same_day"
    assert told(capsys, "C1")["rule"] is None


def test_every_question_can_be_told() -> None:
    folder = find_intents()
    dialogue = load(folder, region="uk")
    for question in INDEX.protocol.questions:
        sheet = QuestionSheet.of(question, INDEX, dialogue, folder)
        assert next(sheet.lines()).startswith(f"{question.code} {question.id}")
        assert "{" not in "".join(sheet.lines())


def test_every_rule_can_be_told() -> None:
    for entry in INDEX.rules:
        assert INDEX.teller.told(entry.when).inline()
        assert INDEX.rules_called(entry.rule.id)


def test_without_a_name_all_questions_and_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = told(capsys)
    assert [each["id"] for each in listed["questions"]] == list(INDEX.files.protocol[1].ask)
    assert sorted({each["id"] for each in listed["rules"]}) == RULES
    assert main(["protocol", "show"]) == 0
    printed = capsys.readouterr().out
    assert "  C1   saddle_numbness " in printed
    assert "  R10   emergency, go    cauda_equina\n" in printed


@pytest.mark.parametrize(
    ("name", "near"), [("saddle_numbnes", "saddle_numbness"), ("bladder", "bladder_retention_or_lost_urge"),
                       ("R10x", "R10"), ("zzzz", "")],
)  # fmt: skip
def test_an_unknown_name_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], name: str, near: str
) -> None:
    assert main(["protocol", "show", name]) == 2
    said = capsys.readouterr().err
    assert f"there is no question or rule '{name}'; the nearest are " in said
    assert near in said
    assert not said.rstrip().endswith("are")
