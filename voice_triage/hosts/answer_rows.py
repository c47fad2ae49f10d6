"""Rows of a measuring set for answers: what was said to which question, and how it has to be read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from voice_triage.interview.events import Request

READINGS = ("present", "absent", "unsure", "none")
"""What an answer to a yes-or-no question can be read as; "none": nothing can be made of it."""
INTERRUPT = "interrupt:"
"""Begins the label of an answer that has to be read as a danger: "interrupt:chest"."""
HALF_HEARD = "half_heard:"
"""Begins the reading of an answer that may tell of a danger, and is asked about: "half_heard:chest"."""
LABELS = (*READINGS, *(request.value for request in Request))


def _known(label: str) -> str:
    if label in LABELS or (label.startswith(INTERRUPT) and label != INTERRUPT):
        return label
    raise ValueError(f"{label!r} is no label; known are {', '.join(LABELS)} and {INTERRUPT}NAME")


def _ordered(value: float | tuple[float, float] | None) -> float | tuple[float, float] | None:
    if isinstance(value, tuple) and value[0] > value[1]:
        raise ValueError(f"{list(value)} is no range: write [least, most]")
    return value


Name = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
Value = Annotated[float | tuple[float, float] | None, AfterValidator(_ordered)]


class AnswerRow(BaseModel):
    """One answer. It is judged by each of `label`, `kind` with `value`, and `findings` that it has."""

    model_config = ConfigDict(frozen=True)

    id: Name
    question: str | None = None
    """Id or code of a question or follow-up ("C1", "saddle_numbness.new"); None: any that wants yes or no.
    Its words, where a set has them as `asked`, are not looked at: the interview knows its questions by id."""
    text: str
    """What was said; "" is silence."""
    label: Annotated[str, AfterValidator(_known)] | None = None
    old: bool = False
    """The symptom is there, long-standing and unchanged: "present" is right."""
    kind: Literal["age", "duration_days", "onset_days_ago", "temperature_c", "weight_kg_lost"] | None = None
    value: Value = None
    """In the unit of `kind`: a number, the least and the most it may be, or None: there is none to find."""
    findings: dict[str, Literal["present", "absent", "unsure"]] | None = None
    """Question -> what free speech says of it."""

    @model_validator(mode="after")
    def _can_be_judged(self) -> AnswerRow:
        if self.expected is None and self.kind is None and self.findings is None:
            raise ValueError("has neither a label, nor a kind and value, nor findings")
        if self.kind is not None and "value" not in self.model_fields_set:
            raise ValueError(f"has the kind {self.kind} and no value; write null where there is none to find")
        return self

    @property
    def expected(self) -> str | None:
        """The label, mended for what is old."""
        return "present" if self.old else self.label

    @property
    def name(self) -> str:
        """Under what the row is counted."""
        return self.expected or self.kind or "findings"

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least and the most that the value may be."""
        return self.value if self.value is None or isinstance(self.value, tuple) else (self.value, self.value)
