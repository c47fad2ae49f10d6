"""Dangers told in words that no phrase knows: they are asked about, and ordinary talk is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import test_idioms

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Endangered, Event, Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

ORDINARY = Asked("cancer_history", Kind.YES_NO)
HALF_HEARD = {
    "chest": (
        "it's like a sack of coal is sitting on my ribs and i'm gasping",
        "it's creeping up into my jaw and down to my elbow this heaviness",
        "he's fighting for air and his mouth has gone purple",
    ),
    "stroke": (
        "hang on my fingers have gone dead and the words won't come out right",
        "her mouth has slid down at one corner and she's dribbling",
        "out of nowhere the worst head i have ever had like a thunderclap",
    ),
    "anaphylaxis": (
        "she's had a prawn and her tongue is filling her mouth",
        "i got stung and my throat feels like it's being tied shut",
        "he's stiff and jerking and his eyes have rolled up",
    ),
    "sepsis": (
        "she's roasting hot and she doesn't know her own daughter",
        "his skin has gone all patchy and he's that hot and mumbling rubbish",
    ),
    "overdose": (
        "i think i've doubled up on my morphine by mistake",
        "the little one got in my handbag and ate the pills like sweets",
    ),
    "suicidal": (
        "they'd all get on better if i was out of the way for good",
        "i've written the letters and put the cat with my sister i won't be needing anything",
    ),
    "pregnancy": (
        "i'm six months gone and there's fresh blood in my knickers",
        "the baby's gone ever so still since this morning and i'm due next month",
    ),
    "violence": (
        "he's got me by the hair every time he's had a drink",
        "keep your voice down my husband will batter me",
    ),
}
ORDINARY_TALK = (
    "no nothing like that at all",
    "my mother had it in the breast years ago",
    "i'm dying for a cup of tea to be honest",
    "the pain is murder when i bend but that's all",
    "i take one tablet in the morning like the doctor said",
    "my arm has been weak since i broke it as a boy",
    "it gave me a fright when the dog jumped at me",
    "they found a mole on my back but it was harmless",
    "i nearly choked laughing at the telly last night",
    "i'm tired and fed up of this pain",
    "the baby's fine she's asleep next to me",
    "it's been tight across my lower back since i dug the garden",
    "my chest is fine and so is my breathing",
    "i was hot all night because the heating was on",
    "my wife says i moan too much",
)


def read(text: str, lexicon: Lexicon, asked: Asked = ORDINARY) -> Event:
    return interpret(Hearing.typed(text), asked, lexicon).event


@pytest.mark.parametrize(
    ("danger", "text"), [(danger, text) for danger, texts in HALF_HEARD.items() for text in texts]
)
def test_it_is_asked_about_or_acted_on(danger: str, text: str, lexicon: Lexicon) -> None:
    event = read(text, lexicon)
    assert isinstance(event, Endangered)
    assert event.interrupt == danger


def test_without_the_reader_some_of_these_would_be_heard_by_nobody(lexicon: Lexicon) -> None:
    deaf = replace(lexicon, danger_reader=None)
    texts = [text for texts in HALF_HEARD.values() for text in texts]
    missed = [text for text in texts if not isinstance(read(text, deaf), Endangered)]
    assert len(missed) > len(texts) / 4


def test_few_idioms_are_asked_about(lexicon: Lexicon) -> None:
    """A question costs seconds, but each one in vain costs trust: at most one hard idiom in 25."""
    idioms = [*test_idioms.IDIOMS, *test_idioms.HARMLESS, *test_idioms.LOOKALIKES]
    assert len(idioms) > 400
    assert sum(isinstance(read(text, lexicon), Endangered) for text in idioms) <= len(idioms) / 25


@pytest.mark.parametrize("text", ORDINARY_TALK)
def test_ordinary_talk_is_none(text: str, lexicon: Lexicon) -> None:
    assert not isinstance(read(text, lexicon), Endangered)


def test_in_answer_to_the_question_about_it_it_is_an_answer(lexicon: Lexicon) -> None:
    text = HALF_HEARD["chest"][0]
    event = read(text, lexicon, Asked("chest_pain_or_breathless", Kind.YES_NO))
    assert not (isinstance(event, Endangered) and not event.sure)


def test_what_was_asked_and_told_beside_it_is_kept(lexicon: Lexicon) -> None:
    text = "yes i'm pregnant and there's fresh blood in my knickers"
    event = read(text, lexicon, Asked("pregnant_or_postpartum", Kind.YES_NO))
    assert isinstance(event, Endangered)
    assert Said("pregnant_or_postpartum", Status.PRESENT) in event.also or event.sure


def test_a_no_to_whether_it_is_so_is_a_no_whatever_goes_with_it(lexicon: Lexicon) -> None:
    asked = Asked("interrupt.stroke", Kind.READBACK)
    for text in ("no", "no nothing like that", "no my face and my speech are fine"):
        event = read(text, lexicon, asked)
        assert isinstance(event, Answered)
        assert event.status is Status.ABSENT


@pytest.mark.parametrize(
    "hearing",
    [
        Hearing((Utterance(HALF_HEARD["suicidal"][1], Ear.GRAMMAR),)),
        Hearing((Utterance(HALF_HEARD["suicidal"][1], Ear.OPEN),), weak=True),
    ],
    ids=["bound to phrases", "poor"],
)
def test_ears_that_make_up_words_raise_no_alarm(hearing: Hearing, lexicon: Lexicon) -> None:
    assert not isinstance(interpret(hearing, ORDINARY, lexicon).event, Endangered)


def test_without_a_reader_all_else_is_as_ever(lexicon: Lexicon) -> None:
    deaf = replace(lexicon, danger_reader=None)
    for text in ORDINARY_TALK:
        assert read(text, deaf) == read(text, lexicon)
