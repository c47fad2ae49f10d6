"""One ear's words as an event, by the manner of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Aged,
    Answered,
    Endangered,
    Event,
    NotUnderstood,
    Request,
    Requested,
    Said,
    Told,
)
from voice_triage.protocol.status import Status
from voice_triage.understanding.clauses import shape
from voice_triage.understanding.cleaning import Words, clean
from voice_triage.understanding.dangers import dangers
from voice_triage.understanding.evidence import For, Found
from voice_triage.understanding.gathering import gather
from voice_triage.understanding.hearing import Ear, Utterance
from voice_triage.understanding.interpretation import Interpretation
from voice_triage.understanding.lexicon import Lexicon, Phrases, Turn
from voice_triage.understanding.numbers import OLDEST, age
from voice_triage.understanding.onset import Onset, longer_than_a_day, onset, qualifier
from voice_triage.understanding.requests import Asking, asking
from voice_triage.understanding.weighing import Reading, weigh

OVER_FIFTY = 50
"""What the second wording of the question about age asks for."""
_HESITATING = frozenset({Request.HELP, Request.WAIT, Request.SKIP})
"""Beside a finding these are no more than a sigh; the interview goes on with the finding."""


@dataclass(frozen=True)
class Heard:
    """What one ear's words came to."""

    ear: Ear
    meant: Interpretation
    unknown: bool
    """It also heard something that is no word."""
    whole_request: bool
    """A request and nothing else."""


@dataclass(frozen=True)
class _Answer:
    """One ear's words with all that was found in them."""

    asked: Asked
    base: str
    words: Words
    found: Found
    own: Phrases | None
    reading: Reading
    also: tuple[Said, ...]
    request: Asking | None
    lexicon: Lexicon

    def has(self, *turns: Turn) -> bool:
        return self.found.has(*turns)

    def yes(self) -> bool:
        """A yes that is no remark on how well we heard."""
        remarks = {
            turn.start for turn in self.found.turns if turn.label == Turn.RIGHT or Turn.WRONG in turn.labels
        }
        return any(item.place not in remarks for item in self.found.says(For.YES, For.WEAK_YES, For.IN_PART))


def heard(utterance: Utterance, asked: Asked, lexicon: Lexicon) -> Heard:
    """Reads one ear's words."""
    words = clean(utterance.text, lexicon.spelling)
    if not words.words:
        return Heard(
            utterance.ear, Interpretation(NotUnderstood(), (*words.why, "no words in it"), 0.0),
            words.unknown, False,
        )  # fmt: skip
    form = shape(words, lexicon)
    base = asked.fact.partition(".")[0]
    fact = asked.fact if asked.fact in lexicon.questions else base
    own = None if asked.kind in (Kind.FREE, Kind.DENIALS, Kind.OFFER) else lexicon.questions.get(fact)
    found = gather(form, own, lexicon, repeated=asked.kind is Kind.READBACK)
    also = _volunteered(found, lexicon)
    endangered = dangers(form, base, lexicon)
    if endangered:
        names = tuple(f'"{text}" is a danger: {name}' for name, text in endangered)
        more = tuple(Said(f"interrupt.{name}", Status.PRESENT) for name, _ in endangered[1:])
        danger = Endangered(endangered[0][0], also=(*also, *more))
        return Heard(utterance.ear, Interpretation(danger, (*words.why, *names), 100.0), words.unknown, False)
    reading = weigh(found, own)
    request = asking(form, lexicon)
    answer = _Answer(asked, base, words, found, own, reading, also, request, lexicon)
    asked_for = None if request is None else _request(request, answer)
    if request is not None and asked_for is not None:
        why = (*words.why, f'"{request.words}" asks for {request.request.value}')
        return Heard(utterance.ear, Interpretation(asked_for, why, 100.0), words.unknown, request.whole)
    event, reasons, score = _BY_KIND[asked.kind](answer)
    return Heard(
        utterance.ear,
        Interpretation(event, (*words.why, *found.why, *reasons), score),
        words.unknown,
        False,
    )


def _volunteered(found: Found, lexicon: Lexicon) -> tuple[Said, ...]:
    also: list[Said] = []
    for match in found.also:
        number = found.shape.clause[match.start]
        said = [Said(match.fact, Status.PRESENT)]
        phrases = lexicon.questions[match.fact]
        if phrases.dated:
            places = found.shape.clause_words(number)
            turns = [turn for turn in found.turns if found.shape.clause[turn.start] == number]
            words = [found.shape.words[p] for p in places]
            said.extend(qualifier(match.fact, onset(words, found.shape, turns, lexicon)))
            said.extend(longer_than_a_day(match.fact, words, lexicon))
        also.extend(item for item in said if item not in also)
    return tuple(also)


def _request(request: Asking, answer: _Answer) -> Event | None:
    """A request that is the whole utterance, or stands beside a finding that was put into words."""
    own = answer.reading.status is Status.PRESENT and bool(answer.found.says(For.PRESENT))
    if request.whole and not own:
        if answer.asked.kind is Kind.OFFER and request.request is Request.REPEAT:
            return Answered(Status.PRESENT)
        return Requested(request.request)
    if (request.request in _HESITATING and own) or not (own or answer.also):
        return None
    if answer.asked.kind is Kind.FREE:
        return None
    mine = (Said(answer.base, Status.PRESENT),) if own else ()
    return Requested(request.request, also=(*mine, *answer.also))


# -- by the manner of what was asked

_Outcome = tuple[Event, tuple[str, ...], float]


def _yes_no(answer: _Answer) -> _Outcome:
    reading = answer.reading
    if reading.status is None and answer.words.words == ("know",):
        return Answered(Status.ABSENT, sure=False, also=answer.also), ('"know" sounds like "no"',), 30.0
    if reading.status is None:
        return NotUnderstood(answer.also), reading.why, reading.score
    also = answer.also
    if reading.status is Status.PRESENT and answer.own is not None and answer.own.dated:
        when = onset(answer.words.words, answer.found.shape, answer.found.turns, answer.lexicon)
        also = (*also, *qualifier(answer.base, when), *_long_ago(answer))
    event = Answered(reading.status, reading.in_words, reading.sure, also)
    return event, reading.why, reading.score


def _long_ago(answer: _Answer) -> tuple[Said, ...]:
    return longer_than_a_day(answer.base, answer.words.words, answer.lexicon)


def _onset(answer: _Answer) -> _Outcome:
    found, also = answer.found, (*answer.also, *_long_ago(answer))
    when = onset(answer.words.words, found.shape, found.turns, answer.lexicon)
    yes = bool(found.says(For.YES, For.WEAK_YES, For.IN_PART))
    if when is Onset.NEW:
        return Answered(Status.PRESENT, in_words=True, also=also), ("it is new, or worse",), 100.0
    if found.says(For.UNCLEAR):
        return NotUnderstood(also), ("contradicts itself",), 0.0
    if when is not None:
        if yes:
            return Answered(Status.UNSURE, also=also), ("yes, and yet long ago",), 50.0
        if when is Onset.OLD:
            also = (*also, Said(f"{answer.base}.old", Status.PRESENT))
        sure = not found.says(For.UNSURE)
        return Answered(Status.ABSENT, True, sure, also), ("it is not new",), 100.0
    if found.says(For.UNSURE):
        return Answered(Status.UNSURE, also=also), ("doubt",), 90.0
    against = found.says(For.NO, For.WEAK_NO, For.WELL)
    if yes and against:
        return NotUnderstood(also), ("yes and no in one answer",), 0.0
    if yes:
        return Answered(Status.PRESENT, also=also), ("yes, it is new",), 100.0
    if against and not found.unable:
        sure = not found.says(For.WEAK_NO) and not found.has(Turn.HEDGE)
        return Answered(Status.ABSENT, sure=sure, also=also), ("no, it is not new",), 100.0
    return NotUnderstood(also), ("no time in it",), 0.0


def _readback(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    yes = answer.yes() or answer.has(Turn.RIGHT) or (answer.has(Turn.ALL_RIGHT) and not answer.has(Turn.WELL))
    no = bool(found.says(For.NO, For.WEAK_NO, For.ABSENT)) or answer.has(Turn.WRONG)
    present = bool(found.says(For.PRESENT))
    told = age(answer.words.words, answer.lexicon.numbers) if _about_age(answer) else None
    if told is not None and not yes:
        return Aged(int(told.low), int(told.high), also=also), ("another age",), 90.0
    if found.says(For.UNCLEAR) or (no and (yes or present)):
        return NotUnderstood(also), ("yes and no in one answer",), 0.0
    if found.says(For.UNSURE) and not present:
        return Answered(Status.UNSURE, also=also), ("doubt",), 90.0
    if no or answer.has(Turn.DETAIL):
        if answer.has(Turn.DETAIL):
            return Answered(Status.UNSURE, also=also), ("a detail was misheard, not the finding",), 70.0
        if found.unable:
            return NotUnderstood(also), ("no, and something unknown fails",), 0.0
        return Answered(Status.ABSENT, bool(found.says(For.ABSENT)), also=also), ("heard wrong",), 100.0
    if yes or present:
        return Answered(Status.PRESENT, present, also=also), ("heard right",), 100.0
    return NotUnderstood(also), ("neither right nor wrong",), 0.0


def _about_age(answer: _Answer) -> bool:
    return answer.own is None or answer.own.by_number


def _denials(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    right = answer.has(Turn.RIGHT)
    yes = answer.yes()
    no = bool(found.says(For.NO, For.WEAK_NO))
    if also or answer.has(Turn.SOME_WRONG, Turn.WRONG, Turn.EXCEPT):
        return Answered(Status.PRESENT, bool(also), also=also), ("something of it is wrong",), 100.0
    if found.says(For.UNSURE, For.UNCLEAR) or (yes and (no or right or answer.has(Turn.ALL_RIGHT))):
        return Answered(Status.UNSURE), ("not clear whether it is right",), 60.0
    if yes:
        return Answered(Status.PRESENT), ("something of it is wrong",), 100.0
    if found.unable or found.has(Turn.CORRECTION):
        return NotUnderstood(), ("more than a no",), 0.0
    if no or answer.has(Turn.ALL_RIGHT) or found.says(For.WELL):
        rest = any(found.unexplained)
        return Answered(Status.ABSENT, sure=not rest), ("nothing of it is wrong",), 100.0
    if right:
        return Answered(Status.UNSURE), ('"that\'s right" may mean either',), 60.0
    return NotUnderstood(), ("no answer in it",), 0.0


def _age(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    told = age(answer.words.words, answer.lexicon.numbers)
    if told is not None:
        sure = told.low == told.high and not found.says(For.UNSURE)
        return Aged(int(told.low), int(told.high), sure, also), ("an age",), 100.0
    yes, no = bool(found.says(For.YES)), bool(found.says(For.NO))
    if found.says(For.UNSURE):
        return Answered(Status.UNSURE, also=also), ("doubt",), 90.0
    if yes and not no:
        return Aged(OVER_FIFTY, OLDEST, also=also), ("yes, over fifty",), 100.0
    if no and not yes and not any(found.unexplained):
        return Aged(0, OVER_FIFTY, also=also), ("no, not over fifty",), 100.0
    return NotUnderstood(also), ("no age in it",), 0.0


def _free(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    closing = answer.asked.fact in answer.lexicon.questions
    if not closing:
        return Told(also), ("told freely",), 100.0
    closed = answer.has(Turn.DONE, Turn.ALL_RIGHT) or (answer.has(Turn.RIGHT) and bool(found.says(For.NO)))
    no = bool(found.says(For.NO, For.WEAK_NO, For.WELL)) or closed
    yes = answer.yes()
    rest = any(found.unexplained) or found.unable
    if also or yes or found.says(For.UNCLEAR):
        return Answered(Status.PRESENT, bool(also), also=also), ("something more",), 100.0
    if no and not rest and not found.says(For.UNSURE):
        return Answered(Status.ABSENT), ("nothing more",), 100.0
    if found.says(For.UNSURE) and not rest:
        return Answered(Status.UNSURE), ("doubt",), 90.0
    return Answered(Status.PRESENT, sure=False), ("something more that is not understood",), 50.0


def _offer(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    again = answer.request is not None and answer.request.request is Request.REPEAT
    yes = answer.yes() or again
    no = found.says(For.NO, For.WEAK_NO, For.WELL) or answer.has(Turn.DONE, Turn.RIGHT)
    if yes and not found.says(For.NO):
        return Answered(Status.PRESENT, also=also), ("yes, please",), 100.0
    if no and not yes:
        return Answered(Status.ABSENT, also=also), ("no, thank you",), 100.0
    return NotUnderstood(also), ("no answer in it",), 0.0


def _choice(answer: _Answer) -> _Outcome:
    found, also = answer.found, answer.also
    present, absent = found.says(For.PRESENT), found.says(For.ABSENT)
    if bool(present) == bool(absent):
        return NotUnderstood(also), ("neither of the two, or both",), 0.0
    status = Status.PRESENT if present else Status.ABSENT
    return Answered(status, in_words=True, also=also), ("one of the two",), 100.0


_BY_KIND: Mapping[Kind, Callable[[_Answer], _Outcome]] = {
    Kind.YES_NO: _yes_no,
    Kind.ONSET: _onset,
    Kind.READBACK: _readback,
    Kind.DENIALS: _denials,
    Kind.AGE: _age,
    Kind.FREE: _free,
    Kind.OFFER: _offer,
    Kind.CHOICE: _choice,
}
