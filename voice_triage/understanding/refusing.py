"""Why a "no" is not taken for one: something beside it may be the sign itself."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.understanding.evidence import Evidence, For, Found
from voice_triage.understanding.lexicon import Turn

LONG_REST = 3
"""So many words that mean nothing to us beside a "no" make it a doubtful one."""
_FEW = 2
"""So many of them may stand between "but" and a denial in words."""
_EMPTY = frozenset({Turn.EXCEPT, Turn.HEDGE, Turn.SAYS, Turn.CORRECTION})
"""Turns that tell nothing by themselves."""


def turn_about(found: Found, against: tuple[Evidence, ...]) -> str | None:
    """The reason for which a denial is turned about by what stands beside it; None: nothing does."""
    if _wished(found, against):
        return "as it should be, not as it is"
    if _not_always(found, against):
        return "well for most of the time, and not always"
    if _taken_back(found):
        return "a no, and then it was taken back"
    if _only_partly(found, against):
        return "one part is well, and then something of another"
    if _was_so(found, against):
        return "it was well, and now something"
    if _goes_on(found, against):
        return "a no, and then something of these days that is not understood"
    if _one_and_the_other(found, against):
        return "one side, and then the other"
    return None


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
    if found.shape.words[-1] in found.grammar.leaving_off:
        return "no, and something that was cut off"
    if not found.says(For.NO) and _as_it_was(found):
        return "as it always was, and nobody knows how that was"
    return None


def stated(found: Found) -> bool:
    """In so many words the finding is not there."""
    said = [item for item in found.says(For.ABSENT) if item.own or not item.sure]
    plain = found.says(For.NO, For.WELL)
    return any(item.own and item.sure for item in said) or len(said) + bool(plain) > 1


def _taken_back(found: Found) -> bool:
    """ "It's fine, well no, it isn't"."""
    words = found.shape.words
    said = [item.place for item in found.says(For.WELL, For.ABSENT)]
    if any(found.unexplained):
        said += [item.place for item in found.says(For.NO)]
    grammar = found.grammar
    anew = grammar.starters | grammar.determiners | grammar.verbs | grammar.skip
    return any(
        words[at] == "well"
        and words[at + 1] in grammar.plain_no
        and (at + 2 == len(words) or words[at + 2] in anew)  # not "I feel it well, no pain"
        and any(place < at for place in said)
        for at in range(1, len(words) - 1)
    ) or any(
        words[at] == "well"
        and words[at - 1] not in grammar.added | {"as"}
        and words[at + 1] in grammar.after_all
        and any(item.place < at for item in found.says(For.WELL, For.ABSENT, For.NO))
        for at in range(1, len(words) - 1)
    )  # "no accidents, well, one"


def _wished(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "It should feel normal"."""
    clause = found.shape.clause
    return any(
        turn.label == Turn.UNREAL
        and clause[turn.start] == clause[item.place]
        and turn.end <= item.place
        and found.grammar.linkers.isdisjoint(found.shape.words[max(0, turn.start - 1) : turn.start])
        for turn in found.turns
        for item in against
    )


def _not_always(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "Control is good most of the time"."""
    clause = found.shape.clause
    for item in (each for each in against if each.says in (For.WELL, For.ABSENT)):
        end = item.place + len(item.words.split())
        for turn in found.shape.turns:
            mostly = turn.label == Turn.MOSTLY and clause[turn.start] == clause[item.place]
            times = turn.label == Turn.ONLY_IF and found.shape.words[turn.end - 1] == "time"
            if turn.end > end and (mostly or (times and turn.start < end)):
                return True
    return False


def _only_partly(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "The flow is fine, the feeling is not", "peeing is fine, it's knowing when"."""
    words, clause = found.shape.words, found.shape.clause
    well = [item for item in against if item.says is For.WELL or _says_it_is_well(found, item)]
    if not well:
        return False
    first = min(clause[item.place] for item in well)
    after = [found.shape.clause_words(number) for number in range(first, len(found.unexplained))]
    if any(words[places[-1]] == "not" and places[-1] > well[0].place for places in after):
        return True
    if any(turn.label == Turn.NOT_NOW and turn.start > well[0].place for turn in found.turns):
        return True
    for number in range(first + 1, len(found.unexplained)):
        inside = tuple(words[place] for place in found.shape.clause_words(number))
        back = any(turn.label == Turn.ONLY_BACK and clause[turn.start] == number for turn in found.turns)
        told = found.unexplained[number] and not any(clause[item.place] == number for item in against)
        if inside[:2] == ("it", "is") and told and not back:
            return True
        if number in found.shape.exceptions and "nothing" in inside and not found.unexplained[number]:
            return True
    return False


def _was_so(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "Sex was fine last week, now nothing"."""
    words, clause = found.shape.words, found.shape.clause
    for item in against:
        if item.says not in (For.WELL, For.ABSENT):
            continue
        told = {words[place] for place in found.shape.clause_words(clause[item.place])}
        after = words[item.place + len(item.words.split()) :]
        if "now" in told and any(
            found.unexplained[number]
            and not found.grammar.was.isdisjoint(words[place] for place in found.shape.clause_words(number))
            for number in range(clause[item.place] + 1, len(found.unexplained))
        ):
            return True  # "it's normal now, it was high this morning"
        if (
            not told.isdisjoint(found.grammar.was)
            and not told.isdisjoint(found.grammar.then)
            and "now" in after
        ):
            return True
    return False


def only_before(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "It was never a problem before": of now nothing was said, or what follows tells it."""
    grammar, words, clause = found.grammar, found.shape.words, found.shape.clause
    if any(item.says is For.NO and item.words.split()[0] in grammar.plain_no for item in against):
        return False
    return bool(against) and all(
        any(
            words[at] == "before" and words[at - 1 : at] not in _AS_BEFORE
            for at in found.shape.clause_words(clause[item.place])
        )
        and grammar.unchanged.isdisjoint(words[at] for at in found.shape.clause_words(clause[item.place]))
        for item in against
    )


_AS_BEFORE = (("as",), ("like",), ("than",))


def _goes_on(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "No, not a crash, I was sent flying by a van two days ago": after the denial something new begins."""
    last = max(found.shape.clause[item.place] for item in against)
    well = any(_says_it_is_well(found, item) for item in against)
    when = (
        found.grammar.added if well else (found.grammar.times - found.grammar.of_today) | found.grammar.added
    )
    for number in range(last, len(found.unexplained)):
        if number == last and len(found.unexplained[number]) < LONG_REST:
            continue
        places = found.shape.clause_words(number)
        words = {
            found.shape.words[place] for place in places if place == places[-1] or not _too_much(found, place)
        }
        calm = any(
            turn.label == Turn.WELL and found.shape.clause[turn.start] == number for turn in found.turns
        )
        if found.unexplained[number] and not calm and not words.isdisjoint(when):
            return True
    return False


_SIDES = (frozenset({"left", "right"}), frozenset({"one", "other"}))


def _says_it_is_well(found: Found, item: Evidence) -> bool:
    """ "My legs are fine": whatever story follows, it is not of them; "not a crash" leaves that open."""
    firm = item.says is For.ABSENT and item.own and item.sure and not item.short
    return firm and found.grammar.negators.isdisjoint(item.words.split()) and not item.why.endswith("denied")


def _too_much(found: Found, place: int) -> bool:
    """This "too" is one of degree: "too much pain"."""
    return found.shape.words[place] in found.grammar.added


def _one_and_the_other(found: Found, against: tuple[Evidence, ...]) -> bool:
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
    well = any(_says_it_is_well(found, item) for item in against)
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


def _told_of_the_other(found: Found, of_one: Sequence[Evidence]) -> bool:
    """Something is told of the side that was not named."""
    named = {word for item in of_one for word in item.words.split()}
    across = {word for pair in _SIDES if len(pair & named) == 1 for word in pair - named}
    told = {found.shape.clause[match.start] for match in found.also}
    told -= {found.shape.clause[item.place] for item in of_one}
    return any(across & {found.shape.words[p] for p in found.shape.clause_words(number)} for number in told)


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
