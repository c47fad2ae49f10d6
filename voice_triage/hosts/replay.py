"""An interview again from its journal: the same answers must lead to the same end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voice_triage.dialogue import Conclusion, Dialogue, Turn
from voice_triage.errors import InterviewError, JournalError
from voice_triage.handover.summary import Summary
from voice_triage.hosts.captions import in_words
from voice_triage.ports import Captions
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

COMPARED = ("protocol", "asked", "event", "phase", "findings", "said", "conclusion")
"""What must be as it was. The rest follows from it, or explains it."""


@dataclass(frozen=True)
class Replayed:
    """What came of a journal."""

    conclusion: Conclusion | None
    differences: tuple[str, ...]
    """What is not as it was then, a line each; none in the usual case."""
    summary: Summary
    dialogue: Dialogue
    """The one it ended with."""


def replay(
    dialogue_for: Callable[[bool], Dialogue], entries: Sequence[Mapping[str, Any]], captions: Captions
) -> Replayed:
    """Conduct a kept interview once more. Raises JournalError.

    `dialogue_for(weak_ears)` gives the dialogue. `entries` are those of a journal; one with "weak_ears" in it
    tells with which ears the interview went on from there, each other one is the record of a turn.
    """
    dialogue = dialogue_for(False)
    turn: Turn | None = None
    conclusion: Conclusion | None = None
    differences: list[str] = []
    for number, entry in enumerate(entries, 1):
        if "weak_ears" in entry:
            dialogue = dialogue_for(bool(entry["weak_ears"]))
            continue
        try:
            turn = _next(dialogue, turn, entry, captions)
        except (KeyError, TypeError, ValueError, InterviewError) as error:
            raise JournalError(f"entry {number} cannot follow what is before it: {error!r}") from error
        conclusion = turn.conclusion or conclusion
        for text in turn.say:
            captions.say(text)
        differences += [
            f"entry {number}: {name} was {entry.get(name)!r}, is {turn.record.get(name)!r}"
            for name in COMPARED
            if entry.get(name) != turn.record.get(name)
        ]
    if turn is None:
        raise JournalError("there is no interview in it")
    if conclusion is not None:
        captions.concluded(conclusion)
    summary = dialogue.summary(turn.state, conclusion)
    return Replayed(conclusion, tuple(differences), summary, dialogue)


def _next(dialogue: Dialogue, turn: Turn | None, record: Mapping[str, Any], captions: Captions) -> Turn:
    """The turn after what `record` says was heard."""
    if turn is None or "heard" not in record:
        return dialogue.open()
    if record.get("left"):
        return dialogue.stop(turn.state)
    if "failed" in record:
        return dialogue.fail(turn.state, str(record["failed"]))
    hearing = None
    if record["heard"] is not None:
        utterances = tuple(
            Utterance(str(each["text"]), Ear(each["ear"]), each["confidence"]) for each in record["heard"]
        )
        hearing = Hearing(utterances, bool(record["weak"]))
    captions.heard(in_words(hearing))
    return dialogue.hear(turn.state, hearing)
