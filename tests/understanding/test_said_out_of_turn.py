"""What is volunteered in the opener, or beside an answer, and what only sounds like a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_as import AGAIN, Hear, if_none, read_as

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Endangered
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon

LEGS, LIMP = "both_legs", "both_legs.cannot_stand"
LOW, CANNOT = "upper_back_or_band.placed_low", "pregnant_or_postpartum.cannot"
PREGNANT, LATE = "pregnant_or_postpartum", "pregnant_or_postpartum.later"
TRAUMA, FALL = "major_trauma", "minor_fall"

TELLS = [
    ("it hurts and now my legs are going", {LEGS, LIMP}),
    ("my legs keep giving way under me", {LEGS, LIMP}),
    ("my legs won't hold me", {LEGS, LIMP}),
    ("i can't stand", {LIMP}),
    ("it's in my lower back", {LOW}),
    ("i've had pain low down since friday", {LOW}),
    ("it's the base of my spine", {LOW}),
    ("i'm a man of sixty with a bad back", {CANNOT}),
    ("speaking as a bloke i'd say it's bad", {CANNOT}),
    ("i've had a hysterectomy", {CANNOT}),
    ("i'm past the menopause", {CANNOT}),
    ("i'm twenty-six weeks and my back aches", {PREGNANT, LATE}),
    ("i'm 38 weeks", {PREGNANT, LATE}),
    ("i fell down the stairs", {TRAUMA, FALL}),
    ("i fell down twelve steps", {TRAUMA}),
    ("i got knocked over by a van", {TRAUMA}),
    ("i slipped and landed on my bottom", {FALL}),
    ("a lad knocked into me and i got knocked over", {FALL}),
    ("i fell down the last few steps", {FALL}),
    ("it's like a band round my chest", {"upper_back_or_band"}),
    ("i've been shivering like mad", {"fever_sweats"}),
    ("my aorta's a bit swollen", {"known_aneurysm"}),
    ("i lifted a case and my back went", {"course.sudden"}),
]


@pytest.mark.parametrize(("text", "facts"), TELLS, ids=[text for text, _ in TELLS])
def test_an_opener_tells_of_what_is_there(hear: Hear, text: str, facts: set[str]) -> None:
    event = hear("opener", text, Kind.FREE)
    also = {said.fact for said in event.also if not said.fact.endswith((".new", ".over_a_day"))}
    told = also - {said.fact for said in event.also if said.status is Status.UNSURE or not said.sure}
    assert facts <= also
    assert told - facts <= {"leg_or_foot_weakness"}


ASKED_ABOUT = [
    (
        "i went down the ladder backwards and bumped off the bottom rung",
        "saddle_numbness",
        "a phrase met by chance",
    ),
    ("there's cramping low in my stomach with it perhaps", "abdominal_or_flank_pain", "no phrase has it so"),
    ("i think the foot might have got a bit weaker", "leg_or_foot_weakness", "the person is in doubt"),
]


@pytest.mark.parametrize(("text", "fact", "why"), ASKED_ABOUT, ids=[text for text, _, _ in ASKED_ABOUT])
def test_what_is_weakly_heard_is_asked_about_and_not_taken_for_said(
    hear: Hear, text: str, fact: str, why: str
) -> None:
    said = {each.fact: each for each in hear("opener", text, Kind.FREE).also}
    assert fact in said, why
    assert said[fact].status is Status.UNSURE or not said[fact].sure


def test_what_is_denied_or_of_others_is_not_even_asked_about(hear: Hear) -> None:
    for text in (
        "it's only my back i've no fever or shivers or sweats at night",
        "peeing is no harder than it was before all this",
        "my brother has the sugar diabetes and bad kidneys",
    ):
        assert hear("opener", text, Kind.FREE).also == (), text


def test_only_what_is_clear_is_sure_even_if_it_was_typed(lexicon: Lexicon) -> None:
    """What no phrase has, is read back at most."""
    bare = replace(lexicon, finding_reader=None)
    for text in (
        "i've been sweating right through the sheets",
        "there was cramping low in the tummy with it",
    ):
        with_reader, without = (
            interpret(Hearing.typed(text), Asked("opener", Kind.FREE), each).event for each in (lexicon, bare)
        )
        new = {said for said in with_reader.also if said.fact not in {each.fact for each in without.also}}
        assert all(not said.sure or said.status is Status.UNSURE for said in new)


@pytest.mark.parametrize("text", ["back", "back.", "my back"])
def test_the_back_is_no_wish_to_go_back(hear: Hear, text: str) -> None:
    assert read_as(hear("opener", text, Kind.FREE)) == "told"


TELLS_NOTHING = [
    "no accident and no fall",
    "i haven't fallen",
    "i hold on to the walls",
    "i've nothing down the legs",
    "my legs keep going up and down the stairs",
    "there's a lump and it's swollen on one side",
    "it stops once i lie down",
    "i'm hoping to get a better job after moving house",
    "my phone's dead",
    "it was dead easy",
    "i'm better off sitting",
    "it hurt my back when i bent",
    "it knocked me sideways",
    "the pain nearly killed me",
    "different strokes for different folks",
    "it sends shivers down my back",
    "i can't breathe through my blocked nose",
    "we all collapsed with laughter",
    "it's been sixteen weeks",
    "i'm fourteen weeks post op",
    "a man came to mend the boiler",
    "my wife's had a hysterectomy",
    "it's not my lower back",
    "i'm feeling run down",
    "i can't make sense of the letter",
    "i had a stroke ten years ago",
    "i've taken all my tablets today",
    "it has me beaten",
    "i doubled my dose of stretches",
]


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_what_only_sounds_like_a_finding_tells_nothing(hear: Hear, text: str) -> None:
    event = if_none(hear("opener", text, Kind.FREE))
    assert not isinstance(event, Endangered)
    assert all(said.status is Status.UNSURE for said in event.also)  # no more than worth asking about


@pytest.mark.parametrize(
    ("danger", "text"),
    [
        ("chest", "there's a tight band round my chest"),
        ("sepsis", "he's not making sense"),
        ("sepsis", "i think it's sepsis"),
        ("pregnancy", "the baby's not moving as much"),
        ("violence", "i was beaten last night"),
        ("overdose", "i doubled my dose"),
        ("stroke", "i think i've had a stroke"),
    ],
)
def test_what_looks_like_an_idiom_is_a_danger_all_the_same(hear: Hear, danger: str, text: str) -> None:
    event = hear("opener", text, Kind.FREE)
    assert isinstance(event, Endangered)
    assert event.interrupt == danger


def test_a_danger_in_answer_to_its_own_question_is_a_yes_to_it(hear: Hear) -> None:
    event = hear("suicidal_harm", "i tried to hang myself")
    assert "suicidal_harm" in {said.fact for said in event.also}


ANSWERS = [
    ("course.sudden", "all at once", "present"),
    ("course.sudden", "all of a sudden", "present"),
    ("course.sudden", "slowly", "absent"),
    ("saddle_numbness", "slowly", "slower"),
    ("abdominal_or_flank_pain.sudden", "all at once", "present"),
    ("cancer_history", "i got the all clear", "present"),
    ("cancer_history", "it runs in the family only, not me", "absent"),
    ("night_or_rest_pain", "it's the same", "present"),
    ("night_or_rest_pain", "just the same", "present"),
    ("weight_loss_or_fatigue", "no, just tired", "present"),
    ("weak_immune_or_diabetes", "not diabetes, no, but i've had a transplant", "present"),
    ("recent_infection_or_procedure", "i haven't been well", "present"),
    ("recent_infection_or_procedure", "i've not been feeling very well", "present"),
    ("bladder_retention_or_lost_urge", "not very well", AGAIN),
    (LEGS, "both legs feel fine", "absent"),
    (LEGS, "i can't stand", "present"),
    (TRAUMA, "i landed on my bottom", AGAIN),
    (TRAUMA, "i fell off the last step", "unsure"),
    (TRAUMA, "no accident no fall", "absent"),
    (FALL, "i haven't fallen", "absent"),
    ("fever_sweats", "hot flushes for four years, no temperature, nothing new", "absent"),
    ("fever_sweats", "flushes for years but now i've a temperature", "present"),
    ("fever_sweats", "no fever, only hot flushes", "absent"),
    ("night_or_rest_pain", "only if i move, as long as i don't move it's fine", "absent"),
    ("night_or_rest_pain", "i get a cushion under my knees and it eases", "absent"),
    ("night_or_rest_pain", "i put a cushion under my knees and it still hurts", "present"),
    ("saddle_numbness", "it's dead", "present"),
    ("severe_function_loss", "no i'm still walking", "absent"),
    ("suicidal_go_on", "please", "present"),
    ("suicidal_go_on", "okay", "present"),
    ("suicidal_go_on", "leave it", "absent"),
    ("saddle_numbness", "okay", AGAIN),
    ("saddle_numbness", "please", AGAIN),
]


@pytest.mark.parametrize(("question", "text", "expected"), ANSWERS, ids=[f"{q}: {t}" for q, t, _ in ANSWERS])
def test_an_answer_that_sounds_like_something_else_is_read_rightly(
    hear: Hear, question: str, text: str, expected: str
) -> None:
    assert read_as(hear(question, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("please", "present"), ("okay", "present"), ("leave it", "absent")]
)
def test_politeness_alone_answers_an_offer(hear: Hear, text: str, expected: str) -> None:
    assert read_as(hear("repeat", text, Kind.OFFER)) == expected


def test_how_long_one_waits_is_no_beginning(hear: Hear) -> None:
    event = hear("bladder_retention_or_lost_urge", "i have to wait a minute")
    assert read_as(event) == "present"
    assert event.also == ()


def test_a_length_of_time_in_weeks_is_an_answer_to_how_long(hear: Hear) -> None:
    event = hear("course", "sixteen weeks", Kind.DURATION)
    assert (read_as(event), event.low) == ("age", 112)
