"""What cannot wait: words of danger, read before anything else, whatever was asked."""

from __future__ import annotations

from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon, Sense, Turn
from voice_triage.understanding.matching import Match, matches, strongest
from voice_triage.understanding.negators import free_negators
from voice_triage.understanding.numbers import times

_JUST_HAPPENED = 2.0
"""Days: what others went through so lately is no story of the past."""

_NOT = frozenset({"not", "never"})


def dangers(shape: Shape, fact: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """(danger, the words that tell of it), worst first. Idioms, denials and old stories are none."""
    grammar = lexicon.grammar_words
    answers = _answering(shape, lexicon)
    found: dict[str, str] = {}
    for phrases in lexicon.dangers:
        if fact in phrases.not_while_answering or phrases.fact in found:
            continue
        chosen = strongest(matches(phrases, shape.people, grammar))
        taken = frozenset(place for match in chosen for place in match.places)
        for match in chosen:
            number = shape.clause[match.start]
            told = {turn.label for turn in shape.turns if shape.clause[turn.start] == number}
            if match.sense is not Sense.PRESENT or Turn.PAST in told or _long_ago(shape, match, lexicon):
                continue
            if free_negators(shape, match, taken, answers, grammar) or _neither(shape, match):
                continue
            found[phrases.fact] = " ".join(shape.words[match.start : match.end])
            break
    return tuple(found.items())


def _answering(shape: Shape, lexicon: Lexicon) -> frozenset[int]:
    """Places of a "no" that answers by itself, because a new statement follows: "no he hit me"."""
    grammar = lexicon.grammar_words
    follows = grammar.starters | grammar.splitters | grammar.persons
    pairs = zip(shape.words, shape.words[1:], strict=False)
    return frozenset(place for place, (word, after) in enumerate(pairs) if word == "no" and after in follows)


def _neither(shape: Shape, match: Match) -> bool:
    """ "I never fell or got hit": the phrase begins with a denial that reaches beyond "or" to all of it."""
    return shape.words[match.start] in _NOT and "or" in shape.words[match.start : match.end]


def _long_ago(shape: Shape, match: Match, lexicon: Lexicon) -> bool:
    """A story of somebody else's past: nothing done to this person, and not just now."""
    number = shape.clause[match.start]
    if number not in shape.elsewhere or any(shape.words[place] == "me" for place in match.places):
        return False
    words = [shape.words[place] for place in shape.clause_words(number)]
    return not any(time.high <= _JUST_HAPPENED for time in times(words, lexicon.numbers))
