"""Gathers all evidence in one utterance: phrases of the question, turns of speech, other findings."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.understanding.clauses import BY_ITSELF, Shape, content_of
from voice_triage.understanding.evidence import AS_IT_SHOULD_BE, Evidence, Found
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.history import without_history
from voice_triage.understanding.lexicon import Lexicon, Phrases, Sense, Turn
from voice_triage.understanding.matching import Match, Span, matches, mend, mend_by_sound, strongest
from voice_triage.understanding.numbers import with_digits
from voice_triage.understanding.phrase_judging import PhraseJudge
from voice_triage.understanding.scene import Scene
from voice_triage.understanding.turn_judging import TurnJudge


def gather(  # noqa: PLR0913
    shape: Shape,
    asked: Phrases | None,
    lexicon: Lexicon,
    *,
    repeated: bool = False,
    by_sound: bool = False,
    anything: bool = False,
) -> Found:
    """Everything in the utterance that speaks for or against what was asked, and for other findings.

    `repeated`: the finding was read back, so "that's right" and the like are no part of it.
    `anything`: nobody knows what was asked, so "no fever" may deny it.
    `by_sound`: take words for those of the question that sound like them.
    """
    own, why = _own_matches(shape, asked, lexicon, repeated, by_sound)
    others = volunteered_matches(shape, lexicon, None if asked is None else asked.fact)
    own, others, turns = _settle(shape, own, others, repeated, lexicon)
    about_it = frozenset(place for match in own for place in match.places)
    matched = about_it.union(
        *(match.places for match in others if about_it.isdisjoint(match.places)),
    )
    turns = _those_that_stand(turns, shape, matched, lexicon.grammar_words, repeated, anything)
    scene = _scene(shape, asked, own, others, turns, matched, lexicon.grammar_words)
    phrases, speech = PhraseJudge(**vars(scene)), TurnJudge(**vars(scene))
    explained = matched | {place for turn in turns for place in range(turn.start, turn.end)}
    explained |= _counts(shape, lexicon) | _similes(shape, own, turns)
    evidence = [item for match in own if (item := phrases.match(match, explained)) is not None]
    also = tuple(match for match in others if phrases.volunteered(match))
    evidence.extend(speech.turns_of_speech(explained))
    evidence.extend(speech.plain_denials(explained))
    evidence.sort(key=lambda item: item.place)
    past: frozenset[int] = frozenset()
    if asked is not None:
        evidence, over, past = without_history(evidence, shape, turns, asked, lexicon)
        why.extend(over)
    why.extend(f'"{item.words}" says {item.says.value}: {item.why}' for item in evidence)
    why.extend(f'"{scene.text(match)}" tells of {match.fact}' for match in also)
    explained |= _named_as_well(shape, evidence, scene.named)
    explained |= frozenset(place for number in past for place in shape.clause_words(number))
    unexplained, unable = speech.rest(explained)
    told = frozenset(shape.clause[place] for match in own for place in match.places)
    return Found(shape, tuple(evidence), turns, also, unexplained, told, unable, scene.grammar, tuple(why))


_NEXT = 2
"""So many words on, the next phrase begins right after a negator: "don't (really) feel faint"."""


def _own_matches(
    shape: Shape, asked: Phrases | None, lexicon: Lexicon, repeated: bool, by_sound: bool
) -> tuple[list[Match], list[str]]:
    """The phrases of the question, and which words were taken for misheard ones."""
    if asked is None:
        return [], []
    grammar = lexicon.grammar_words
    heard = shape.people if asked.by_person else shape.content
    if by_sound:
        alikes = lexicon.sound_alikes
        kept = {word for word in shape.words if alikes.get(word, frozenset()) & asked.words}
        heard = content_of(shape.words, shape.clause, grammar.skip - kept)
        content, mended = mend_by_sound(heard, asked, alikes)
    else:
        content, mended = mend(heard, asked, lexicon.vocabulary)
    why = [f'took "{word}" for "{meant}"' for word, meant in mended.values()]
    found = matches(asked, content, grammar, frozenset(mended))
    if repeated:
        remarks = _covered(shape, Turn.RIGHT, Turn.WRONG, Turn.ALL_RIGHT, Turn.DETAIL)
        found = [m for m in found if remarks.isdisjoint(m.places)]
    return [match for match in strongest(found) if not _only_like_it(match, asked, shape)], why


def _those_that_stand(  # noqa: PLR0913, PLR0917
    turns: tuple[Span, ...],
    shape: Shape,
    matched: frozenset[int],
    grammar: Grammar,
    repeated: bool,
    anything: bool,
) -> tuple[Span, ...]:
    """The turns of speech that say something by themselves."""
    if not anything:
        turns = tuple(turn for turn in turns if not _determines(turn, shape, turns, matched, grammar))
    if not repeated:
        turns = tuple(turn for turn in turns if not _merely_wrong(turn, shape))
    return tuple(turn for turn in turns if _stands(turn, shape, turns, matched, grammar))


def _scene(  # noqa: PLR0913, PLR0917
    shape: Shape,
    asked: Phrases | None,
    own: Sequence[Match],
    others: Sequence[Match],
    turns: tuple[Span, ...],
    matched: frozenset[int],
    grammar: Grammar,
) -> Scene:
    taken = matched - _denying_the_next(own, shape, grammar) | {
        place
        for turn in turns
        if turn.label not in (Turn.NO, Turn.YES)
        for place in range(turn.start, turn.end)
    }
    return Scene(
        shape=shape,
        turns=turns,
        taken=taken,
        particles=frozenset(p for t in turns if t.label == Turn.NO for p in range(t.start, t.end)),
        grammar=grammar,
        own_places=_places(own),
        dated=asked is not None and asked.dated,
        happened=asked is not None and asked.happened,
        denied=_denied(own, shape, grammar),
        well_places=_well(own),
        named=asked.names if asked is not None else frozenset(),
        others=tuple(others),
    )


def _denying_the_next(own: Sequence[Match], shape: Shape, grammar: Grammar) -> frozenset[int]:
    """Places of negators at the end of one phrase that deny the next: "wide awake and don't feel faint"."""
    starts = frozenset(match.start for match in own)
    ends = {match.end - 1 for match in own if match.sense in _ABSENT and len(match.places) > 1}
    return frozenset(
        place
        for place in ends
        if shape.words[place] in grammar.negators
        and not starts.isdisjoint(range(place + 1, place + 1 + _NEXT))
    )


def _named_as_well(shape: Shape, evidence: Sequence[Evidence], named: frozenset[str]) -> frozenset[int]:
    """Places of names of which it was said that they are as they should be."""
    told = {shape.clause[item.place] for item in evidence if item.own and item.why.endswith(AS_IT_SHOULD_BE)}
    return frozenset(p for p, word in enumerate(shape.words) if shape.clause[p] in told and word in named)


def _covered(shape: Shape, *labels: Turn) -> frozenset[int]:
    """Places of words in turns that may be one of `labels`."""
    return frozenset(
        place
        for turn in shape.turns
        if any(label in labels for label in turn.labels)
        for place in range(turn.start, turn.end)
    )


def _places(own: Sequence[Match]) -> frozenset[int]:
    return frozenset(place for m in own if m.sense is not Sense.UNLIKE for place in m.places)


def _counts(shape: Shape, lexicon: Lexicon) -> frozenset[int]:
    """Places of words that count a time: "(a couple of) years"."""
    numbers, found = lexicon.numbers, set[int]()
    for place, word in enumerate(shape.words):
        before = place - 1
        while word in numbers.units and before >= 0:
            counts = (shape.words[before],) in numbers.amounts or with_digits((shape.words[before],))[
                0
            ].isdigit()
            if not counts and shape.words[before] not in numbers.before_unit:
                break
            found.add(before)
            before -= 1
    return frozenset(found)


def _well(own: Sequence[Match]) -> frozenset[int]:
    return frozenset(place for m in own if m.sense is Sense.ABSENT for place in m.places)


def _similes(shape: Shape, own: Sequence[Match], turns: Sequence[Span]) -> frozenset[int]:
    """Places of words that only say how well: "clear (as a bell)"."""
    ends = [match.end for match in own if match.sense in _ABSENT]
    ends += [turn.end for turn in turns if turn.label == Turn.WELL]
    found = set[int]()
    for end in ends:
        if shape.words[end : end + 1] == ("as",) and shape.words[end + 1 : end + 2] in _THINGS:
            last = min(end + _SIMILE, len(shape.words))
            found.update(p for p in range(end, last) if shape.clause[p] == shape.clause[end])
    return frozenset(found)


def _denied(own: Sequence[Match], shape: Shape, grammar: Grammar) -> frozenset[int]:
    said_no = [m for m in own if any(shape.words[place] in grammar.negators for place in m.places)]
    return frozenset(place for m in said_no if m.sense in _ABSENT for place in m.places)


def volunteered_matches(shape: Shape, lexicon: Lexicon, but: str | None) -> list[Match]:
    """Findings of every question except `but` that are told in full phrases."""
    words, grammar = frozenset(shape.content.words), lexicon.grammar_words
    found: list[Match] = []
    for fact, phrases in lexicon.questions.items():
        if fact == but or phrases.by_person or (phrases.anchors and phrases.anchors.isdisjoint(shape.words)):
            continue
        if phrases.out_of_turn.edges.keys().isdisjoint(words):
            continue
        told = strongest(matches(phrases, shape.content, grammar, out_of_turn=True))
        found += [
            match
            for match in told
            if match.sense is Sense.PRESENT
            and _anchored(match, phrases, shape)
            and not _only_like_it(match, phrases, shape)
        ]
    yielding = [match for match in found if lexicon.questions[match.fact].yields]
    taken = {
        id(match)
        for match in yielding
        if any(set(match.places) < set(other.places) and other.fact != match.fact for other in found)
    }
    return [match for match in found if id(match) not in taken]


def _only_like_it(match: Match, phrases: Phrases, shape: Shape) -> bool:
    """ "It's like somebody kicked me", to whether there was a blow."""
    if not phrases.literal or match.sense not in _THERE:
        return False
    return not _LIKE.isdisjoint(shape.words[max(0, match.start - _SIMILE) : match.start])


_LIKE = frozenset({"like", "if"})


def _anchored(match: Match, phrases: Phrases, shape: Shape) -> bool:
    """It names what it is about, there, in the same clause or in the one before."""
    if not phrases.anchors:
        return True
    numbers = {shape.clause[place] for place in match.places}
    numbers.add(max(0, min(numbers) - 1))
    words = (shape.words[place] for number in numbers for place in shape.clause_words(number))
    return not phrases.anchors.isdisjoint(words)


def _settle(
    shape: Shape, own: Sequence[Match], others: Sequence[Match], repeated: bool, lexicon: Lexicon
) -> tuple[list[Match], list[Match], tuple[Span, ...]]:
    """Words cannot be a turn of speech and part of a finding: the one with more that matters stands.

    Turns that tell when stand beside findings that tell of the course.
    """
    skip = lexicon.grammar_words.skip
    timely = {fact for fact in lexicon.questions if lexicon.questions[fact.partition(".")[0]].by_number}
    kept_own, kept_others, turns = list(own), list(others), []
    for turn in shape.turns:
        if turn.label == Turn.DETAIL and not repeated:
            continue
        places = range(turn.start, turn.end)
        if turn.label == Turn.PSEUDO:
            # "It's not just in my legs" denies nothing.
            kept_own = [
                m for m in kept_own if m.sense not in _ABSENT or not any(p in places for p in m.places)
            ]
        if turn.label in _DOUBTS:
            kept_others = [m for m in kept_others if not any(p in places for p in m.places)]
        beside = turn.label == Turn.ONLY_BACK
        rivals = [m for m in kept_others if not beside and not (turn.label in _TIMES and m.fact in timely)]
        touching = [m for m in (*kept_own, *rivals) if any(p in places for p in m.places)]
        if turn.label in _GENERAL and any(
            len(m.places) > 1 or (m in kept_own and m.sense in _THERE) for m in touching
        ):
            continue
        if turn.label == Turn.MERELY and any(m.sense in _ABSENT for m in touching):
            continue
        if turn.label in (Turn.WORSE, Turn.DONE) and touching:
            continue
        matter = [p for p in places if shape.words[p] not in skip] or places
        if any(
            len(m.places) >= len(matter if turn.label in _BY_CONTENT and m.sense not in _ABSENT else places)
            or not set(m.places) <= set(places)
            for m in touching
        ):
            continue
        kept_own = [m for m in kept_own if m not in touching]
        kept_others = [m for m in kept_others if m not in touching]
        turns.append(turn)
    return kept_own, kept_others, tuple(turns)


_THERE = frozenset({Sense.PRESENT, Sense.PRESENT_IF_ASKED})
_ABSENT = frozenset({Sense.ABSENT, Sense.ABSENT_IF_ASKED})
_GENERAL = frozenset({Turn.WELL, Turn.UNWELL, Turn.DETAIL})
"""Turns that say of anything what a phrase of a question says of its finding."""
_THINGS = (("a",), ("an",), ("the",), ("rain",), ("ever",), ("any",))
_SIMILE = 3
"""Words of "as a bell"."""
_DOUBTS = frozenset({Turn.DOUBT, Turn.UNSURE})
"""Turns of which nothing is told out of turn: "I don't know whether I want to go on"."""
_TIMES = frozenset({Turn.NEW, Turn.WORSE, Turn.OLD, Turn.PAST})
"""Turns that tell when."""
_BY_CONTENT = _TIMES | {Turn.UNWELL, Turn.RESOLVED, Turn.NOT_NOW}
"""Turns that yield to a phrase holding all of their words that matter: "(all at) once"."""


def _determines(
    turn: Span, shape: Shape, turns: Sequence[Span], matched: frozenset[int], grammar: Grammar
) -> bool:
    """This "no" belongs to the noun after it ("no numbness") and is no answer by itself."""
    if turn.label != Turn.NO or shape.words[turn.start : turn.end] != ("no",):
        return False
    after = turn.end
    if after >= len(shape.words) or shape.clause[after] != shape.clause[turn.start]:
        return False
    word = shape.words[after]
    if shape.pauses[after] or word in grammar.starters or word in grammar.articles or word in grammar.verbs:
        return False
    further = after + 1
    states = grammar.verbs - grammar.restarters
    if further < len(shape.words) and shape.words[further] in states and not shape.pauses[further]:
        return False
    if word in grammar.negators or word in grammar.linkers or word in grammar.conjunctions:
        return False
    return not any(other.start == after for other in turns) or after in matched


def _merely_wrong(turn: Span, shape: Shape) -> bool:
    """ "Please, what's wrong with me?" says nothing of what was asked."""
    return turn.label == Turn.WRONG and turn.end - turn.start == 1 and len(shape.words) > 1


_ALONE = frozenset({Turn.YES_ALONE, Turn.NO_ALONE})


def _begins_anew(turn: Span, shape: Shape) -> bool:
    """A full stop or a "but" stands before its clause."""
    number = shape.clause[turn.start]
    first = shape.clause.index(number)
    return number in shape.exceptions or shape.pauses[first] > 1


_BESIDE = BY_ITSELF | {
    Turn.YES, Turn.NO, Turn.WEAK_NO, Turn.HEDGE, Turn.OLD, Turn.PAST, Turn.NEW, Turn.WORSE,
    Turn.CORRECTION, Turn.NOT_NOW, Turn.DONE, Turn.RIGHT,
}  # fmt: skip
"""Turns that an answer of few words may stand beside."""


def _stands(
    turn: Span, shape: Shape, turns: Sequence[Span], matched: frozenset[int], grammar: Grammar
) -> bool:
    """Nothing that matters stands beside it in its clause, if it is of those that are answers only then."""
    if turn.label == Turn.NO and shape.words[turn.end : turn.end + 1] == ("to",):
        return False  # "there's no way to lie"
    if turn.label not in BY_ITSELF:
        return True
    after = shape.words[turn.end : shape.clause_words(shape.clause[turn.start])[-1] + 1]
    if shape.words[turn.start : turn.end] == ("never",) and after[:1] and after[0] in grammar.verbs:
        return False  # "never felt it"
    denied = next((word for word in after if word not in grammar.skip or word in grammar.negators), "")
    if turn.label == Turn.YES_ALONE and denied in grammar.negators:
        return False  # "it is not", "I have had none of that"
    others = {place for other in turns if other.label in _BESIDE for place in range(other.start, other.end)}
    known = others | matched
    if turn.label in _ALONE and not _begins_anew(turn, shape):
        before = (place for place in range(turn.start) if place not in known)
        if any(shape.words[place] not in grammar.idle | grammar.persons for place in before):
            return False  # "I'd like to know how old you are"
    return not any(
        place in matched or (place not in others and shape.words[place] not in grammar.skip | grammar.generic)
        for place in shape.clause_words(shape.clause[turn.start])
    )
