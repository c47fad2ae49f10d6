"""The reader of free speech, and what becomes of findings that only it or only a phrase tells of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from few_phrases import with_few_phrases

from voice_triage.content.classifier import read_finding_reader, write_classifier
from voice_triage.content.lexicon import read_lexicon
from voice_triage.errors import ContentError
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.finding_reader import DENIED, NOTHING, FindingReader
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon


def said(text: str, lexicon: Lexicon, fact: str = "opener", kind: Kind = Kind.FREE) -> dict[str, Said]:
    event = interpret(Hearing.typed(text), Asked(fact, kind), lexicon).event
    return {each.fact: each for each in event.also}


def test_it_tells_what_a_few_words_are_about(lexicon: Lexicon) -> None:
    reader = lexicon.finding_reader
    assert reader is not None
    for words, fact in (
        ("i have to strain to start", "bladder_retention_or_lost_urge"),
        ("my foot catches on every step", "leg_or_foot_weakness"),
        ("i had the shivers all evening", "fever_sweats"),
    ):
        chances = reader.chances(words.split())
        assert max(chances, key=chances.__getitem__) == fact
        assert sum(chances.values()) == pytest.approx(1, abs=1e-3)
    assert reader.chances([]) == {}


def test_what_both_readers_hear_is_said(lexicon: Lexicon) -> None:
    told = said("it's my back and my bottom has gone numb since monday", lexicon)
    assert told["saddle_numbness"] == Said("saddle_numbness", Status.PRESENT)
    assert told["saddle_numbness.new"].status is Status.PRESENT


def test_a_sign_that_one_reader_hears_is_never_lost(lexicon: Lexicon) -> None:
    """With each reader alone the question is asked at least, or the finding read back."""
    deaf = replace(lexicon, finding_reader=None)
    for text, fact in (
        ("it feels like my seat isn't there when i wipe and the back is bad", "saddle_numbness"),
        (
            "standing at the toilet for an age with only a dribble and my back aches",
            "bladder_retention_or_lost_urge",
        ),
        ("my back went and the foot won't come up off the floor right", "leg_or_foot_weakness"),
    ):
        both, phrases = said(text, lexicon), said(text, deaf)
        assert set(phrases) <= set(both)
        assert fact in both


def test_beside_an_answer_only_phrases_are_looked_for(lexicon: Lexicon) -> None:
    text = "no and there was cramping low in the tummy with it"
    assert "abdominal_or_flank_pain" in said(text, lexicon)
    assert "abdominal_or_flank_pain" not in said(text, lexicon, "age", Kind.AGE)


def test_two_ears_make_nothing_surer_than_it_was(lexicon: Lexicon) -> None:
    text = "i've been sweating right through the sheets"
    twice = Hearing((Utterance(text, Ear.OPEN), Utterance(text, Ear.GRAMMAR)))
    for hearing in (Hearing.typed(text), twice):
        for each in interpret(hearing, Asked("opener", Kind.FREE), lexicon).event.also:
            typed = said(text, lexicon)[each.fact]
            assert each.sure <= typed.sure


def test_weights_that_do_not_fit_are_refused() -> None:
    bias = np.zeros(2, np.float32)
    with pytest.raises(ValueError, match="a power of two, 2"):
        FindingReader(np.zeros((3, 2), np.int8), 1.0, bias, [DENIED, NOTHING])
    with pytest.raises(ValueError, match="a bias of shape"):
        FindingReader(np.zeros((2, 2), np.int8), 1.0, np.zeros(3, np.float32), [DENIED, NOTHING])


def test_labels_keep_the_order_of_the_columns(tmp_path: Path) -> None:
    file, weights = tmp_path / "reader.npz", np.zeros((2, 3))
    write_classifier(file, weights, np.array([0.0, 5.0, 0.0]), ["zebra", "ant", NOTHING])
    reader = read_finding_reader(file)
    assert reader.facts == {"zebra", "ant"}
    assert reader.chances(["anything"])["ant"] > 0.9


@pytest.mark.parametrize("name", ["_findings.npz", "_dangers.npz"])
def test_content_with_a_damaged_reader_is_refused(tmp_path: Path, name: str) -> None:
    folder = with_few_phrases(tmp_path / "intents")
    (folder / "en" / name).write_bytes(b"nothing of the kind")
    with pytest.raises(ContentError, match=rf"{re.escape(name)}.*scripts/train_classifier writes it"):
        read_lexicon(folder)
