"""An interview again from its journal: the same answers must lead to the same end, or to where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voice_triage.dialogue import FROM_NOTHING, Conclusion, Dialogue, Turn
from voice_triage.errors import InterviewError, JournalError
from voice_triage.handover.summary import Summary
from voice_triage.hosts.captions import in_words
from voice_triage.interview.events import Begin
from voice_triage.interview.state import Phase, State
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


DialogueFor = Callable[[bool], Dialogue]
"""Gives the dialogue; True: for weak ears."""


@dataclass(frozen=True)
class Played:
    """One turn of a kept interview, once more."""

    turn: Turn
    hearing: Hearing | None
    """What was heard before it; None at the beginning and where nobody spoke."""
    opening: bool
    """It begins the interview, or goes on after a break."""
    differences: tuple[str, ...]
    """What is not as it was then, a line each."""
    standing: State
    """Where the interview stands after it: where it would be gone on with."""
    dialogue: Dialogue
    """The one that conducted it."""


def replay(dialogue_for: DialogueFor, entries: Sequence[Mapping[str, Any]], captions: Captions) -> Replayed:
    """Conduct a kept interview once more. Raises JournalError."""
    conclusion: Conclusion | None = None
    differences: list[str] = []
    for played in turns(dialogue_for, entries):
        if not played.opening:
            captions.heard(in_words(played.hearing))
        for text in played.turn.say:
            captions.say(text)
        conclusion = played.turn.conclusion or conclusion
        differences += played.differences
    if conclusion is not None:
        captions.concluded(conclusion)
    summary = played.dialogue.summary(played.turn.state, conclusion)
    return Replayed(conclusion, tuple(differences), summary, played.dialogue)


def turns(dialogue_for: DialogueFor, entries: Sequence[Mapping[str, Any]]) -> Iterator[Played]:
    """The turns of a kept interview, each once more. Raises JournalError.

    `entries` are those of a journal. One with "program" in it tells how the interview went on from there:
    with which ears, what was known of earlier talks, and whether it was "resumed" where it stood. One with
    "recognizer" alone tells of a change of ears, one with "ended" that all was said; each other one is the
    record of a turn.
    """
    dialogue, begin = dialogue_for(False), FROM_NOTHING
    played: Played | None = None
    for number, entry in enumerate(entries, 1):
        try:
            if "weak_ears" in entry:
                dialogue = dialogue_for(bool(entry["weak_ears"]))
            if "program" in entry:
                stopped = played.standing if played is not None and entry.get("resumed") else None
                begin = Begin(stopped, tuple(map(str, entry.get("contacts", ()))))
            if "asked" not in entry:
                continue
            played = _play(dialogue, begin, played, entry, number)
        except (KeyError, TypeError, ValueError, InterviewError) as error:
            raise JournalError(f"entry {number} cannot follow what is before it: {error!r}") from error
        yield played
    if played is None:
        raise JournalError("there is no interview in it")


def _play(
    dialogue: Dialogue, begin: Begin, before: Played | None, record: Mapping[str, Any], number: int
) -> Played:
    """The turn after what `record` says was heard."""
    opening = before is None or "heard" not in record
    hearing = None
    left = bool(record.get("left")) or "failed" in record
    if before is None or opening:
        turn = dialogue.open(begin)
    elif record.get("left"):
        turn = dialogue.stop(before.turn.state)
    elif left:
        turn = dialogue.fail(before.turn.state, str(record["failed"]))
    else:
        hearing = _hearing(record)
        turn = dialogue.hear(before.turn.state, hearing)
    done = turn.state.phase is Phase.DONE
    standing = turn.state
    if before is not None and done and (left or turn.conclusion is not None):
        # The interview was broken off, or ended with advice of which nobody knows whether it was heard.
        standing = (before.turn.state.stopped or before.turn.state)._replace(concluded=turn.state.concluded)
    return Played(
        turn=turn,
        hearing=hearing,
        opening=opening,
        differences=tuple(
            f"entry {number}: {name} was {record.get(name)!r}, is {turn.record.get(name)!r}"
            for name in COMPARED
            if record.get(name) != turn.record.get(name)
        ),
        standing=standing.stopped or standing,
        dialogue=dialogue,
    )


def _hearing(record: Mapping[str, Any]) -> Hearing | None:
    if record["heard"] is None:
        return None
    utterances = tuple(
        Utterance(str(each["text"]), Ear(each["ear"]), each["confidence"]) for each in record["heard"]
    )
    return Hearing(utterances, bool(record["weak"]), bool(record.get("doubtful")))
