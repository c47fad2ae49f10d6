"""Two sides, or one and another: a denial of one of them is none of both."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.understanding.evidence import Evidence, For, Found

_SIDES = (frozenset({"left", "right"}), frozenset({"one", "other"}))


def one_and_the_other(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "It was only the left and now it's the right": no single side denies that there are two."""
    words = set(found.shape.words)
    sides = any(pair <= words for pair in _SIDES) or (
        (found.grammar.added | {"now"}) & words and any(pair & words for pair in _SIDES)
    )
    plain = any(item.says in (For.NO, For.WELL) for item in against)
    sides = sides and not any(
        found.shape.words[at] == "not"
        and {"left", "right", "other", "one"} & set(found.shape.words[at : at + 3])
        for at in range(len(found.shape.words))
    )
    said = [item for item in against if item.says is For.ABSENT]
    of_one = [item for item in said if any(pair & set(item.words.split()) for pair in _SIDES)]
    if of_one and {"now", "both"} <= words and not found.says(For.NO, For.WELL):
        return True  # "it used to be only the left, now it's both"
    if of_one and _told_of_the_other(found, of_one):
        return True  # "only the right, well, the left foot's gone numb too"
    well = any(says_it_is_well(found, item) for item in against)
    if {"left", "right"} <= words and not well and words.isdisjoint(found.grammar.nor | {"both"}):
        return all(item.short for item in of_one)
    sided = [item for item in said if item.short and any(pair & set(item.words.split()) for pair in _SIDES)]
    return (
        bool(sides)
        and bool(sided)
        and not plain
        and len(sided) == len(said)
        and all(item.why == sided[0].why for item in sided)
    )


def says_it_is_well(found: Found, item: Evidence) -> bool:
    """ "My legs are fine": whatever story follows, it is not of them; "not a crash" leaves that open."""
    firm = item.says is For.ABSENT and item.own and item.sure and not item.short
    return firm and found.grammar.negators.isdisjoint(item.words.split()) and not item.why.endswith("denied")


def _told_of_the_other(found: Found, of_one: Sequence[Evidence]) -> bool:
    """Something is told of the side that was not named."""
    named = {word for item in of_one for word in item.words.split()}
    across = {word for pair in _SIDES if len(pair & named) == 1 for word in pair - named}
    told = {found.shape.clause[match.start] for match in found.also}
    told -= {found.shape.clause[item.place] for item in of_one}
    return any(across & {found.shape.words[p] for p in found.shape.clause_words(number)} for number in told)
