"""One reading out of all the evidence: what the person answered to a yes-or-no question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from voice_triage.protocol.status import Status
from voice_triage.understanding.evidence import IN_PLAIN_WORDS, Evidence, For, Found
from voice_triage.understanding.lexicon import Phrases, Turn

_LONG_REST = 3
"""So many words that mean nothing to us beside a "no" make it a doubtful one."""
_LONG_STORY = 4
"""So many of them in one clause tell something of their own, whatever was denied beside it."""
_UNCHANGED = frozenset(
    {"same", "change", "changes", "changed", "usual", "always", "ever", "before", "worse", "better", "new"}
)
"""Words of a "same as ever"."""
_OF_THE_REST = frozenset({"how", "when", "why", "where", "who"})
"""Words after "I don't know" that leave no doubt of the finding itself."""
_HOW_OFTEN = frozenset({"every", "once"})
"""First words of what may tell how often all is well: "I'm dry every morning"."""
_EMPTY = frozenset({Turn.EXCEPT, Turn.HEDGE, Turn.SAYS, Turn.CORRECTION})
"""Turns that tell nothing by themselves."""


@dataclass(frozen=True)
class Reading:
    """What one utterance says of the finding asked about."""

    status: Status | None
    """PRESENT, ABSENT, UNSURE, or None: no answer could be made of it."""
    in_words: bool = False
    sure: bool = True
    why: tuple[str, ...] = ()
    score: float = 0.0


def weigh(found: Found, asked: Phrases | None) -> Reading:
    """The reading of an answer. Whatever speaks for the finding wins; a "no" must be wholly clear."""
    if _asks_itself(found):
        return Reading(None, why=("asks something itself",))
    if present := found.says(For.PRESENT):
        short = all(item.short for item in present)
        if _in_doubt(found) and (short or _each_maybe(found, present)):
            return Reading(Status.UNSURE, why=("in doubt whether it is there",), score=80)
        if short and _denied_after_but(found, present):
            return _absent(found, found.says(For.ABSENT, For.NO, For.WEAK_NO, For.WELL), asked)
        return _present(found, present)
    if found.says(For.UNCLEAR) or (found.has(Turn.WRONG) and not found.says(For.NO)):
        return Reading(None, why=("contradicts itself",))
    against = found.says(For.ABSENT, For.NO, For.WEAK_NO, For.WELL)
    yes = found.says(For.YES)
    if found.says(For.UNSURE) and not _explained_away(found):
        if yes and not against:
            return Reading(Status.PRESENT, sure=False, why=("yes, with doubt",), score=70)
        return Reading(Status.UNSURE, why=("doubt comes before any no",), score=90)
    if yes:
        if against:
            return Reading(None, why=("yes and no in one answer",))
        return Reading(Status.PRESENT, sure=not found.has(Turn.HEDGE), why=("yes",), score=100)
    if (half := _half_said(found, bool(against))) is not None:
        return half
    if against:
        return _absent(found, against, asked)
    if _only_back(found):
        return Reading(Status.ABSENT, sure=False, why=("only the back was named",), score=50)
    return Reading(None, why=("no answer in it",))


def _asks_itself(found: Found) -> bool:
    """ "Can you tell me ...": of a question only a finding in so many words is an answer."""
    aside = any(turn.label == Turn.ASIDE and not turn.start for turn in found.turns)
    plain = found.says(For.YES, For.NO)
    firm = any(not item.short for item in found.says(For.PRESENT))
    return aside and not firm and not any(not found.shape.clause[item.place] for item in plain)


def _denied_after_but(found: Found, present: tuple[Evidence, ...]) -> bool:
    """ "We've stopped because of the pain, but the feeling is all there": what follows "but" decides."""
    clause = found.shape.clause
    last = max(clause[item.place] for item in present)
    after = [number for number in found.shape.exceptions if number > last]
    denials = [item for item in found.says(For.ABSENT) if item.own and item.sure and not item.short]
    return any(clause[item.place] >= number for item in denials for number in after)


def _in_doubt(found: Found) -> bool:
    """They do not know: "I'm not sure", "I can't tell"; not "maybe", nor that they did not know then."""
    words = found.shape.words
    said = [
        item.words.split()
        for item in found.says(For.UNSURE)
        if item.why == IN_PLAIN_WORDS
        and not _OF_THE_REST.intersection(words[(end := item.place + len(item.words.split())) : end + 1])
    ]
    return any(not {"not", "cannot", "no"}.isdisjoint(words) and "did" not in words for words in said)


def _each_maybe(found: Found, present: tuple[Evidence, ...]) -> bool:
    """ "Maybe I fainted, I don't know": each finding stands beside a "maybe" or a "might"."""
    clause = found.shape.clause
    doubts = {clause[item.place] for item in found.says(For.UNSURE) if item.why == IN_PLAIN_WORDS}
    return all(clause[item.place] in doubts for item in present)


def _only_back(found: Found) -> bool:
    """Nothing was named but the back, or a part of it."""
    named = {p for turn in found.turns if turn.label == Turn.ONLY_BACK for p in range(turn.start, turn.end)}
    other = any(not named.issuperset(match.places) for match in found.also)
    return bool(named) and not (other or found.unable or any(found.unexplained))


def _explained_away(found: Found) -> bool:
    """What sounded unsure is a phrase of the question, and the finding is denied in words beside it."""
    return _stated(found) and all(item.own for item in found.says(For.UNSURE))


def _stated(found: Found) -> bool:
    """In so many words the finding is not there."""
    said = [item for item in found.says(For.ABSENT) if item.own or not item.sure]
    plain = found.says(For.NO, For.WELL)
    return any(item.own and item.sure for item in said) or len(said) + bool(plain) > 1


def _half_said(found: Found, against: bool) -> Reading | None:
    """The finding is there in some way: a weak yes, at some time, under some condition."""
    if found.says(For.IN_PART) or found.has(Turn.ONLY_IF):
        return Reading(Status.PRESENT, sure=False, why=("there in some way",), score=60)
    stated = _stated(found) and not found.shape.exceptions
    weak_yes = [
        item
        for item in found.says(For.WEAK_YES)
        if not (item.hedge and against) and not (stated and item.words.split()[0] in _HOW_OFTEN)
    ]
    if weak_yes and found.says(For.NO):
        return Reading(None, why=("no, and yet something",))
    if weak_yes:
        return Reading(Status.PRESENT, sure=False, why=("a weak yes",), score=70)
    return None


def _present(found: Found, present: tuple[Evidence, ...]) -> Reading:
    against = found.says(For.ABSENT, For.NO, For.WEAK_NO)
    doubtful = found.has(Turn.HEDGE) or bool(found.says(For.UNSURE))
    correction = max((t.start for t in found.turns if t.label == Turn.CORRECTION), default=-1)
    last = max(item.place for item in present)
    if any(item.place > correction > last for item in against):
        return Reading(None, why=("took it back",))
    best = max(present, key=lambda item: (item.own, item.sure, item.score))
    sure = any(item.sure for item in present) and not doubtful
    return Reading(Status.PRESENT, best.own, sure, ("the finding itself was said",), best.score)


def _absent(found: Found, against: tuple[Evidence, ...], asked: Phrases | None) -> Reading:
    about = asked.topic if asked is not None else frozenset()
    if found.unable:
        return Reading(None, why=("no, and something unknown fails",))
    stated, plain = _stated(found), bool(found.says(For.NO, For.WELL))
    clauses = range(len(found.unexplained))
    more = any(_tells_more(found, clause, about) for clause in clauses)
    if more and not stated:
        return Reading(None, why=("no, and more about it that is not understood",))
    if any(not _harmless(found, clause) for clause in found.shape.exceptions):
        return Reading(None, why=("no, but something not understood, or cut off",))
    if not stated and not found.says(For.NO) and _as_it_was(found):
        return Reading(None, why=("as it always was, and nobody knows how that was",))
    if not plain and not stated:
        return Reading(Status.ABSENT, sure=False, why=("a weak no",), score=60)
    rest = sum(map(len, found.unexplained))
    several = len(found.says(For.NO)) > 1
    weak = [item for item in found.says(For.WEAK_NO) if not (item.own and several)]
    doubtful = found.has(Turn.HEDGE, Turn.CORRECTION) or bool(weak or found.says(For.UNSURE))
    only_well = len(found.shape.words) == 1 and bool(found.says(For.WELL))
    places = [item.place for item in found.says(For.NO)]
    twice = any(after - before > 1 for before, after in pairwise(places))
    story = max(map(len, found.unexplained), default=0) >= _LONG_STORY
    sure = not (doubtful or only_well or (more and not plain) or story) and (
        stated or twice or rest < _LONG_REST
    )
    in_words = any(item.own for item in against if item.says is For.ABSENT)
    score = max(item.score for item in against) - (0 if sure else 30)
    return Reading(Status.ABSENT, in_words, sure, ("nothing speaks for it",), score)


def _as_it_was(found: Found) -> bool:
    """ "I have poor control, it's just the same": no more is said than that nothing changed."""
    well = found.says(For.WELL)
    unchanged = all(_UNCHANGED.intersection(item.words.split()) for item in well)
    return bool(well) and unchanged and any(len(words) > 1 for words in found.unexplained)


def _tells_more(found: Found, clause: int, about: frozenset[str]) -> bool:
    """It speaks of what was asked, and neither denies it nor calls it well."""
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
    if found.unexplained[clause] and not (denied and len(found.unexplained[clause]) < _LONG_REST):
        return any(found.shape.clause[match.start] == clause for match in found.also)
    return (
        any(found.shape.clause[item.place] == clause for item in found.evidence)
        or any(found.shape.clause[turn.start] == clause and turn.label not in _EMPTY for turn in found.turns)
        or any(found.shape.clause[match.start] == clause for match in found.also)
        or clause in found.told
    )
