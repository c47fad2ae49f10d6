"""One reading out of all the evidence: what the person answered to a yes-or-no question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from voice_triage.protocol.status import Status
from voice_triage.understanding.evidence import IN_PLAIN_WORDS, WAS_BEFORE, Evidence, For, Found
from voice_triage.understanding.lexicon import Phrases, Turn
from voice_triage.understanding.refusing import refusal, stated, tells_more
from voice_triage.understanding.turning import LONG_REST, called_awful, not_well, only_before, turn_about

_LONG_STORY = 4
"""So many of them in one clause tell something of their own, whatever was denied beside it."""
_OF_THE_REST = frozenset({"how", "when", "why", "where", "who"})
"""Words after "I don't know" that leave no doubt of the finding itself."""
_HOW_OFTEN = frozenset({"every", "once"})
"""First words of what may tell how often all is well: "I'm dry every morning"."""


@dataclass(frozen=True)
class Reading:
    """What one utterance says of the finding asked about."""

    status: Status | None
    """PRESENT, ABSENT, UNSURE, or None: no answer could be made of it."""
    in_words: bool = False
    sure: bool = True
    why: tuple[str, ...] = ()
    score: float = 0.0
    margin: float = 0.0
    """0 to 100: how much more there is for this reading than against it. 0: a near tie, or no reading."""
    hedged: bool = False
    """A "no" with a doubt of the person's own in it: "I don't think so", "not really"."""
    guessed: bool = False
    """The second reader's alone."""
    turned: bool = False
    """No reading, because a denial was turned about: "it was fine last week, now nothing"."""
    refused: bool = False
    """No reading, though something was denied: there is more in it than the rules understand."""
    merely_named: bool = False
    """No more than a name was said of what was asked, beside a denial: "chest is first class, no problem"."""


_FOR_IT = frozenset({For.PRESENT, For.YES, For.WEAK_YES, For.IN_PART})
_AGAINST_IT = frozenset({For.ABSENT, For.NO, For.WELL, For.WEAK_NO})
_STRENGTH = {For.WEAK_YES: 40.0, For.WEAK_NO: 40.0, For.IN_PART: 60.0, For.UNSURE: 60.0}
_OF_A_SHORT_ONE = 80.0
"""A phrase that means so only because the question was asked, and a bare yes or no."""


def weigh(found: Found, asked: Phrases | None) -> Reading:
    """The reading of an answer, and how clear it is."""
    reading = _read(found, asked)
    if reading.status in (Status.ABSENT, None) and asked is not None:
        bad = called_awful(found, asked.names)
        reading = Reading(None, why=(f'"{bad}" is no denial',), turned=True) if bad else reading
    return replace(reading, margin=_margin(found, reading.status))


def _margin(found: Found, status: Status | None) -> float:
    """How much stronger the best evidence for a reading is than the best against it."""
    if status is None:
        return 0.0
    agreeing = {Status.PRESENT: _FOR_IT, Status.ABSENT: _AGAINST_IT}.get(status, frozenset({For.UNSURE}))
    best = max((_strength(item) for item in found.evidence if item.says in agreeing), default=0.0)
    other = max((_strength(item) for item in found.evidence if item.says not in agreeing), default=0.0)
    return max(0.0, best - other)


def _strength(item: Evidence) -> float:
    weak = item.short or not item.own
    return min(item.score, _STRENGTH.get(item.says, _OF_A_SHORT_ONE if weak else 100.0)) / (
        1 if item.sure else 2
    )


def _read(found: Found, asked: Phrases | None) -> Reading:
    """Whatever speaks for the finding wins; a "no" must be wholly clear."""
    if _asks_itself(found):
        return Reading(None, why=("asks something itself",))
    if present := found.says(For.PRESENT):
        return _told(found, present, asked)
    if found.says(For.UNCLEAR) or (found.has(Turn.WRONG) and found.says(For.YES, For.WELL, For.ABSENT)):
        return Reading(None, why=("contradicts itself",))
    against = found.says(For.ABSENT, For.NO, For.WEAK_NO, For.WELL)
    yes = tuple(item for item in found.says(For.YES) if not _leads_on_a_no(found, item))
    if stated(found) and all(
        item.hedge or _before_the_denial(found, item) or _agrees_with_it(found, item) for item in yes
    ):
        yes = ()
    if found.says(For.UNSURE) and not _explained_away(found):
        if yes and not against:
            return Reading(Status.PRESENT, sure=False, why=("yes, with doubt",), score=70)
        named = bool(against) and all(item.own and item.short for item in found.says(For.UNSURE))
        return Reading(Status.UNSURE, why=("doubt comes before any no",), score=90, merely_named=named)
    if yes:
        approves = asked is None and all(item.says is For.WELL for item in against)  # "yes, that's fine"
        if against and not approves:
            return Reading(None, why=("yes and no in one answer",))
        return Reading(Status.PRESENT, sure=not found.has(Turn.HEDGE), why=("yes",), score=100)
    if (half := _half_said(found, bool(against))) is not None:
        return half
    if against:
        return _absent(found, against, asked)
    if _only_back(found):
        return Reading(Status.ABSENT, sure=False, why=("only the back was named",), score=50)
    denied = not found.grammar.negators.isdisjoint(found.shape.words) and not found.unable
    return Reading(None, why=("no answer in it",), refused=denied)


def _told(found: Found, present: tuple[Evidence, ...], asked: Phrases | None) -> Reading:
    """The finding was told, and may be in doubt, or be denied after all."""
    short = all(item.short for item in present)
    if _in_doubt(found) and (short or _each_maybe(found, present)):
        return Reading(Status.UNSURE, why=("in doubt whether it is there",), score=80)
    if short and (_denied_after_but(found, present) or _thought_better(found, present)):
        return _absent(found, found.says(For.ABSENT, For.NO, For.WEAK_NO, For.WELL), asked)
    return _present(found, present)


def _merely_named(found: Found, item: Evidence) -> bool:
    """No more than a name was said of it: not "it's my hands", nor "sleep's impossible"."""
    if not found.grammar.awful.isdisjoint(item.words.split()):
        return False
    before = set(found.shape.words[max(0, item.place - _NEAR) : item.place])
    return item.short and (before.isdisjoint(_POINTS) or before.isdisjoint(found.grammar.being | {"is"}))


_POINTS = frozenset({"it", "that", "this"})
_NEAR = 3
"""Words before a name that may point to it."""


def _agrees_with_it(found: Found, yes: Evidence) -> bool:
    """ "Feels the same as ever when I wipe, yeah": a yes to one's own denial."""
    clause = found.shape.clause
    told = [
        item
        for item in found.says(For.ABSENT)
        if item.own and item.sure and item.place < yes.place and not item.why.endswith("denied")
    ]
    near = any(clause[yes.place] - clause[item.place] <= 1 for item in told)
    return near and yes.words in _YEAH


def _leads_on_a_no(found: Found, yes: Evidence) -> bool:
    """ "No, not that I recall, yeah, no": it takes breath between two denials."""
    words = found.shape.words
    denials = found.says(For.NO, For.ABSENT)
    return (
        yes.words in _YEAH
        and words[yes.place + 1 : yes.place + 2] in (("no",), ("not",), ("nothing",))
        and any(item.place < yes.place for item in denials)
        and any(item.place == yes.place + 1 for item in denials)
    )


_YEAH = frozenset({"yeah", "yep", "aye"})


def _before_the_denial(found: Found, yes: Evidence) -> bool:
    """ "Pain in the one leg, aye, but it's not weak": a yes to something else before a denial."""
    clause = found.shape.clause
    opens = yes.place == 0 or not any(found.unexplained[: clause[yes.place] + 1])
    after = [number for number in found.shape.exceptions if number > clause[yes.place]]
    denials = [item for item in found.says(For.ABSENT) if item.own and item.sure and not item.short]
    return not opens and any(clause[item.place] >= number for item in denials for number in after)


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


def _thought_better(found: Found, present: tuple[Evidence, ...]) -> bool:
    """ "I thought it was my side, but no"."""
    words, clause = found.shape.words, found.shape.clause
    thought = {clause[place] for place, word in enumerate(words) if word == "thought"}
    no = {clause[item.place] for item in found.says(For.NO)} & found.shape.exceptions
    return all(
        clause[item.place] in thought and any(number > clause[item.place] for number in no)
        for item in present
    )


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
    if not found.grammar.all_of_it.isdisjoint(found.shape.words):
        return False
    return bool(named) and not (other or found.unable or any(found.unexplained))


def _explained_away(found: Found) -> bool:
    """What sounded unsure is a phrase of the question, and the finding is denied in words beside it."""
    firm = [item.place for item in found.says(For.ABSENT) if item.own and item.sure and not item.short]
    return stated(found) and all(
        item.own or (item.why == WAS_BEFORE and max(firm, default=-1) > item.place)
        for item in found.says(For.UNSURE)
    )


def _half_said(found: Found, against: bool) -> Reading | None:
    """The finding is there in some way: a weak yes, at some time, under some condition."""
    if found.says(For.IN_PART) or found.has(Turn.ONLY_IF):
        return Reading(Status.PRESENT, sure=False, why=("there in some way",), score=60)
    said = stated(found) and not found.shape.exceptions
    weak_yes = [
        item
        for item in found.says(For.WEAK_YES)
        if not (item.hedge and against)
        and not _before_the_denial(found, item)
        and not ((said or found.says(For.WELL)) and item.words.split()[0] in _HOW_OFTEN)
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
    named = bool(against) and not doubtful and all(_merely_named(found, item) for item in present)
    named = named and not not_well(found)
    why = ("the finding itself was said",)
    return Reading(Status.PRESENT, best.own, sure, why, best.score, merely_named=named)


def _absent(found: Found, against: tuple[Evidence, ...], asked: Phrases | None) -> Reading:
    about = asked.topic - asked.names if asked is not None else frozenset()
    if (turned := turn_about(found, against)) is not None:
        return Reading(None, why=(turned,), turned=True)
    if asked is not None and asked.dated and only_before(found, against):
        return Reading(None, why=("it was well before, and now nobody knows",), turned=True)
    refused = refusal(found, about)
    if refused is not None:
        return Reading(None, why=(refused,), refused=not found.unable)
    stated_so, plain = stated(found), bool(found.says(For.NO, For.WELL))
    hedged = found.has(Turn.HEDGE, Turn.CORRECTION) or bool(found.says(For.WEAK_NO, For.UNSURE))
    if not plain and not stated_so:
        return Reading(Status.ABSENT, sure=False, why=("a weak no",), score=60, hedged=hedged)
    more = tells_more(found, about)
    several = len(found.says(For.NO)) > 1
    weak = [item for item in found.says(For.WEAK_NO) if not (item.own and several)]
    firm = any(item.own and item.sure and not item.short for item in found.says(For.ABSENT))
    unsure = [item for item in found.says(For.UNSURE) if not (firm and item.own and item.short)]
    doubtful = found.has(Turn.HEDGE, Turn.CORRECTION) or bool(weak or unsure)
    only_well = len(found.shape.words) == 1 and bool(found.says(For.WELL))
    places = [item.place for item in found.says(For.NO)]
    twice = any(after - before > 1 for before, after in pairwise(places))
    story = max(map(len, found.unexplained), default=0) >= _LONG_STORY
    rest = sum(map(len, found.unexplained))
    sure = not (doubtful or only_well or (more and not plain) or story) and (
        stated_so or twice or rest < LONG_REST
    )
    in_words = any(item.own for item in against if item.says is For.ABSENT)
    score = max(item.score for item in against) - (0 if sure else 30)
    return Reading(Status.ABSENT, in_words, sure, ("nothing speaks for it",), score, hedged=hedged)
