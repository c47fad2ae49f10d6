"""Idioms: words of death and violence in everyday speech are neither a danger nor a finding."""

from __future__ import annotations

import pytest
from reading_as import Hear

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Answered, Endangered, Requested
from voice_triage.protocol.status import Status

IDIOMS = [
    "this pain is killing me",
    "my back's killing me honestly i could cry",
    "my feet are killing me in these shoes",
    "it's killing me to sit down",
    "i'm dying for a wee",
    "i'm dying for a cup of tea",
    "i'm dying to know what it is",
    "i'm dying of boredom here",
    "i'm dying of thirst",
    "i could murder a cup of tea",
    "i could murder a bag of chips",
    "i'd kill for a decent mattress",
    "my husband will kill me",
    "my wife's going to kill me for calling",
    "heartache more than anything",
    "it breaks my heart that i can't garden",
    "my heart's not in it",
    "it's a weight off my chest",
    "i nearly died of embarrassment",
    "i nearly died when i saw the bill",
    "i was scared to death",
    "bored to death",
    "sick to death of it",
    "worried to death about it",
    "it stabbed me in the back this morning",
    "it's like being stabbed",
    "it's like someone kicked me in the back",
    "it's like someone punched me in the kidneys",
    "it took my breath away",
    "i held my breath",
    "numb with pain",
    "i feel like death warmed up",
    "it'll be the death of me",
    "i'd rather die than go to hospital",
    "i worked myself to death",
    "i'm choked up about it",
    "it nearly gave me a heart attack",
    "i've been tearing about all day",
    "i'm going grey with worry",
    "i've gone grey since i had kids",
    "it costs an arm and a leg",
    "i'd be lost without her",
    "i want this over with",
    "i want the pain to end",
    "i've had enough of this pain",
    "i can't take any more painkillers they upset my stomach",
    "i can't live without my tea",
    "there's no point in going to the doctor",
    "life's too short",
    "i hung the washing out",
    "i cut myself chopping onions",
    "i hurt myself getting out of the bath",
    "i don't want to wake up the kids",
    "i don't want to be here all day",
    "i don't want to live in a home",
    "i thought i was dying",
    "i'm afraid of dying",
    "i'm not safe on a ladder",
    "it's not safe to lift that",
    "the doctor hurt me when he pressed there",
    "the physio hurt me",
    "i beat myself up about it",
    "i feel battered",
    "my blood's up",
    "i take blood pressure tablets",
    "i'm confused about what you're asking",
    "she's confused me with someone",
    "i can't speak highly enough of them",
    "i can't talk about that",
    "words fail me",
    "i double up with pain",
    "i've had my tablets",
    "i took two paracetamol",
    "i've taken too many knocks over the years",
    "the worst headache i had was years ago",
    "i see double when i'm drunk",
    "i've lost the will to live in that queue",
    "the suspense is killing me",
    "my wife died last year",
    "he died of a heart attack",
]
ASKED = [
    ("opener", Kind.FREE),
    ("major_trauma", Kind.YES_NO),
    ("fever_sweats", Kind.YES_NO),
    ("bladder_retention_or_lost_urge", Kind.YES_NO),
    ("urinary_leak", Kind.READBACK),
]


@pytest.mark.parametrize(("question", "kind"), ASKED, ids=[question for question, _ in ASKED])
@pytest.mark.parametrize("text", IDIOMS)
def test_an_idiom_is_no_danger_no_request_and_no_finding(
    hear: Hear, text: str, question: str, kind: Kind
) -> None:
    event = hear(question, text, kind)
    assert not isinstance(event, Endangered | Requested)
    assert event.also == ()
    assert not (isinstance(event, Answered) and event.status is Status.PRESENT and event.in_words)


AT_THE_DENIALS = [
    "this pain is killing me",
    "i'm dying for a wee",
    "i could murder a curry",
    "i was scared to death",
]


@pytest.mark.parametrize("kind", [Kind.DENIALS, Kind.OFFER])
@pytest.mark.parametrize("text", AT_THE_DENIALS)
def test_an_idiom_is_no_danger_at_the_end_either(hear: Hear, text: str, kind: Kind) -> None:
    assert not isinstance(hear(kind.value, text, kind), Endangered)
