"""One word for what an event says, to compare with what a test expects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from voice_triage.interview.events import (
    Answered,
    Endangered,
    Event,
    Measured,
    NotUnderstood,
    Requested,
    Told,
)

AGAIN = "asked again"
Hear = Callable[..., Any]
"""hear(question, text, kind): the event that a typed answer becomes."""


def read_as(event: Event) -> str:
    """ "present", "absent", "unsure", "asked again", "repeat", "danger:chest", "age", "told"."""
    match event:
        case Answered(status=status):
            return status.name.lower()
        case NotUnderstood():
            return AGAIN
        case Requested(request=request):
            return request.value
        case Endangered(interrupt=interrupt):
            return f"{'danger' if event.sure else 'half heard'}:{interrupt}"
        case Measured():
            return "age"
        case Told():
            return "told"
    return type(event).__name__


def if_none(event: Event) -> Event:
    """What was meant if a danger that is only asked about is none."""
    return event.otherwise if isinstance(event, Endangered) and event.otherwise is not None else event
