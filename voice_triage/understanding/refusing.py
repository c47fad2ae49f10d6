"""Why a "no" is not taken for one: something beside it may be the sign itself."""

from __future__ import annotations

from voice_triage.understanding.evidence import For, Found
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.turning import LONG_REST

_FEW = 2
"""So many of them may stand between "but" and a denial in words."""
_EMPTY = frozenset({Turn.EXCEPT, Turn.HEDGE, Turn.SAYS, Turn.CORRECTION})
"""Turns that tell nothing by themselves."""


def refusal(found: Found, about: frozenset[str]) -> str | None:
    """The reason for which what speaks against the finding is no answer; None: it is one.

    `about`: words that few other questions share with the one asked.
    """
    if found.unable:
        return "no, and something unknown fails"
    said, plain = stated(found), bool(found.says(For.NO, For.WELL))
    if not said and found.has(Turn.WORSE):
        return "a no, and something is worse"
    if not plain and not said and any(found.unexplained) and not found.says(For.ABSENT):
        return "makes little of something that is not understood"
    if not said and tells_more(found, about):
        return "no, and more about it that is not understood"
    if any(not _harmless(found, clause) for clause in found.shape.exceptions):
        return "no, but something not understood, or cut off"
    if not found.says(For.NO) and _as_it_was(found):
        return "as it always was, and nobody knows how that was"
    return None


def stated(found: Found) -> bool:
    """In so many words the finding is not there."""
    said = [item for item in found.says(For.ABSENT) if item.own or not item.sure]
    plain = found.says(For.NO, For.WELL)
    return any(item.own and item.sure for item in said) or len(said) + bool(plain) > 1


def _as_it_was(found: Found) -> bool:
    """ "I have poor control, it's just the same": no more is said than that nothing changed."""
    unchanged = found.grammar.unchanged | found.grammar.as_ever
    said = found.says(For.WELL, For.ABSENT)
    if not said or any(unchanged.isdisjoint(item.words.split()) for item in said):
        return False
    clauses = {found.shape.clause[item.place] for item in said}
    before = any(found.unexplained[number] for number in range(min(clauses)))
    lasting = found.has(Turn.OLD) or not found.grammar.lasting.isdisjoint(found.shape.words)
    inside = {word for item in said for word in item.words.split()}
    if not found.grammar.lasting.isdisjoint(set(found.shape.words) - inside):
        return True  # "it has been like that for years, it's no different now"
    if stated(found):
        grammar = found.grammar
        empty = unchanged | grammar.skip | grammar.negators | grammar.there | grammar.generic
        empty |= grammar.names | grammar.body | grammar.being
        if not all(empty.issuperset(item.words.split()) for item in said):
            return False
        return lasting and (before or any(found.unexplained) or bool(found.says(For.UNSURE)))
    several = any(len(words) > 1 for words in found.unexplained)
    return several or (any(found.unexplained) and (before or lasting))


def tells_more(found: Found, about: frozenset[str]) -> bool:
    """Some clause speaks of what was asked, and neither denies it nor calls it well."""
    return any(_tells_more(found, clause, about) for clause in range(len(found.unexplained)))


def _tells_more(found: Found, clause: int, about: frozenset[str]) -> bool:
    if not any(word in about for word in found.unexplained[clause]):
        return False
    denials = found.says(For.ABSENT, For.WELL)
    return not any(found.shape.clause[item.place] == clause for item in denials)


def _harmless(found: Found, clause: int) -> bool:
    """What follows "but" is understood: a denial, a finding of another question or person, mere detail."""
    if clause in found.shape.elsewhere | found.shape.nearby and clause not in found.told:
        return True  # but not "but my wife found the bed wet"
    denied = any(
        found.shape.clause[item.place] == clause and item.own and item.sure and not item.short
        for item in found.says(For.ABSENT)
    )
    if not found.unexplained[clause] and _nothing_in_it(found, clause):
        return True
    if _ends_in_a_denial(found, clause):
        return True
    if found.unexplained[clause] and not (denied and len(found.unexplained[clause]) < LONG_REST):
        elsewhere = any(found.shape.clause[match.start] == clause for match in found.also)
        return elsewhere and clause not in found.told  # "no pain, but both have gone numb below the knee"
    return (
        any(found.shape.clause[item.place] == clause for item in found.evidence)
        or any(found.shape.clause[turn.start] == clause and turn.label not in _EMPTY for turn in found.turns)
        or any(found.shape.clause[match.start] == clause for match in found.also)
        or clause in found.told
    )


def _nothing_in_it(found: Found, clause: int) -> bool:
    """ "but nothing there now"."""
    words = {found.shape.words[place] for place in found.shape.clause_words(clause)}
    return not words.isdisjoint(found.grammar.nothing)


def _ends_in_a_denial(found: Found, clause: int) -> bool:
    """ "It burns a little, but it comes easy and I know when I need to go": the end denies it."""
    last = len(found.unexplained) - 1
    if clause == last or found.unexplained[last] or len(found.unexplained[clause]) > _FEW:
        return False
    return any(
        found.shape.clause[item.place] == last and item.own and item.sure and not item.short
        for item in found.says(For.ABSENT)
    )
