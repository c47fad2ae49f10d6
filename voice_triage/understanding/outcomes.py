"""What an answer means, by the manner of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Answered, Measured, NotUnderstood, Request, Said, Told
from voice_triage.protocol.status import Status
from voice_triage.understanding.answer import Answer, Outcome
from voice_triage.understanding.evidence import For
from voice_triage.understanding.lexicon import Turn
from voice_triage.understanding.measures import read_age, read_duration
from voice_triage.understanding.numbers import age
from voice_triage.understanding.onset import Onset, longer_than_a_day, onset, qualifier


def _yes_no(answer: Answer) -> Outcome:
    reading = answer.reading
    if reading.status is None and answer.words.words == ("know",):
        return Answered(Status.ABSENT, sure=False, also=answer.also), ('"know" sounds like "no"',), 30.0
    if reading.status is None:
        return NotUnderstood(answer.also), reading.why, reading.score
    also = answer.also
    dated = answer.own is not None and answer.own.dated and not reading.guessed
    if reading.status is Status.PRESENT and dated:
        when = onset(answer.words.words, answer.found.shape, answer.found.turns, answer.lexicon)
        also = (*also, *qualifier(answer.base, when), *_long_ago(answer))
    event = Answered(reading.status, reading.in_words, reading.sure, also)
    return event, reading.why, reading.score


def _long_ago(answer: Answer) -> tuple[Said, ...]:
    return longer_than_a_day(answer.base, answer.words.words, answer.lexicon)


def _onset(answer: Answer) -> Outcome:
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


def _readback(answer: Answer) -> Outcome:
    found, also = answer.found, answer.also
    yes = answer.yes() or answer.has(Turn.RIGHT) or (answer.has(Turn.ALL_RIGHT) and not answer.has(Turn.WELL))
    no = bool(found.says(For.NO, For.WEAK_NO, For.ABSENT)) or answer.has(Turn.WRONG)
    present = bool(found.says(For.PRESENT))
    told = age(answer.words.words, answer.lexicon.numbers) if _about_age(answer) else None
    if told is not None and not yes:
        return Measured(int(told.low), int(told.high), also=also), ("another age",), 90.0
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


def _about_age(answer: Answer) -> bool:
    return answer.own is None or answer.own.by_number


def _denials(answer: Answer) -> Outcome:
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


def _free(answer: Answer) -> Outcome:
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


def _offer(answer: Answer) -> Outcome:
    found, also = answer.found, answer.also
    again = answer.request is not None and answer.request.request is Request.REPEAT
    yes = answer.yes() or again
    no = found.says(For.NO, For.WEAK_NO, For.WELL) or answer.has(Turn.DONE, Turn.RIGHT)
    if yes and not found.says(For.NO):
        return Answered(Status.PRESENT, also=also), ("yes, please",), 100.0
    if no and not yes:
        return Answered(Status.ABSENT, also=also), ("no, thank you",), 100.0
    return NotUnderstood(also), ("no answer in it",), 0.0


def _more(answer: Answer) -> Outcome:
    found, also = answer.found, answer.also
    no = found.says(For.NO, For.WEAK_NO, For.WELL) or answer.has(Turn.DONE)
    if answer.yes() and not no:
        return Answered(Status.PRESENT, also=also), ("go on",), 100.0
    if no and not answer.yes():
        return Answered(Status.ABSENT, also=also), ("no more",), 100.0
    return NotUnderstood(also), ("no answer in it",), 0.0


def _choice(answer: Answer) -> Outcome:
    found, also = answer.found, answer.also
    present, absent = found.says(For.PRESENT), found.says(For.ABSENT)
    if bool(present) == bool(absent):
        return NotUnderstood(also), ("neither of the two, or both",), 0.0
    before = found.shape.words[: min((item.place for item in absent), default=0)]
    if found.shape.words[:3] == ("no", "it", "is"):
        before = before[1:]
    if not found.grammar.negators.isdisjoint(before):  # "no me, it's for another body", half heard
        return NotUnderstood(also), ("a denial may have been of the other",), 0.0
    status = Status.PRESENT if present else Status.ABSENT
    return Answered(status, in_words=True, also=also), ("one of the two",), 100.0


BY_KIND: Mapping[Kind, Callable[[Answer], Outcome]] = {
    Kind.YES_NO: _yes_no,
    Kind.ONSET: _onset,
    Kind.READBACK: _readback,
    Kind.DENIALS: _denials,
    Kind.AGE: read_age,
    Kind.DURATION: read_duration,
    Kind.FREE: _free,
    Kind.OFFER: _offer,
    Kind.MORE: _more,
    Kind.CHOICE: _choice,
}
