"""One ear's words as an event, by the manner of what was asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import (
    Answered,
    Endangered,
    Event,
    NotUnderstood,
    Request,
    Requested,
    Said,
)
from voice_triage.protocol.status import Status
from voice_triage.understanding.answer import Answer
from voice_triage.understanding.clauses import Shape, shape
from voice_triage.understanding.cleaning import Words
from voice_triage.understanding.dangers import dangers
from voice_triage.understanding.evidence import Evidence, For, Found
from voice_triage.understanding.fragments import as_heard, only_part_of_it
from voice_triage.understanding.gathering import gather
from voice_triage.understanding.hearing import Ear, Utterance
from voice_triage.understanding.interpretation import Interpretation
from voice_triage.understanding.lexicon import Lexicon, Phrases
from voice_triage.understanding.outcomes import BY_KIND
from voice_triage.understanding.request_words import asking_by_words
from voice_triage.understanding.requests import ALONE, Asking, asking
from voice_triage.understanding.second_opinion import with_second_opinion
from voice_triage.understanding.topics import about, aside, remarked
from voice_triage.understanding.volunteering import volunteered
from voice_triage.understanding.weighing import Reading, weigh

_HESITATING = frozenset({Request.HELP, Request.WAIT, Request.SKIP})
"""Beside a finding these are no more than a sigh; the interview goes on with the finding."""


_PLAIN, _SHORT = 1, 3
"""Words of an answer that needs no second reader; of one in which it may not find what the rules do not."""
_PACE = frozenset({Request.SLOWER, Request.FASTER, Request.LOUDER, Request.QUIETER, Request.SKIP})
"""Their words may be an answer: "slowly", to whether it came all at once."""


_ABOUT_NONE = frozenset({Kind.FREE, Kind.DENIALS, Kind.OFFER, Kind.MORE})
"""What is put in these manners asks for no finding of its own."""


@dataclass(frozen=True)
class Heard:
    """What one ear's words came to."""

    ear: Ear
    meant: Interpretation
    unknown: bool
    """It also heard something that is no word."""
    whole_request: bool
    """A request and nothing else."""


def heard(
    utterance: Utterance, words: Words, asked: Asked, lexicon: Lexicon, for_other: bool = False
) -> Heard:
    """Reads one ear's words, cleaned up. `for_other`: the person speaks for somebody else."""
    may_agree = asked.kind in (Kind.OFFER, Kind.MORE, Kind.YES_NO)
    if not words.words and may_agree and _polite_yes(words, asked, lexicon):
        yes = Interpretation(Answered(Status.PRESENT), (*words.why, "polite words that agree"), 100.0)
        return Heard(utterance.ear, yes, words.unknown, False)
    if not words.words:
        return Heard(
            utterance.ear, Interpretation(NotUnderstood(), (*words.why, "no words in it"), 0.0),
            words.unknown, False,
        )  # fmt: skip
    form = shape(words, lexicon, for_other or asked.kind is Kind.CHOICE)
    base = asked.fact.partition(".")[0]
    fact = asked.fact if asked.fact in lexicon.questions else base
    own = None if asked.kind in _ABOUT_NONE else lexicon.questions.get(fact)
    anything = not asked.fact and asked.kind is Kind.YES_NO
    found = gather(form, own, lexicon, repeated=asked.kind is Kind.READBACK, anything=anything)
    also, doubts = volunteered(found, lexicon, asked.kind is Kind.FREE)
    endangered = dangers(form, base, lexicon)
    if endangered:
        names = tuple(f'"{text}" is a danger: {name}' for name, text in endangered)
        more = tuple(Said(f"interrupt.{name}", Status.PRESENT) for name, _ in endangered[1:])
        danger = Endangered(endangered[0][0], also=(*_own(asked, found), *also, *more))
        return Heard(utterance.ear, Interpretation(danger, (*words.why, *names), 100.0), words.unknown, False)
    reading = weigh(found, own)
    if reading.status is None and own is not None and asked.kind is Kind.YES_NO:
        found, reading = _by_sound(form, own, lexicon) or (found, reading)
    if reading.status in (Status.ABSENT, None) and (heard_as := _sounds_like_a_sign(found, own, lexicon)):
        reading = Reading(None, why=(*reading.why, f'"{heard_as}" sounds like a sign'), turned=True)
    if own is not None and asked.kind is Kind.YES_NO and len(form.words) > _PLAIN:
        told = _told_about(form, own) if len(form.words) > _SHORT else 0
        opinion = lexicon.second_opinion(fact, form.words)
        reading = with_second_opinion(reading, opinion, told, not any(found.unexplained))
    part = only_part_of_it(found)
    reading = as_heard(reading, found, part, typed=utterance.ear is Ear.TYPED)
    request = asking(form, lexicon)
    answer = Answer(asked, base, words, found, own, reading, also, request, lexicon)
    if (said := aside(form, answer)) is not None:
        meant = Interpretation(said, (*words.why, about(said)), 100.0)
        return Heard(utterance.ear, meant, words.unknown, True)
    asked_for = None if request is None else _request(request, answer)
    if request is not None and asked_for is not None:
        why = (*words.why, f'"{request.words}" asks for {request.request.value}')
        return Heard(utterance.ear, Interpretation(asked_for, why, 100.0), words.unknown, request.whole)
    event, reasons, score = BY_KIND[asked.kind](answer)
    if part is not None:
        event, reasons = _not_denied(event, asked), (*reasons, part)
    if isinstance(event, NotUnderstood) and not also and (remark := remarked(form, lexicon)) is not None:
        meant = Interpretation(remark, (*words.why, about(remark)), 100.0)
        return Heard(utterance.ear, meant, words.unknown, True)
    wanted = asking_by_words(form, lexicon) if isinstance(event, NotUnderstood) and not also else None
    if wanted is not None:
        why = (*words.why, f'"{wanted.words}" asks, word by word, for {wanted.request.value}')
        return Heard(utterance.ear, Interpretation(Requested(wanted.request), why, 80.0), words.unknown, True)
    return Heard(
        utterance.ear,
        Interpretation(
            event,
            (*words.why, *found.why, *doubts, *reasons),
            score,
            reading.margin if asked.kind is Kind.YES_NO else None,
        ),
        words.unknown,
        False,
    )


def _not_denied(event: Event, asked: Asked) -> Event:
    """What a "no" that may be a part of something else leaves: nothing, or a worry where worries are told."""
    if not isinstance(event, Answered) or event.status is not Status.ABSENT:
        return event
    if asked.kind is Kind.ONSET and event.in_words:
        return event
    if asked.kind is Kind.FREE:
        return replace(event, status=Status.PRESENT, sure=False)
    return NotUnderstood(event.also)


def _told_about(form: Shape, own: Phrases) -> int:
    """How many words that matter there are in an answer that speaks of what was asked; 0: it does not."""
    words = form.content.words
    return 0 if own.words.isdisjoint(words) else len(words)


def _by_sound(form: Shape, own: Phrases, lexicon: Lexicon) -> tuple[Found, Reading] | None:
    """The finding, if words that sound like its own make it out; it is read back. Never a no."""
    found = gather(form, own, lexicon, by_sound=True)
    reading = weigh(found, own)
    mended = [item for item in found.says(For.PRESENT) if not item.sure]
    if reading.status is not Status.PRESENT or not mended:
        return None
    return found, replace(reading, sure=False)


def _sounds_like_a_sign(found: Found, own: Phrases | None, lexicon: Lexicon) -> str | None:
    """A word that means nothing to us, and may be one by which the finding is told: "crowing" for "groin"."""
    if own is None:
        return None
    words = (word for clause in found.unexplained for word in clause)
    return next((w for w in words if lexicon.sound_alikes.get(w, frozenset()) & own.signs), None)


def _polite_yes(words: Words, asked: Asked, lexicon: Lexicon) -> bool:
    """Nothing is left of the answer but politeness that agrees, where it may be an answer: "please"."""
    return not {*words.left_out.split()}.isdisjoint(lexicon.grammar(asked))


def _own(asked: Asked, found: Found) -> tuple[Said, ...]:
    """What was asked is there as well, in so many words."""
    there = asked.kind is Kind.YES_NO and found.says(For.PRESENT)
    return (Said(asked.fact, Status.PRESENT),) if there else ()


def _answers(request: Asking, answer: Answer) -> bool:
    """What sounds like a request is, word for word, a phrase of the question asked."""
    skip = answer.lexicon.grammar_words.skip
    matter = [word for word in request.words.split() if word not in skip]
    said = [
        item.words.split() for item in answer.found.evidence if item.own and not item.why.endswith("denied")
    ]
    return request.request in _PACE and matter in [[w for w in words if w not in skip] for words in said]


def _told(answer: Answer) -> bool:
    """Anything was said for the finding, or of it."""
    return bool(answer.also) or any(
        e.own or e.says not in (For.NO, For.WEAK_NO) for e in answer.found.evidence
    )


def _part_of_it(request: Asking, present: tuple[Evidence, ...]) -> bool:
    """The words of the request are told of the finding: "it takes me forever to finish now"."""
    words = set(request.words.split())
    return any(not item.short and words & set(item.words.split()[1:]) for item in present)


def _names_the_trouble(request: Asking, answer: Answer) -> bool:
    """ "Back", to what the trouble is."""
    free = answer.asked.kind is Kind.FREE
    return free and request.request is Request.BACK and len(answer.words.words) == 1


def _request(request: Asking, answer: Answer) -> Event | None:
    """A request that is the whole utterance, or stands beside a finding that was put into words."""
    present = answer.found.says(For.PRESENT)
    own = answer.reading.status is Status.PRESENT and bool(present)
    if own and request.request in ALONE:
        return None  # "go on", to whether to go on
    if (
        _answers(request, answer)
        or _names_the_trouble(request, answer)
        or (not request.whole and _part_of_it(request, present))
    ):
        return None
    if answer.asked.kind in (Kind.AGE, Kind.DURATION) and not request.whole:
        return None  # "fifty eight, why does that matter?"
    if request.whole and answer.asked.kind is Kind.OFFER and request.request is Request.SKIP:
        return Answered(Status.ABSENT)
    if request.whole and not own:
        if answer.asked.kind is Kind.OFFER and request.request is Request.REPEAT:
            return Answered(Status.PRESENT)
        return Requested(request.request)
    if not answer.found.evidence and not answer.also and not request.whole:
        # And why: "say that again, I was on the phone".
        again = answer.asked.kind is Kind.OFFER and request.request is Request.REPEAT
        return Answered(Status.PRESENT) if again else Requested(request.request)
    if request.request is Request.SKIP and not request.whole and not _told(answer):
        return Requested(Request.SKIP)  # "not that one, go to the next": unanswered, and no "no"
    if request.request is Request.WHY and not answer.also and all(e.short for e in answer.found.evidence):
        return Requested(Request.WHY)  # "why do you ask about my private parts"
    if not request.plain:
        return None
    if (request.request in _HESITATING and own) or not (own or answer.also):
        return None
    if answer.asked.kind is Kind.FREE:
        return None
    mine = (Said(answer.base, Status.PRESENT),) if own else ()
    return Requested(request.request, also=(*mine, *answer.also))
