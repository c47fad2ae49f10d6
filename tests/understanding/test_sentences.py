"""What people might say to each question, in tests/intents/<language>/<question>.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_as import AGAIN, Hear, read_as

from voice_triage.content.reading import read
from voice_triage.interview.effects import Kind

HERE = Path(__file__).parent.parent / "intents" / "en"
CRITICAL = {
    "chest_pain_or_breathless",
    "collapse_or_faint",
    "saddle_numbness",
    "bladder_retention_or_lost_urge",
    "urinary_leak",
    "bowel_loss",
    "both_legs",
    "leg_or_foot_weakness",
    "sexual_change",
    "major_trauma",
    "fever_sweats",
    "abdominal_or_flank_pain",
}
KINDS = {"who_for": Kind.CHOICE}
LABELS = {"present": "present", "absent": "absent", "unsure": "unsure", "ask_again": AGAIN}
ACT_AT_ONCE = {
    "chest_pain_or_breathless": {"danger:chest"},
    "collapse_or_faint": {"danger:collapse"},
    "major_trauma": {"danger:violence"},
    "proxy_drowsy": {"danger:sepsis"},
    "suicidal_harm": {"danger:overdose", "danger:suicidal"},
    "known_aneurysm": {"danger:tearing"},
}
"""A danger is as good as a yes where it answers the question as well."""


def sentences() -> list[tuple[str, str, str]]:
    found = []
    for file in sorted(HERE.glob("[a-z]*.yaml")):
        labelled = read(file).value
        assert isinstance(labelled, dict)
        for label, texts in labelled.items():
            found += [(file.stem, str(text), LABELS[label]) for text in texts]
    return found


SENTENCES = sentences()


@pytest.mark.parametrize("question", sorted({question for question, _, _ in SENTENCES}))
def test_each_sentence_is_read_as_a_person_would(hear: Hear, question: str) -> None:
    wrong = []
    for _, text, expected in (each for each in SENTENCES if each[0] == question):
        heard = read_as(hear(question, text, KINDS.get(question, Kind.YES_NO)))
        allowed = {expected} | (ACT_AT_ONCE.get(question, set()) if expected == "present" else set())
        if heard not in allowed:
            wrong.append((text, expected, heard))
    assert wrong == []


def test_every_question_has_enough_sentences_and_each_only_once() -> None:
    by_question: dict[str, list[str]] = {}
    for question, text, _ in SENTENCES:
        by_question.setdefault(question, []).append(text)
    assert set(by_question) >= CRITICAL
    for question, texts in by_question.items():
        assert len(texts) >= (40 if question in CRITICAL else 12), question
        assert len(texts) == len(set(texts)), question


def test_removing_punctuation_never_turns_an_answer_round(hear: Hear) -> None:
    """Recognisers write none."""
    opposite = {"present": "absent", "absent": "present"}
    for question, text, _ in SENTENCES:
        kind = KINDS.get(question, Kind.YES_NO)
        with_marks = read_as(hear(question, text.capitalize().replace(" but ", ", but ") + ".", kind))
        without = read_as(hear(question, text, kind))
        assert opposite.get(with_marks) != without, text
