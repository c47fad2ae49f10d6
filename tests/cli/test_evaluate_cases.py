"""`voice-triage evaluate cases` and `voice-triage simulate`, as another program meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voice_triage.cli import main
from voice_triage.cli.case_files import check_codes, read_cases, read_voices
from voice_triage.cli.exits import UsageError
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.protocol.model import Protocol

KEYS = {
    "n", "exact", "safe", "emergency_sensitivity", "under_triage", "over_triage", "false_emergency",
    "wrong_mode", "worst_under_triage_tiers", "questions_to_emergency", "questions_total",
    "words_to_emergency", "cases",
}  # fmt: skip
CASE = {
    "id": "numb", "age": 41, "facts": {"saddle_numbness": "yes"}, "attributes": {}, "note": "not read",
    "gold_tier": "emergency", "acceptable_tiers": ["emergency"], "gold_mode": "go",
    "opener": "My bum has gone numb.", "answers": {"L1": "No.", "L2": "No.", "C1": "Yes."},
    "when": "Since yesterday.", "readback_yes": "Yes.", "readback_no": "No.",
}  # fmt: skip


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return build_protocol(read_files(find_intents()))


@pytest.fixture
def cases(tmp_path: Path) -> str:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(CASE) + "\n")
    return str(file)


def test_one_json_object_and_nothing_else_is_printed(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "cases", cases, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == KEYS
    assert (result["n"], result["exact"], result["emergency_sensitivity"]) == (1, 1, 1.0)
    (told,) = result["cases"]
    assert {"id", "gold", "acceptable", "got", "mode", "rules", "questions", "asked"} <= set(told)
    assert (told["got"], told["mode"], told["rules"]) == ("emergency", "go", ["R10"])


def test_the_whole_interview_can_be_read(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "cases", cases, "--transcripts"]) == 0
    printed = capsys.readouterr().out
    assert "patient:   My bum has gone numb." in printed
    assert "numb: emergency go (R10) after" in printed


def test_a_bad_case_is_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{json.dumps(CASE)}\n{json.dumps({**CASE, 'gold_tier': 'urgent'})}\n")
    assert main(["evaluate", "cases", str(file), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{file}:2: gold_tier" in printed.err


def test_simulated_people_are_told_of_as_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "300", "--seed", "9", "--json"]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert result["n"] == 300
    assert result["dead_ends"] == []
    assert {"seconds", "interviews_per_second", "urgencies", "questions", "rules", "slowest"} <= set(result)
    assert "300/300" in printed.err, "there is no progress bar"


def test_nobody_cannot_be_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", "0"])
    assert ended.value.code == 2
    assert "no number from 1 on" in capsys.readouterr().err


VOICE = """
voice: brief
plain: {yes: ["Yep."], no: ["Nope."], unsure: ["Dunno."], right: ["Yep."], wrong: ["No."]}
opener: ["Bad back."]
for_me: ["Me."]
for_other: ["Not me."]
nothing_else: ["No."]
refuses: ["Skip."]
age: ["I'm {age}."]
course: {same: ["{since}. Same."], worse: ["{since}. Worse."], better: ["{since}. Better."]}
when: ["Began {began}."]
present: {C1: ["My bum is numb."]}
"""


def test_a_case_is_tried_in_voices_and_with_word_errors(
    cases: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = tmp_path / "brief.yaml"
    voice.write_text(VOICE)
    flags = ["--variants", str(voice), "--word-errors", "0", "10", "--repeat", "2", "--seed", "3", "--json"]
    assert main(["evaluate", "cases", cases, *flags]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result["by_voice"]) == {"as written", "brief"}
    assert {errors: told["runs"] for errors, told in result["by_errors"].items()} == {"0": 2, "10": 4}
    found = result["by_errors"]["0"]["emergencies_found"]
    assert (found["n"], found["of"]) == (2, 2)
    assert 0.3 < found["low"] < 0.4
    assert result["under_triage"] == []


def test_the_figures_of_trials_can_be_read(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "cases", cases, "--word-errors", "0"]) == 0
    printed = capsys.readouterr().out
    assert "emergencies found" in printed
    assert "1 of 1 (100.0%)" in printed


def test_cases_written_by_hand_are_read_and_what_they_leave_out_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "all: {readback_yes: 'Yes.', readback_no: 'No.', preliminary: {G0: For me.}}\n"
        "cases:\n"
        "  - {id: a, age: '41', facts: {urinary_leak: 'yes'}, gold_tier: emergency,\n"
        "     acceptable_tiers: [emergency], opener: My back., answers: {C3: I wet myself.}, when: Yesterday.}\n"
    )
    assert main(["evaluate", "cases", str(file), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["cases"]
    assert (told["got"], told["rules"]) == ("emergency", ["R10"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("cases:\n  - {id: a, facts: {no_such: 'yes'}}\n", ":2: no such questions: no_such"),
        ("cases:\n  - id: a\n    gold_tier: urgent\n", ":3: gold_tier"),
        ("cases: []\n", ":1: "),
        ("cases: [\n", "is not YAML"),
        ("other: 1\n", ":1: must hold `cases`"),
    ],
)
def test_a_bad_case_written_by_hand_is_named_with_file_and_line(
    text: str, complaint: str, tmp_path: Path, protocol: Protocol
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_cases([file], protocol)
    assert str(file) in str(refused.value)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (VOICE.replace("C1:", "X9:"), "there is no question X9"),
        (VOICE.replace('age: ["I\'m {age}."]', "age: []"), ":9: age"),
        (VOICE.replace("voice: brief", "voices: brief"), "voice is missing"),
    ],
)
def test_a_voice_that_cannot_be_used_is_refused(
    text: str, complaint: str, tmp_path: Path, protocol: Protocol
) -> None:
    voice = tmp_path / "voice.yaml"
    voice.write_text(text)
    with pytest.raises(UsageError, match=complaint):
        check_codes(read_voices([voice])[0], protocol)


def test_a_voice_without_words_for_a_case_is_refused(
    cases: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = tmp_path / "voice.yaml"
    voice.write_text(VOICE.replace("present: {C1", "present: {C2"))
    assert main(["evaluate", "cases", cases, "--variants", str(voice)]) == 2
    assert "has no words for C1" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--word-errors", "101"], ["--repeat", "0"], ["--seed", "x"]])
def test_flags_of_trials_are_checked(
    cases: str, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "cases", cases, *flags])
    assert ended.value.code == 2
    assert "is no number" in capsys.readouterr().err
