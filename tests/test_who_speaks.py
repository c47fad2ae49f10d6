"""Who speaks: for themselves, for somebody else, or a child; and what is said, asked and understood then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from shipped import dialogue_in

from voice_triage.dialogue import Conclusion, Dialogue, Turn
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.state import Phase
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

FOR_MUM = {
    "who_for": "it's for my mum",
    "proxy_elsewhere": "no, she's here",
    "proxy_drowsy": "no, she's wide awake",
    "opener": "her back hurts",
    "age": "she's seventy two",
    "course": "three days, and it's getting better",
}
CALLER = re.compile(
    r"""
    ^You\ know\ them | with\ you,\ please | Take\ your\ time | you\ like\ me\ to | ^You\ can\ come.*want
    | You\ (said|told\ me|can\ say|can\ also|can\ come) | you\ told\ me | tell\ you | hear\ you | glad\ you
    | worr(y|ies)\ you | (if|If)\ you\ can | If\ you\ can't | you're\ worried | like\ you\ to\ repeat | away\ from\ you
    | ask\ you\ again | yourself,\ close\ to\ me | near\ you | call\ for\ you | your\ (answers|local) | You\ matter
    | yourself\.$ | you,\ or | or\ (might\ )?you
    | or\ have\ you | if\ you\ are\ sure | If\ you\ (are\ sure|are\ not\ sure|think|or\ they) | you\ can\ call
    | help\ you | You're\ not\ wasting | Nothing\ you\ say | can\ tell\ you | telling\ you | of\ you,\ or\ of\ them
    | not\ with\ you | you\ want\ to\ go\ on | can't\ tell\ you | you\ think\ is\ behind | can\ tell\ you
    | You\ spoke | as\ you\ can | you\ know\ them | said\ you | Look\ after\ them,\ and
    """,
    re.VERBOSE,
)
"""Where "you" is the one who speaks."""
SECOND_PERSON = re.compile(r"\b(you|your|yours|yourself)\b|\byou'", re.IGNORECASE)
OWN_MOUTH = re.compile(r"\bI (have|can't stand|am (?!still worried)|had|take blood)|\bmy (back|leg|first)\b")
"""Words as out of the mouth of the patient."""


@dataclass
class Talk:
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    conclusion: Conclusion | None = None
    turn: Turn | None = None

    @property
    def text(self) -> str:
        return " ".join(self.said)


@pytest.fixture(scope="module")
def dialogue() -> Dialogue:
    return dialogue_in("uk")


def answer(asked: Asked, given: Mapping[str, str]) -> str:
    if asked.fact in given:
        return given[asked.fact]
    return "yes" if asked.kind is Kind.READBACK else "no"


def held(dialogue: Dialogue, given: Mapping[str, str], until: Phase = Phase.OFFERING) -> Talk:
    """A whole interview in words; `given`: what is said by what is asked."""
    talk, turn = Talk(), dialogue.open()
    while True:
        talk.said += turn.say
        talk.conclusion = turn.conclusion or talk.conclusion
        talk.turn = turn
        if turn.listen is None or turn.state.phase is until:
            return talk
        talk.asked.append(turn.listen.asked.fact)
        turn = dialogue.hear(turn.state, Hearing.typed(answer(turn.listen.asked, given)))


def to_the_patient(line: str) -> bool:
    """The line speaks to the patient, where somebody else listens."""
    return bool(SECOND_PERSON.search(CALLER.sub("", line)) or OWN_MOUTH.search(line))


EMERGENCIES = {
    "numb": {"saddle_numbness": "yes, she's numb down below", "saddle_numbness.new": "yes since monday"},
    "chest": {"chest_pain_or_breathless": "yes, her chest hurts"},
    "infection": {"fever_sweats": "yes she's been shivering", "fever_sweats.very_ill": "yes"},
    "fell": {"major_trauma": "yes, she fell off a ladder", "major_trauma.new": "yes, today"},
}


@pytest.mark.parametrize("found", [{}, *EMERGENCIES.values()], ids=["well", *EMERGENCIES])
def test_nothing_is_said_as_if_the_caller_were_the_patient(dialogue: Dialogue, found: dict[str, str]) -> None:
    talk = held(dialogue, FOR_MUM | found)
    after = talk.said[talk.said.index("Are they very sleepy, confused or hard to wake?") :]
    assert [line for line in after if to_the_patient(line)] == []
    assert talk.conclusion is not None


def texts_of(dialogue: Dialogue, findings: int) -> list[str]:
    """All that can be said once this is known, sentence by sentence, slots filled."""
    book = dialogue.book(findings)
    slots = {
        "told": "x",
        "unsure": "x",
        "reasons": "x",
        "number": "x",
        "denied": "x",
        "count": "3",
        "days": "x",
    }
    parts = [*book.prompts.values(), *book.advice.values(), *book.reasons.values(), book.safety_net]
    for wording in book.wordings.values():
        parts += [text for text in vars(wording).values() if isinstance(text, str)]
        parts += (wording.follow_ups or {}).values()
    parts += [part for topic in book.topics.values() for part in topic.parts]
    parts += [text for remark in book.remarks.values() for text in (remark.during, remark.after)]
    texts = [book.text_of(part, slots) for part in parts if part]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.?!]) +", text)]


def of_another(dialogue: Dialogue) -> int:
    facts = dialogue.protocol.facts
    return facts.record(facts.nothing, dialogue.protocol.proxy_question, Status.PRESENT)


def of_a_child(dialogue: Dialogue, findings: int | None = None) -> int:
    facts = dialogue.protocol.facts
    return facts.record(facts.nothing if findings is None else findings, "age.16", Status.ABSENT)


def test_no_line_at_all_takes_the_caller_for_the_patient(dialogue: Dialogue) -> None:
    before_it_is_known = {"Is this for you, or for someone else?"}
    before_it_is_known |= {"Please get a grown-up to sit with you now."}  # said to children alone
    lines = set(texts_of(dialogue, of_another(dialogue))) - before_it_is_known
    assert len(lines) > 400
    assert sorted(line for line in lines if to_the_patient(line)) == []


def test_in_the_first_person_the_same_look_finds_hundreds(dialogue: Dialogue) -> None:
    lines = set(texts_of(dialogue, dialogue.protocol.facts.nothing))
    assert len([line for line in lines if to_the_patient(line)]) > 250


@pytest.mark.parametrize("by", ["shorter", "what do I say there", "what if it gets worse", "why"])
def test_every_part_of_the_advice_can_be_asked_for_by_a_caller(dialogue: Dialogue, by: str) -> None:
    talk = held(dialogue, FOR_MUM | EMERGENCIES["numb"])
    assert talk.turn is not None
    lines = dialogue.hear(talk.turn.state, Hearing.typed(by)).say
    assert lines
    assert not any(map(to_the_patient, lines))
    otherwise = {
        dialogue.book(of_another(dialogue)).text(f"{part}_otherwise") for part in ("say_there", "changes")
    }
    assert otherwise.isdisjoint(lines)


def test_the_advice_tells_the_caller_what_to_do_and_what_to_say(dialogue: Dialogue) -> None:
    told = held(dialogue, FOR_MUM | EMERGENCIES["numb"]).text
    assert "I'd like them to go to A&E now." in told
    assert "Please don't let them drive." in told
    assert "say: they have back pain and numbness down below" in told


@pytest.mark.parametrize(
    "topic", ["do they need a scan", "what will the doctors check", "tell me about surgery"]
)
def test_topics_are_told_of_somebody_else(dialogue: Dialogue, topic: str) -> None:
    talk = held(dialogue, FOR_MUM)
    assert talk.turn is not None
    lines = dialogue.hear(talk.turn.state, Hearing.typed(topic)).say
    assert len(lines) > 2
    assert not any(map(to_the_patient, lines))


THIRD_PERSON = """
saddle_numbness | she can't feel it | present
saddle_numbness | my mum can't feel when she wipes | present
saddle_numbness | mine is fine but hers is numb | present
saddle_numbness | he's fine down there | absent
saddle_numbness | she says no | absent
saddle_numbness | she hasn't said | unsure
saddle_numbness | my mum never mentioned it | unsure
saddle_numbness | not that he's told me | unsure
saddle_numbness | I don't know, I'd have to ask him | unsure
saddle_numbness | how would I know | unsure
bladder_retention_or_lost_urge | my husband hasn't been since last night | present
bladder_retention_or_lost_urge | she's peeing fine | absent
urinary_leak | my mum's not leaked | absent
urinary_leak | my wife had an accident this morning | present
both_legs | his legs are fine | absent
both_legs | both his legs are tingling | present
cancer_history | he never had cancer | absent
cancer_history | my mum had breast cancer | present
blood_thinner | he's on warfarin | present
leg_or_foot_weakness | her foot drags | present
fever_sweats | no temperature, she's fine | absent
proxy_elsewhere | he's at home and I'm at work | present
"""


@pytest.mark.parametrize("row", [row for row in THIRD_PERSON.splitlines() if row])
def test_answers_in_the_third_person_are_about_the_patient(dialogue: Dialogue, row: str) -> None:
    fact, words, status = (part.strip() for part in row.split("|"))
    read = interpret(Hearing.typed(words), Asked(fact, Kind.YES_NO), dialogue.lexicon, for_other=True).event
    assert getattr(read, "status", None) is Status[status.upper()]


@pytest.mark.parametrize("words", ["I'll ask her", "hang on, I'll ask him", "let me check with them"])
def test_a_caller_may_ask_them_first(dialogue: Dialogue, words: str) -> None:
    turn = at(dialogue, "saddle_numbness", FOR_MUM)
    assert turn.listen is not None
    waiting = dialogue.hear(turn.state, Hearing.typed(words))
    assert waiting.listen is not None
    assert waiting.listen.asked == turn.listen.asked
    assert waiting.listen.timeout > turn.listen.timeout


def at(dialogue: Dialogue, fact: str, given: Mapping[str, str]) -> Turn:
    turn = dialogue.open()
    while turn.listen is not None and turn.listen.asked.fact != fact:
        turn = dialogue.hear(turn.state, Hearing.typed(answer(turn.listen.asked, given)))
    return turn


def unsure_of(dialogue: Dialogue, given: Mapping[str, str]) -> Turn:
    return dialogue.hear(at(dialogue, "saddle_numbness", given).state, Hearing.typed("I don't know"))


def test_a_caller_who_does_not_know_is_told_to_ask_them(dialogue: Dialogue) -> None:
    turn = unsure_of(dialogue, FOR_MUM)
    assert turn.say[0] == "If they are with you, please ask them."
    assert turn.listen is not None
    assert turn.listen.asked.fact == "saddle_numbness"
    again = dialogue.hear(turn.state, Hearing.typed("I still don't know"))
    assert again.state.phase is Phase.CHECKING
    left = dialogue.hear(again.state, Hearing.typed("no idea"))
    assert dialogue.protocol.facts.status(left.state.findings, "saddle_numbness") is Status.UNSURE


def test_whom_nobody_can_ask_nobody_is_told_to_ask(dialogue: Dialogue) -> None:
    turn = unsure_of(dialogue, FOR_MUM | {"proxy_elsewhere": "yes, she's in another town"})
    assert turn.state.phase is Phase.CHECKING
    assert "ask them" not in " ".join(turn.say)


def test_the_summary_says_who_said_it_and_of_whom(dialogue: Dialogue) -> None:
    talk = held(dialogue, FOR_MUM | EMERGENCIES["numb"])
    assert talk.turn is not None
    summary = dialogue.summary(talk.turn.state, talk.conclusion)
    told = " ".join(dialogue.told(summary).sentences)
    assert summary.for_other
    assert "Someone else gave the answers." in told
    assert "the caller said" in told.lower()
    assert "they said" not in told.lower()
    assert not any(map(to_the_patient, dialogue.told(summary).sentences))
    assert not any(map(to_the_patient, summary.outcome.advice))
    assert not any(to_the_patient(row.question) for row in summary.rows if row.id != "who_for")


CHILD = {"age": "fourteen", "opener": "my back hurts", "course": "three days, and it's getting better"}


def test_a_child_is_told_to_have_a_grown_up_there_and_is_asked_nothing_about_sex(dialogue: Dialogue) -> None:
    talk = held(dialogue, CHILD)
    assert talk.said.count("Please get a grown-up to sit with you now.") == 1
    assert "sexual_change" not in talk.asked
    after = " ".join(talk.said[talk.said.index("Please get a grown-up to sit with you now.") :])
    assert not re.search(r"\bsex\b|\bdrive\b", after)
    assert "grown-up" in " ".join(talk.conclusion.advice if talk.conclusion else ())
    assert talk.conclusion is not None
    assert talk.conclusion.urgency.id == "soon"


def test_nothing_that_a_child_is_told_is_about_sex_or_driving(dialogue: Dialogue) -> None:
    never_asked = {"sexual_change"}
    book = dialogue.book(of_a_child(dialogue))
    of_children = {key: text for key, text in book.advice.items() if key != "drowsy"}  # that is for callers
    lines = [*of_children.values(), book.safety_net, *(p for t in book.topics.values() for p in t.parts)]
    lines += [w.question for name, w in book.wordings.items() if name not in never_asked]
    told = [line for line in lines if re.search(r"\bsex\b|\b(don't|not) drive\b", line.lower())]
    assert told == []


def test_a_parent_is_told_of_the_child_and_not_of_sex(dialogue: Dialogue) -> None:
    given = FOR_MUM | {"who_for": "for my son", "age": "he's nine", "proxy_elsewhere": "no he's here"}
    talk = held(dialogue, given)
    assert "Please get a grown-up to sit with you now." not in talk.said
    assert "sexual_change" not in talk.asked
    after = talk.said[talk.said.index("Are they very sleepy, confused or hard to wake?") :]
    assert not any(map(to_the_patient, after))
    assert not re.search(r"\bsex\b", " ".join(after))


@pytest.mark.parametrize("given", [{}, FOR_MUM], ids=["for themselves", "for another"])
@pytest.mark.parametrize("words", ["skip", "I'd rather not say", "that's private", "pass"])
def test_what_is_private_can_be_skipped_and_nothing_gets_more_urgent(
    dialogue: Dialogue, given: Mapping[str, str], words: str
) -> None:
    calm = {"opener": "my back hurts", "age": "thirty four", "course": "three days, and it's getting better"}
    denied = held(dialogue, calm | given)
    skipped = held(dialogue, calm | given | {"sexual_change": words})
    assert "sexual_change" in skipped.asked
    assert skipped.asked.count("sexual_change") == 1
    assert denied.conclusion is not None
    assert skipped.conclusion is not None
    assert skipped.conclusion.urgency == denied.conclusion.urgency
    assert skipped.conclusion.findings["sexual_change"] == "unanswered"
