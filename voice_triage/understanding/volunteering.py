"""What is said out of turn: in the opener, at the end, beside an answer. Always "it is there", never "it is not".

Two readers who know nothing of each other look at the same words: the phrases of each question, and the reader of
free speech. What both find was said. What only one of them finds is asked, at the question's own turn or, if it
can lead to an emergency, first of all (`interview.choosing.note`): so nothing vanishes, and nothing is put
into a person's mouth by words that met by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.evidence import Found
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.lexicon import Lexicon, Turn
from voice_triage.understanding.matching import Match
from voice_triage.understanding.onset import longer_than_a_day, onset, qualifier

_AGREED = 0.3
"""So likely the reader hears the finding as well, around words that fit a phrase. Of what three sets of openers
tell, 5 % lies below it, and of what they do not tell, four fifths."""
_HEARD_ALONE = 0.8
"""So likely it is asked about without a phrase."""
_DENIED = 0.5
"""If the second reader of answers hears so much of a denial in the clause, it is not."""
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
        if reader is not None and match.fact in reader.facts:
            chance = _around(match, found.shape, reader)
            if chance < _AGREED:
                said = [Said(match.fact, Status.UNSURE)]
                why.append(f"asks about {match.fact}: only a phrase tells of it ({100 * chance:.0f} %)")
        also += (each for each in said if each not in also)
    if free and reader is not None:
        known = {each.fact for each in also}
        for fact, words in _without_phrases(found, lexicon, reader):
            if fact not in known:
                known.add(fact)
                also.append(Said(fact, Status.UNSURE))
                why.append(f'asks about {fact}: "{words}" sounds like it')
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


def _around(match: Match, shape: Shape, reader: FindingReader) -> float:
    """How likely the words around a phrase, or its whole clauses, tell of its finding."""
    first = shape.clause_words(shape.clause[match.start])[0]
    last = shape.clause_words(shape.clause[match.end - 1])[-1] + 1
    near = shape.words[max(first, match.start - _AROUND) : min(last, match.end + _AROUND)]
    return max(reader.chances(words).get(match.fact, 0.0) for words in (near, shape.words[first:last]))


def _without_phrases(found: Found, lexicon: Lexicon, reader: FindingReader) -> Iterator[tuple[str, str]]:
    """Findings that the reader alone hears in a clause, and in which words; likeliest first."""
    heard: dict[str, tuple[float, str]] = {}
    for number in found.shape.clauses:
        if number in found.shape.elsewhere or number in found.shape.nearby:
            continue
        clause = [found.shape.words[place] for place in found.shape.clause_words(number)]
        for words in _windows(clause):
            for fact, chance in reader.chances(words).items():
                if chance < max(_HEARD_ALONE, heard.get(fact, (0.0, ""))[0]) or fact not in reader.facts:
                    continue
                opinion = lexicon.second_opinion(fact, clause)
                if opinion is None or opinion.absent < _DENIED:
                    heard[fact] = (chance, " ".join(words))
    for fact, (_, words) in sorted(heard.items(), key=lambda item: -item[1][0]):
        yield fact, words


def _windows(clause: Sequence[str]) -> Iterator[Sequence[str]]:
    yield clause
    for start in range(0, len(clause) - _WINDOW + 1 if len(clause) > _WINDOW else 0, _STEP):
        yield clause[start : start + _WINDOW]
