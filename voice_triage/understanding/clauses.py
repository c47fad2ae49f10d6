"""The shape of an utterance: where clauses end, whom they are about, and how far a negator reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_triage.understanding.cleaning import Words
from voice_triage.understanding.lexicon import Grammar, Lexicon, Turn
from voice_triage.understanding.matching import Content, Match, Span, exact_at

_VERB_WITHIN = 3
"""A verb that stands within so many words after "and" or "my" makes a statement of them."""


@dataclass(frozen=True)
class Shape:
    """An utterance with its clauses and the phrases that belong to no question."""

    words: tuple[str, ...]
    pauses: tuple[int, ...]
    clause: tuple[int, ...]
    """For each word the number of its clause."""
    turns: tuple[Span, ...]
    """Labels are `Turn` values; no two share a word."""
    exceptions: frozenset[int]
    """Clauses that begin with "but", "except" and the like."""
    elsewhere: frozenset[int]
    """Clauses about somebody else, in the past."""
    nearby: frozenset[int]
    """Clauses about somebody else, now. None where the person speaks for somebody."""
    content: Content
    people: Content
    """The same with who does what to whom; for words of danger."""

    def clause_words(self, number: int) -> list[int]:
        """Places of the words of a clause."""
        return [place for place, clause in enumerate(self.clause) if clause == number]

    @property
    def clauses(self) -> range:
        """Numbers of all clauses."""
        return range(self.clause[-1] + 1) if self.clause else range(0)


def shape(words: Words, lexicon: Lexicon, for_other: bool = False) -> Shape:
    """The clauses, turns of speech and content words of an utterance.

    `for_other`: the person speaks for somebody else, so what is told of others may be told of the patient.
    """
    grammar = lexicon.grammar_words
    plain = words.words
    turns = _turns(plain, lexicon)
    inside = {place for turn in turns for place in range(turn.start + 1, turn.end)}
    numbers: list[int] = []
    number = 0
    denied = False
    for place, word in enumerate(plain):
        if place and place not in inside:
            whole = plain[place - 1] not in grammar.negators or plain[place - 1] == "nothing"
            restarts = denied and word in grammar.restarters and whole
            if restarts or _begins(plain, words.pauses, place, turns, grammar):
                number += 1
                denied = False
        denied = denied or word in grammar.negators
        numbers.append(number)
    clause = tuple(numbers)
    exceptions = frozenset(
        clause[i]
        for i, word in enumerate(plain)
        if word in grammar.splitters or (word == "well" and i and clause[i] != clause[i - 1])
    )
    nobody: tuple[frozenset[int], frozenset[int]] = frozenset(), frozenset()
    elsewhere, nearby = nobody if for_other else _others(plain, clause, turns, grammar)
    content = content_of(plain, clause, grammar.skip)
    people = content_of(plain, clause, grammar.skip - grammar.people)
    return Shape(plain, words.pauses, clause, turns, exceptions, elsewhere, nearby, content, people)


def content_of(words: Sequence[str], clause: Sequence[int], skip: frozenset[str]) -> Content:
    """The words that are not in `skip`, and where clauses end between them."""
    places = tuple(i for i, word in enumerate(words) if word not in skip)
    closed = tuple(bool(k) and clause[place] != clause[places[k - 1]] for k, place in enumerate(places))
    return Content(tuple(words[i] for i in places), places, closed)


def _turns(words: Sequence[str], lexicon: Lexicon) -> tuple[Span, ...]:
    """Of turns that share words the longest; of two as long the one that is more than a bare "I do"."""
    found = [span for at in range(len(words)) if (span := exact_at(lexicon.turns, words, at)) is not None]
    found.sort(key=lambda span: (span.start - span.end, span.label in BY_ITSELF, span.start))
    taken: set[int] = set()
    chosen = []
    for span in found:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(span)
    return tuple(sorted(chosen, key=lambda span: span.start))


BY_ITSELF = frozenset({Turn.YES_ALONE, Turn.NO_ALONE, Turn.WEAK_YES, Turn.RIGHT})
"""Turns that are an answer only where nothing that matters stands beside them."""
_ANSWERS = frozenset({Turn.YES, Turn.NO, Turn.NO_ALONE, Turn.WELL, Turn.UNSURE, Turn.WEAK_NO, Turn.RIGHT})
"""Turns that end a statement, whatever their last word: "nothing like that"."""
_OPENING = frozenset({Turn.EXCEPT, Turn.ONLY_IF, Turn.CORRECTION})


def _begins(
    words: Sequence[str], pauses: Sequence[int], place: int, turns: Sequence[Span], grammar: Grammar
) -> bool:
    word, before = words[place], words[place - 1]
    if pauses[place] == 2:
        return True
    for turn in turns:
        if turn.start == place and turn.label in _OPENING:
            return True
    answered = any(turn.end == place and turn.label in _ANSWERS for turn in turns)
    if word == "well" and (answered or _corrects(words, place, grammar)):
        return True
    if word in grammar.splitters:
        return answered or before not in grammar.negators
    if before in grammar.splitters:
        return False
    if word in grammar.conjunctions:
        return _states(words, place + 1, grammar)
    if before in grammar.conjunctions or (before in grammar.linkers and not answered):
        return False
    if before in grammar.negators and before != "no" and not _said_already(words, place, grammar):
        return False
    return word in grammar.starters and _states(words, place, grammar)


def _corrects(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """This "well" takes back some of a denial: "not weak, well the foot drops"; not "I don't sleep well"."""
    after = words[place + 1] if place + 1 < len(words) else ""
    denied = not grammar.negators.isdisjoint(words[:place])
    return denied and (after in grammar.starters or after in grammar.articles or after in _HOW_MUCH)


_HOW_MUCH = frozenset({"once", "twice", "only", "maybe", "sometimes", "just", "a", "perhaps", "not"})
_PRONOUNS = frozenset({"i", "it", "they", "we", "he", "she", "there"})


def _said_already(words: Sequence[str], place: int, grammar: Grammar) -> bool:
    """The denial before this word is whole: "it's not, it's a bit numb", "like nothing, I can't feel it"."""
    if words[place] not in _PRONOUNS:
        return False
    if words[place - 1] == "nothing":
        return words[place] != "there"
    return place > 2 and words[place - 2] in grammar.verbs and words[place - 3] in _PRONOUNS


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


def _others(
    words: Sequence[str], clause: Sequence[int], turns: Sequence[Span], grammar: Grammar
) -> tuple[frozenset[int], frozenset[int]]:
    """Clauses about other people: those of the past, and those of now."""
    past: set[int] = set()
    now: set[int] = set()
    other = False
    last = -1
    for place, word in enumerate(words):
        number = clause[place]
        if number != last:
            last = number
            first = next((w for w in words[place:] if w not in grammar.conjunctions), word)
            if first in ("i", "my", "we", "no", "not") or first not in ("she", "he", "they", "her", "his"):
                other = False
            elif other:
                (past if past else now).add(number)
        if word in grammar.persons and not _spoken_of(words, place, clause, turns, grammar):
            rest = [w for w, c in zip(words[place:], clause[place:], strict=True) if c == number]
            before = words[clause.index(number) : place]
            if _names_speaker(rest, grammar) or "i" in before:
                continue  # "my wife has to lift me": it is the speaker's trouble
            other = True
            (past if grammar.past.intersection(rest) else now).add(number)
    return frozenset(past), frozenset(now - past)


_ME = frozenset({"me", "myself"})


def _names_speaker(words: Sequence[str], grammar: Grammar) -> bool:
    """ "my wife has to lift me", "mum took my temperature"; not "not me"."""
    after = [*words[1:], ""]
    return any(
        (word in _ME and not (at and words[at - 1] in grammar.negators))
        or (word == "my" and at > 0 and after[at] not in grammar.persons)
        for at, word in enumerate(words)
    )


_TO_PEOPLE = frozenset(
    {
        "to",
        "with",
        "by",
        "for",
        "ask",
        "tell",
        "told",
        "asked",
        "from",
        "on",
        "at",
        "in",
        "of",
        "like",
        "than",
    }
)
"""Words before a person who has no part in the finding."""


def _spoken_of(
    words: Sequence[str], place: int, clause: Sequence[int], turns: Sequence[Span], grammar: Grammar
) -> bool:
    """The person named here only reports or helps: "my wife says I ...", "to my sister"."""
    if any(turn.label == Turn.SAYS and turn.start >= place for turn in turns if turn.start <= place + 3):
        return True
    before = place - 1
    while before >= 0 and words[before] in grammar.articles and words[before] not in _TO_PEOPLE:
        before -= 1
    return before >= 0 and words[before] in _TO_PEOPLE


def free_negators(
    shape: Shape, match: Match, taken: frozenset[int], particles: frozenset[int], grammar: Grammar
) -> list[int]:
    """Places of the negators that reach a match: before it in its clause, or between its words.

    `taken`: places of words that already belong to a phrase ("can't feel") and deny nothing more.
    `particles`: places of a "no" that is an answer by itself. A "no" reaches only a noun: not what is told
    by a verb ("no my bum is numb"). Of "no temperature no sweats" only the second reaches "sweats".
    """
    number = shape.clause[match.start]
    own = frozenset(match.places)
    states = any(word in grammar.verbs for word in shape.words[match.start : match.end])
    reaching: list[int] = []
    for place in range(match.end):
        word = shape.words[place]
        if word not in grammar.negators or place in taken or place in own:
            continue
        if word == "not" and place and shape.words[place - 1] == "or":
            continue  # "if I'm full or not"
        if place > match.start:
            reaching.append(place)
            continue
        if shape.clause[place] != number:
            continue
        if word == "no" and not place and match.sense == "absent" and len(match.places) > 1:
            continue  # "no, sharp as a tack"
        if word == "no" and (
            place in particles or states or _closed_noun(shape, place, match.start, grammar)
        ):
            continue
        if reaching and any(between in taken for between in range(reaching[-1], place)):
            reaching.clear()
        reaching.append(place)
    return reaching


def _closed_noun(shape: Shape, no: int, start: int, grammar: Grammar) -> bool:
    """Between "no" and the match stands what ends a noun: a verb, a pronoun, a pause."""
    between = shape.words[no + 1 : start]
    if any(word in grammar.verbs or word in grammar.starters for word in between):
        return True
    return no + 1 < len(shape.pauses) and shape.pauses[no + 1] > 0
