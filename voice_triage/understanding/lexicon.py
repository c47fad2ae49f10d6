"""All that is known of how people speak, as values; read from intents/ by `content.lexicon`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Request
from voice_triage.understanding.classifier import Classifier, Opinion
from voice_triage.understanding.cleaning import Spelling
from voice_triage.understanding.templates import Point
from voice_triage.understanding.topic_words import TopicWords


class Sense(StrEnum):
    """What a phrase of a question means for that question."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"
    UNLIKE = "unlike"
    """Sounds near, means neither."""
    PRESENT_IF_ASKED = "present_if_asked"
    """Present as an answer to this question, nothing elsewhere: "both", "a bit tingly"."""
    ABSENT_IF_ASKED = "absent_if_asked"
    UNSURE_IF_ASKED = "unsure_if_asked"


IF_ASKED = frozenset({Sense.PRESENT_IF_ASKED, Sense.ABSENT_IF_ASKED, Sense.UNSURE_IF_ASKED})
"""Senses that mean nothing where another question was asked."""


class Turn(StrEnum):
    """What words that belong to no question do in an answer. The values are keys of _answers.yaml."""

    YES = "yes"
    YES_ALONE = "yes_alone"
    """Yes only when nothing else follows in its clause: "I do", "it is"."""
    WEAK_YES = "weak_yes"
    NO = "no"
    NO_ALONE = "no_alone"
    WEAK_NO = "weak_no"
    UNSURE = "unsure"
    DOUBT = "doubt"
    """Makes what follows in its clause unsure: "I don't know if ..."."""
    HEDGE = "hedge"
    """Takes the certainty out of a yes or no: "I think"."""
    WELL = "well"
    """All is as it should be; negated: it is not."""
    UNWELL = "unwell"
    """Something is there that should not be: "now and then", "it's got worse"."""
    RESOLVED = "resolved"
    """It was there and is not now: "not any more"."""
    NOT_NOW = "not_now"
    ASK_AGAIN = "ask_again"
    """Neither yes nor no, however it sounds: "I wouldn't say no"."""
    ASIDE = "aside"
    """At the beginning: something else is asked for, and nothing is answered by it: "how many ..."."""
    MERELY = "merely"
    """Mere detail that adds nothing: "just the pain"."""
    ONLY_BACK = "only_back"
    """Nothing but the back is named: "just my back"."""
    ONLY_IF = "only_if"
    """There under some condition: "only when", "not unless"."""
    UNREAL = "unreal"
    """What follows is as it should be, not as it is: "it should", "I wish"."""
    MOSTLY = "mostly"
    """What is said to be well is not always so: "most of the time"."""
    EXCEPT = "except"
    CORRECTION = "correction"
    PSEUDO = "pseudo"
    """Holds a negator that denies nothing: "not only", "no doubt"."""
    OLD = "old"
    """Long there and as it always was."""
    PAST = "past"
    """Long ago and over: "when I was a girl"."""
    NEW = "new"
    WORSE = "worse"
    SAYS = "says"
    """Reported speech: what follows is about the person again: "says I"."""
    DONE = "done"
    """Nothing more to tell, at the closing question."""
    RIGHT = "right"
    """You heard me right."""
    WRONG = "wrong"
    """You heard me wrong."""
    ALL_RIGHT = "all_right"
    """Nothing is wrong with what was read back."""
    SOME_WRONG = "some_wrong"
    DETAIL = "detail"
    """A detail was misheard, not the finding: "the other leg"."""


@dataclass(frozen=True)
class Grammar:
    """Word classes by which clauses, subjects and the reach of a negator are found."""

    skip: frozenset[str]
    """Unimportant words, in neither phrases nor answers compared."""
    people: frozenset[str]
    """Unimportant words that are important in words of danger: "he hit me"."""
    negators: frozenset[str]
    starters: frozenset[str]
    """Words with which a new statement begins when a verb follows: "i", "it", "my"."""
    articles: frozenset[str]
    """Words that no noun after "no" begins with: "no the other one"."""
    verbs: frozenset[str]
    """Finite verbs that make a statement of what stands before them."""
    linkers: frozenset[str]
    """Words after which a statement is still part of the one before: "when i", "think i"."""
    splitters: frozenset[str]
    """Words before which a clause ends: "but", "except"."""
    restarters: frozenset[str]
    """Words that end the reach of a negator: "not numb just tingly"."""
    conjunctions: frozenset[str]
    """Words before which a clause ends when a statement follows: "and", "or", "because"."""
    body: frozenset[str]
    """Parts of the body."""
    persons: frozenset[str]
    """Other people: "mother", "husband"."""
    past: frozenset[str]
    """Verbs by which something is told of the past of others: "had", "was"."""
    abilities: frozenset[str]
    """With a negator before or after them they tell of something that fails: "can", "able", "will"."""
    generic: frozenset[str]
    """Words that say nothing about any finding: "that", "anything", "problem"."""

    times: frozenset[str]
    """Words that tell when."""
    ago: frozenset[str]
    """Words by which a time is over: "two years ago", "last winter"."""
    unchanged: frozenset[str]
    """Words that deny a change, and not what is there: "nothing new about it"."""
    determiners: frozenset[str]
    """Words before a name: "the", "my"."""
    ties: frozenset[str]
    """Words by which what follows still belongs to what stands before: "over (the leg)"."""
    pointers: frozenset[str]
    """Words that name a side or a number of things and say nothing of them: "both", "left"."""
    others: frozenset[str]
    """Of these, words for what was not named before: "the other one"."""
    names: frozenset[str]
    """Words that name what may be well or not: "breathing", "weight"."""
    undoing: frozenset[str]
    """Negators that undo another: "never without"."""
    motion: frozenset[str]
    """Verbs of coming and going, through which a denial reaches: "it doesn't come to the side"."""
    there: frozenset[str]
    """Words for whatever was asked about: "that side of things"."""
    nor: frozenset[str]
    """Negators that only go on with a denial: "neither hot nor cold"."""
    alternatives: frozenset[str]
    """Words that go on with what was denied: "not fallen or banged it"."""
    joining: frozenset[str]
    """Words between names of which the same is said: "hands and feet"."""
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    third_persons: frozenset[str]
    me: frozenset[str]
    speaker: frozenset[str]
    """Words for the person who speaks."""
    of_others: frozenset[str]
    """Words by which a clause goes on about the person of the one before: "it was my husband that had it"."""
    to_people: frozenset[str]
    """Words before a person who has no part in the finding."""
    after_well: frozenset[str]
    """Words before which "well" takes something back: "no, well, once"."""
    doing: frozenset[str]
    """Verbs with which "nothing" is of no use: "it does nothing"."""
    noticing: frozenset[str]
    """Verbs that, denied beside a story, are part of it: "I didn't even notice"."""
    felt_like: frozenset[str]
    """Words after "felt" that make no sensation of it: "I don't feel like it"."""
    plain_no: frozenset[str]
    """The bare ways of saying no."""
    after_all: frozenset[str]
    """After "well": what was denied was there after all: "no, well, once"."""
    added: frozenset[str]
    """Words by which something comes on top: "the left one, too"."""
    of_today: frozenset[str]
    """Times that tell of no event: "today"."""
    was: frozenset[str]
    """Verbs of what was."""
    then: frozenset[str]
    """With them, times before now."""
    lasting: frozenset[str]
    """Words of something that has been there for long."""
    as_ever: frozenset[str]
    """Words of "same as ever"."""
    all_of_it: frozenset[str]
    """Words by which more than the low back is named."""
    nothing: frozenset[str]
    """Negators that tell by themselves that nothing is there."""
    telling: frozenset[str]
    """Verbs of speaking: who did not like to mention it, had it."""
    sensing: frozenset[str]
    """Verbs of feeling: denied, something fails ("I never felt it")."""
    refused: frozenset[str]
    """Words that, with a "not", may be what was heard of a refusal: "I'd not (rather) say"."""
    helping: frozenset[str]
    """Words before a "know", which may be heard as "no"."""
    degrees: frozenset[str]
    """Words that, denied, leave something: "it wasn't much"."""
    being: frozenset[str]
    """Verbs between a name and how it is: "the feeling (seems) normal"."""

    @cached_property
    def idle(self) -> frozenset[str]:
        """Words that need no understanding for an answer to be understood."""
        return self.skip | self.generic | self.negators | self.splitters | self.times


@dataclass(frozen=True)
class Phrases:
    """How people speak of one question's finding, or of one danger."""

    fact: str
    graph: Point
    """Labels are `Sense` values."""
    out_of_turn: Point
    """Of the graph what counts where another question was asked."""
    words: frozenset[str]
    """Every word in the graph."""
    signs: frozenset[str] = frozenset()
    """Those of them by which the finding is told."""
    topic: frozenset[str] = frozenset()
    """Those of them that few other questions share: who uses one speaks of this finding."""
    names: frozenset[str] = frozenset()
    """Of these, if they are well, the finding is not there: "the feeling is normal"."""
    anchors: frozenset[str] = frozenset()
    """Out of turn one of these has to stand in the same clause: "no strength" alone is not of the bowels.

    Empty: every phrase tells enough by itself.
    """
    long_words: tuple[str, ...] = ()
    """Those of five letters and more that misheard words may be mended to."""
    grammar: tuple[str, ...] = ()
    """Short answers for a small recogniser grammar, as spoken."""
    dated: bool = False
    """New and old make a difference to it."""
    reaches_back: float = inf
    """Days: what was there before that, and is said to be over, is not meant by the question.

    Without end unless intents/ says so, or the finding has an onset: then three months.
    """
    by_person: bool = False
    """Words such as "me" and "her" matter in it."""
    happened: bool = False
    """What is asked is whether it ever happened: that it is over takes nothing away."""
    yields: bool = False
    """Out of turn a longer phrase of another question takes its words: "fell off a horse"."""
    literal: bool = False
    """What it is only like is not meant: "like somebody kicked me"."""
    by_number: bool = False
    """It is answered by a number: the age."""
    not_while_answering: frozenset[str] = frozenset()
    """For a danger: questions to which its words are an ordinary answer."""


Many = Mapping[tuple[str, ...], tuple[float, float]]
"""Words -> the least and the most they may mean."""


@dataclass(frozen=True)
class NumberWords:
    """Words around numbers: units of time, named times, vague counts, ages."""

    units: Mapping[str, float]
    """Days in a unit of time: {"week": 7, "weeks": 7}."""
    plurals: Mapping[str, tuple[float, float]]
    """Least and most of a unit that is told without a count: {"weeks": (2, 8)}."""
    moments: Many
    """Days since a named time: {("last", "night"): (0, 1)}."""
    of_a_day: frozenset[str]
    """Parts of a day, after the day: "tuesday (morning)"."""
    amounts: Many
    """Vague counts: {("few",): (3, 5)}."""
    decades: Mapping[str, int]
    """ "fifties" -> 50."""
    early: frozenset[str]
    middle: frozenset[str]
    late: frozenset[str]
    """Parts of a decade."""
    over: frozenset[str]
    under: frozenset[str]
    nearly: frozenset[str]
    about: frozenset[str]
    something: frozenset[str]
    """ "fifty something", "fifty odd"."""
    being: frozenset[str]
    """Words before an age of now: "am"."""
    becoming: frozenset[str]
    """Words before an age of next year: "I'll be"."""
    soon: frozenset[str]
    """Words after one: "eighteen next month"."""
    between: frozenset[str]
    """Words between two ends of a range: "or", "to"."""
    before_unit: frozenset[str]
    """Words between a count and its unit: "of", "whole"."""
    corrections: frozenset[str]
    every: frozenset[str]
    """Words that make a rate of a length of time."""
    not_years: frozenset[str]
    """Words after a number that is no age, and after a time that is no onset: "pregnant"."""
    weights: Mapping[str, float]
    """Kilograms in a unit of weight."""
    points: frozenset[str]
    """Words before tenths: "thirty eight point five"."""
    fractions: Mapping[tuple[str, ...], float]
    """Parts of one that are added: {("and", "a", "half"): 0.5}."""
    or_two: frozenset[tuple[str, ...]]

    @property
    def longest_moment(self) -> int:
        """Words in the longest named time."""
        return max(map(len, self.moments), default=0)

    @property
    def longest_amount(self) -> int:
        """Words in the longest vague count."""
        return max(map(len, self.amounts), default=0)


@dataclass(frozen=True)
class WantedWords:
    """The words by which a request is told in whatever order."""

    heads: Mapping[Request, tuple[frozenset[str], ...]]
    """Sets of words; all of one must be there."""
    beside: Mapping[Request, frozenset[str]]
    """What else may be there."""
    common: frozenset[str]
    """What may be there beside any: "can you"."""


@dataclass(frozen=True)
class Lexicon:
    """Everything `interpret` looks up."""

    spelling: Spelling
    grammar_words: Grammar
    turns: Point
    """Labels are `Turn` values; every word counts."""
    asking: Point
    """What may stand before a request: "can you", "i want to"."""
    requests: Point
    """Labels are `Request` values; every word counts."""
    wanted: WantedWords
    questions: Mapping[str, Phrases]
    dangers: tuple[Phrases, ...]
    """Worst first."""
    vocabulary: frozenset[str]
    """Every word known; never mended."""
    numbers: NumberWords
    sound_alikes: Mapping[str, frozenset[str]]
    """Word that was heard -> words of phrases that sound like it."""
    spoken: Mapping[Kind, tuple[str, ...]]
    """Short answers for a small recogniser grammar, by the kind of question."""
    requested: Mapping[Request, tuple[str, ...]]
    """Short ways of asking, for the same."""
    topics: TopicWords
    classifier: Classifier | None = None
    """The second reader; None in a language that has none."""

    def second_opinion(self, fact: str, words: Sequence[str]) -> Opinion | None:
        """What the second reader makes of cleaned-up words; None if there is none, or it does not know."""
        return None if self.classifier is None else self.classifier.opinion(fact, words)

    def grammar(self, asked: Asked) -> tuple[str, ...]:
        """Short phrases that may be said to what was asked, for a recogniser with a small grammar."""
        own = self.questions.get(asked.fact.split(".", maxsplit=1)[0])
        phrases = list(self.spoken.get(asked.kind, ()))
        if own is not None and asked.kind in (Kind.YES_NO, Kind.READBACK, Kind.CHOICE):
            phrases.extend(own.grammar)
        phrases.extend(phrase for ways in self.requested.values() for phrase in ways)
        return tuple(dict.fromkeys(phrases))
