"""What people ask about beside the interview, in tests/intents/<language>/_topics.yaml and _remarks.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from reading_as import Hear

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.content.reading import read
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Endangered,
    NotUnderstood,
    Remarked,
    Request,
    Requested,
    Told,
)
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.understanding.clauses import shape
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.topics import remarked, topic_asked

TESTS = Path(__file__).parent.parent
HOME = find_intents() / "en"
MOMENTS = (
    ("collapse_or_faint", Kind.YES_NO),
    ("opener", Kind.FREE),
    ("offer", Kind.OFFER),
    ("go_on", Kind.MORE),
)
"""In the interview, at its beginning, after the advice, and while something is told."""
ASKING = {
    "can you just get me something for the pain please i'll take anything",
    "can you just can you tell me is it a slipped disc is that what it is",
    "is there a reason you're asking me about that",
    "how long will the ambulance be",
}
"""Of the measuring sets; looked at one by one: they ask, and answer nothing."""


def asked_in(name: str) -> dict[str, list[str]]:
    value = read(TESTS / "intents" / "en" / name).value
    assert isinstance(value, dict)
    return {key: [str(text) for text in texts] for key, texts in value.items()}


TOPICS, REMARKS = asked_in("_topics.yaml"), asked_in("_remarks.yaml")


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return build_protocol(read_files(find_intents()))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_asked_for_in_many_ways_at_any_moment(hear: Hear, topic: str) -> None:
    for text in TOPICS[topic]:
        for question, kind in MOMENTS:
            assert hear(question, text, kind) == AskedAbout(topic), (text, question)


def test_every_topic_has_six_unlike_ways_or_more() -> None:
    assert set(TOPICS) == {path.stem for path in (HOME / "topics").glob("*.yaml")}
    assert len(TOPICS) == 31
    for topic, texts in TOPICS.items():
        assert len(texts) >= 6, topic
        for one, other in combinations(texts, 2):
            assert set(one.split()) != set(other.split()), topic


@pytest.mark.parametrize("remark", REMARKS)
def test_what_makes_people_wait_is_met_after_the_advice(hear: Hear, remark: str) -> None:
    assert len(REMARKS[remark]) >= 6
    for text in REMARKS[remark]:
        assert hear("offer", text, Kind.OFFER) == Remarked(remark), text


def test_every_remark_is_tested() -> None:
    assert set(REMARKS) == set(read(HOME / "_remarks.yaml").value)


def test_a_remark_is_no_answer_and_an_answer_is_no_remark(hear: Hear) -> None:
    assert hear("saddle_numbness", "i'm too embarrassed") == Remarked("too-embarrassed")
    assert hear("saddle_numbness", "i don't want to bother anyone") == Remarked("dont-want-to-bother-anyone")
    numb = hear("saddle_numbness", "i'm too embarrassed but yes i'm numb down there")
    assert isinstance(numb, Answered)
    assert numb.status is Status.PRESENT
    assert isinstance(hear("opener", "it's just back pain", Kind.FREE), Told)


@pytest.mark.parametrize(
    "text",
    [
        "i have sciatica", "i had a scan last week", "i had an operation on my back", "it's only when i lift",
        "when i lift", "can walk fine", "lifting a box", "i can't sit", "my weight is the same", "no i don't need a scan",
        "surgery", "i take ibuprofen", "yes what is sciatica", "i'm waiting for a scan", "the doctor said it's a disc",
        "walking hurts", "i stayed in bed", "what is numb down there is my bottom", "how it hurts when i lift",
    ],
)  # fmt: skip
def test_a_statement_or_an_answer_is_no_question(hear: Hear, text: str) -> None:
    for question in ("saddle_numbness", "collapse_or_faint", "night_or_rest_pain"):
        assert not isinstance(hear(question, text), AskedAbout | Remarked), text


def test_what_is_numb_stays_an_answer(hear: Hear) -> None:
    said = hear("saddle_numbness", "what is numb down there is my bottom")
    assert (said.status, said.in_words) == (Status.PRESENT, True)


def test_a_finding_beside_the_question_is_never_lost(hear: Hear) -> None:
    for text in ("do i need a scan because i can't feel when i wipe", "what is sciatica i have wet myself"):
        event = hear("collapse_or_faint", text)
        assert not isinstance(event, AskedAbout)
        assert {said.fact for said in event.also} & {"saddle_numbness", "urinary_leak"}, text


def test_danger_comes_before_any_topic(hear: Hear) -> None:
    for question, kind in MOMENTS:
        event = hear(question, "do i need a scan i can't breathe", kind)
        assert isinstance(event, Endangered)


def test_to_ask_what_something_is_does_not_tell_it(hear: Hear) -> None:
    for text in (
        "what is sciatica",
        "is it cancer",
        "should i lose weight",
        "tell me about spinal infections",
    ):
        assert hear("collapse_or_faint", text).also == ()


def test_one_ear_is_enough_for_a_topic_unless_another_heard_the_finding(lexicon: Lexicon) -> None:
    asked = Asked("saddle_numbness", Kind.YES_NO)
    question = Utterance("do i need a scan", Ear.OPEN)
    for other, expected in (("[unk]", AskedAbout), ("yes", AskedAbout), ("i am numb down below", Answered)):
        hearing = Hearing((question, Utterance(other, Ear.GRAMMAR)))
        assert isinstance(interpret(hearing, asked, lexicon).event, expected), other


def test_poor_ears_have_to_agree_on_a_topic(lexicon: Lexicon) -> None:
    asked = Asked("saddle_numbness", Kind.YES_NO)
    question, other = Utterance("do i need a scan", Ear.OPEN), Utterance("yes", Ear.GRAMMAR)
    both = Hearing((question, Utterance("do i need a scan", Ear.GRAMMAR)), weak=True)
    assert interpret(both, asked, lexicon).event == AskedAbout("imaging-skip")
    assert interpret(Hearing((question, other), weak=True), asked, lexicon).event == NotUnderstood()


@pytest.mark.parametrize(
    ("request_", "texts"),
    [
        (Request.SHORTER, ["shorter please", "make it shorter", "in brief", "just tell me what to do", "give me the short version", "that was too long"]),
        (Request.SAY_THERE, ["what should i say there", "what do i say there", "what should i tell them when i get there", "what to say on the phone", "how do i explain it to them", "tell me what to say"]),
        (Request.SUMMARY, ["summary", "summarise it", "sum it up", "what do i tell them", "what shall i tell the nurse", "tell me what to tell the doctor"]),
        (Request.CHANGES, ["what if it changes", "what if it gets worse", "what do i do if it gets worse", "and if it doesn't get better", "when should i come back", "what if something new comes"]),
        (Request.MORE, ["go on", "tell me more", "tell me more about that", "carry on please", "continue", "keep going"]),
        (Request.WHY, ["why", "why do you ask"]),
    ],
)  # fmt: skip
def test_what_may_be_asked_after_the_advice(hear: Hear, request_: Request, texts: list[str]) -> None:
    for text in texts:
        assert hear("offer", text, Kind.OFFER) == Requested(request_), text


def test_words_of_these_requests_in_an_answer_ask_for_nothing(hear: Hear) -> None:
    for text in (
        "i've got shorter",
        "i am shorter than i was",
        "it hurts more",
        "it gets worse and i can't walk",
    ):
        event = hear("height_loss", text)
        assert not isinstance(event, Requested), text
    assert hear("suicidal_go_on", "yes go on please").status is Status.PRESENT


def test_go_on_is_answered_by_yes_and_no(hear: Hear) -> None:
    for text, status in (("yes", Status.PRESENT), ("yes please", Status.PRESENT), ("please", Status.PRESENT),
                         ("no", Status.ABSENT), ("no thanks", Status.ABSENT), ("that's enough", None)):  # fmt: skip
        event = hear("go_on", text, Kind.MORE)
        assert getattr(event, "status", None) is status, text


def measured() -> Iterator[tuple[str, str]]:
    """(what was asked, what was answered) of every answer in the tests and in the measuring sets."""
    for file in sorted((TESTS / "intents" / "en").glob("[a-z]*.yaml")):
        labelled = read(file).value
        assert isinstance(labelled, dict)
        yield from ((file.stem, str(text)) for texts in labelled.values() for text in texts)
    for file in sorted((TESTS / "measured").rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if isinstance(row.get("text"), str):
                yield str(row.get("question") or ""), row["text"]


def test_no_answer_that_anybody_gave_is_taken_for_a_topic_or_a_remark(
    lexicon: Lexicon, protocol: Protocol
) -> None:
    codes = {question.code: question for question in protocol.questions}
    codes |= {question.id: question for question in protocol.questions}
    taken, count = set(), 0
    for name, text in measured():
        count += 1
        form = shape(clean(text, lexicon.spelling), lexicon)
        if topic_asked(form, lexicon) is None and remarked(form, lexicon) is None:
            continue  # it could be neither, whatever was asked
        question = codes.get(name.partition(".")[0])
        asked = Asked(question.id, Kind(question.answer.value)) if question else Asked("", Kind.YES_NO)
        if isinstance(interpret(Hearing.typed(text), asked, lexicon).event, AskedAbout | Remarked):
            taken.add(text)
    assert count > 10_000
    assert taken == ASKING
