"""Whom a clause is about: the person who speaks, or somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.matching import Span


def others(
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
            if first not in grammar.of_others:
                other = False
            elif other:
                (past if past else now).add(number)
        if word in grammar.persons and not _spoken_of(words, place, clause, turns, grammar):
            rest = [w for w, c in zip(words[place:], clause[place:], strict=True) if c == number]
            before = words[clause.index(number) : place]
            if tuple(words[max(0, place - 2) : place]) == ("as", "a"):
                continue  # "as a kid"
            if _names_speaker(rest, grammar) or "i" in before:
                continue  # "my wife has to lift me": it is the speaker's trouble
            other = True
            (past if grammar.past.intersection(rest) else now).add(number)
    return frozenset(past), frozenset(now - past)


def _names_speaker(words: Sequence[str], grammar: Grammar) -> bool:
    """ "my wife has to lift me", "mum took my temperature"; not "not me"."""
    after = [*words[1:], ""]
    return any(
        (word in grammar.me and not (at and words[at - 1] in grammar.negators))
        or (word == "my" and at > 0 and after[at] not in grammar.persons)
        for at, word in enumerate(words)
    )


def _spoken_of(
    words: Sequence[str], place: int, clause: Sequence[int], turns: Sequence[Span], grammar: Grammar
) -> bool:
    """The person named here only reports or helps: "my wife says I ...", "to my sister"."""
    if any(turn.label == Turn.SAYS and turn.start >= place for turn in turns if turn.start <= place + 3):
        return True
    before = place - 1
    while before >= 0 and words[before] in grammar.articles and words[before] not in grammar.to_people:
        before -= 1
    return before >= 0 and words[before] in grammar.to_people
