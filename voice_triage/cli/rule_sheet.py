"""All there is to know of the rules with one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voice_triage.content.protocol_index import ProtocolIndex, RuleEntry
from voice_triage.dialogue import Dialogue
from voice_triage.protocol.urgency import Mode, Urgency


@dataclass(frozen=True)
class RuleSheet:
    """Rules that share a name: when each fires, and what is said then."""

    entries: tuple[RuleEntry, ...]
    index: ProtocolIndex
    dialogue: Dialogue

    def lines(self) -> Iterator[str]:
        """For people."""
        several = len(self.entries) > 1
        for i, entry in enumerate(self.entries):
            if i:
                yield ""
            rule = entry.rule
            urgency = f"{rule.urgency.id}, {rule.mode.value}" if rule.mode else rule.urgency.id
            yield f"rule {rule.id}{f', {i + 1} of {len(self.entries)}' if several else ''}: {urgency}"
            yield "fires if"
            yield from self.index.teller.told(entry.when).outline("  ")
            yield "looks at"
            for name in entry.questions:
                yield f"  {self.index.protocol.question(name).code} {name}"
            yield f"says ({rule.advice}, region {self.dialogue.phrasebook.region.id})"
            yield f"  {self._advice(entry, rule.advice)}"
            if (calling := self._calling(entry)) is not None:
                yield f"says if an ambulance must be called ({calling})"
                yield f"  {self._advice(entry, calling)}"
            yield "sources"
            for key in rule.sources:
                yield f"  {key}: {self.index.source(key)}"

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {"id": self.entries[0].rule.id, "cases": [self._case(entry) for entry in self.entries]}

    def _case(self, entry: RuleEntry) -> dict[str, Any]:
        rule, calling = entry.rule, self._calling(entry)
        return {
            "urgency": rule.urgency.id,
            "mode": rule.mode.value if rule.mode else None,
            "when": self.index.teller.told(entry.when).inline(),
            "questions": list(entry.questions),
            "advice": rule.advice,
            "spoken": self._advice(entry, rule.advice),
            "spoken_if_called": self._advice(entry, calling) if calling else None,
            "sources": {key: self.index.source(key) for key in rule.sources},
        }

    def _calling(self, entry: RuleEntry) -> str | None:
        """The advice that is spoken instead to somebody who cannot go."""
        return self.index.protocol.call_texts.get(entry.rule.advice) if entry.rule.mode is Mode.GO else None

    def _advice(self, entry: RuleEntry, key: str) -> str:
        """The advice as a voice says it, and after it, below emergency, what to watch for."""
        book, rule = self.dialogue.phrasebook, entry.rule
        slots = {
            "told": "(what was told)",
            "unsure": "(what stayed open)",
            "reasons": book.reason((rule.id,)),
        }
        text = book.text_of(book.advice[key], slots)
        if rule.urgency is not Urgency.EMERGENCY:
            text = f"{text} {book.text_of(book.safety_net)}"
        return book.spoken(" ".join(text.split()))
