"""How far a denial reaches."""

from __future__ import annotations

from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.matching import Match


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
            if not (word == "no" and place in particles):  # "the back, no, it's my side"
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
