"""Short answers that mislead: idioms, double negatives, exceptions, other people, old stories."""

from __future__ import annotations

import pytest
from reading_as import AGAIN, Hear, read_as

CHEST, FAINT = "chest_pain_or_breathless", "collapse_or_faint"
SADDLE, BLADDER, LEAK = "saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak"
BOWEL, LEGS, WEAK = "bowel_loss", "both_legs", "leg_or_foot_weakness"
FEVER, BELLY = "fever_sweats", "abdominal_or_flank_pain"

TRAPS = [
    (SADDLE, "no numbness", "absent"),
    (SADDLE, "I can't feel when I wipe", "present"),
    (SADDLE, "I can't feel anything wrong", "absent"),
    (LEAK, "I haven't lost control", "absent"),
    (BOWEL, "I haven't lost control", "absent"),
    (BLADDER, "I haven't had no trouble", AGAIN),
    (BLADDER, "it's not that I can't go, it's that I can't feel it", "present"),
    (SADDLE, "not any more", "present"),
    (LEAK, "years ago", AGAIN),
    (WEAK, "my husband says my foot is dragging", "present"),
    (LEAK, "no, apart from the leaking", "present"),
    (BLADDER, "nothing except I can't wee", "present"),
    (SADDLE, "only a bit numb", "present"),
    (SADDLE, "just a tingle down there", "present"),
    (LEAK, "not unless I cough", "present"),
    (SADDLE, "I don't not have it", AGAIN),
    (LEAK, "no more than usual", "unsure"),
    (BLADDER, "can't complain", "absent"),
    (SADDLE, "I can't say I have", "absent"),
    (SADDLE, "I wouldn't say no", AGAIN),
    (SADDLE, "yes, no, I mean no", AGAIN),
    (BELLY, "it's fine when I've had my codeine", "present"),
    (BLADDER, "I can go, I just have to push", "present"),
    (BLADDER, "I've been going loads", "unsure"),
    (LEAK, "I wear pads anyway", "unsure"),
    (BOWEL, "it's just constipation from the tablets", "unsure"),
    (BOWEL, "just constipated from the tablets, I still feel it", "absent"),
    (LEGS, "both legs, well, the left and a bit the right", "present"),
    (LEGS, "it was both but now it's one", "present"),
    (FEVER, "no fever, well I was shivering all night", "present"),
    (CHEST, "I'm over the moon", AGAIN),
    (BLADDER, "I'm dying for a wee", AGAIN),
    (CHEST, "this pain is killing me", AGAIN),
    (SADDLE, "I could kill for a coffee", AGAIN),
    (CHEST, "I'd be better off dead than live like this", "danger:suicidal"),
    (CHEST, "my chest is fine", "absent"),
    (SADDLE, "my back passage hurts", AGAIN),
    (BOWEL, "I've got piles", "unsure"),
    (SADDLE, "I've got piles", AGAIN),
    (WEAK, "my foot's asleep because I was sitting on it, it's back now", AGAIN),
    (LEGS, "my foot's asleep because I was sitting on it, it's back now", AGAIN),
    (SADDLE, "numb with pain", AGAIN),
    (SADDLE, "mustn't grumble", AGAIN),
    (SADDLE, "you'd have to ask my wife", "unsure"),
    (SADDLE, "I suppose", "present"),
    (SADDLE, "not really", "absent"),
    (SADDLE, "sort of", "present"),
    (SADDLE, "kind of", "present"),
    (SADDLE, "a wee bit", "present"),
    (SADDLE, "I don't think so", "absent"),
    (SADDLE, "how would I know?", "unsure"),
    (SADDLE, "my mother had numbness in her bottom", AGAIN),
    # what other readers of answers get wrong most often
    (WEAK, "they feel weak but not numb", "present"),
    (LEGS, "not both, just the left one", "absent"),
    (CHEST, "no, it never stops hurting", "present"),
    (CHEST, "it never stops hurting", "present"),
    (BLADDER, "I haven't been able to go since last night", "present"),
    (SADDLE, "can't feel a thing down there", "present"),
    (BLADDER, "I can't pee", "present"),
    (SADDLE, "not sure", "unsure"),
    (SADDLE, "I don't know", "unsure"),
    (SADDLE, "I haven't checked", "unsure"),
    (SADDLE, "not anymore", "present"),
]


@pytest.mark.parametrize(("question", "text", "expected"), TRAPS, ids=[f"{q}: {t}" for q, t, _ in TRAPS])
def test_a_misleading_answer_is_read_rightly(hear: Hear, question: str, text: str, expected: str) -> None:
    assert expected == read_as(hear(question, text))


WEAK_ANSWERS = [
    "i suppose",
    "sort of",
    "kind of",
    "a bit",
    "not really",
    "i don't think so",
    "hardly",
    "not any more",
]


@pytest.mark.parametrize("text", WEAK_ANSWERS)
def test_a_half_hearted_answer_is_never_a_sure_one(hear: Hear, text: str) -> None:
    assert hear(SADDLE, text).sure is False


@pytest.mark.parametrize(
    "text", ["only a bit numb", "slightly numb", "just a little tingly", "hardly numb at all"]
)
def test_making_little_of_a_finding_does_not_deny_it(hear: Hear, text: str) -> None:
    assert read_as(hear(SADDLE, text)) in ("present", AGAIN)


def test_the_finding_said_in_words_is_told_apart_from_a_bare_yes(hear: Hear) -> None:
    assert hear(SADDLE, "my bottom is numb").in_words
    assert not hear(SADDLE, "yes").in_words


def test_a_lone_know_is_a_doubtful_no(hear: Hear) -> None:
    event = hear(SADDLE, "know")
    assert (read_as(event), event.sure) == ("absent", False)


@pytest.mark.parametrize("text", ["", "the", "huh", "oh", "uh", "um uh", "now", "[unk]", "...", "er well um"])
def test_noise_is_no_answer(hear: Hear, text: str) -> None:
    assert read_as(hear(SADDLE, text)) == AGAIN
