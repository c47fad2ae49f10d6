"""What cannot wait: words of danger, read before anything else, whatever was asked."""

from __future__ import annotations

from voice_triage.understanding.clauses import Shape, free_negators
from voice_triage.understanding.lexicon import Lexicon, Sense, Turn
from voice_triage.understanding.matching import matches, strongest


def dangers(shape: Shape, fact: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """(danger, the words that tell of it), worst first. Idioms, denials and old stories are none."""
    grammar = lexicon.grammar_words
    found = []
    for phrases in lexicon.dangers:
        if fact in phrases.not_while_answering:
            continue
        chosen = strongest(matches(phrases, shape.people, grammar))
        taken = frozenset(place for match in chosen for place in match.places)
        for match in chosen:
            number = shape.clause[match.start]
            told = {turn.label for turn in shape.turns if shape.clause[turn.start] == number}
            if match.sense is not Sense.PRESENT or Turn.PAST in told or number in shape.elsewhere:
                continue
            if free_negators(shape, match, taken, frozenset(), grammar):
                continue
            found.append((phrases.fact, " ".join(shape.words[match.start : match.end])))
            break
    return tuple(found)
