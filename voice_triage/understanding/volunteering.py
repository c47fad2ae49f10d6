"""What is said out of turn: in the opener, at the end, beside an answer. Never that something is not there.

Two readers who know nothing of each other look at the same words: the phrases of each question, and the
reader of free speech. What both find was said. What only one of them finds is asked, at the question's own
turn or, if it can lead to an emergency, first of all (`interview.choosing`): so nothing vanishes, and nothing
is put into a person's mouth by words that met by chance. What the reader hears alone, and clearly, is read
back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.evidence import Found
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.lexicon import Lexicon, Sense
from voice_triage.understanding.matching import Match, matches, strongest
from voice_triage.understanding.numbers import with_digits
from voice_triage.understanding.onset import longer_than_a_day, onset, qualifier

_AGREED = 0.25
"""So likely the reader hears the finding as well, around words that fit a phrase. Of what three sets of
openers tell, 5 % lies below it, and of what they do not tell, four fifths."""
_AGREED_IF_ASKED, _WORTH_ASKING, _READ_BACK = 0.5, 0.7, 0.9
"""So likely it is asked about where a phrase fits that counts only in answers; without any phrase; and so
likely it is read back."""
_WELL_HEARD = 0.8
"""Below that the second reader of answers must hear it in the clause, to `_THERE`."""
_DENIED, _NOT_DENIED = 0.5, 0.1
"""From here the second reader hears a denial in the clause; up to here none at all."""
_THERE, _SURELY_THERE = 0.7, 0.85
"""From here it hears that it is there."""
_AROUND = 3
"""Words on each side of a phrase that are looked at with it."""
_WINDOW, _STEP = 6, 2
"""How many words of a clause are looked at together, and how far the next ones begin."""


def volunteered(found: Found, lexicon: Lexicon, free: bool) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """What was said beside the answer, and why. UNSURE: worth asking about.

    `free`: the person was asked to speak freely, so that what fits no phrase is looked for as well.
    """
    reader, also, why = lexicon.finding_reader, list[Said](), list[str]()
    for match in found.also:
        said = _told(match, found, lexicon)
        if reader is not None and (doubt := _doubt(match, found.shape, reader)):
            said = [Said(match.fact, Status.UNSURE)]
            why.append(f"asks about {match.fact}: {doubt}")
        also += (each for each in said if each not in also)
    if free and reader is not None:
        known = {each.fact for each in also}
        for each, words in _without_phrases(found, lexicon, reader):
            if each.fact not in known:
                known.add(each.fact)
                also.append(each)
                does = "asks about" if each.status is Status.UNSURE else "reads back"
                why.append(f'{does} {each.fact}: "{words}" sounds like it')
    there = {each.fact for each in also if each.status is Status.PRESENT}
    return tuple(e for e in also if e.status is Status.PRESENT or e.fact not in there), tuple(why)


def _told(match: Match, found: Found, lexicon: Lexicon) -> list[Said]:
    """The finding, and since when."""
    said = [Said(match.fact, Status.PRESENT)]
    if lexicon.questions[match.fact].dated:
        number = found.shape.clause[match.start]
        words = [found.shape.words[place] for place in found.shape.clause_words(number)]
        turns = [turn for turn in found.turns if found.shape.clause[turn.start] == number]
        said.extend(qualifier(match.fact, onset(words, found.shape, turns, lexicon)))
        said.extend(longer_than_a_day(match.fact, words, lexicon))
    return said


def _doubt(match: Match, shape: Shape, reader: FindingReader) -> str:
    """Why the words that fit a phrase may have met by chance; "" where they tell of its finding."""
    if "." in match.fact:
        return ""
    first = shape.clause_words(shape.clause[match.start])[0]
    last = shape.clause_words(shape.clause[match.end - 1])[-1] + 1
    if match.fact not in reader.facts:
        apart = match.between and shape.clause[match.start] != shape.clause[match.end - 1]
        return "its words stand far apart" if apart else ""
    near = shape.words[max(first, match.start - _AROUND) : min(last, match.end + _AROUND)]
    chance = max(reader.chances(words)[match.fact] for words in (near, shape.words[first:last]))
    return "" if chance >= _AGREED else f"only a phrase tells of it ({100 * chance:.0f} %)"


def _without_phrases(found: Found, lexicon: Lexicon, reader: FindingReader) -> Iterator[tuple[Said, str]]:
    """Findings that the reader hears in some words of a clause, and which; likeliest first."""
    heard: dict[str, tuple[float, Said, str]] = {}
    shape = found.shape
    taken = {place for match in found.also for place in range(match.start, match.end)}
    for number in shape.clauses:
        if number in shape.elsewhere or number in shape.nearby:
            continue
        clause = shape.clause_words(number)
        for places in _windows(clause):
            words = [shape.words[place] for place in places]
            if not _says_something(places, shape, lexicon):
                continue
            for fact, chance in reader.chances(words).items():
                if chance < max(_AGREED_IF_ASKED, heard.get(fact, (0.0,))[0]) or fact not in reader.facts:
                    continue
                said = _said(fact, chance, places, clause, shape, lexicon)
                if said is not None and said.status is Status.PRESENT and not taken.isdisjoint(places):
                    said = Said(fact, Status.UNSURE)
                if said is not None:
                    heard[fact] = (chance, said, " ".join(words))
    for _, said, text in sorted(heard.values(), key=lambda item: -item[0]):
        yield said, text


def _said(  # noqa: PLR0913, PLR0917
    fact: str, chance: float, places: Sequence[int], clause: Sequence[int], shape: Shape, lexicon: Lexicon
) -> Said | None:
    """What some words of a clause come to, of which the reader hears the finding so likely."""
    phrases, grammar = lexicon.questions[fact], lexicon.grammar_words
    inside = frozenset(places)
    told = strongest(matches(phrases, shape.content, grammar))
    near = [match for match in told if not inside.isdisjoint(match.places)]
    agreed = [m for m in near if m.sense in _THERE_IF_ASKED and _says_something(m.places, shape, lexicon)]
    if not agreed and chance < _WORTH_ASKING:
        return None
    if not agreed and (
        any(m.sense in _OTHERWISE for m in near) or not _about_it(fact, places, clause, shape, lexicon)
    ):
        return None
    words = [shape.words[place] for place in clause]
    opinion = lexicon.second_opinion(fact, words)
    if opinion is None:
        return Said(fact, Status.UNSURE)
    there = bool(agreed) or chance >= _WELL_HEARD or opinion.present >= _THERE
    if opinion.absent >= _DENIED or not there:
        return None
    own = {place for match in agreed for place in match.places}
    denied = any(shape.words[place] in grammar.negators for place in clause if place not in own)
    sure = opinion.present >= _SURELY_THERE and opinion.absent <= _NOT_DENIED
    told_so = any(match.sense is Sense.PRESENT for match in agreed) and not denied
    clear = sure or (told_so and opinion.present > opinion.absent)
    mine = grammar.third_persons.isdisjoint(words) and words[0] not in grammar.alternatives
    if chance >= _READ_BACK and clear and mine:
        return Said(fact, Status.PRESENT, sure=False)
    return Said(fact, Status.UNSURE)


_THERE_IF_ASKED = frozenset({Sense.PRESENT, Sense.PRESENT_IF_ASKED})
_OTHERWISE = frozenset({Sense.ABSENT, Sense.UNLIKE})


def _about_it(
    fact: str, places: Sequence[int], clause: Sequence[int], shape: Shape, lexicon: Lexicon
) -> bool:
    """A word names what the finding is about, near by, if one has to; or is one of few other questions."""
    phrases = lexicon.questions[fact]
    before = shape.clause_words(shape.clause[clause[0]] - 1)
    near = (shape.words[place] for place in (*before, *clause))
    heard = (shape.words[place] for place in places)
    return not (phrases.anchors and phrases.anchors.isdisjoint(near) and phrases.topic.isdisjoint(heard))


def _says_something(places: Sequence[int], shape: Shape, lexicon: Lexicon) -> bool:
    """More than a time, of which everything may be told."""
    empty = lexicon.grammar_words.skip | lexicon.grammar_words.times | lexicon.grammar_words.generic
    words = (shape.words[place] for place in places)
    return any(
        word not in empty and word not in lexicon.numbers.units and not with_digits((word,))[0].isdigit()
        for word in words
    )


def _windows(clause: Sequence[int]) -> Iterator[Sequence[int]]:
    """The places of a clause, and of pieces of it."""
    yield clause
    for start in range(0, len(clause) - _WINDOW + 1 if len(clause) > _WINDOW else 0, _STEP):
        yield clause[start : start + _WINDOW]
