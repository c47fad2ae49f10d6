"""A state as plain data and back: to be kept, sent to another host, resumed.

Facts are written by name, with the version of the protocol they belong to; a state of another version is
refused, since its questions may have meant something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from voice_triage.errors import InterviewError
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.state import Doubt, Phase, State
from voice_triage.interview.uttered import Uttered
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status

_PLAIN = (
    "in_words", "misses", "silences", "denials_read", "repeats", "topic", "told", "speed", "volume",
    "unhurried", "waiting",
)  # fmt: skip


def to_plain(state: State, protocol: Protocol) -> dict[str, Any]:
    """The state as data that JSON can hold."""
    return {
        "protocol": protocol.version,
        "phase": state.phase.value,
        "findings": protocol.facts.names_of(state.findings),
        "asked": _asked_plain(state.asked) if state.asked else None,
        "done": sorted(state.done),
        "queue": list(state.queue),
        "wanted": sorted(state.wanted),
        "claims": [list(claim) for claim in state.claims],
        "follow_ups_put": sorted(state.follow_ups_put),
        "doubt": state.doubt.value,
        "measured": list(state.measured) if state.measured else None,
        "concluded": None if state.concluded is None else list(state.concluded),
        "trail": list(state.trail),
        "account": [_plain_uttered(uttered) for uttered in state.account],
        "contacts": list(state.contacts),
        "stopped": None if state.stopped is None else to_plain(state.stopped, protocol),
        "left": [state.left[0].value, *_asked_plain(state.left[1])] if state.left else None,
        "garbled": state.garbled,
        **{name: getattr(state, name) for name in _PLAIN},
    }


def from_plain(plain: Mapping[str, Any], protocol: Protocol) -> State:
    """The inverse of `to_plain`. Raises InterviewError for another version or damaged data."""
    if plain.get("protocol") != protocol.version:
        raise InterviewError(
            f"this state belongs to protocol {plain.get('protocol')!r}; this one is {protocol.version!r}"
        )
    try:
        return State(
            phase=Phase(plain["phase"]),
            findings=protocol.facts.from_names(plain["findings"]),
            asked=_asked(plain["asked"]) if plain["asked"] else None,
            done=frozenset(plain["done"]),
            queue=tuple(plain["queue"]),
            wanted=frozenset(plain.get("wanted", ())),  # states stored before there was such a thing
            claims=tuple((str(fact), bool(sure)) for fact, sure in plain["claims"]),
            follow_ups_put=frozenset(plain["follow_ups_put"]),
            doubt=Doubt(plain["doubt"]),
            measured=(int(plain["measured"][0]), int(plain["measured"][1])) if plain["measured"] else None,
            concluded=None if plain["concluded"] is None else tuple(plain["concluded"]),
            trail=tuple(plain["trail"]),
            account=tuple(map(_uttered, plain["account"])),
            contacts=tuple(plain["contacts"]),
            stopped=None if plain["stopped"] is None else from_plain(plain["stopped"], protocol),
            left=(Phase(plain["left"][0]), _asked(plain["left"][1:])) if plain["left"] else None,
            garbled=int(plain.get("garbled", 0)),  # likewise
            **{name: plain[name] for name in _PLAIN},
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InterviewError(f"the stored state is damaged: {error!r}") from error


def _plain_uttered(uttered: Uttered) -> dict[str, Any]:
    return {
        **uttered._asdict(),
        "status": None if uttered.status is None else uttered.status.name.lower(),
        "put": None if uttered.put is None else uttered.put.value,
        "number": None if uttered.number is None else list(uttered.number),
    }


def _uttered(plain: Mapping[str, Any]) -> Uttered:
    return Uttered(
        fact=str(plain["fact"]),
        words=str(plain["words"]),
        status=None if plain["status"] is None else Status[plain["status"].upper()],
        in_words=bool(plain["in_words"]),
        put=None if plain["put"] is None else Kind(plain["put"]),
        number=None if plain["number"] is None else (int(plain["number"][0]), int(plain["number"][1])),
    )


def _asked_plain(asked: Asked) -> list[str]:
    return [asked.fact, asked.kind.value]


def _asked(plain: Sequence[str]) -> Asked:
    return Asked(plain[0], Kind(plain[1]))
