"""What journals tell a new interview: where an interrupted one stood, and who talked with us before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from voice_triage.dialogue import Dialogue
from voice_triage.errors import JournalError
from voice_triage.hosts.keeping import ENDED
from voice_triage.hosts.replay import DialogueFor, turns
from voice_triage.interview.state import State
from voice_triage.wording.phrasebook import CONTACT_DAYS

RESUMABLE = timedelta(hours=1)
"""How long after its last entry an interview can be gone on with: later, the body may have changed."""
REPEATED = timedelta(days=7)
"""An earlier talk within this time is a repeated contact (protocol section 3, "Repeat callers")."""
Entries = Sequence[Mapping[str, Any]]


class NotResumable(Exception):
    """Why an interrupted interview cannot be gone on with; to be said to the person."""


def is_recent(entries: Entries, now: datetime) -> bool:
    """Its last entry is not older than an hour.

    Nor newer than in an hour: after a power cut a machine without a clock of its own may be behind.
    """
    return abs(now - _time(entries[-1], "at")) <= RESUMABLE


def is_answered(entries: Entries) -> bool:
    """Something was said in it."""
    return any(entry.get("heard") for entry in entries)


def is_ended(entries: Entries) -> bool:
    """It came to its end, and all of it was said."""
    last = next((entry for entry in reversed(entries) if "asked" in entry), {})
    broken_off = last.get("left") or "failed" in last
    said = entries[-1].items() >= ENDED.items() or last.get("conclusion") is None
    return last.get("phase") == "done" and not broken_off and said


def where_it_stood(dialogue: Dialogue, dialogue_for: DialogueFor, entries: Entries, program: str) -> State:
    """The state of an interrupted interview. Raises NotResumable, JournalError.

    It must have been held by this program of this version, with this protocol, in this language.
    """
    for entry in entries:
        held = entry.get("program", program), entry.get("protocol", dialogue.protocol.version)
        if held != (program, dialogue.protocol.version):
            raise NotResumable("it was held with another version")
        if entry.get("language", dialogue.phrasebook.language) != dialogue.phrasebook.language:
            raise NotResumable("it was held in another language")
    state = None
    for played in turns(dialogue_for, entries):
        if played.differences:
            raise NotResumable("its answers would not be understood as they were")
        state = played.standing
    if state is None:
        raise NotResumable("nothing was asked yet")
    return state


def contact_day(entries: Entries, now: datetime) -> str | None:
    """When the person had advice from us, as a key of a prompt; None: not in the last week, or never.

    A talk counts if something was answered and advice was given.
    """
    started = _time(entries[0], "started")
    advised = any(entry.get("conclusion") for entry in entries) and is_answered(entries)
    if not advised or not timedelta() <= now - started <= REPEATED:
        return None
    today = now.date()
    days = (today - started.astimezone(now.tzinfo).date()).days
    weekdays = CONTACT_DAYS[2:9]
    return {0: "today", 1: "yesterday"}.get(days) or (
        "week_ago" if days >= 7 else weekdays[started.weekday()]
    )


def _time(entry: Mapping[str, Any], name: str) -> datetime:
    """Raises JournalError."""
    try:
        return datetime.fromisoformat(entry[name]).astimezone()
    except (KeyError, TypeError, ValueError) as error:
        raise JournalError(f"it does not tell when it was held: {error!r}") from error
