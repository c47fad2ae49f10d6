"""The classes of words by which a sentence is taken apart, in whatever it tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


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
    sound: frozenset[str]
    """With a "not" before them something is not as it should be: "well"."""
    limits: frozenset[str]
    """Before a time, they tell when it was otherwise: "only today"."""
    awful: frozenset[str]
    """What is called so is bad: "impossible"."""
    troubles: frozenset[str]
    asides: frozenset[str]
    """After an "if", they make no condition: "if I'm honest"."""
    leaving_off: frozenset[str]
    """Whoever ends with one of these was cut off: "and"."""
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
