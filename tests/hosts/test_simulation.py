"""Interviews with invented people: all come to an end, and each can be invented again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from voice_triage.adapters.system_clock import SystemClock
from voice_triage.content.locating import find_intents
from voice_triage.content.topics import plan
from voice_triage.dialogue import Dialogue
from voice_triage.hosts.invented_people import People
from voice_triage.hosts.simulation import Simulation
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    EngineFailed,
    Remarked,
    Request,
    Requested,
    Silence,
)
from voice_triage.interview.policy import Policy
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

SOME, MANY = 1500, 40_000
"""Of so many, some get to the rarest question: whether it burns to pee is asked of one in six thousand."""


def simulated(protocol: Protocol, seed: int = 1, people: int = SOME) -> dict[str, Any]:
    simulation = Simulation(protocol, Policy(), SystemClock())
    done: list[int] = []
    simulation.run(seed, people, done.append)
    assert sum(done) == people
    return simulation.summary()


@pytest.fixture(scope="module")
def result(dialogue: Dialogue) -> dict[str, Any]:
    return simulated(dialogue.protocol)


def test_every_interview_comes_to_its_end(result: dict[str, Any]) -> None:
    assert result["dead_ends"] == []
    assert result["n"] == sum(result["urgencies"].values()) == SOME
    assert result["interviews_per_second"] > 0


def test_no_interview_has_more_than_twenty_four_questions(result: dict[str, Any]) -> None:
    assert 0 < result["questions"]["median"] <= result["questions"]["max"] <= 24


def test_every_urgency_is_reached_and_every_question_put(dialogue: Dialogue) -> None:
    result = simulated(dialogue.protocol, people=MANY)
    assert all(result["urgencies"].values())
    assert set(result["rules"]) == {rule.id for rule in dialogue.protocol.rules}
    assert all(result["asked"].values())


def test_the_slowest_are_named_by_their_seeds(result: dict[str, Any]) -> None:
    assert all(1 <= each["seed"] <= SOME for each in result["slowest"])
    times = [each["microseconds"] for each in result["slowest"]]
    assert times == sorted(times, reverse=True)


def test_the_same_seeds_give_the_same_people_and_ends(dialogue: Dialogue) -> None:
    def ends(seed: int, people: int) -> tuple[Any, ...]:
        told = simulated(dialogue.protocol, seed, people)
        return told["urgencies"], told["rules"], told["asked"]

    assert ends(5, 200) == ends(5, 200)
    assert ends(5, 200) != ends(205, 200)


def test_a_person_is_the_same_alone_as_among_others(dialogue: Dialogue) -> None:
    people = People(dialogue.protocol)
    crowd = list(people.draw(4090, 20))
    assert [person.seed for person in crowd] == list(range(4090, 4110))
    assert [next(People(dialogue.protocol).draw(seed, 1)) for seed in (4090, 4095, 4096)] == [
        crowd[0],
        crowd[5],
        crowd[6],
    ]


def test_people_do_all_that_people_do(dialogue: Dialogue) -> None:
    events = People(dialogue.protocol).events
    assert any(isinstance(event, Silence) for event in events)
    assert Answered(Status.UNSURE) in events
    assert {event.request for event in events if isinstance(event, Requested)} == set(Request)
    assert {event.interrupt for event in events if isinstance(event, Endangered)} == set(
        dialogue.protocol.interrupts
    )
    assert any(isinstance(event, EngineFailed) for event in events)
    volunteered = {said.fact for event in events for said in getattr(event, "also", ())}
    assert {"saddle_numbness", "saddle_numbness.new", "saddle_numbness.old"} <= volunteered


def test_people_ask_about_topics_and_every_interview_still_comes_to_its_end(dialogue: Dialogue) -> None:
    topics = plan(find_intents() / "en")
    events = People(dialogue.protocol, topics).events
    assert {event.topic for event in events if isinstance(event, AskedAbout)} == set(topics)
    assert any(isinstance(event, Remarked) for event in events)
    simulation = Simulation(dialogue.protocol, Policy(), SystemClock(), topics)
    simulation.run(1, SOME, lambda count: None)
    assert simulation.dead_ends == []


def test_an_interview_that_breaks_down_is_a_dead_end_with_its_seed(dialogue: Dialogue) -> None:
    protocol = replace(dialogue.protocol, advice_order=())
    simulation = Simulation(protocol, Policy(), SystemClock())
    simulation.run(7, 40, lambda count: None)
    told = simulation.summary()
    assert told["n"] == 40
    assert told["dead_ends"]
    assert set(told["dead_ends"]) <= set(range(7, 47))
    assert all(dead_end.why for dead_end in simulation.dead_ends)
