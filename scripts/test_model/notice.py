"""The NOTICE.md that lies in the model's folder: what it is, who spoke, and how well it hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from string import Template

from .measure import ANSWERS, NOISE_CLIPS, SENTENCES_A_VOICE, Rates

TEMPLATE = Path(__file__).parent / "notice_template.md"


@dataclass(frozen=True)
class Making:
    """What went into the model."""

    command: str
    made_on: date
    phrases: int
    words: int
    parameters: int
    clips: int
    hours: float


def notice(making: Making, rates: Sequence[Rates], noise: Mapping[str, float]) -> str:
    """The whole text of NOTICE.md."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        asdict(making),
        hours=f"{making.hours:.1f}",
        answers=sum(map(len, ANSWERS.values())),
        sentences=SENTENCES_A_VOICE,
        table=_table(rates),
        noise_clips=NOISE_CLIPS,
        noise=", ".join(f"{part:.0%} with {search}" for search, part in noise.items()),
    )


def _table(rates: Sequence[Rates]) -> str:
    lines = [
        "| voice | trained on | answer exact | right kind | wrong kind | phrase exact | words wrong |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for rate in rates:
        numbers = (
            rate.answers_exact,
            rate.answers_right_kind,
            rate.answers_wrong_kind,
            rate.sentences_exact,
            rate.words_wrong,
        )
        shown = " | ".join(f"{number:.0%}" for number in numbers)
        lines.append(f"| {rate.voice} | {'yes' if rate.trained else 'no'} | {shown} |")
    return "\n".join(lines)
