"""All that is known of how people speak, as values; read from intents/ by `content.lexicon`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Request
from voice_triage.understanding.classifier import Classifier, Opinion
from voice_triage.understanding.cleaning import Spelling
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.number_words import NumberWords
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
ABSENT = frozenset({Sense.ABSENT, Sense.ABSENT_IF_ASKED})
"""Senses by which the finding is not there."""


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
    asked_by: frozenset[str] = frozenset()
    """For a danger: questions that ask about it, so that half heard in answer to them it is nothing new."""


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
    leading_on: frozenset[str] = frozenset()
    """Words after which people who pause have more to say: "and", "um", "my"; as ears write them."""
    classifier: Classifier | None = None
    """The second reader; None in a language that has none."""
    finding_reader: FindingReader | None = None
    """The reader of free speech; None in a language that has none."""
    danger_reader: FindingReader | None = None
    """The reader of dangers; None in a language that has none."""

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
