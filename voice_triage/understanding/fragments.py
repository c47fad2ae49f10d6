"""A "no" that may be the rest of something else, with a word lost or misheard: it is no "no".

A recogniser that loses one word of "I don't know", "I'm not sure" or "I'd rather not say" leaves a denial
behind; so does one that hears "no" for "know", or "can" for "can't". A "no" counts only where it is told by
a word that means no and nothing else, or of the finding itself.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from voice_triage.protocol.status import Status
from voice_triage.understanding.evidence import Evidence, For, Found
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.weighing import Reading

_FEW = 2
"""Words of "can sleep", that nobody is named in."""


def only_part_of_it(found: Found) -> str | None:
    """The reason for which what looks like a "no" may be only a part of what was said; None: it is whole."""
    words, grammar = found.shape.words, found.grammar
    denied = found.says(For.NO, For.WEAK_NO)
    if any(not item.place and _whole(item, grammar) for item in denied):
        return None
    if denied and words[0] == "but":
        return "begins in the middle"
    if _not_known(found):
        return '"no" may be a "know"'
    if any(item.own for item in found.says(For.ABSENT)) or not grammar.nothing.isdisjoint(words):
        return None
    if _refused(found):
        return "may be the rest of a refusal"
    if any(_whole(item, grammar) for item in denied):
        return None
    if any(_ends_in_not(item, found) or _pointing(item, found) for item in denied):
        return 'no more than a "not"'
    return "makes little of something" if any(_not_much(item, found) for item in denied) else None


def as_heard(reading: Reading, found: Found, part: str | None, typed: bool) -> Reading:
    """The reading without a "no" that is `part` of something; one that an ear heard may be in doubt.

    `typed`: no word was misheard.
    """
    if reading.status is not Status.ABSENT:
        return reading
    if part is not None:
        return Reading(None, why=(*reading.why, part), turned=True)
    return reading if typed else _certain(reading, found)


def _certain(reading: Reading, found: Found) -> Reading:
    """A "no" as an ear heard it, doubtful where a single small word makes it one."""
    against = found.says(For.ABSENT, For.NO, For.WEAK_NO, For.WELL)
    if not against:
        return reading
    if all(_turns_on_can(item, found.grammar) for item in against):
        why = (*reading.why, '"can" may be a "can\'t"')
        short = len(found.shape.words) <= _FEW
        return Reading(None, why=why, turned=True) if short else replace(reading, sure=False, why=why)
    if all(_elliptic(item, found.grammar) and _stands_alone(item, found) for item in against):
        why = (*reading.why, "more may have been said")
        unsure = any(_before_not_sure(item) for item in against)
        return Reading(None, why=why, turned=True) if unsure else replace(reading, sure=False, why=why)
    return reading


def _turns_on_can(item: Evidence, grammar: Grammar) -> bool:
    """ "I can feel it"; not "I can hold it, no bother"."""
    words = item.words.split()
    return item.says is For.ABSENT and words[0] == "can" and grammar.negators.isdisjoint(words)


def _before_not_sure(item: Evidence) -> bool:
    """ "I don't" and "I'm not": a word short of "I don't know" and "I'm not sure"."""
    return item.words.split()[-2:-1] in (["do"], ["am"])


def _not_known(found: Found) -> bool:
    """ "I don't no", "I wouldn't no": without a pause before it, the "no" may be a "know"."""
    words, grammar = found.shape.words, found.grammar
    for at in range(1, len(words)):
        if words[at] in grammar.plain_no and not found.shape.pauses[at]:
            before = words[:at][-2:] if words[at - 1] == "not" else words[at - 1 : at]
            if before[0] in grammar.helping:
                return True
    return False


def _refused(found: Found) -> bool:
    """ "I'd no say": after a negator a word of refusing that is no part of a "no" ("can't say I have")."""
    words, grammar = found.shape.words, found.grammar
    inside = {
        place
        for item in found.evidence
        for place in range(item.place, item.place + len(item.words.split()))
        if words[place : place + 1] != ("no",) and len(item.words.split()) > 1
    }
    denials = {item.place for item in found.says(For.NO, For.WEAK_NO)}
    denials |= {at for at, word in enumerate(words) if word in grammar.negators}
    if any(words[at + 1 : at + 2] == ("to",) for at in denials if words[at] in grammar.negators):
        return True
    return any(
        word in grammar.refused
        and at not in inside
        and (at > min(denials) or words[at - 1] in grammar.helping)
        for at, word in enumerate(words)
        if denials
    )


def _not_much(item: Evidence, found: Found) -> bool:
    """ "It wasn't much"."""
    words = found.shape.words[item.place : item.place + len(item.words.split()) + 1]
    return any(before == "not" and after in found.grammar.degrees for before, after in pairwise(words))


def _ends_in_not(item: Evidence, found: Found) -> bool:
    """ "Not", of "not sure"; "something's not", of "something's not right"."""
    return item.words == "not" and item.place == len(found.shape.words) - 1


def _stands_alone(item: Evidence, found: Found) -> bool:
    """Nothing goes on with it: not "I haven't had any of that"."""
    after = found.shape.words[item.place + len(item.words.split()) :]
    return not after or after[0] in found.grammar.starters


def _pointing(item: Evidence, found: Found) -> bool:
    """ "I'm not that", of "I'm not answering that"."""
    after = found.shape.words[item.place + len(item.words.split()) :]
    that = found.grammar.generic - found.grammar.times
    return _elliptic(item, found.grammar) and item.words != "not" and len(after) == 1 and after[0] in that


def _elliptic(item: Evidence, grammar: Grammar) -> bool:
    """ "I don't", "I'm not", "it wasn't": what is denied was left to the question."""
    words = item.words.split()
    return item.says is For.NO and words[-1] == "not" and grammar.skip.issuperset(words[:-1])


def _whole(item: Evidence, grammar: Grammar) -> bool:
    """It has a word that means no and nothing else: "no", "none", "not at all"."""
    whole = grammar.plain_no | grammar.nothing | {"atall"}
    return item.says is For.NO and not whole.isdisjoint(item.words.split())
