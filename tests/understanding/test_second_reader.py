"""The second reader: where it and the rules disagree, the person is asked again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reading_as import AGAIN, Hear, read_as
from shipped import lexicon

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.locating import find_intents
from voice_triage.errors import ContentError
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered
from voice_triage.understanding.classifier import Classifier
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

LEXICON = lexicon()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("collapse_or_faint", "no i didn't pass out i just came round on the kitchen floor"),
        ("pregnant_or_postpartum", "no not pregnant i had her three weeks ago"),
        ("both_legs", "not pain no just tingling the both of them"),
        ("leg_or_foot_weakness", "leg's fine when i don't put weight on it"),
        ("saddle_numbness", "nothing really it's only gone a bit dead when i wipe"),
        ("severe_function_loss", "i've not been fit to cook for three days"),
    ],
)
def test_a_sign_that_sounds_like_a_denial_is_no_denial(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) != "absent"


@pytest.mark.parametrize(
    "text",
    [
        "please not this question",
        "no not this one",
        "not that one please",
        "i'd sooner no say",
        "can we not do this one",
    ],
)
def test_who_will_not_answer_has_not_said_no(hear: Hear, text: str) -> None:
    for question in ("saddle_numbness", "bladder_retention_or_lost_urge", "chest_pain_or_breathless"):
        assert read_as(hear(question, text)) == "skip"


def test_what_it_offers_alone_is_never_sure() -> None:
    """A finding is read back; a "no" to a critical question is put again."""
    told = [
        ("urinary_leak", "nah me bladder's behaving itself same as it ever did"),
        ("saddle_numbness", "wiped this morning and the paper felt the same as always"),
        ("leg_or_foot_weakness", "can still carry a door up three flights of stairs"),
        ("bladder_retention_or_lost_urge", "stood there like a lemon for ages before any wee came"),
    ]
    offered = 0
    for question, text in told:
        read = interpret(Hearing.typed(text), Asked(question, Kind.YES_NO), LEXICON)
        if any("second reader hears that it is" in why for why in read.why):
            offered += 1
            assert isinstance(read.event, Answered)
            assert not read.event.sure
    assert offered


def test_talk_about_something_else_is_no_answer(hear: Hear) -> None:
    for question in ("saddle_numbness", "chest_pain_or_breathless", "fever_sweats", "major_trauma"):
        for text in (
            "put the kettle on love and let the dog out would you",
            "and it's another corner for the home side in the eighty third minute",
            "remind me to defrost the chicken tomorrow afternoon",
        ):
            assert read_as(hear(question, text)) == AGAIN


def test_an_opinion_is_a_share_of_each_meaning_and_names_its_words() -> None:
    assert LEXICON.classifier is not None
    opinion = LEXICON.classifier.opinion(
        "saddle_numbness", ["it", "has", "gone", "numb", "when", "i", "wipe"]
    )
    assert opinion is not None
    assert opinion.present > 0.9
    assert sum((opinion.present, opinion.absent, opinion.unsure, opinion.nothing)) == pytest.approx(1)
    assert any("numb" in words for words in opinion.words)
    assert LEXICON.classifier.opinion("no_such_question", ["yes", "it", "is"]) is None


def test_it_has_seen_answers_to_every_question_that_can_lead_to_an_emergency() -> None:
    assert LEXICON.classifier is not None
    known = LEXICON.classifier.facts
    assert {fact for fact, each in LEXICON.questions.items() if each.dated} <= known
    assert {
        "chest_pain_or_breathless",
        "collapse_or_faint",
        "fever_sweats",
        "abdominal_or_flank_pain",
    } <= known


@pytest.mark.parametrize("content", [None, b"", b"no arrays at all", b"PK\x05\x06" + bytes(18)])
def test_content_without_it_or_with_a_broken_one_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """To go on without it would silently be less safe."""
    folder = tmp_path / "intents"
    shutil.copytree(find_intents(), folder)
    file = folder / "en" / "_classifier.npz"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ContentError, match=r"_classifier\.npz.*scripts/train_classifier writes it"):
        read_lexicon(folder)


def test_weights_of_another_shape_are_refused() -> None:
    import numpy as np  # noqa: PLC0415 - only here

    with pytest.raises(ValueError, match="power of two"):
        Classifier(np.zeros((3, 4), np.int8), 1.0, np.zeros(4, np.float32), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "no i get about fine but the nights are terrible with it",
        "no i can get up and down but walking is murder",
        "no no i manage it's only that sleeping is hopeless",
    ],
)
def test_no_no_takes_away_what_is_called_terrible(hear: Hear, text: str) -> None:
    assert read_as(hear("severe_function_loss", text)) != "absent"
