"""A few answers to a question, made of its own phrases and read by the understanding itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voice_triage.content.listing import Listing
from voice_triage.content.reading import read
from voice_triage.interview.effects import Asked
from voice_triage.interview.events import Answered
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon, Sense

_MOST = 3
_SENSES = {
    Status.PRESENT: (Sense.PRESENT, Sense.PRESENT_IF_ASKED),
    Status.ABSENT: (Sense.ABSENT, Sense.ABSENT_IF_ASKED),
}
_BRACKETS = frozenset("()[]<>|;")


@dataclass(frozen=True)
class ExampleAnswers:
    """Answers that say that the finding is there, and that it is not."""

    present: tuple[str, ...]
    absent: tuple[str, ...]


def example_answers(home: Path, asked: Asked, lexicon: Lexicon, for_other: bool = False) -> ExampleAnswers:
    """Up to three answers each; none where no phrase of the question by itself is surely read so.

    `home` is intents/<language>. What the small grammar lists comes first; where that says nothing of one
    side, the phrases that are plain words. Raises ContentError where the file is broken.
    """
    listing = Listing(read(home / f"{asked.fact}.yaml"), [])
    kept = _Kept(asked, lexicon, for_other)
    for text in lexicon.questions[asked.fact].grammar if asked.fact in lexicon.questions else ():
        kept.add(text, kept.missing())
    for status in kept.silent():
        for text in _plain(listing, _SENSES[status]):
            kept.add(text, kept.missing() & {status})
    return ExampleAnswers(tuple(kept.by_status[Status.PRESENT]), tuple(kept.by_status[Status.ABSENT]))


class _Kept:
    """The answers found so far, by what they are read as."""

    def __init__(self, asked: Asked, lexicon: Lexicon, for_other: bool) -> None:
        self._asked, self._lexicon, self._for_other = asked, lexicon, for_other
        self.by_status: dict[Status, list[str]] = {status: [] for status in _SENSES}

    def missing(self) -> frozenset[Status]:
        """What there are not yet enough answers of."""
        return frozenset(status for status, texts in self.by_status.items() if len(texts) < _MOST)

    def silent(self) -> tuple[Status, ...]:
        """What there is no answer of at all."""
        return tuple(status for status, texts in self.by_status.items() if not texts)

    def add(self, text: str, wanted: frozenset[Status]) -> None:
        """Keeps an answer if it is surely read as one of these."""
        if not wanted:
            return
        match interpret(Hearing.typed(text), self._asked, self._lexicon, self._for_other).event:
            case Answered(status, sure=True) if status in wanted and text not in self.by_status[status]:
                self.by_status[status].append(text)


def _plain(listing: Listing, senses: tuple[Sense, ...]) -> Iterator[str]:
    """The phrases of these senses that stand for one sentence only."""
    for sense in senses:
        place = ("phrases", sense.value)
        if listing.at(place) is not None:
            yield from (text for text, _ in listing.lines(place) if not _BRACKETS & set(text))
