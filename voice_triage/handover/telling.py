"""The summary in sentences, in the order in which staff hand over: situation, background, assessment, and
recommendation (SBAR, as the NHS and the Joint Commission teach it), worst first.

It has to be heard to its end: at most `MOST_WORDS`. What does not fit is counted, never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from voice_triage.handover.summary import Row, Summary
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency
from voice_triage.wording.phrasebook import Phrasebook

MOST_WORDS = 145
"""What a voice says in a little less than a minute at 150 words a minute."""
MOST_CHARACTERS = 850
"""What a code of 58 mm holds so coarsely that a phone reads it from paper."""
_UNSAYABLE = re.compile(r"[^\w\s',.…-]+|_|(?<=\.)\s*\.")
"""What own words may hold that no voice should meet: marks, signs, pictures."""


@dataclass(frozen=True)
class Told:
    """The sentences of each part."""

    situation: tuple[str, ...]
    background: tuple[str, ...]
    assessment: tuple[str, ...]
    recommendation: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them, in order."""
        return self.situation + self.background + self.assessment + self.recommendation


@dataclass(frozen=True)
class _Room:
    """How much is told."""

    quotes: int
    """Findings whose words are said."""
    words: int
    """Words of each."""
    names: int
    """Findings named in one list."""


_ROOMS = (
    _Room(5, 14, 12), _Room(4, 12, 8), _Room(3, 10, 6), _Room(2, 9, 4), _Room(1, 8, 3), _Room(1, 6, 2),
    _Room(0, 5, 1),
)  # fmt: skip
"""From all to as little as must be said; the first that fits in the time is taken."""


def tell(summary: Summary, book: Phrasebook) -> Told:
    """The summary as sentences to be spoken, and shown, and scanned."""
    told = _Telling(summary, book, _ROOMS[0]).all()
    for room in _ROOMS[1:]:
        said = " ".join(told.sentences)
        if len(said.split()) <= MOST_WORDS and len(said) <= MOST_CHARACTERS:
            break
        told = _Telling(summary, book, room).all()
    return told


def own_words(text: str, most: int) -> str:
    """The person's own words as a voice can say them, at most `most` of them, "…" where more was said."""
    words = _UNSAYABLE.sub(" ", text).replace(".", " ").split()
    kept = [word if len(word) <= 20 else word[:20] + "…" for word in words[:most]]
    return " ".join(kept) + (" …" if len(words) > most else "")


class _Telling:
    def __init__(self, summary: Summary, book: Phrasebook, room: _Room) -> None:
        self._summary = summary
        self._book = book
        self._room = room
        present = tuple(summary.findings(Status.PRESENT))
        self._history = tuple(row for row in present if row.background)
        self._present = tuple(row for row in present if not row.background)
        opener = {word for row in summary.rows if row.id == "opener" for word in row.words}
        quoted = (row for row in self._present if set(row.telling) - opener)
        self._quoted = tuple(quoted)[: room.quotes]
        self._opener = opener

    def all(self) -> Told:
        return Told(
            tuple(self._situation()),
            tuple(self._background()),
            tuple(self._assessment()),
            tuple(self._recommendation()),
        )

    def _situation(self) -> Iterator[str]:
        worst = self._present[:3] or self._history[:3]
        if worst:
            yield from self._say("situation", list=self._listed(map(self._named, worst)))
        else:
            yield from self._say("situation_open")
        for _, words in self._summary.dangers[:1]:
            yield from self._say("danger", words=self._own(words))
        if self._summary.for_other:
            yield from self._say("other")
        if self._summary.ended_early:
            yield from self._say("ended_early")

    def _background(self) -> Iterator[str]:
        yield from self._measure(self._summary.row("age"), "age", str)
        yield from self._measure(self._summary.row("course"), "lasted", self._book.duration)
        for words in list(self._opener)[:1]:
            yield from self._say("opener", words=own_words(words, self._room.words * 2))
        if self._history:
            yield from self._say("history", list=self._names(self._history))

    def _measure(self, row: Row, key: str, named: Callable[[int], str]) -> Iterator[str]:
        """A number where one was told; else what was said of it; else that it is not known."""
        if row.number is not None and row.number[0] == row.number[1]:
            yield from self._say(key, number=named(row.number[0]))
        elif row.status is Status.PRESENT and row.telling:
            yield from self._say(f"{key}_words", words=self._own(row.telling[-1]))
        else:
            yield from self._say(f"{key}_open")

    def _assessment(self) -> Iterator[str]:
        for row in self._quoted:
            telling = next(words for words in row.telling if words not in self._opener)
            yield from self._say("quoted", finding=row.name, words=self._own(telling))
        named = {row.id for row in (*self._present[:3], *self._quoted)}
        rest = tuple(row for row in self._present if row.id not in named)
        for key, rows in (
            ("told", rest),
            ("unsure", tuple(self._summary.findings(Status.UNSURE))),
            ("unanswered", tuple(self._summary.findings(Status.UNANSWERED))),
            ("denied", tuple(self._summary.findings(Status.ABSENT))),
        ):
            if rows:
                yield from self._say(key, list=self._names(rows))

    def _recommendation(self) -> Iterator[str]:
        outcome = self._summary.outcome
        emergency = outcome.urgency is Urgency.EMERGENCY and outcome.mode is not None
        yield from self._say(outcome.mode.value if emergency and outcome.mode else outcome.urgency.id)
        yield from self._say("limits")

    # -- pieces

    def _named(self, row: Row) -> str:
        """ "numbness down below, new or worse" """
        if row.new is None or row.new is Status.NOT_ASKED:
            return row.name
        piece = {Status.PRESENT: "new", Status.ABSENT: "not_new"}.get(row.new, "maybe_new")
        return self._book.handover.pieces[piece].format(finding=row.name)

    def _names(self, rows: Sequence[Row]) -> str:
        return self._listed([row.name for row in rows], self._room.names)

    def _listed(self, names: Iterable[str], most: int = 3) -> str:
        names = list(names)
        if len(names) > most + 1:
            more = self._book.handover.pieces["more"].format(count=len(names) - most)
            names = [*names[:most], more]
        return self._book.listed(names)

    def _own(self, words: str) -> str:
        return own_words(words, self._room.words)

    def _say(self, key: str, **slots: str) -> Iterator[str]:
        yield self._book.text_of(self._book.handover.texts[key], slots)
