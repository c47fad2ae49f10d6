"""A danger that no phrase knows, but that a reader taught by examples hears: it is asked about.

Frightened people do not speak in phrases ("something's gushed down my legs and I'm not due till Christmas").
The reader (`finding_reader`, with dangers for labels) never acts by itself: one question is put, and a clear
"no" ends it (`interview.alarming`). It does not listen to ears that make up words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Endangered, Event, Requested, Said, Told
from voice_triage.protocol.status import Status
from voice_triage.understanding.cleaning import Words
from voice_triage.understanding.interpretation import Interpretation
from voice_triage.understanding.lexicon import Lexicon

_LIKELY = 0.4
"""So likely it is asked about (docs/understanding.md, "The reader of dangers")."""
_MORE_LIKELY = 0.8
"""The same where the words were understood: an answer told in words, or a request."""
_TOLD = 3
"""Words, for anything to be made of them."""


def or_half_heard(
    meant: Interpretation, heard: Sequence[Words], asked: Asked, lexicon: Lexicon
) -> Interpretation:
    """What was meant, or the danger that may have been told. `heard`: by ears not bound to phrases."""
    reader = lexicon.danger_reader
    if reader is None or isinstance(meant.event, Endangered) or _settled(meant.event, asked):
        return meant
    limit = _MORE_LIKELY if _understood(meant.event) else _LIKELY
    for each in heard:
        chances = reader.chances(each.words) if len(each.words) >= _TOLD else {}
        danger = max(reader.facts, key=lambda name: chances.get(name, 0.0), default="")
        if chances.get(danger, 0.0) < limit or _nothing_new(danger, meant.event, asked, lexicon):
            continue
        why = f"may tell of a danger: {danger} {100 * chances[danger]:.0f} %"
        event = Endangered(danger, (*_own(meant.event, asked), *_also(meant.event)), otherwise=meant.event)
        return replace(meant, event=event, why=(*meant.why, why))
    return meant


def _understood(event: Event) -> bool:
    return isinstance(event, Requested) or (isinstance(event, Answered) and event.in_words and event.sure)


def _settled(event: Event, asked: Asked) -> bool:
    """An answer to the very question whether there is danger."""
    return asked.fact.startswith("interrupt.") and isinstance(event, Answered)


def _nothing_new(danger: str, event: Event, asked: Asked, lexicon: Lexicon) -> bool:
    """It was asked about, or told, in other words; or another danger that was asked about was confirmed."""
    base = asked.fact.partition(".")[0]
    asking = {name for phrases in lexicon.dangers if phrases.fact == danger for name in phrases.asked_by}
    told = isinstance(event, Told) and any(said.fact in asking and said.sure for said in event.also)
    confirmed = isinstance(event, Answered) and event.status is Status.PRESENT
    return base in asking or told or (confirmed and any(base in each.asked_by for each in lexicon.dangers))


def _own(event: Event, asked: Asked) -> tuple[Said, ...]:
    """What was asked is there as well, in so many words."""
    told = isinstance(event, Answered) and event.status is Status.PRESENT and _understood(event)
    return (Said(asked.fact, Status.PRESENT),) if told and asked.kind is Kind.YES_NO else ()


def _also(event: Event) -> tuple[Said, ...]:
    return getattr(event, "also", ())
