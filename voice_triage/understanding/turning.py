"""How a denial is turned about by what stands beside it: "it was fine last week, now nothing"."""

from __future__ import annotations

from voice_triage.understanding.evidence import Evidence, For, Found
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.sides import one_and_the_other, says_it_is_well

LONG_REST = 3
"""So many words that mean nothing to us beside a "no" make it a doubtful one."""
_NEAR = 3
"""Words within which a time after "only" belongs to it."""
_BETWEEN = 4
"""Words that may stand between "not" and "well"."""
_OF_WORDS = frozenset({"that", "this", "you"})
"""Before "not right" they speak of what was said: "that isn't right"."""


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
    if one_and_the_other(found, against):
        return "one side, and then the other"
    if not_well(found):
        return "something is not well"
    if _until_now(found, against):
        return "a no, and then the time of a yes"
    if _trouble_after_all(found):
        return "no trouble, and then what the trouble is"
    if _on_condition(found, against):
        return "a no on a condition"
    if found.shape.words[-1] in found.grammar.leaving_off:
        return "a no, and something that was cut off"
    return None


def called_awful(found: Found, names: frozenset[str]) -> str | None:
    """What is said to be bad of what was asked about ("walking is murder"); None: nothing is."""
    words, clause, grammar = found.shape.words, found.shape.clause, found.grammar
    for place, word in enumerate(words):
        said = words[place : place + _NEAR + 1]
        bad = next((at for at, other in enumerate(said) if other in grammar.awful), 0)
        if word in names and bad and clause[place] == clause[place + bad]:
            told = said[: bad + 1]
            before = words[max(0, place - 1) : place]
            if grammar.negators.isdisjoint((*before, *told)):
                return " ".join(told)
    return None


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
    well = [item for item in against if item.says is For.WELL or says_it_is_well(found, item)]
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
    well = any(says_it_is_well(found, item) for item in against)
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


def _too_much(found: Found, place: int) -> bool:
    """This "too" is one of degree: "too much pain"."""
    return found.shape.words[place] in found.grammar.added


def not_well(found: Found) -> bool:
    """ "Not breathing so well", "not normal sweat"; and "not just the back", which is more than the back."""
    grammar, words, clause = found.grammar, found.shape.words, found.shape.clause
    between = grammar.skip | grammar.verbs | grammar.being | grammar.doing
    for at in (place for place, word in enumerate(words) if word in ("not", "cannot", "never")):
        if words[at + 1 : at + 2] in (("just",), ("only",)) and words[at + 2 : at + 3] != ("now",):
            return True
        for place in range(at + 1, min(at + 2 + _BETWEEN, len(words))):
            if clause[place] != clause[at] and words[place] != "well":
                break
            last = place + 1 == len(words) or clause[place + 1] != clause[place]
            added = words[place - 1] == "as" and last
            correct = words[place] == "right" and (not last or not _OF_WORDS.isdisjoint(words[:at]))
            if words[place] in grammar.sound and not added and not correct:
                return True
            if words[place] not in between and not words[place].endswith("ing"):
                break
    return False


def _until_now(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "I never faint, only today"; "never like this before the pain"."""
    grammar, words = found.grammar, found.shape.words
    for place in range(_denied_from(found, against) + 1, len(words)):
        after = words[place + 1 : place + 1 + _NEAR]
        if words[place] in grammar.limits and not grammar.times.isdisjoint(after):
            return True
        later = any(item.place > place for item in against)
        never = "never" in {words[at] for at in found.shape.clause_words(found.shape.clause[place])}
        if (
            words[place] == "before"
            and never
            and not later
            and set(after[:1]) & (grammar.determiners | {"this", "that"})
        ):
            return True
    return False


def _trouble_after_all(found: Found) -> bool:
    """ "No problem going, the problem is knowing when"."""
    words = found.shape.words
    named = [place for place, word in enumerate(words) if word in found.grammar.troubles]
    return any(
        words[place - 1] in found.grammar.determiners | {"only", "main", "real"}
        and words[place + 1 : place + 2] == ("is",)
        for place in named[1:]
    )


def _on_condition(found: Found, against: tuple[Evidence, ...]) -> bool:
    """ "No trouble if you don't mind pushing"; but not "no, if I'm honest"."""
    grammar, words = found.grammar, found.shape.words
    if any(item.says is For.ABSENT and item.own for item in against):
        return False  # the condition may be part of what was denied
    return any(
        words[place] == "if"
        and words[place - 1] not in grammar.linkers
        and not (len(words) - place <= _NEAR and words[-1] in grammar.past)  # "I'd know if I was"
        and grammar.asides.isdisjoint(words[place + 1 : place + 1 + _NEAR])
        for place in range(_denied_from(found, against) + 1, len(words))
    )


def _denied_from(found: Found, against: tuple[Evidence, ...]) -> int:
    """Where the first denial by a negator begins; where there is none, the end."""
    negators = found.grammar.negators | found.grammar.plain_no
    denied = [
        item.place
        for item in against
        if item.why.endswith("denied") or not negators.isdisjoint(item.words.split())
    ]
    return min(denied, default=len(found.shape.words))
