"""One turn as a journal keeps it: what was heard, how it was read and why, what it led to, by ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voice_triage.interview.effects import Conclude, Effect, Remind, Say
from voice_triage.interview.events import Event
from voice_triage.interview.state import State
from voice_triage.protocol.findings import Facts
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpretation import Interpretation


def heard_and_read(hearing: Hearing, read: Interpretation) -> dict[str, Any]:
    """What each ear heard, and what was made of it."""
    return {
        "heard": [
            {"ear": utterance.ear.value, "text": utterance.text, "confidence": utterance.confidence}
            for utterance in hearing.utterances
        ],
        "weak": hearing.weak,
        **({"doubtful": True} if hearing.doubtful else {}),
        "event": _plain(read.event),
        "score": read.score,
        "why": list(read.why),
    }


def stepped(
    before: State, after: State, effects: tuple[Effect, ...], facts: Facts, heard: Mapping[str, Any]
) -> dict[str, Any]:
    """What was asked, what was `heard`, and where that led."""
    return {
        "asked": f"{before.asked.fact}:{before.asked.kind.value}" if before.asked else None,
        **heard,
        "phase": after.phase.value,
        "findings": facts.names_of(after.findings),
        "said": [name for effect in effects if (name := _name(effect))],
        "conclusion": next((_concluded(effect) for effect in effects if isinstance(effect, Conclude)), None),
    }


def _concluded(effect: Conclude) -> dict[str, Any]:
    return {
        "urgency": effect.urgency.id,
        "mode": effect.mode.value if effect.mode else None,
        "rules": list(effect.rules),
    }


def _name(effect: Effect) -> str:
    """A prompt, or a part of the advice, as it stands in the journal."""
    match effect:
        case Say(prompt):
            return prompt
        case Remind(part):
            return f"advice.{part.value}"
    return ""


def _plain(event: Event) -> dict[str, Any]:
    """An event as data: {"is": "Answered", "status": "present", "in_words": True, ...}"""
    plain: dict[str, Any] = {"is": type(event).__name__}
    for name, value in vars(event).items():
        match value:
            case Status():
                plain[name] = value.name.lower()
            case tuple():
                plain[name] = [
                    {"fact": said.fact, "status": said.status.name.lower(), "sure": said.sure}
                    for said in value
                ]
            case _ if isinstance(value, Event):  # what it means if it is no danger
                plain[name] = _plain(value)
            case None:
                pass
            case _:
                plain[name] = value
    return plain
