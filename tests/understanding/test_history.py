"""What was long ago and is over is a no; what lies within the time a question asks about never is."""

from __future__ import annotations

import pytest
from reading_as import Hear, read_as


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("injects_drugs", "i injected six months ago but nothing since"),
        ("pregnant_or_postpartum", "i had a baby five weeks ago but nothing since"),
        ("weak_immune_or_diabetes", "i had a transplant ten years ago but nothing since"),
        ("cancer_history", "i had cancer twenty years ago but nothing since"),
        ("osteoporosis_or_steroids", "i was told years ago i had thin bones but nothing since"),
        ("fever_sweats", "i had a fever three weeks ago but nothing since"),
        ("abdominal_or_flank_pain", "i had belly ache three weeks ago but nothing since"),
        ("recent_infection_or_procedure", "i had an operation six weeks ago but nothing since"),
        ("suicidal_harm", "i took some pills a month ago but not since"),
        ("saddle_numbness", "it was numb down there six weeks ago but not now"),
    ],
)
def test_what_the_question_still_asks_about_is_no_history(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) != "absent"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("collapse_or_faint", "i fainted when i was at school but never since"),
        ("chest_pain_or_breathless", "i had chest pain ten years ago but nothing since"),
        ("saddle_numbness", "i was numb down below in nineteen ninety but never since"),
        ("fever_sweats", "i had a fever last winter but nothing since"),
    ],
)
def test_what_was_long_ago_and_is_over_is_a_no(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) == "absent"


def test_what_somebody_else_found_after_a_but_stops_a_no(hear: Hear) -> None:
    assert read_as(hear("urinary_leak", "no i don't leak but my wife found the bed wet")) != "absent"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("saddle_numbness", "it has been numb since an operation ten years ago and never changed"),
        ("collapse_or_faint", "i fainted two years ago"),
    ],
)
def test_a_story_that_nobody_ended_stays(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) != "absent"
