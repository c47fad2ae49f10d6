"""What is told beside the finding: what is well, one side and the other, what is only like it, other questions."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, Hear, read_as

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Endangered


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("leg_or_foot_weakness", "it throbs something rotten but the power is good", "absent"),
        ("saddle_numbness", "the feeling is just as it ought to be", "absent"),
        ("chest_pain_or_breathless", "chest and breathing are both fine", "absent"),
        ("abdominal_or_flank_pain", "my tummy is fine and so are my sides", "absent"),
        ("weak_immune_or_diabetes", "nothing wrong with my sugar nor my immune system", "absent"),
        ("unsteady_or_clumsy", "it's my hands feet are fine", "not absent"),
        ("sexual_change", "it was fine last week now nothing", "not absent"),
        ("saddle_numbness", "the left cheek went spongy the rest is fine", "not absent"),
        ("both_legs", "it began in the left and now it's in the right as well", "not absent"),
        ("sexual_change", "function is fine feeling is not", "not absent"),
        ("sexual_change", "it's normal but nothing now", "not absent"),
        ("saddle_numbness", "bottom and thighs are fine it's my privates", "not absent"),
        ("bladder_retention_or_lost_urge", "peeing is fine it's knowing when", "not absent"),
        ("fever_sweats", "temperature was normal this morning not now", "not absent"),
        ("sexual_change", "yeah no erection no nothing since monday", "not absent"),
        ("abdominal_or_flank_pain", "no just the back no it is in the side too", "not absent"),
        ("chest_pain_or_breathless", "i cannot say two words without to stop for air", "not absent"),
        ("both_legs", "only the right well the left calf is tingling too", "not absent"),
        ("abdominal_or_flank_pain", "my crowing nothing in the tummy", "not absent"),
        ("both_legs", "it used to be only the left leg now it's both", "not absent"),
        ("both_legs", "just the left one the right one is fine", "absent"),
        ("urinary_leak", "it was dry no well no it isn't", "not absent"),
        ("major_trauma", "no not a crash a lorry sent me sprawling on tuesday", "not absent"),
        ("bowel_loss", "something came away this morning and i never felt it", "not absent"),
        ("abdominal_or_flank_pain", "not the groin the tummy", "not absent"),
        ("bladder_retention_or_lost_urge", "it has been like that for years it's no different now", "not absent"),
    ],
)  # fmt: skip
def test_only_a_denial_of_the_finding_itself_is_a_no(
    hear: Hear, question: str, text: str, expected: str
) -> None:
    heard = read_as(hear(question, text))
    assert heard == expected if expected == "absent" else heard != "absent"


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("what sort of thing might i ask of you", "help"),
        ("would you say all of that one more time", "repeat"),
        ("i want you to stop what you are doing now", "stop"),
        ("can you not talk so fast", "slower"),
        ("could you make your voice a bit softer", "quieter"),
        ("jarvis stop", "stop"),
    ],
)
def test_a_request_is_known_by_its_words_in_whatever_order(hear: Hear, text: str, request_: str) -> None:
    assert read_as(hear("saddle_numbness", text)) == request_


def test_what_holds_more_than_the_words_of_a_request_is_none(hear: Hear) -> None:
    assert read_as(hear("saddle_numbness", "i want you to stop the pain in my leg")) != "stop"


def test_a_hum_is_a_yes_only_by_itself(hear: Hear) -> None:
    assert read_as(hear("saddle_numbness", "uh huh")) == "present"
    assert read_as(hear("saddle_numbness", "uh huh uh")) == AGAIN


@pytest.mark.parametrize(
    "text",
    [
        "my right leg has no power in it",
        "i had to change my nightie twice with the sweat",
        "i can't get out of the chair",
    ],
)
def test_words_that_fit_many_findings_tell_of_none_out_of_turn(hear: Hear, text: str) -> None:
    told = {said.fact for said in getattr(hear("opener", text, Kind.FREE), "also", ())}
    assert told.isdisjoint({"bowel_loss", "urinary_leak", "bladder_retention_or_lost_urge"})


def test_what_it_is_only_like_is_no_injury(hear: Hear) -> None:
    assert read_as(hear("major_trauma", "it is as if somebody had kicked me")) != "present"
    assert isinstance(hear("fever_sweats", "somebody kicked me in the back"), Endangered)


def test_what_is_named_and_well_tells_of_nothing(hear: Hear) -> None:
    event = hear("opener", "it came on after digging both my legs are fine though", Kind.FREE)
    assert "both_legs" not in {said.fact for said in event.also}
