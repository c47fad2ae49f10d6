"""What every form of a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from voice_triage.handover.summary import Row, Summary
from voice_triage.handover.telling import Told
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency
from voice_triage.reporting.cleaning import shown


@dataclass(frozen=True)
class Report:
    """One summary, the words to write it in, and when it was made."""

    summary: Summary
    told: Told
    """The summary in sentences."""
    words: Mapping[str, str]
    """Words of the page, by name (`page` of intents/<language>/_summary.yaml)."""
    when: datetime
    """With its time zone."""
    program: str
    """Version of the program."""

    @property
    def code_text(self) -> str:
        """The summary as plain text with the four headings, as the code on the page holds it."""
        parts = ("situation", "background", "assessment", "recommendation")
        return "\n".join(f"{self.words[part]}: {' '.join(getattr(self.told, part))}" for part in parts)

    @property
    def made(self) -> str:
        """Where and when it was made."""
        return self.words["made"].format(when=f"{self.when:%Y-%m-%d %H:%M %Z}".strip())

    @property
    def urgency(self) -> str:
        """How soon to be seen."""
        return self.words["urgency"].format(urgency=self.words[self.summary.outcome.urgency.id])

    @property
    def is_emergency(self) -> bool:
        """It is one."""
        return self.summary.outcome.urgency is Urgency.EMERGENCY

    @property
    def rules(self) -> str:
        """What the advice rests on."""
        summary = self.summary
        return self.words["rules"].format(
            rules=", ".join(summary.outcome.rules) or "-",
            protocol=summary.protocol,
            region=summary.region,
            program=self.program,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever reads it must know of all of it."""
        names = ["not_asked_means", "heard", *(["weak_ears"] if self.summary.weak_ears else [])]
        return tuple(self.words[name] for name in (*names, "no_examination"))

    def status(self, status: Status) -> str:
        """A status in words."""
        return self.words[status.name.lower()]

    def own(self, row: Row) -> str:
        """In their words: "..." / "..."; empty where nothing was said."""
        said = " / ".join(f"“{shown(words)}”" for words in row.words if shown(words))
        return self.words["words"].format(words=said) if said else ""
