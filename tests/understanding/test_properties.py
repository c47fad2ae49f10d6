"""What holds for any answer at all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_as import AGAIN, if_none, read_as
from shipped import lexicon
from test_sentences import KINDS, SENTENCES

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Endangered, Event
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Ear, Hearing, Utterance
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Sense
from voice_triage.understanding.templates import Point

LEXICON = lexicon()
QUESTIONS = sorted(fact for fact in LEXICON.questions if "." not in fact)
FILLERS = ["um", "uh", "er", "erm", "hmm", "mm"]
POLITENESS = ["please", "thank you", "dear", "to be honest", "you know", "thank goodness"]
OPPOSITE = {"present": "absent", "absent": "present"}
PLAIN = [(q, t) for q, t, _ in SENTENCES if q not in KINDS]
WORDS = sorted(
    {word for _, text, _ in SENTENCES for word in text.split()}
    | {
        "no",
        "not",
        "yes",
        "but",
        "except",
        "never",
        "numb",
        "leaked",
        "both",
        "stop",
        "maybe",
        "[unk]",
        "nothing",
    }
)

sentence = st.sampled_from(PLAIN)
relaxed = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def hear(question: str, text: str, kind: Kind = Kind.YES_NO) -> Event:
    return interpret(Hearing.typed(text), Asked(question, kind), LEXICON).event


def said(event: Event) -> object:
    """What an event says, without the finer shades of certainty."""
    return (read_as(event), getattr(event, "also", ()))


@relaxed
@given(sentence, st.lists(st.tuples(st.integers(0, 12), st.sampled_from(FILLERS)), max_size=4))
def test_fillers_change_nothing(case: tuple[str, str], fillers: list[tuple[int, str]]) -> None:
    question, text = case
    words = text.split()
    for place, filler in fillers:
        words.insert(min(place, len(words)), filler)
    assert hear(question, text) == hear(question, " ".join(words))


@relaxed
@given(sentence, st.sampled_from(POLITENESS), st.booleans())
def test_politeness_changes_nothing(case: tuple[str, str], courtesy: str, first: bool) -> None:
    question, text = case
    polite = f"{courtesy} {text}" if first else f"{text} {courtesy}"
    assert said(hear(question, text)) == said(hear(question, polite))


@relaxed
@given(sentence, st.integers(0, 10))
def test_a_stutter_changes_nothing(case: tuple[str, str], place: int) -> None:
    question, text = case
    words = text.split()
    place = min(place, len(words) - 1)
    if words[place] in ("not", "never"):
        return  # said twice they mean something
    stutter = [*words[: place + 1], *words[place:]]
    assert said(hear(question, text)) == said(hear(question, " ".join(stutter)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_negator_before_a_phrase_never_leaves_the_finding_there(question: str) -> None:
    """Unless the phrase holds it ("can't feel"), or is about something else."""
    for phrase in ("numb", "tingling", "leaks", "fever", "chest pain", "weakness", "accidents", "fainting"):
        for pattern in ("no {}", "i haven't got any {}", "not {}", "never any {}", "without {}"):
            assert read_as(hear(question, pattern.format(phrase))) != "present" or question in (
                "who_for",
                "proxy_elsewhere",
            ), (question, pattern.format(phrase))


NO_ENGLISH = {"orgasms have gone", "on you go"}
"""Nobody puts a "not" before these."""
STILL_SO = {"insulin dependent"}
"""Who is not dependent on insulin may well have diabetes."""


def test_putting_it_is_not_true_that_before_a_finding_never_leaves_it_there() -> None:
    """Every short one; a doubtful reading is read back, and so is no harm."""
    # "they" begins a statement of its own, out of reach of the "not" before it: read as there, the safe side;
    # what is impossible holds a denial itself.
    apart, holding = (
        ("they", "both"),
        ("yes", "yeah", "not", "no ", "n't", "never", "less", "lost", "only", "just"),
    )
    left = []
    for question, text in PLAIN:
        if (
            text in NO_ENGLISH | STILL_SO
            or len(text.split()) > 3
            or text.startswith(apart)
            or any(word in f"{text} " for word in (*holding, "impossible"))
        ):
            continue
        if read_as(hear(question, text)) == "present":
            denied = hear(question, f"not {text}")
            if isinstance(denied, Answered) and read_as(denied) == "present" and denied.sure:
                left.append((question, text))
    assert left == []


HUMMED = (["uh", "huh"], ["mm", "hmm"], ["mm", "hm"])


@relaxed
@given(st.lists(st.sampled_from([*FILLERS, "the", "oh", "huh", "well", "[unk]", "...", "so"]), max_size=8),
       st.sampled_from(QUESTIONS))  # fmt: skip
def test_noise_and_fillers_are_never_an_answer(noise: list[str], question: str) -> None:
    if noise in HUMMED:
        return  # "uh huh" is a yes
    assert read_as(hear(question, " ".join(noise))) == AGAIN


@relaxed
@given(st.text(max_size=80), st.sampled_from(QUESTIONS), st.sampled_from(list(Kind)), st.booleans())
def test_no_text_can_break_the_reader(text: str, question: str, kind: Kind, weak: bool) -> None:
    hearing = Hearing((Utterance(text, Ear.OPEN), Utterance(text[::-1], Ear.GRAMMAR)), weak)
    assert interpret(hearing, Asked(question, kind), LEXICON).why


@relaxed
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(QUESTIONS), st.sampled_from(list(Kind)))
def test_no_words_can_break_the_reader(words: list[str], question: str, kind: Kind) -> None:
    interpretation = interpret(Hearing.typed(" ".join(words)), Asked(question, kind), LEXICON)
    assert 0 <= interpretation.score <= 100
    said = getattr(interpretation.event, "also", ())
    assert all(each.status in (Status.PRESENT, Status.UNSURE) for each in said)  # never that it is not there


SHORT = frozenset(
    "i a the my it is it's i'm i've to of in and have been on me so at for with was".split()  # noqa: SIM905
)
"""Words that recognisers drop or swap; none of them denies anything."""
SIGNS = [(q, t) for q, t, e in SENTENCES if e == "present" and q not in KINDS]


@relaxed
@given(st.sampled_from(SIGNS), st.lists(st.integers(0, 14), min_size=1, max_size=2))
def test_losing_short_words_never_turns_a_finding_into_a_denial(
    case: tuple[str, str], places: list[int]
) -> None:
    """Polarity words are not meant: their loss changes the meaning."""
    question, text = case
    words = [word for place, word in enumerate(text.split()) if place not in places or word not in SHORT]
    assert read_as(hear(question, " ".join(words))) != "absent"


@relaxed
@given(st.sampled_from(SIGNS), st.integers(0, 14))
def test_swapping_short_words_never_turns_a_finding_into_a_denial(case: tuple[str, str], place: int) -> None:
    question, text = case
    words = text.split()
    pair = words[place : place + 2]
    if len(pair) == 2 and not SHORT.isdisjoint(pair):
        words[place : place + 2] = reversed(pair)
    assert read_as(hear(question, " ".join(words))) != "absent"


@relaxed
@given(st.sampled_from(SIGNS), st.integers(0, 14), st.randoms(use_true_random=False))
def test_a_word_that_sounds_like_it_never_turns_a_finding_into_a_denial(
    case: tuple[str, str], place: int, chance: Random
) -> None:
    question, text = case
    words = text.split()
    place = place % len(words)
    alike = sorted(heard for heard, meant in LEXICON.sound_alikes.items() if words[place] in meant)
    if alike:
        words[place] = chance.choice(alike)
    assert read_as(hear(question, " ".join(words))) != "absent"


OWN_GATES = {"upper_back_or_band.placed_low", "pregnant_or_postpartum.cannot"}
"""They only say that something is not there."""
TELLS = {
    ("both_legs", "one_leg_symptoms"),
    ("saddle_numbness", "one_leg_symptoms"),
    ("course.improving", "course.worse"),
    ("course.worse", "course.improving"),
}
"""Who denies the one may well mean the other: "just my right leg", "no, worse"."""


def test_what_denies_one_finding_never_tells_of_another() -> None:
    """The over-match gate, over every sentence of every question."""
    stolen = []
    for question, text, expected in SENTENCES:
        if expected != "absent" or question in KINDS:
            continue
        event = if_none(hear("opener", text, Kind.FREE))
        if isinstance(event, Endangered):
            stolen.append((question, text, event.interrupt))
        said = getattr(event, "also", ())
        also = {found.fact for found in said if found.status is Status.PRESENT and found.sure}
        stolen += [
            (question, text, fact) for fact in also if (question, fact) not in TELLS and fact not in OWN_GATES
        ]
    assert stolen == []


def test_no_phrase_means_two_things_at_once() -> None:
    """Word for word the same phrase may not stand in the present and the absent list of one question."""
    for phrases in LEXICON.questions.values():
        readings = _readings(phrases.graph, 3)
        for words, senses in readings.items():
            here = {Sense.PRESENT, Sense.PRESENT_IF_ASKED} & senses
            gone = {Sense.ABSENT, Sense.ABSENT_IF_ASKED} & senses
            assert not (here and gone), (phrases.fact, " ".join(words))


def _readings(start: Point, depth: int) -> dict[tuple[str, ...], set[Sense]]:
    found: dict[tuple[str, ...], set[Sense]] = {}
    stack: list[tuple[Point, tuple[str, ...]]] = [(start, ())]
    while stack:
        point, words = stack.pop()
        if point.labels:
            found.setdefault(words, set()).update(map(Sense, point.labels))
        if len(words) < depth:
            stack.extend((after, (*words, w)) for w, places in point.edges.items() for after in places)
    return found
