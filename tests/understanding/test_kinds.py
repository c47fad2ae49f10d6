"""Each manner of asking has its own grammar of answers."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, Hear, read_as

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status

SADDLE, LEAK, WEAK = "saddle_numbness", "urinary_leak", "leg_or_foot_weakness"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "present"),
        ("that's right", "present"),
        ("yes that's right dear", "present"),
        ("correct", "present"),
        ("it's numb yes", "present"),
        ("my bottom is numb", "present"),
        ("exactly", "present"),
        ("yes i think so yes", "present"),
        ("no", "absent"),
        ("no i said no", "absent"),
        ("that's wrong", "absent"),
        ("no you misheard me", "absent"),
        ("no that's not what i meant", "absent"),
        ("no i don't think that's right", "absent"),
        ("it's not numb", "absent"),
        ("no the other side", "unsure"),
        ("i don't know", "unsure"),
        ("yes no", AGAIN),
        ("no it's numb", AGAIN),
        ("bananas", AGAIN),
    ],
)
def test_a_read_back_is_confirmed_or_put_right(hear: Hear, text: str, expected: str) -> None:
    assert expected == read_as(hear(SADDLE, text, Kind.READBACK))


def test_an_age_read_back_may_be_put_right_in_the_same_breath(hear: Hear) -> None:
    assert read_as(hear("age", "yes", Kind.READBACK)) == "present"
    assert read_as(hear("age", "no", Kind.READBACK)) == "absent"
    event = hear("age", "no seventy one", Kind.READBACK)
    assert (event.low, event.high) == (71, 71)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "absent"),
        ("no that's right", "absent"),
        ("no that's all correct", "absent"),
        ("all correct", "absent"),
        ("nothing wrong", "absent"),
        ("no it's fine", "absent"),
        ("none of it", "absent"),
        ("yes", "present"),
        ("yes some of it is wrong", "present"),
        ("that's wrong", "present"),
        ("actually i did leak a bit", "present"),
        ("no except the leaking", "present"),
        ("yes that's right", "unsure"),
        ("that's right", "unsure"),
        ("correct", "unsure"),
        ("i'm not sure", "unsure"),
        ("hello", AGAIN),
    ],
)
def test_the_read_back_of_denials_is_only_closed_by_a_wholly_clear_no(
    hear: Hear, text: str, expected: str
) -> None:
    assert expected == read_as(hear("denials", text, Kind.DENIALS))


def test_what_was_denied_and_is_there_is_named_in_the_answer(hear: Hear) -> None:
    event = hear("denials", "well i did leak a bit", Kind.DENIALS)
    assert Said(LEAK, Status.PRESENT) in event.also


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("forty one", 41, 41),
        ("i'm sixty seven", 67, 67),
        ("sixty-seven years old", 67, 67),
        ("67", 67, 67),
        ("i shall be seventy one this year well i am seventy one now", 71, 71),
        ("thirty five i think yes thirty five", 35, 35),
        ("i have thirty eight years", 38, 38),
        ("in my fifties", 50, 59),
        ("early forties", 40, 44),
        ("late sixties", 66, 69),
        ("over fifty", 51, 120),
        ("under fifty", 0, 49),
        ("not yet fifty", 0, 49),
        ("nearly eighty", 78, 79),
        ("about sixty", 58, 62),
        ("fifty something", 50, 59),
        ("fifty two or three", 52, 53),
        ("seventy no sorry seventy two", 72, 72),
        ("a hundred and one", 101, 101),
        ("yes", 50, 120),
        ("no", 0, 50),
    ],
)
def test_an_age_is_heard_however_it_is_told(hear: Hear, text: str, low: int, high: int) -> None:
    event = hear("age", text, Kind.AGE)
    assert ("age", low, high) == (read_as(event), event.low, event.high)


@pytest.mark.parametrize(
    "text",
    [
        "nineteen fifty two",
        "old enough",
        "two hundred",
        "three weeks",
        "forty or seventy",
        "none of your beeswax",
    ],
)
def test_what_is_no_age_is_asked_again(hear: Hear, text: str) -> None:
    assert read_as(hear("age", text, Kind.AGE)) == AGAIN


def test_not_telling_the_age_is_a_request_to_go_on(hear: Hear) -> None:
    assert read_as(hear("age", "i'd rather not say", Kind.AGE)) == "skip"


@pytest.mark.parametrize(
    "text",
    [
        "yes", "it's new", "worse", "it's getting worse", "yesterday", "since tuesday", "last night",
        "the numbness started tonight", "three days", "a week", "a couple of days ago", "this morning",
        "a week or two", "ten days", "the weekend", "it came on suddenly", "since my back went",
        "a fortnight", "two or three weeks", "years but it got worse this week", "no since yesterday",
        "about an hour ago", "never had it before", "a few days",
    ],
)  # fmt: skip
def test_what_began_or_grew_worse_in_two_weeks_is_new(hear: Hear, text: str) -> None:
    assert read_as(hear(f"{SADDLE}.new", text, Kind.ONSET)) == "present"


@pytest.mark.parametrize(
    "text",
    ["ten years", "for years", "always had it", "since the kids were born", "fifteen years no change",
     "all my life", "about six months", "as long as i can remember", "since childhood", "a year and a half"],
)  # fmt: skip
def test_what_is_long_there_is_old(hear: Hear, text: str) -> None:
    event = hear(f"{SADDLE}.new", text, Kind.ONSET)
    assert read_as(event) == "absent"
    assert Said(f"{SADDLE}.old", Status.PRESENT) in event.also


@pytest.mark.parametrize("text", ["about three weeks", "a month", "six weeks", "a couple of months", "no"])
def test_what_is_neither_new_nor_old_is_just_not_new(hear: Hear, text: str) -> None:
    event = hear(f"{SADDLE}.new", text, Kind.ONSET)
    assert read_as(event) == "absent"
    assert not {f"{SADDLE}.old", f"{SADDLE}.new"} & {said.fact for said in event.also}


@pytest.mark.parametrize("text", ["i don't know", "not sure", "yes for years"])
def test_an_unknown_onset_stays_unknown(hear: Hear, text: str) -> None:
    assert read_as(hear(f"{SADDLE}.new", text, Kind.ONSET)) == "unsure"


def test_when_it_began_is_kept_from_the_first_answer(hear: Hear) -> None:
    assert Said(f"{SADDLE}.new", Status.PRESENT) in hear(SADDLE, "yes since this morning").also
    assert Said(f"{LEAK}.old", Status.PRESENT) in hear(LEAK, "only when i laugh for years").also


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yes please", "present"), ("please do", AGAIN), ("go on then say it again", "present"),
     ("no thank you", "absent"), ("no i'm fine", "absent"), ("that's all right", "absent"), ("repeat", "present")],
)  # fmt: skip
def test_an_offer_is_taken_or_declined(hear: Hear, text: str, expected: str) -> None:
    assert expected == read_as(hear("repeat", text, Kind.OFFER))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no that's everything", "absent"),
        ("no", "absent"),
        ("nothing else thank you", "absent"),
        ("no that's it", "absent"),
        ("i think that's all", "absent"),
        ("you've been very thorough", "absent"),
        ("no you've been really kind", "absent"),
        ("you have asked about everything", "absent"),
        ("you've been thorough but what if it's my kidneys", "present"),
        ("yes", "present"),
        ("i'm worried about my job", "present"),
        ("well i've been leaking a bit", "present"),
    ],
)
def test_the_closing_question_is_closed_only_by_a_clear_no(hear: Hear, text: str, expected: str) -> None:
    assert expected == read_as(hear("anything_else", text, Kind.FREE))


def test_the_opener_yields_every_finding_and_no_denial(hear: Hear) -> None:
    told = hear(
        "opener",
        "my back's been bad since friday and now i can't pee and both my legs are numb but no fever or anything",
        Kind.FREE,
    )
    assert read_as(told) == "told"
    assert {"bladder_retention_or_lost_urge", "both_legs"} == {s.fact for s in told.also if "." not in s.fact}


@pytest.mark.parametrize(
    "text",
    [
        "it's just a bad back",
        "no numbness no leaks nothing like that just a sore back",
        "i lifted a box and it's been sore since",
        "my mum had cancer and my dad was incontinent",
        "i'm numb with the pain and it's killing me",
    ],
)
def test_an_ordinary_opener_holds_no_finding(hear: Hear, text: str) -> None:
    assert hear("opener", text, Kind.FREE).also == ()


def test_an_opener_may_tell_of_the_course_in_passing(hear: Hear) -> None:
    told = hear("opener", "i lifted a box and my back went", Kind.FREE)
    assert told.also == (Said("course.sudden", Status.PRESENT),)


@pytest.mark.parametrize("text", ["it's getting worse", "it came on all of a sudden"])
def test_what_tells_when_a_finding_began_may_tell_of_the_course_as_well(hear: Hear, text: str) -> None:
    event = hear(f"{SADDLE}.new", text, Kind.ONSET)
    assert read_as(event) == "present"
    assert {said.fact.partition(".")[0] for said in event.also} <= {"course"}


def test_a_finding_of_another_question_is_kept_but_never_its_absence(hear: Hear) -> None:
    event = hear("both_legs", "no just the left but i have wet myself")
    assert read_as(event) == "absent"
    assert (Said(LEAK, Status.PRESENT),) == tuple(s for s in event.also if "." not in s.fact)
    assert hear("both_legs", "no my legs are fine and i haven't leaked").also == ()


def test_follow_up_questions_are_read_by_their_own_phrases(hear: Hear) -> None:
    assert read_as(hear(f"{WEAK}.cannot_stand", "i need a stick to walk")) == "present"
    assert read_as(hear(f"{WEAK}.cannot_stand", "i can still walk")) == "absent"
    assert read_as(hear(f"{WEAK}.worse", "it's getting weaker every day")) == "present"
