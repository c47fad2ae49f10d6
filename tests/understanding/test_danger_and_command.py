"""Danger, command and finding in one breath: danger comes first, a finding is kept, a command is obeyed."""

from __future__ import annotations

import pytest
from reading_as import Hear, read_as

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Endangered
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

SADDLE = "saddle_numbness"
LEAK = "urinary_leak"
BLADDER = "bladder_retention_or_lost_urge"
FEVER = "fever_sweats"
OPENER = "opener"
AGE = "age"
LEAK_NEW = "urinary_leak.new"
WHO = "who_for"
DENIALS = "denials"
OFFER = "offer"

MIXTURES = [
    (SADDLE, Kind.YES_NO, "stop i can't breathe", "danger:chest"),
    (SADDLE, Kind.YES_NO, "help me i can't get any air", "danger:chest"),
    (SADDLE, Kind.YES_NO, "repeat that i think i'm going to faint", "danger:collapse"),
    (SADDLE, Kind.YES_NO, "slow down my chest is tight", "danger:chest"),
    (SADDLE, Kind.YES_NO, "no he hit me", "danger:violence"),
    (SADDLE, Kind.YES_NO, "no she's collapsed", "danger:collapse"),
    (SADDLE, Kind.YES_NO, "no my chest is tight", "danger:chest"),
    (SADDLE, Kind.YES_NO, "yes and i want to die", "danger:suicidal"),
    (SADDLE, Kind.YES_NO, "skip it i don't want to live any more", "danger:suicidal"),
    (SADDLE, Kind.YES_NO, "go back i've taken a double dose", "danger:overdose"),
    (
        SADDLE,
        Kind.YES_NO,
        "i've taken too many tablets and my chest is tight",
        "danger:chest +interrupt.overdose",
    ),
    (SADDLE, Kind.YES_NO, "i want to die i've taken too many pills", "danger:overdose +interrupt.suicidal"),
    (SADDLE, Kind.YES_NO, "he punched me and my waters have broken", "danger:pregnancy +interrupt.violence"),
    (SADDLE, Kind.YES_NO, "he pushed me and i want to die", "danger:suicidal +interrupt.violence"),
    (LEAK, Kind.YES_NO, "i've wet myself and i can't breathe", "danger:chest"),
    (SADDLE, Kind.YES_NO, "stop i've wet myself and my face has dropped", "danger:stroke +urinary_leak"),
    (SADDLE, Kind.READBACK, "yes and my chest is crushing", "danger:chest"),
    (SADDLE, Kind.READBACK, "no but he hit me", "danger:violence"),
    (SADDLE, Kind.READBACK, "stop i want to die", "danger:suicidal"),
    (SADDLE, Kind.READBACK, "no i've taken a whole box of painkillers", "danger:overdose"),
    (SADDLE, Kind.READBACK, "stop", "stop"),
    (SADDLE, Kind.READBACK, "yes stop", "stop"),
    (SADDLE, Kind.READBACK, "no go back", "back"),
    (SADDLE, Kind.READBACK, "repeat that please", "repeat"),
    (DENIALS, Kind.DENIALS, "no and i want to die", "danger:suicidal"),
    (DENIALS, Kind.DENIALS, "yes i can't breathe", "danger:chest"),
    (DENIALS, Kind.DENIALS, "wait my waters have gone", "danger:pregnancy"),
    (DENIALS, Kind.DENIALS, "no stop", "stop"),
    (DENIALS, Kind.DENIALS, "stop i've wet myself", "stop +urinary_leak"),
    (DENIALS, Kind.DENIALS, "go back", "back"),
    (OFFER, Kind.OFFER, "no i can't breathe", "danger:chest"),
    (OFFER, Kind.OFFER, "no thanks i want to die", "danger:suicidal"),
    (OFFER, Kind.OFFER, "repeat it i'm going to pass out", "danger:collapse"),
    (OFFER, Kind.OFFER, "stop", "stop"),
    (OFFER, Kind.OFFER, "stop i've wet myself", "stop +urinary_leak"),
    (OFFER, Kind.OFFER, "yes say that again", "present"),
    (OPENER, Kind.FREE, "stop i can't breathe", "danger:chest"),
    (OPENER, Kind.FREE, "stop", "stop"),
    (OPENER, Kind.FREE, "help me", "help"),
    (OPENER, Kind.FREE, "it's my back", "told"),
    (OPENER, Kind.FREE, "my back went and i need help", "told"),
    (AGE, Kind.AGE, "seventy and i can't breathe", "danger:chest"),
    (AGE, Kind.AGE, "stop", "stop"),
    (AGE, Kind.AGE, "sorry seventy", "age"),
    (LEAK_NEW, Kind.ONSET, "stop", "stop"),
    (LEAK_NEW, Kind.ONSET, "since monday and now i'm coughing up blood", "danger:collapse"),
    (LEAK_NEW, Kind.ONSET, "it came back last night", "present"),
    (WHO, Kind.CHOICE, "it's my mum she can't breathe", "danger:chest"),
    (WHO, Kind.CHOICE, "help me", "help"),
    (SADDLE, Kind.YES_NO, "just stop", "stop"),
    (SADDLE, Kind.YES_NO, "oh stop it now please", "stop"),
    (SADDLE, Kind.YES_NO, "can you stop please", "stop"),
    (SADDLE, Kind.YES_NO, "no stop", "stop"),
    (SADDLE, Kind.YES_NO, "could you just repeat that for me please", "repeat"),
    (SADDLE, Kind.YES_NO, "hang on i'll ask my wife", "wait"),
    (SADDLE, Kind.YES_NO, "stop my legs are numb", "stop +both_legs"),
    (SADDLE, Kind.YES_NO, "i've wet myself and i want to stop", "stop +urinary_leak"),
    (SADDLE, Kind.YES_NO, "say that again it's numb", "repeat +saddle_numbness"),
    (SADDLE, Kind.YES_NO, "louder please i've wet myself", "louder +urinary_leak"),
    (SADDLE, Kind.YES_NO, "help me", "help"),
    (SADDLE, Kind.YES_NO, "help my chest hurts", "help +chest_pain_or_breathless"),
    (SADDLE, Kind.YES_NO, "it's my back", "absent"),
    (LEAK, Kind.YES_NO, "i can't stop once i've started", "present"),
    (LEAK, Kind.YES_NO, "it won't stop", "present"),
    (LEAK, Kind.YES_NO, "i can't stop it", "present"),
    (BLADDER, Kind.YES_NO, "i have to wait", "present"),
    (BLADDER, Kind.YES_NO, "i just can't go on", "present"),
    (BLADDER, Kind.YES_NO, "i can't go on the toilet", "present"),
    (FEVER, Kind.YES_NO, "i can't go on the loo", "asked again +bladder_retention_or_lost_urge"),
    (FEVER, Kind.YES_NO, "i just can't go on", "danger:suicidal"),
    (SADDLE, Kind.YES_NO, "my mum had a fit this morning", "danger:anaphylaxis"),
    (SADDLE, Kind.YES_NO, "my mum had a fit last year", "asked again"),
    (SADDLE, Kind.YES_NO, "my husband was hitting me", "danger:violence"),
]
"""(question, manner, what was said, what it is read as + what is kept beside it)"""


@pytest.mark.parametrize(("question", "kind", "text", "wanted"), MIXTURES)
def test_danger_comes_first_and_findings_are_kept(
    hear: Hear, question: str, kind: Kind, text: str, wanted: str
) -> None:
    event = hear(question, text, kind)
    reading, *kept = wanted.split(" +")
    assert read_as(event) == reading
    assert set(kept) <= {said.fact for said in getattr(event, "also", ())}


DANGERS = [
    ("chest", "it feels as if my chest is in a vice"),
    ("chest", "i'm fighting for breath here"),
    ("chest", "i can't draw breath"),
    ("chest", "i'm struggling for air"),
    ("chest", "my jaw's aching and it's going down my arm"),
    ("chest", "pain's shooting down both arms"),
    ("chest", "my tightness is across my chest and into my arm"),
    ("chest", "dad's gone blue"),
    ("chest", "i'm having palpitations and my chest is tight"),
    ("chest", "it's a heart attack i know it is"),
    ("collapse", "i'm about to keel over"),
    ("collapse", "i keep blacking out"),
    ("collapse", "i've come over in a cold sweat"),
    ("collapse", "he's just collapsed"),
    ("collapse", "my gran's collapsed in the hall"),
    ("collapse", "everything's gone dark"),
    ("collapse", "i'm spitting blood"),
    ("collapse", "i threw up blood this morning"),
    ("collapse", "my stools are black and tarry"),
    ("collapse", "she's gone all grey and sweaty"),
    ("tearing", "like something's tearing inside me"),
    ("tearing", "there's a pulsing lump in my belly"),
    ("tearing", "it feels like it's ripping apart between my shoulder blades"),
    ("tearing", "my tummy's got a heartbeat"),
    ("tearing", "i've got an aneurysm they're keeping an eye on"),
    ("stroke", "the left side of my face is drooping"),
    ("stroke", "his mouth has dropped"),
    ("stroke", "my speech is slurred"),
    ("stroke", "my right arm's just gone dead"),
    ("stroke", "i can't move my left arm"),
    ("stroke", "mum's slurring and one arm's weak"),
    ("stroke", "words are coming out all wrong"),
    ("stroke", "i can't talk properly"),
    ("stroke", "sudden terrible headache"),
    ("stroke", "my husband's having a stroke"),
    ("anaphylaxis", "my tongue's swelling"),
    ("anaphylaxis", "my throat is tightening up"),
    ("anaphylaxis", "my lips have swollen up and i can't swallow"),
    ("anaphylaxis", "he's having fits"),
    ("anaphylaxis", "my son is having a seizure"),
    ("anaphylaxis", "she's choking"),
    ("anaphylaxis", "he isn't breathing"),
    ("anaphylaxis", "she's out cold"),
    ("sepsis", "he's gone all muddled"),
    ("sepsis", "mum is very confused and hot"),
    ("sepsis", "i can't wake my husband"),
    ("sepsis", "she won't wake"),
    ("sepsis", "dad's talking nonsense"),
    ("sepsis", "i've got mottled skin on my legs"),
    ("sepsis", "i can't stop shaking"),
    ("overdose", "i've had a whole box of painkillers"),
    ("overdose", "i took too many by mistake"),
    ("overdose", "i've taken way too many"),
    ("overdose", "i swallowed all the pills at once"),
    ("overdose", "i took a double dose of morphine"),
    ("overdose", "i've had loads of tablets today"),
    ("overdose", "i took about thirty pills"),
    ("overdose", "i've accidentally taken double"),
    ("suicidal", "i'm going to end my life"),
    ("suicidal", "i just want to be dead"),
    ("suicidal", "i keep thinking about killing myself"),
    ("suicidal", "i've got thoughts of suicide"),
    ("suicidal", "i'd be better off dead and so would they"),
    ("suicidal", "there's no point going on"),
    ("suicidal", "i've nothing to live for"),
    ("suicidal", "they'd be better off without me"),
    ("suicidal", "i want to top myself"),
    ("suicidal", "i feel like killing myself"),
    ("suicidal", "i don't want to be alive any more"),
    ("suicidal", "i wish i'd never been born"),
    ("suicidal", "i wish i could just die"),
    ("suicidal", "i'm thinking of ending it all"),
    ("suicidal", "i feel like jumping off a bridge"),
    ("suicidal", "she says she wants to kill herself"),
    ("suicidal", "he's talking about ending his life"),
    ("suicidal", "i'm having suicidal thoughts"),
    ("suicidal", "life's not worth it"),
    ("suicidal", "honestly i'd rather be dead"),
    ("pregnancy", "my waters have burst"),
    ("pregnancy", "i'm bleeding and i'm pregnant"),
    ("pregnancy", "i'm pregnant and there's some bleeding"),
    ("pregnancy", "i haven't felt baby move since this morning"),
    ("pregnancy", "the baby's stopped kicking"),
    ("pregnancy", "i'm getting contractions every five minutes"),
    ("pregnancy", "i've gone into labour"),
    ("pregnancy", "i think i'm miscarrying"),
    ("violence", "my partner beats me"),
    ("violence", "he punched me in the back"),
    ("violence", "she threw me down the stairs"),
    ("violence", "i got stabbed last night"),
    ("violence", "i've been assaulted"),
    ("violence", "i'm scared of my husband"),
    ("violence", "i don't feel safe with him"),
    ("violence", "my husband was hitting me"),
    ("violence", "my ex attacked me"),
    ("violence", "somebody kicked me in the back last night"),
    ("tearing", "it felt like something ripped inside my back"),
    ("tearing", "something tore inside my belly"),
    ("tearing", "i've a ripping pain in my back"),
    ("tearing", "it's like i'm being torn in two"),
    ("tearing", "there's something pulsing in my tummy"),
    ("anaphylaxis", "my throat's swelling up"),
    ("anaphylaxis", "i can't swallow and my tongue is swollen"),
    ("sepsis", "she's not making any sense"),
    ("sepsis", "he's talking gibberish"),
    ("sepsis", "my wife's gone all confused"),
    ("overdose", "i took the whole packet of paracetamol"),
    ("overdose", "i've taken far too many pills"),
    ("pregnancy", "i'm pregnant and i'm bleeding"),
    ("pregnancy", "my waters just went"),
]
ASKED = [
    (OPENER, Kind.FREE),
    ("major_trauma", Kind.YES_NO),
    (BLADDER, Kind.READBACK),
    (DENIALS, Kind.DENIALS),
    (OFFER, Kind.OFFER),
]


@pytest.mark.parametrize(("question", "kind"), ASKED)
@pytest.mark.parametrize(("danger", "text"), DANGERS)
def test_a_danger_fires_in_many_words_whatever_was_asked(
    hear: Hear, danger: str, text: str, question: str, kind: Kind
) -> None:
    event = hear(question, text, kind)
    assert isinstance(event, Endangered)
    assert danger == event.interrupt or f"interrupt.{danger}" in {said.fact for said in event.also}


@pytest.mark.parametrize(("free", "bound"), [("i can't breathe", "no"), ("", "i want to die")])
def test_of_good_ears_one_is_enough_for_a_danger(lexicon: Lexicon, free: str, bound: str) -> None:
    hearing = Hearing((Utterance(free, Ear.OPEN), Utterance(bound, Ear.GRAMMAR)))
    assert isinstance(interpret(hearing, Asked(SADDLE, Kind.YES_NO), lexicon).event, Endangered)


def test_what_poor_ears_both_hear_of_a_danger_counts(lexicon: Lexicon) -> None:
    words = "i can't breathe"
    hearing = Hearing((Utterance(words, Ear.GRAMMAR), Utterance(words, Ear.REJECTING)), weak=True)
    assert isinstance(interpret(hearing, Asked(SADDLE, Kind.YES_NO), lexicon).event, Endangered)
