"""Danger before command, command before answer; idioms and ordinary words fire neither."""

from __future__ import annotations

import pytest
from reading_as import Hear, read_as

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Endangered, Requested, Said
from voice_triage.protocol.status import Status

SADDLE, BLADDER, LEAK = "saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak"

DANGERS = [
    ("chest", "there's a crushing pain in my chest"),
    ("chest", "i can't breathe"),
    ("chest", "i can't catch my breath"),
    ("chest", "the pain's going down my left arm"),
    ("chest", "my lips have gone blue"),
    ("chest", "it feels like a tight band across my chest"),
    ("chest", "i think i'm having a heart attack"),
    ("collapse", "i'm going to pass out"),
    ("collapse", "everything's going black"),
    ("collapse", "he's gone all grey and clammy"),
    ("collapse", "i'm in a cold sweat"),
    ("collapse", "i've been coughing up blood"),
    ("tearing", "it's a tearing pain between my shoulders"),
    ("tearing", "my belly is throbbing"),
    ("tearing", "they told me i've got an aneurysm"),
    ("stroke", "my face has dropped on one side"),
    ("stroke", "i can't speak properly"),
    ("stroke", "my arm has gone weak"),
    ("stroke", "it's the worst headache of my life"),
    ("suicidal", "i want to die"),
    ("suicidal", "i just want to end it all"),
    ("suicidal", "they'd be better off without me"),
    ("suicidal", "i'm thinking of killing myself"),
    ("suicidal", "i don't want to be here any more"),
    ("suicidal", "there's no point in living"),
    ("overdose", "i've taken too many painkillers"),
    ("overdose", "i took a double dose"),
    ("anaphylaxis", "my throat is closing up"),
    ("anaphylaxis", "she's unconscious"),
    ("anaphylaxis", "he's having a seizure"),
    ("sepsis", "i can't wake him"),
    ("sepsis", "she's very confused"),
    ("sepsis", "i'm shaking uncontrollably"),
    ("pregnancy", "my waters have broken"),
    ("pregnancy", "the baby's not moving"),
    ("violence", "he pushed me down the stairs"),
    ("violence", "i was beaten up"),
    ("violence", "i'm not safe here"),
]


@pytest.mark.parametrize(("danger", "text"), DANGERS, ids=[t for _, t in DANGERS])
@pytest.mark.parametrize("question", [SADDLE, "major_trauma", "opener"])
def test_danger_is_heard_whatever_was_asked(hear: Hear, question: str, danger: str, text: str) -> None:
    kind = Kind.FREE if question == "opener" else Kind.YES_NO
    event = hear(question, text, kind)
    assert isinstance(event, Endangered)
    also = {said.fact for said in event.also if said.fact.startswith("interrupt.")}
    assert danger == event.interrupt or f"interrupt.{danger}" in also


IDIOMS = [
    "i'm dying for a wee", "this pain is killing me", "i could murder a curry", "it gives me heartache",
    "i nearly died of embarrassment", "i could kill for a cup of tea", "i'm dead tired",
    "my bottom has gone dead", "my legs are dead", "it takes my breath away when i move",
    "i was scared to death", "i cut myself shaving", "it hit me like a ton of bricks", "i'm fighting fit",
    "i keep fit", "it's wear and tear", "i tore a muscle years ago", "i went grey at thirty",
    "my arm went dead because i slept on it", "i had a stroke of luck", "i'm confused by the question",
    "i'm on the safe side", "the new kitchen's being fitted", "i can't go on the toilet on demand",
    "i laughed until i cried", "heart of gold", "i don't want to die", "i'm not suicidal",
    "no chest pain", "i'm not going to faint", "my dad died of a heart attack", "my mum had a stroke",
    "i had a heart attack ten years ago", "the baby is moving fine", "my waters haven't broken",
    "the ball hit me", "my sister collapsed years ago", "i wake up at night", "i can't wait",
    "i can't talk now", "my breathing is fine", "i'm over the moon", "i've got a black eye",
]  # fmt: skip


@pytest.mark.parametrize("text", IDIOMS)
def test_an_idiom_a_denial_or_an_old_story_is_no_danger(hear: Hear, text: str) -> None:
    assert not isinstance(hear(SADDLE, text), Endangered)
    assert not isinstance(hear("opener", text, Kind.FREE), Endangered)


def test_cannot_go_on_is_a_danger_but_not_in_answer_to_a_toilet_question(hear: Hear) -> None:
    assert read_as(hear("major_trauma", "i can't go on like this")) == "danger:suicidal"
    assert not isinstance(hear(BLADDER, "i can't go on like this"), Endangered)


REQUESTS = [
    ("repeat", "repeat"), ("repeat", "could you say that again please"), ("repeat", "pardon"),
    ("repeat", "sorry what was that"), ("repeat", "i didn't catch that"), ("repeat", "what was the question"),
    ("why", "why"), ("why", "why do you want to know"), ("why", "what's that got to do with my back"),
    ("stop", "stop"), ("stop", "i want to stop now"), ("stop", "goodbye"), ("stop", "no more questions"),
    ("help", "help"), ("help", "help me please"), ("help", "can i speak to a person"),
    ("back", "go back"), ("back", "go back to the last question"), ("back", "previous question"),
    ("skip", "skip"), ("skip", "next question please"), ("skip", "i'd rather not say"),
    ("skip", "that's private dear"), ("skip", "pass"),
    ("slower", "slow down"), ("slower", "can you speak more slowly please"), ("slower", "too fast"),
    ("faster", "can you go a bit faster"), ("louder", "speak up"), ("louder", "i can't hear you"),
    ("quieter", "not so loud"), ("wait", "hold on a minute"), ("wait", "give me a second"),
    ("start_again", "start again"), ("start_again", "can we start over"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "text"), REQUESTS, ids=[t for _, t in REQUESTS])
@pytest.mark.parametrize("question", [SADDLE, BLADDER, LEAK])
def test_a_request_is_obeyed_when_it_is_all_that_was_said(
    hear: Hear, question: str, request_: str, text: str
) -> None:
    assert request_ == read_as(hear(question, text))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (SADDLE, "it's my back"),
        (LEAK, "it stops and starts"),
        (LEAK, "i can't stop once i've started"),
        (BLADDER, "i have to wait ages before it comes"),
        (BLADDER, "i can't hold on"),
        (SADDLE, "it came back last night"),
        (BLADDER, "it's slower than it was"),
        (LEAK, "i need help to clean up after an accident"),
        (SADDLE, "it's worse when i go faster"),
        (BLADDER, "i passed out in the bathroom once"),
    ],
)
def test_words_of_command_inside_an_answer_are_no_request(hear: Hear, question: str, text: str) -> None:
    assert not isinstance(hear(question, text), Requested)


MIXED = [
    ("stop i can't breathe", "danger:chest"),
    ("help my chest is crushing", "danger:chest"),
    ("wait i think i'm going to pass out", "danger:collapse"),
    ("repeat that i want to die", "danger:suicidal"),
    ("skip it my face has dropped", "danger:stroke"),
    ("slow down i can't catch my breath", "danger:chest"),
    ("go back my waters have broken", "danger:pregnancy"),
    ("stop stop everything's going black", "danger:collapse"),
]


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_danger_comes_before_command(hear: Hear, text: str, expected: str) -> None:
    assert expected == read_as(hear(SADDLE, text))


def test_a_finding_beside_a_request_is_kept(hear: Hear) -> None:
    event = hear(SADDLE, "stop my legs are numb")
    assert read_as(event) == "stop"
    assert Said("both_legs", Status.PRESENT) in event.also
    event = hear(SADDLE, "it's numb can you say that again")
    assert read_as(event) == "repeat"
    assert Said(SADDLE, Status.PRESENT) in event.also


def test_a_cry_for_help_beside_the_finding_leaves_the_answer_an_answer(hear: Hear) -> None:
    assert read_as(hear("both_legs", "both of them they're going numb help me")) == "present"
