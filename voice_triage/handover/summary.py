"""An interview as it is handed over: all that was asked, answered in the person's words, and advised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency


@dataclass(frozen=True)
class Row:
    """One question or follow-up, and what came of it. Every question of the protocol has one."""

    id: str
    """ "saddle_numbness", or of a follow-up "saddle_numbness.new"."""
    code: str
    """Short name in the protocol, "C1"; empty for a follow-up."""
    question: str
    """As it is asked."""
    name: str
    """The finding in a few words; empty for a follow-up and for what is no finding."""
    answer: Answer
    status: Status
    """NOT_ASKED also where the rules had to take it for unanswered, as the interview ended before it."""
    words: tuple[str, ...] = ()
    """All that the person said of it, in order; nothing is left out that speaks against the status."""
    telling: tuple[str, ...] = ()
    """Those of the words that say the finding itself, not a bare yes or no."""
    number: tuple[int, int] | None = None
    """The least and the most, in years or days, where a number was told and stands."""
    read_back: bool = False
    """The person confirmed it when it was read back."""
    onset: bool = False
    """A follow-up that asks whether it is new."""
    background: bool = False
    """It was so before this pain began."""
    follow_ups: tuple[Row, ...] = ()

    @property
    def touched(self) -> bool:
        """Anything is known of it: it was asked, or something of it was told out of turn."""
        known = self.status is not Status.NOT_ASKED or bool(self.words)
        return known or any(row.touched for row in self.follow_ups)

    @property
    def new(self) -> Status | None:
        """Whether it is new; None where the question has no such follow-up."""
        return next((row.status for row in self.follow_ups if row.onset), None)


@dataclass(frozen=True)
class Outcome:
    """What the interview came to."""

    urgency: Urgency
    mode: Mode | None
    """CALL or GO in an emergency, else None."""
    rules: tuple[str, ...]
    advice: tuple[str, ...]
    """The sentences of advice."""


@dataclass(frozen=True)
class Summary:
    """All of it: an adapter needs nothing else to write it down."""

    protocol: str
    """Version of the protocol."""
    language: str
    region: str
    for_other: bool
    """Somebody else gave the answers."""
    ended_early: bool
    weak_ears: bool
    """Heard with the weaker recogniser."""
    dangers: tuple[tuple[str, str], ...]
    """Dangers spoken of: id of the interrupt and the person's words."""
    rows: tuple[Row, ...]
    """In the order of asking: worst first."""
    outcome: Outcome

    def row(self, name: str) -> Row:
        """The row of a question. Raises KeyError."""
        for row in self.rows:
            if row.id == name:
                return row
        raise KeyError(name)

    def findings(self, *statuses: Status) -> Iterator[Row]:
        """Rows of findings with one of these statuses, worst first."""
        return (row for row in self.rows if row.name and row.status in statuses)
