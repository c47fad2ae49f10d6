"""Cases of a measuring set: one person each, with what they say and how soon they must be seen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from voice_triage.protocol.urgency import Mode, Urgency

TierName = Literal["self_care", "routine", "soon", "same_day", "emergency"]
Answers = dict[str, str]
_ONES = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


class PlainWords(BaseModel):
    """Several plain ways of one person to say the same; each is used in turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    yes: Annotated[list[str], Field(min_length=1)]
    no: Annotated[list[str], Field(min_length=1)]
    unsure: Annotated[list[str], Field(min_length=1)]
    right: Annotated[list[str], Field(min_length=1)]
    """To "is that right?", if it is."""
    wrong: Annotated[list[str], Field(min_length=1)]


class PatientCase(BaseModel):
    """One person. Answers are keyed by codes of questions ("C1"), facts by their ids.

    The answer to a follow-up has the key "C6.worse".
    """

    model_config = ConfigDict(frozen=True)

    id: str
    age: float
    """Years."""
    facts: dict[str, str]
    """Question id -> "no", "yes" (or "yes_..."); anything else: it is not known."""
    attributes: dict[str, Any] = {}
    """What follow-ups ask for: sudden, worse, severe, <code>_old, <code>_<part> ("N2_numb"); weeks."""
    gold_tier: TierName
    acceptable_tiers: Annotated[list[TierName], Field(min_length=1)]
    gold_mode: Mode | None = None
    opener: str
    """What they say first; "" anywhere is silence."""
    answers: Answers
    """To the first wording."""
    clarifiers: Answers = {}
    """To the second wording and the checking question."""
    preliminary: Answers = {}
    """To the questions before the opener."""
    when: str = ""
    """To "since when?"."""
    readback_yes: str
    readback_no: str
    plain: PlainWords | None = None
    """For whatever the case has no words of its own for; None: plain yes and no, and it is told of."""
    why: str = ""
    """Where it is written how soon they must be seen."""
    times: Answers = {}
    """For voices that put it in their own words: "began" ("since yesterday"), "since" ("two days"),
    "course" ("worse", "same", "better")."""

    @property
    def gold(self) -> Urgency:
        """How urgent it is."""
        return Urgency[self.gold_tier.upper()]

    @property
    def acceptable(self) -> tuple[Urgency, ...]:
        """What is right too, the least urgent first."""
        return tuple(sorted(Urgency[tier.upper()] for tier in self.acceptable_tiers))

    def fact(self, question: str) -> bool | None:
        """The finding is there, is not there, or (None) is not known."""
        told = self.facts.get(question, "unknown")
        if told.startswith("yes"):
            return True
        return False if told == "no" else None


def spoken_age(age: float) -> str:
    """Years in words: 41 -> "forty-one", 0 to 199."""
    years = int(age)
    if years >= 100:
        rest = years - 100
        return "a hundred" + (f" and {spoken_age(rest)}" if rest else "")
    if years < len(_ONES):
        return _ONES[years]
    return _TENS[years // 10] + (f"-{_ONES[years % 10]}" if years % 10 else "")
