"""A denial that is turned about by what stands beside it is no "no"; one that is only told with detail is."""

from __future__ import annotations

import pytest
from reading_as import Hear, read_as


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("chest_pain_or_breathless", "no not breathing very well today"),
        ("saddle_numbness", "not feeling right"),
        ("fever_sweats", "not normal sweating"),
        ("urinary_leak", "nothing i can do to hold it"),
        ("collapse_or_faint", "i never pass out only this morning twice"),
        ("fever_sweats", "never shivered so before this"),
        ("bladder_retention_or_lost_urge", "no trouble starting the only trouble is stopping"),
        ("abdominal_or_flank_pain", "not only the back my tummy as well"),
        ("abdominal_or_flank_pain", "i not can press my belly"),
        ("saddle_numbness", "no if i sit on something soft"),
        ("collapse_or_faint", "no i never faint in my life only today two times"),
        ("fever_sweats", "never i sweat like this in night before the pain"),
        ("abdominal_or_flank_pain", "i not can touch my belly it hurt so"),
        ("abdominal_or_flank_pain", "not just the back it's me side an' all"),
        ("chest_pain_or_breathless", "no not breathing so well as it goes"),
        ("urinary_leak", "nowt i can do to keep it in"),
        ("bladder_retention_or_lost_urge", "no problem going the problem is knowing when"),
        ("saddle_numbness", "no and"),
        ("urinary_leak", "no because"),
    ],
)
def test_a_denial_with_something_beside_it_is_no_no(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) != "absent"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("saddle_numbness", "no it feels fine if i'm honest"),
        ("sexual_change", "no it's the same as before my back went"),
        ("collapse_or_faint", "no never fainted before"),
        ("collapse_or_faint", "no that isn't right"),
        ("bladder_retention_or_lost_urge", "no problem at all no problem going"),
    ],
)
def test_a_denial_with_detail_is_one(hear: Hear, question: str, text: str) -> None:
    assert read_as(hear(question, text)) == "absent"
