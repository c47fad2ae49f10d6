"""Where one statement ends in what was said, and the next begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.matching import Span

_VERB_WITHIN = 3
"""A verb that stands within so many words after "and" or "my" makes a statement of them."""
_ANSWERS = frozenset({Turn.YES, Turn.NO, Turn.NO_ALONE, Turn.WELL, Turn.UNSURE, Turn.WEAK_NO, Turn.RIGHT})
"""Turns that end a statement, whatever their last word: "nothing like that"."""
_OPENING = frozenset({Turn.EXCEPT, Turn.ONLY_IF, Turn.CORRECTION})
_FULL_STOP = 2


@dataclass(frozen=True)
class _Gap:
    """Between two words, where a statement may end."""

    words: Sequence[str]
    pause: int
    place: int
    """Of the word after it."""
    turns: Sequence[Span]
    grammar: Grammar

    @property
    def word(self) -> str:
        return self.words[self.place]

    @property
    def before(self) -> str:
        return self.words[self.place - 1]

    @property
    def after(self) -> str:
        """The word after next, or ""."""
        return self.words[self.place + 1] if self.place + 1 < len(self.words) else ""

    @property
    def answered(self) -> bool:
        """What stands before it is an answer: "nothing like that"; not "never in my life"."""
        return any(
            turn.end == self.place and turn.label in _ANSWERS and self.words[turn.start] != "never"
            for turn in self.turns
        )


def begins(
    words: Sequence[str], pauses: Sequence[int], place: int, turns: Sequence[Span], grammar: Grammar
) -> bool:
    """A statement begins with the word at `place`. The first rule that has something to say decides."""
    gap = _Gap(words, pauses[place], place, turns, grammar)
    verdicts = (rule(gap) for rule in _RULES)
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _after_a_stop(gap: _Gap) -> bool | None:
    """A full stop, or words that open a statement."""
    opens = any(turn.start == gap.place and turn.label in _OPENING for turn in gap.turns)
    return True if gap.pause == _FULL_STOP or opens else None


def _at_a_particle(gap: _Gap) -> bool | None:
    """ "down there is fine", "not weak, well the foot drops"."""
    if gap.word == "there" and gap.before == "down":
        return False
    corrects = gap.word == "well" and (gap.answered or _corrects(gap.words, gap.place, gap.grammar))
    return True if corrects else None


def _at_a_splitter(gap: _Gap) -> bool | None:
    """ "but", "except"."""
    if gap.word in gap.grammar.splitters:
        begins_anew = gap.after in gap.grammar.starters  # "never, but I'm ..."; not "nothing but pain"
        return gap.answered or begins_anew or gap.before not in gap.grammar.negators
    return False if gap.before in gap.grammar.splitters else None


def _after_a_plain_no(gap: _Gap) -> bool | None:
    """ "no control is fine", "no the feeling is fine"; not the Scots "it's no the same"."""
    if gap.before not in gap.grammar.plain_no:
        return None
    if gap.place == 1 and _named_well(gap.words, gap.place, gap.turns, gap.grammar):
        return True
    if gap.word in gap.grammar.determiners:
        return gap.place == 1 or gap.words[gap.place - 2] not in gap.grammar.verbs
    return None


def _at_a_conjunction(gap: _Gap) -> bool | None:
    """ "and", "because", when a statement follows; words such as "when" go on with theirs."""
    grammar = gap.grammar
    if gap.word in grammar.conjunctions:
        states = _states(gap.words, gap.place + 1, grammar)
        return states and not _goes_on_naming(gap.words, gap.place, grammar)
    goes_on = gap.before in grammar.conjunctions or (gap.before in grammar.linkers and not gap.answered)
    return False if goes_on else None


def _unlinked(gap: _Gap) -> bool | None:
    """ "can't talk, can't get air", "it's my hands, feet are fine"."""
    grammar = gap.grammar
    if gap.word in grammar.abilities and _unbound(gap.before, grammar):
        return True
    named = grammar.body | grammar.names
    return True if gap.word in named and gap.before in named and gap.after in _IS else None


def _after_a_negator(gap: _Gap) -> bool | None:
    """What is denied goes on, unless the denial is whole already: "it's not, it's a bit numb"."""
    denies = gap.before in gap.grammar.negators and gap.before != "no"
    return False if denies and not _said_already(gap.words, gap.place, gap.grammar) else None


def _at_a_determiner(gap: _Gap) -> bool | None:
    """ "at my sister's wedding" goes on; "all day the legs are strong" begins anew."""
    grammar = gap.grammar
    if gap.word in grammar.determiners and gap.before in grammar.prepositions:
        return False
    if gap.word in grammar.determiners and gap.word not in grammar.starters:
        return _new_subject(gap.words, gap.place, grammar)
    return None


def _at_a_starter(gap: _Gap) -> bool | None:
    """ "i", "it", "my", when a verb follows."""
    return gap.word in gap.grammar.starters and _states(gap.words, gap.place, gap.grammar)


_RULES: tuple[Callable[[_Gap], bool | None], ...] = (
    _after_a_stop,
    _at_a_particle,
    _at_a_splitter,
    _after_a_plain_no,
    _at_a_conjunction,
    _unlinked,
    _after_a_negator,
    _at_a_determiner,
    _at_a_starter,
)
_IS = frozenset({"is", "are", "was", "were"})


def _named_well(words: Sequence[str], place: int, turns: Sequence[Span], grammar: Grammar) -> bool:
    """Here a name is said to be well."""
    named = grammar.body | grammar.names
    return (
        words[place] in named
        and place + 2 < len(words)
        and words[place + 1] in grammar.verbs | grammar.being
        and any(turn.start == place + 2 and turn.label == Turn.WELL for turn in turns)
    )


def _goes_on_naming(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """Only names stand before this "and": "chest and breathing are fine" says it of both."""
    if words[place] not in grammar.joining:
        return False
    after = place + 1
    while after < len(words) and words[after] in grammar.determiners:
        after += 1
    named = grammar.body | grammar.names
    if after >= len(words) or words[after] not in named:
        return False
    first = place - 1
    while first >= 0 and (
        words[first] in named or words[first] in grammar.determiners or words[first] in grammar.joining
    ):
        first -= 1
    if first == place - 1 or not named.intersection(words[first + 1 : place]):
        return False
    return first < 0 or words[first] in grammar.plain_no or words[first] in grammar.splitters


def _unbound(before: str, grammar: Grammar) -> bool:
    """It is no subject of what follows."""
    subjects = (
        grammar.body | grammar.names | grammar.starters | grammar.persons | grammar.skip | grammar.generic
    )
    return before not in subjects | grammar.negators | grammar.splitters | grammar.pointers | grammar.verbs


def _new_subject(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """A name and a verb come right after "the", and nothing ties it to what stands before."""
    before = words[place - 1]
    if before in grammar.articles or before in grammar.linkers or before in grammar.verbs:
        return False
    if before in grammar.to_people or before in grammar.conjunctions or before in grammar.ties:
        return False
    named = grammar.body | grammar.names | grammar.pointers
    at = place + 1
    while at < len(words) and words[at] in named:
        at += 1
    return at > place + 1 and at < len(words) and words[at] in grammar.verbs - grammar.restarters


def _corrects(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """This "well" takes back some of a denial: "not weak, well the foot drops"; not "I don't sleep well"."""
    after = words[place + 1] if place + 1 < len(words) else ""
    denied = not grammar.negators.isdisjoint(words[:place])
    return denied and (after in grammar.starters or after in grammar.articles or after in grammar.after_well)


def _said_already(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """The denial before this word is whole: "it's not, it's a bit numb", "like nothing, I can't feel it"."""
    if words[place] in grammar.determiners:
        at = place + 2
        named = place + 1 < len(words) and words[place + 1] in grammar.body | grammar.names
        states = named and at < len(words) and words[at] in grammar.verbs - grammar.restarters
        return (
            states
            and place > 2
            and words[place - 2] in grammar.verbs
            and words[place - 3] in grammar.pronouns
        )
    if words[place] not in grammar.pronouns:
        return False
    if words[place - 1] == "nothing":
        return words[place] != "there"
    return place > 2 and words[place - 2] in grammar.verbs and words[place - 3] in grammar.pronouns


def _states(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """A verb comes soon enough to make a statement of the words from here."""
    ahead = words[place : place + _VERB_WITHIN + 1]
    if ahead and ahead[0] == "i":
        return True
    for further, word in enumerate(ahead):
        if word in grammar.verbs:
            return True
        if word in grammar.conjunctions or word in grammar.splitters:
            return False
        if further and word in grammar.starters:
            return False
    return False
