"""Interviews that are cut off at any moment: nothing recorded is lost or doubled, and they go on rightly."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from killed import Run, program
from shipped import dialogue_in

from voice_triage.dialogue import Dialogue, Turn
from voice_triage.interview.effects import Kind
from voice_triage.understanding.hearing import Hearing

SHALL_I = "Shall I go on from there?"
FIRST = {
    "who_for": "me",
    "opener": "my back hurts since i lifted a box",
    "course": "four days, getting better",
}


@pytest.fixture(scope="module")
def dialogue() -> Dialogue:
    return dialogue_in("uk")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kept = tmp_path / "kept"
    kept.mkdir()
    return kept


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with program(tmp_path_factory.mktemp("program")) as socket:
        yield socket


def unbroken(dialogue: Dialogue, chance: random.Random) -> tuple[list[str], list[Turn]]:
    """Somebody's answers, some of them silent or hard to read, and the turns of an interview without a break."""
    turns, answers = [dialogue.open()], []
    while (listen := turns[-1].listen) is not None:
        fact, kind = listen.asked.fact, listen.asked.kind
        usual = "34" if kind is Kind.AGE else "yes" if kind is Kind.READBACK else FIRST.get(fact, "no")
        strange = kind is Kind.YES_NO and turns[-1].state.silences == 0 and chance.random() < 0.25
        answers.append(chance.choice(("", "well you see it depends", "not sure")) if strange else usual)
        turns.append(dialogue.hear(turns[-1].state, Hearing.typed(answers[-1]) if answers[-1] else None))
    return answers, turns


def recorded(folder: Path) -> list[str]:
    """Every answer in the journals, but those to whether to go on."""
    found = []
    for journal in sorted(folder.glob("*.jsonl")):
        for line in journal.read_text().splitlines(keepends=True):
            if not line.endswith("\n"):
                continue  # torn
            entry = json.loads(line)
            if "heard" in entry and entry["asked"] != "resume:offer":
                found.append("" if entry["heard"] is None else entry["heard"][0]["text"])
    return found


@pytest.mark.parametrize("seed", range(1, 4))
def test_killed_at_random_points_nothing_is_lost_or_doubled_and_the_same_question_comes_again(
    server: Path, dialogue: Dialogue, folder: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret
    answers, turns = unbroken(dialogue, chance)
    there, kills = 0, 0
    run = Run(server, ("--save", str(folder), "--json"))
    run.read_to(turns[0].say[-1])
    while there < len(answers) - 4:  # up to the advice
        acknowledged = there + chance.randrange(3)
        for number in range(there, acknowledged):
            run.type(answers[number])
            run.read_to(turns[number + 1].say[-1])
        run.type(answers[acknowledged])
        time.sleep(chance.uniform(0, 0.012))  # that answer is in progress, was kept, or was acknowledged too
        run.kill()
        kills += 1
        there = len(recorded(folder))
        assert there in (acknowledged, acknowledged + 1)
        assert recorded(folder) == answers[:there], "an answer was lost, doubled or changed"
        if run.said[-1:] == [turns[acknowledged + 1].say[-1]]:
            assert there == acknowledged + 1, "the next question was put before the answer was kept"

        run = Run(server, ("--resume", "--save", str(folder), "--json"))
        pending = turns[there].say
        if there:
            run.read_to(SHALL_I)
            if chance.random() < 0.2:  # cut off again, at the question whether to go on
                run.kill()
                kills += 1
                run = Run(server, ("--resume", "--save", str(folder), "--json"))
                run.read_to(SHALL_I)
            assert run.said[-2] == f"We stopped at question {len(turns[there].state.trail)}."
            run.type("yes")
            before = len(run.said)
            run.read_to(pending[-1])
            asked = run.said[before:]
            assert tuple(asked) == pending[-len(asked) :], "another question was put than the one cut off"
        else:
            run.read_to(pending[-1])
    for answer in answers[there:]:
        run.type(answer)
    run.end()
    assert kills >= 9
    assert recorded(folder) == answers
    expected = [turn.conclusion for turn in turns if turn.conclusion is not None][-1]
    told = json.loads(run.said[-1])
    assert told["urgency"] == expected.urgency.id
    assert tuple(told["rules"]) == expected.rules
    assert told["findings"] == dict(expected.findings)
    assert tuple(told["advice"]) == expected.advice


def test_advice_of_an_emergency_that_was_cut_off_is_given_again_at_once(
    server: Path, dialogue: Dialogue, folder: Path
) -> None:
    run = Run(server, ("--save", str(folder)))
    for answer in ("me", "my back hurts", "yes my chest hurts"):
        run.type(answer)
    run.read_to("Would you like me to repeat that?")
    advice = run.said[-2]
    run.kill()
    run = Run(server, ("--resume", "--save", str(folder)))
    run.read_to("Would you like me to repeat that?")
    assert "999" in run.said[0]
    assert run.said[-2] == advice
    assert SHALL_I not in run.said
    run.type("no")
    run.end()
    run = Run(server, ("--resume", "--save", str(folder)))
    run.type("me")
    run.read_to(dialogue.phrasebook.text("opener.question"))
    assert any("no interview of the last hour" in note for note in run.notes), "it had ended"
    run.kill()


@pytest.mark.parametrize("answer", ["no", "", "start again"])
def test_whoever_does_not_want_to_go_on_is_asked_everything_anew(
    server: Path, dialogue: Dialogue, folder: Path, answer: str
) -> None:
    run = Run(server, ("--save", str(folder)))
    for each in ("me", "my back hurts", "no"):
        run.type(each)
    run.read_to(dialogue.phrasebook.text("collapse_or_faint.question"))
    run.kill()
    run = Run(server, ("--resume", "--save", str(folder)))
    run.type(answer)
    run.read_to(dialogue.phrasebook.text("who_for.question"))
    for each in ("me", "my back hurts"):
        run.type(each)
    run.read_to(dialogue.phrasebook.text("chest_pain_or_breathless.question"))
    run.kill()
    assert recorded(folder) == ["me", "my back hurts", "no", "me", "my back hurts"]


def test_a_second_program_does_not_write_into_the_journal_of_the_first(server: Path, folder: Path) -> None:
    first = Run(server, ("--save", str(folder)))
    for answer in ("me", "my back hurts", "no"):
        first.type(answer)
    first.read_to("Have you passed out, or do you feel like you might?")
    second = Run(server, ("--resume", "--save", str(folder)))
    second.read_to("Is this for you, or for someone else?")
    assert any("another voice-triage writes into it" in note for note in second.notes)
    second.kill()
    first.kill()
    assert recorded(folder) == ["me", "my back hurts", "no"]


def test_a_journal_that_cannot_be_kept_any_more_is_told_once_and_the_interview_goes_on(
    server: Path, folder: Path
) -> None:
    run = Run(server, ("--save", str(folder), "--json"))
    run.type("me")
    run.read_to("In a few words, what's the trouble?")
    for journal in folder.glob("*.jsonl"):
        journal.unlink()
    for answer in ("my back hurts", "no", "no", "my bottom is numb"):
        run.type(answer)
    run.read_to("Is that new, or worse, in the last two weeks?")
    run.type("yes")
    run.type("no")
    run.end()
    assert json.loads(run.said[-1])["urgency"] == "emergency"
    assert sum("nothing is kept" in note for note in run.notes) == 1
