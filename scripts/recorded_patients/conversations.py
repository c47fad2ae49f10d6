"""The written conversations: who speaks, in which room, and what is said at which step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

FREE_QUESTIONS = frozenset({"who_for", "opener", "age", "course", "anything_else"})
"""Questions that are not answered by yes or no: a row of theirs is judged by its words."""

WHOLE_ANSWERS = {
    "not at all": "absent",
    "i'm not sure": "unsure",
    "i don't know": "unsure",
    "i can't feel when i wipe": "present",
    "say that again": "repeat",
    "skip": "skip",
    "stop": "stop",
}
FIRST_WORDS = {"yes": "present", "yeah": "present", "no": "absent", "nope": "absent"}


@dataclass(frozen=True)
class Noise:
    """What else is to be heard in the room."""

    kind: str
    snr_db: float
    """Level of the speech (where there is any) above the noise."""


@dataclass(frozen=True)
class Step:
    """One thing the patient says."""

    name: str
    """The WAV file's name without its ending."""
    question: str | None
    """Id of the question it answers; None for follow-ups and read-backs, which need only yes or no."""
    text: str
    label: str | None
    """How the answer must be read; None where the words themselves count."""


@dataclass(frozen=True)
class Conversation:
    """One patient."""

    name: str
    voice: str
    rate: int
    """Words a minute; 170 is a voice's own pace."""
    noise: Noise | None
    ships: bool
    """Goes into the wheel for the demo, and so has to be small."""
    concludes: str
    """Urgency, and the mode of an emergency, such as "emergency go"."""
    steps: tuple[Step, ...]


def label(text: str) -> str:
    """How a yes/no answer must be read. Raises ValueError for words that no rule here knows."""
    known = WHOLE_ANSWERS.get(text) or FIRST_WORDS.get(text.split(maxsplit=1)[0])
    if known is None:
        raise ValueError(f"no label is known for the answer {text!r}; add it to WHOLE_ANSWERS")
    return known


def read_conversation(path: Path) -> Conversation:
    """Read one file. Raises KeyError, TypeError or ValueError naming what is missing or wrong."""
    said = YAML(typ="safe").load(path)
    steps = [_answer(question, question, text) for question, text in said["answers"].items()]
    steps += [
        _answer(f"{question}.second", question, text) for question, text in said.get("second", {}).items()
    ]
    yes_no = dict(said.get("follow_ups", {}))
    yes_no |= {name: said[name] for name in ("readback_yes", "readback_no", "denials_ok") if name in said}
    steps += [Step(name, None, text, label(text)) for name, text in yes_no.items()]
    ending = said["concludes"]
    return Conversation(
        name=path.stem,
        voice=said["voice"],
        rate=int(said["rate"]),
        noise=Noise(said["noise"]["kind"], float(said["noise"]["snr_db"])) if said["noise"] else None,
        ships=bool(said.get("ships", False)),
        concludes=" ".join(filter(None, (ending["urgency"], ending["mode"]))),
        steps=tuple(steps),
    )


def _answer(name: str, question: str, text: str) -> Step:
    return Step(name, question, text, None if question in FREE_QUESTIONS else label(text))
