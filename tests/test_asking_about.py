"""Topics and parts of the advice as somebody hears them, through the whole dialogue."""

from __future__ import annotations

import pytest
from shipped import dialogue_in

from voice_triage.content.locating import find_intents
from voice_triage.content.topics import read_topics
from voice_triage.dialogue import Dialogue, Turn
from voice_triage.interview.effects import AdvicePart, Kind
from voice_triage.interview.events import Begin
from voice_triage.protocol.urgency import Urgency
from voice_triage.understanding.hearing import Hearing
from voice_triage.wording.phrasebook import sentences

WORDS_A_MINUTE = 150
CALM: dict[str, str] = {}
NUMB = {"saddle_numbness": "i can't feel when i wipe", "saddle_numbness.new": "since yesterday"}
FEVER = {"fever_sweats": "yes i have a fever"}
PLAIN = {
    Kind.CHOICE: "it's for me", Kind.FREE: "my back hurts", Kind.AGE: "thirty four", Kind.READBACK: "yes",
    Kind.DURATION: "four days and it's getting better",
}  # fmt: skip


@pytest.fixture(scope="module")
def talk() -> Dialogue:
    return dialogue_in("uk")


def hear(talk: Dialogue, turn: Turn, *texts: str) -> Turn:
    for text in texts:
        turn = talk.hear(turn.state, Hearing.typed(text) if text else None)
    return turn


def until(talk: Dialogue, fact: str, answers: dict[str, str]) -> Turn:
    turn = talk.open()
    while turn.listen is not None and turn.listen.asked.fact != fact:
        asked = turn.listen.asked
        told = "no" if asked.fact == "anything_else" else PLAIN.get(asked.kind, "no")
        turn = hear(talk, turn, answers.get(asked.fact, told))
    return turn


def test_a_scan_is_asked_about_in_the_middle_and_the_question_comes_again(talk: Dialogue) -> None:
    before = until(talk, "urinary_leak", CALM)
    turn = hear(talk, before, "do i need a scan")
    assert turn.say[0].startswith("Without warning signs, a scan in the first six weeks")
    assert turn.say[-1] == "Shall I go on?"
    turn = hear(talk, turn, "yes please")
    assert turn.say[0] == "A scan is worth it if there are warning signs."
    assert turn.say[-2:] == ("Now back to my question.", before.say[-1])
    assert turn.record["event"] == {
        "is": "Answered",
        "status": "present",
        "in_words": False,
        "sure": True,
        "also": [],
    }


def test_a_topic_stands_in_the_journal_and_changes_no_finding(talk: Dialogue) -> None:
    before = until(talk, "urinary_leak", CALM)
    turn = hear(talk, before, "what is cauda equina")
    assert turn.record["event"] == {"is": "AskedAbout", "topic": "cauda-equina", "also": []}
    assert turn.record["said"] == ["topic.cauda-equina.1", "go_on"]
    assert turn.record["phase"] == "telling"
    assert turn.record["findings"] == before.record["findings"]


def test_after_emergency_advice_each_part_can_be_had_alone(talk: Dialogue) -> None:
    turn = until(talk, "offer", NUMB)
    assert turn.conclusion is not None
    assert turn.say[-2:] == (
        "You can also say why, summary, or what to say there.",
        "Would you like me to repeat that?",
    )
    offer = "Would you like me to repeat that?"
    for asked, said in (
        ("shorter", ("I'd like you to go to A&E now.", "If nobody can, or you can't walk, call 999.")),
        ("what do i say when i get there", ("When you arrive, say: I have back pain and numbness down below.", "I'm worried about cauda equina syndrome.")),
        ("why", ("What you told me can mean the nerves at the base of your spine are being squeezed.", "It's uncommon, and goes best when treated quickly.")),
        ("what if it gets worse", ("If you faint, can't breathe or your chest hurts, call 999.",)),
    ):  # fmt: skip
        turn = hear(talk, turn, asked)
        assert turn.say == (*said, offer), asked
    assert turn.record["said"] == ["advice.changes", "offer"]
    turn = hear(talk, turn, "i don't want to bother anyone")
    assert turn.say[:3] == (
        "You're not wasting anyone's time.",
        "This is what they are there for.",
        "I'd like you to go to A&E now.",
    )
    turn = hear(talk, turn, "do i need a scan")
    assert turn.say[0] == "I'd like you to go to A&E now."
    assert not any("six weeks" in sentence for sentence in turn.say)
    turn = hear(talk, turn, "what is cauda equina")
    assert turn.say[0] == "I'd like you to go to A&E now."
    assert "At the base of the spine lies a bundle of nerves." in turn.say
    turn = hear(talk, turn, "no", "no")
    assert turn.listen is None


def test_after_advice_to_be_seen_today_why_is_told_and_what_changes_it(talk: Dialogue) -> None:
    turn = until(talk, "offer", FEVER)
    assert "or ask about scans." in turn.say[-2]
    assert (
        hear(talk, turn, "why").say[0] == "Back pain with a fever can be an infection, so it needs a check."
    )
    assert "Numbness in your bottom or private parts." in hear(talk, turn, "what if it changes").say
    assert hear(talk, turn, "yes").conclusion is not None


def test_danger_and_findings_are_heard_while_a_topic_is_told(talk: Dialogue) -> None:
    telling = hear(talk, until(talk, "course", CALM), "tell me about surgery")
    assert telling.say[-1] == "Shall I go on?"
    crushing = hear(talk, telling, "i've got a crushing pain in my chest")
    assert crushing.conclusion is not None
    assert crushing.conclusion.urgency is Urgency.EMERGENCY
    numb = hear(talk, telling, "i can't feel when i wipe")
    assert numb.say == (
        "You said you are numb or tingling down below.",
        "Is that new, or worse, in the last two weeks?",
    )


@pytest.mark.parametrize("region", ["uk", "us", "eu", "default"])
def test_every_topic_is_told_within_a_minute_and_each_part_within_twenty_seconds(region: str) -> None:
    book = dialogue_in(region).phrasebook
    assert len(book.topics) == 31
    for name, topic in book.topics.items():
        counts = [len(book.spoken(book.text_of(part)).split()) for part in topic.parts]
        assert 2 <= len(counts) <= 4, name
        assert max(counts) * 60 / WORDS_A_MINUTE <= 20, name
        assert sum(counts) * 60 / WORDS_A_MINUTE <= 60, name


def test_every_statement_that_asks_for_a_topic_has_one(talk: Dialogue) -> None:
    told = {name for _, topic in read_topics(find_intents() / "en") for name in topic.statements}
    assert {"S2", "S9", "S38", "S44", "S58", "S76", "S77", "S81", "S105", "S107"} <= told


@pytest.mark.parametrize("part", list(AdvicePart))
def test_every_advice_has_something_to_say_for_each_part(talk: Dialogue, part: AdvicePart) -> None:
    book = talk.phrasebook
    whole = {
        key: book.text_of(text, {"told": "x", "unsure": "x", "reasons": "x."})
        for key, text in book.advice.items()
    }
    own = [key for key, text in whole.items() if book.part_of_advice(part, sentences(text), "") in text]
    assert len(own) >= 30 or part is AdvicePart.WHY, own
    assert all(book.part_of_advice(part, sentences(text), "") for text in whole.values())


def test_shorter_is_shorter(talk: Dialogue) -> None:
    book = talk.phrasebook
    for key, text in book.advice.items():
        whole = book.text_of(text, {"told": "x", "unsure": "x", "reasons": "x."})
        short = book.part_of_advice(AdvicePart.SHORTER, sentences(whole), "")
        assert 0 < len(short.split()) < len(whole.split()), key


def test_who_leaves_while_a_topic_is_told_hears_the_warning_and_the_advice(talk: Dialogue) -> None:
    turn = talk.stop(hear(talk, until(talk, "urinary_leak", CALM), "do i need a scan").state)
    assert turn.say[0] == sentences(talk.phrasebook.text("stop_warning"))[0]
    assert turn.conclusion is not None
    assert turn.listen is None


def test_an_interview_cut_off_in_a_topic_goes_on_at_the_question_and_then_in_the_topic(
    talk: Dialogue,
) -> None:
    before = until(talk, "urinary_leak", CALM)
    told = hear(talk, before, "do i need a scan")
    turn = talk.open(Begin(stopped=told.state))
    assert turn.say[-1] == "Shall I go on from there?"
    turn = hear(talk, turn, "go on")
    assert turn.say == before.say[-1:]
    assert hear(talk, turn, "go on").say[0] == "A scan is worth it if there are warning signs."


def test_advice_that_a_topic_followed_is_offered_again_after_a_break(talk: Dialogue) -> None:
    told = hear(talk, until(talk, "offer", CALM), "do i need a scan")
    turn = talk.open(Begin(stopped=told.state))
    assert turn.say[-1] == "Shall I say it again?"
    assert hear(talk, turn, "yes").conclusion is not None


@pytest.mark.parametrize("answers", [CALM, NUMB])
def test_a_summary_can_be_asked_for_after_the_advice_and_while_a_topic_is_told(
    talk: Dialogue, answers: dict[str, str]
) -> None:
    offered = until(talk, "offer", answers)
    assert any("summary" in sentence for sentence in offered.say)
    for turn in (offered, hear(talk, offered, "what is cauda equina")):
        said = hear(talk, turn, "what do i tell the nurse").say
        assert said[0].startswith("This is for a nurse or a call handler.")
        assert said[-1] == "Would you like me to repeat that?"


def test_before_the_advice_a_summary_waits_and_ends_the_topic(talk: Dialogue) -> None:
    before = until(talk, "urinary_leak", CALM)
    turn = hear(talk, before, "do i need a scan", "summary")
    assert turn.say == ("I'll sum it up for them at the end.", before.say[-1])


def test_what_a_person_asks_about_is_not_handed_over_as_an_answer(talk: Dialogue) -> None:
    before = until(talk, "urinary_leak", CALM)
    turn = hear(talk, before, "do i need a scan", "no thanks", "i don't want to bother anyone", "no")
    summary = talk.summary(turn.state, None)
    row = next(row for row in summary.rows if row.id == "urinary_leak")
    assert row.words == ("no",)


def test_a_report_after_a_topic_rests_on_the_advice_that_was_given(talk: Dialogue) -> None:
    offered = until(talk, "offer", NUMB)
    turn = hear(talk, offered, "what is cauda equina")
    assert not talk.summary(turn.state, offered.conclusion).ended_early
