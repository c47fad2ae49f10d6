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
from voice_triage.understanding.onset import longer_than_a_day, onset, qualifier

_AGREED = 0.3
"""So likely the reader hears the finding as well, around words that fit a phrase. Of what three sets of
openers tell, 5 % lies below it, and of what they do not tell, four fifths."""
_WORTH_ASKING, _WELL_HEARD, _READ_BACK = 0.7, 0.8, 0.9
"""So likely it is asked about without a phrase, if the second reader of answers agrees; though that does not;
and read back, if that agrees and nothing speaks against it."""
_DENIED, _NOT_DENIED = 0.5, 0.1
"""From here the second reader hears a denial in the clause; up to here none at all."""
_THERE, _SURELY_THERE = 0.7, 0.85
"""From here it hears that it is there."""
_AROUND = 3
"""Words on each side of a phrase that are looked at with it."""
_WINDOW, _STEP = 6, 2
"""Words of a clause that are looked at together, and how far the next ones begin."""


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
    chance = max(reader.chances(words).get(match.fact, 0.0) for words in (near, shape.words[first:last]))
    return "" if chance >= _AGREED else f"only a phrase tells of it ({100 * chance:.0f} %)"


def _without_phrases(found: Found, lexicon: Lexicon, reader: FindingReader) -> Iterator[tuple[Said, str]]:
    """Findings that the reader alone hears in a clause, and in which words; likeliest first."""
    heard: dict[str, tuple[float, Said, str]] = {}
    shape = found.shape
    taken = {place for match in found.also for place in range(match.start, match.end)}
    for number in shape.clauses:
        if number in shape.elsewhere or number in shape.nearby:
            continue
        places, before = shape.clause_words(number), shape.clause_words(number - 1)
        for start, words in _windows([shape.words[place] for place in places]):
            over = taken.intersection(places[start : start + len(words)])
            for fact, chance in reader.chances(words).items():
                if chance < max(_WORTH_ASKING, heard.get(fact, (0.0,))[0]) or fact not in reader.facts:
                    continue
                if not _about_it(fact, words, [*before, *places], shape, lexicon):
                    continue
                if _sounds_like_it(fact, places[start : start + len(words)], shape, lexicon):
                    continue
                said = _said(fact, chance, [shape.words[place] for place in places], lexicon)
                if said is not None and said.status is Status.PRESENT and over:
                    said = Said(fact, Status.UNSURE)
                if said is not None:
                    heard[fact] = (chance, said, " ".join(words))
    for _, said, text in sorted(heard.values(), key=lambda item: -item[0]):
        yield said, text


def _about_it(fact: str, heard: Sequence[str], places: Sequence[int], shape: Shape, lexicon: Lexicon) -> bool:
    """A word names what the finding is about, near by, if one has to; or is one of few other questions."""
    phrases = lexicon.questions[fact]
    near = (shape.words[place] for place in places)
    return not (phrases.anchors and phrases.anchors.isdisjoint(near) and phrases.topic.isdisjoint(heard))


def _sounds_like_it(fact: str, places: Sequence[int], shape: Shape, lexicon: Lexicon) -> bool:
    """A phrase of the question knows these words: they deny the finding, or only sound like it."""
    told = strongest(matches(lexicon.questions[fact], shape.content, lexicon.grammar_words))
    return any(match.sense in _OTHERWISE and not set(places).isdisjoint(match.places) for match in told)


_OTHERWISE = frozenset({Sense.ABSENT, Sense.UNLIKE})


def _said(fact: str, chance: float, clause: Sequence[str], lexicon: Lexicon) -> Said | None:
    """What a clause comes to, in some words of which the reader hears the finding."""
    opinion = lexicon.second_opinion(fact, clause)
    if opinion is None:
        return Said(fact, Status.UNSURE)
    if opinion.absent >= _DENIED or (chance < _WELL_HEARD and opinion.present < _THERE):
        return None
    grammar = lexicon.grammar_words
    sure = chance >= _READ_BACK and opinion.present >= _SURELY_THERE and opinion.absent <= _NOT_DENIED
    if sure and grammar.third_persons.isdisjoint(clause) and clause[0] not in grammar.alternatives:
        return Said(fact, Status.PRESENT, sure=False)
    return Said(fact, Status.UNSURE)


def _windows(clause: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The clause, and pieces of it, each with the place where it begins."""
    yield 0, clause
    for start in range(0, len(clause) - _WINDOW + 1 if len(clause) > _WINDOW else 0, _STEP):
        yield start, clause[start : start + _WINDOW]
