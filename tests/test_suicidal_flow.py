"""Somebody speaks of suicide: two questions decide; then the back is offered, or the interview ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from shipped import dialogue_in

from voice_triage.dialogue import Conclusion, Dialogue
from voice_triage.interview.effects import Asked, Kind
from voice_triage.protocol.urgency import Mode
from voice_triage.understanding.hearing import Hearing

WORDS = "i want to die"
HARM, INTENT, GO_ON = "suicidal_harm", "suicidal_intent", "suicidal_go_on"
ANSWERS = {
    "readback": "yes",
    "age": "thirty four",
    "who_for": "it's for me",
    "opener": "my back hurts",
    GO_ON: "yes",
}


@pytest.fixture(scope="module")
def talk() -> Dialogue:
    return dialogue_in("uk")


@dataclass
class Walk:
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)

    @property
    def urgencies(self) -> list[str]:
        return [conclusion.urgency.id for conclusion in self.conclusions]

    def after(self, fact: str, count: int = 1) -> list[str]:
        place = self.asked.index(fact)
        return self.asked[place + 1 : place + 1 + count]


def key(asked: Asked) -> str:
    return asked.kind.value if asked.kind in (Kind.READBACK, Kind.DENIALS, Kind.OFFER) else asked.fact


def walk(talk: Dialogue, **answers: str | list[str]) -> Walk:
    """Each question is answered by its list, the last of which stays; "" is silence; what is not named is "no"."""
    given = {name: [words] if isinstance(words, str) else list(words) for name, words in answers.items()}
    walked, turn = Walk(), talk.open()
    while turn.listen is not None:
        assert len(walked.asked) < 80, "the conversation does not end"
        name = key(turn.listen.asked)
        walked.asked.append(name)
        ways = given.get(name, [ANSWERS.get(name, "no")])
        words = ways.pop(0) if len(ways) > 1 else ways[0]
        turn = talk.hear(turn.state, Hearing.typed(words) if words else None)
        walked.said += turn.say
        walked.conclusions += [turn.conclusion] if turn.conclusion else []
    return walked


def test_two_noes_bring_the_crisis_line_and_the_back_goes_on_where_it_was(talk: Dialogue) -> None:
    walked = walk(talk, major_trauma=[WORDS, "no"])
    assert walked.after("major_trauma", 4) == [HARM, INTENT, GO_ON, "major_trauma"]
    told = " ".join(walked.said)
    assert told.index("I'm really glad you told me.") < told.index(
        "Have you hurt yourself, or taken anything?"
    )
    assert "116 123" in told
    assert "If you're numb down below" in told
    assert walked.urgencies == ["same_day"]
    assert "R05s" in walked.conclusions[0].rules


@pytest.mark.parametrize(
    "answer", ["yes", "i'm not sure", "", "stop", "skip", WORDS, "i've taken too many pills"]
)
@pytest.mark.parametrize("question", [HARM, INTENT])
def test_anything_but_a_no_to_either_question_calls(talk: Dialogue, question: str, answer: str) -> None:
    walked = walk(talk, opener=[WORDS, "my back hurts"], **{question: answer})
    assert walked.urgencies == ["emergency"]
    assert walked.conclusions[0].mode is Mode.CALL
    assert GO_ON not in walked.asked


@pytest.mark.parametrize("answer", ["no", "", "stop", "no i don't want to go on", WORDS])
def test_who_does_not_go_on_gets_the_crisis_advice(talk: Dialogue, answer: str) -> None:
    walked = walk(talk, opener=[WORDS, "my back hurts"], **{GO_ON: answer})
    assert walked.urgencies == ["same_day"]
    assert walked.conclusions[0].rules[0] == "R05s"
    assert "chest_pain_or_breathless" not in walked.asked


@pytest.mark.parametrize(
    ("place", "answers"),
    [
        ("opener", {"opener": [WORDS, "my back hurts"]}),
        ("age", {"age": [WORDS, "thirty four"]}),
        ("denials", {"denials": [WORDS, "no"]}),
    ],
)
def test_the_interview_comes_back_to_the_same_place(
    talk: Dialogue, place: str, answers: dict[str, str | list[str]]
) -> None:
    walked = walk(talk, **answers)
    assert walked.after(place, 4) == [HARM, INTENT, GO_ON, place]
    assert walked.urgencies == ["same_day"]


@pytest.mark.parametrize(
    "answers",
    [
        {"urinary_leak": "yes", "readback": [WORDS, "yes"], "urinary_leak.new": "yes"},
        {"urinary_leak": "yes", "urinary_leak.new": [WORDS, "yes"]},
        {"urinary_leak": "i leak pee", "urinary_leak.new": [WORDS, "yes"]},
    ],
)
def test_a_finding_heard_before_the_words_is_taken_up_after_them(
    talk: Dialogue, answers: dict[str, str | list[str]]
) -> None:
    walked = walk(talk, **answers)
    assert walked.after(GO_ON) == ["urinary_leak.new"]
    assert walked.urgencies == ["emergency"]
    assert "R10" in walked.conclusions[0].rules


def test_the_questions_come_before_a_finding_said_in_the_same_breath(talk: Dialogue) -> None:
    walked = walk(talk, opener=["i want to die and i've wet myself", "my back hurts"])
    assert walked.after("opener", 4) == [HARM, INTENT, GO_ON, "urinary_leak.new"]


@pytest.mark.parametrize("danger", ["i can't breathe", "my waters have broken", "he punched me"])
@pytest.mark.parametrize("question", [HARM, INTENT, GO_ON])
def test_another_danger_in_the_middle_calls(talk: Dialogue, question: str, danger: str) -> None:
    walked = walk(talk, opener=[WORDS, "my back hurts"], **{question: danger})
    assert walked.urgencies == ["emergency"]


def test_requests_at_the_questions_are_obeyed_and_the_questions_stay(talk: Dialogue) -> None:
    walked = walk(
        talk, opener=[WORDS, "my back hurts"], suicidal_harm=["say that again", "why", "slower", "help", "no"]
    )
    assert walked.asked.count(HARM) == 5
    assert INTENT in walked.asked
    assert "chest_pain_or_breathless" in walked.asked


def test_said_again_later_the_questions_are_put_again(talk: Dialogue) -> None:
    walked = walk(
        talk, opener=[WORDS, "my back hurts"], major_trauma=[WORDS, "no"], suicidal_intent=["no", "yes"]
    )
    assert walked.asked.count(HARM) == walked.asked.count(INTENT) == 2
    assert walked.urgencies == ["emergency"]


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ({}, "same_day"),
        ({HARM: "yes"}, "emergency"),
        ({INTENT: ""}, "emergency"),
        ({GO_ON: "no"}, "same_day"),
    ],
)
def test_after_the_advice_the_questions_are_asked_too(
    talk: Dialogue, answers: dict[str, str], last: str
) -> None:
    walked = walk(talk, offer=[WORDS, "no"], **answers)
    assert HARM in walked.after("offer")
    assert walked.urgencies[-1] == last
    ranks = [conclusion.urgency for conclusion in walked.conclusions]
    assert ranks == sorted(ranks)


def test_after_an_emergency_they_are_heard_and_the_advice_stands(talk: Dialogue) -> None:
    walked = walk(talk, chest_pain_or_breathless="yes", offer=[WORDS, "no"])
    assert walked.urgencies == ["emergency", "emergency"]
    assert "I'm really glad you told me." in " ".join(walked.said)
    assert HARM not in walked.asked
