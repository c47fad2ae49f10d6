"""What is said out of turn: in the opener, at the end, beside an answer. Never that something is not there.

Two readers who know nothing of each other look at the same words: the phrases of each question, and the
reader of free speech. What both find was said. What only one of them finds is asked, at the question's own
turn or, if it can lead to an emergency, first of all (`interview.choosing`): so nothing vanishes, and nothing
is put into a person's mouth by words that met by chance. What the reader hears alone, and clearly, is read
back.
"""

from __future__ import annotations

from voice_triage.interview.events import Said
from voice_triage.protocol.status import Status
from voice_triage.understanding.evidence import Found
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.free_speech import FreeSpeech
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.matching import Match
from voice_triage.understanding.onset import longer_than_a_day, onset, qualifier

_AGREED = 0.5
"""So likely the reader hears the finding as well, around words that fit a phrase. Of what three sets of
openers tell, 8 % lies below it, and of what they do not tell, nine tenths."""
_AROUND = 3
"""Words on each side of a phrase that are looked at with it."""


def volunteered(found: Found, lexicon: Lexicon, free: bool) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """What was said beside the answer, and why. UNSURE: worth asking about.

    `free`: the person was asked to speak freely, so that what fits no phrase is looked for as well.
    """
    reader, also, why = lexicon.finding_reader, list[Said](), list[str]()
    for match in found.also:
        said = _told(match, found, lexicon)
        if reader is not None and (doubt := _doubt(match, found, reader)):
            said = [Said(match.fact, Status.UNSURE)]
            why.append(f"asks about {match.fact}: {doubt}")
        also += (each for each in said if each not in also)
    if free and reader is not None:
        known = {each.fact for each in also}
        for each, words in FreeSpeech(found, lexicon, reader).told():
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
        clause = found.shape.clause
        numbers = range(clause[match.start], clause[match.end - 1] + 1)
        words = [word for word, number in zip(found.shape.words, clause, strict=True) if number in numbers]
        turns = [turn for turn in found.turns if clause[turn.start] in numbers]
        said.extend(qualifier(match.fact, onset(words, found.shape, turns, lexicon)))
        said.extend(longer_than_a_day(match.fact, words, lexicon))
    return said


def _doubt(match: Match, found: Found, reader: FindingReader) -> str:
    """Why the words that fit a phrase may have met by chance; "" where they tell of its finding."""
    shape, more = found.shape, f"{match.fact}."
    if "." in match.fact or any(
        other.fact.startswith(more) and not set(other.places).isdisjoint(match.places) for other in found.also
    ):
        return ""  # a phrase of one of its follow-ups says so, too
    first = shape.clause_words(shape.clause[match.start])[0]
    last = shape.clause_words(shape.clause[match.end - 1])[-1] + 1
    if match.fact not in reader.facts:
        apart = match.between and shape.clause[match.start] != shape.clause[match.end - 1]
        return "its words stand far apart" if apart else ""
    near = shape.words[max(first, match.start - _AROUND) : min(last, match.end + _AROUND)]
    chance = max(reader.chances(words)[match.fact] for words in (near, shape.words[first:last]))
    return "" if chance >= _AGREED else f"only a phrase tells of it ({100 * chance:.0f} %)"
