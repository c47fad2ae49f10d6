"""The shape of the files under intents/: one model a kind of file, every problem reported with its line."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from voice_triage.content.reading import Document
from voice_triage.errors import ContentError


def _a_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"there is no day {text}") from error
    return text


def compiled(text: Any) -> re.Pattern[str]:
    """The pattern of a text. Raises ValueError, with what is wrong."""
    try:
        return re.compile(str(text))
    except re.error as error:
        raise ValueError(f"is not a pattern: {error}") from error


Flag = Annotated[bool, BeforeValidator(lambda text: {"true": True, "false": False}.get(text, text))]
Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Names = list[Name]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_a_day)]
"""2026-11-21"""
Hyphenated = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
Pattern = Annotated[re.Pattern[str], BeforeValidator(compiled)]
AdvicePartName = Literal["shorter", "say_there", "why", "changes"]
When = str | dict[str, Any]
UrgencyName = Literal["self_care", "routine", "soon", "same_day", "emergency"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FollowUpFile(_Strict):
    """A follow-up in a question file."""

    id: Name
    kind: Literal["yes_no", "onset"] = "yes_no"
    when: When | None = None


class RuleFile(_Strict):
    """A rule, in a question file or in protocol.yaml."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    urgency: UrgencyName
    advice: Name
    when: When
    sources: Annotated[list[Text], Field(min_length=1)]
    mode: Literal["call", "go"] | None = None


class ChaseFile(_Strict):
    """Questions pulled forward by a status of this one."""

    present: Names = []
    unsure: Names = []
    unanswered: Names = []


class QuestionFile(_Strict):
    """intents/questions/<id>.yaml"""

    id: Name
    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]*[a-z]?$")]
    finding: Text
    suspects: Text
    answer: Literal["yes_no", "age", "duration", "free", "choice"] = "yes_no"
    confirm: Flag = False
    careful: Flag = False
    denial: Flag = False
    check: Flag = False
    reask: Flag = True
    counts: Flag = True
    always: Flag = True
    noted: Flag = False
    ears: Literal["any", "strong", "weak"] = "any"
    ask_when: When | None = None
    gate: When | None = None
    volunteered: Flag = False
    follow_ups: list[FollowUpFile] = []
    facts: Names = []
    chase: ChaseFile = ChaseFile()
    rules: list[RuleFile] = []
    sources: list[Text] = []


class ProtocolFile(_Strict):
    """intents/protocol.yaml"""

    id: Text
    version: Text
    ask: Annotated[Names, Field(min_length=1)]
    help: Name
    proxy: Name
    away: Name
    child_when: When
    repeat: Name
    repeated: Text
    interrupts: Names
    groups: dict[Name, Names]
    danger_questions: dict[Name, Names] = {}
    danger_tells: dict[Name, Names] = {}
    terms: dict[Name, When] = {}
    most_questions: Annotated[str, Field(pattern=r"^[1-9][0-9]*$")]
    end_when: When | None = None
    call_when: When
    call_texts: dict[Name, Name] = {}
    rules: list[RuleFile]
    advice_order: Names


class WordingFile(_Strict):
    """intents/<language>/<id>.yaml"""

    id: Name
    question: Text
    second: Text
    why: Text
    check: str = ""
    readback: str = ""
    claim: str = ""
    over: str = ""
    noted: str = ""
    heard: str = ""
    topic: str = ""
    denied: str = ""
    follow_ups: dict[Name, Text] = {}
    phrases: Any = None


class AdviceFile(_Strict):
    """intents/<language>/_advice.yaml"""

    texts: dict[Name, Text]
    reasons: dict[str, Text]
    safety_net: Text
    told_nothing: Text
    unsure_nothing: Text
    parts: dict[AdvicePartName, Annotated[list[Pattern], Field(min_length=1)]]


class TopicFile(_Strict):
    """intents/<language>/topics/<id>.yaml"""

    id: Hyphenated
    title: Text
    parts: Annotated[list[Text], Field(min_length=2, max_length=4)]
    asked_as: Text
    beside: str = ""
    names: Names = []
    in_emergency: Flag = False
    statements: Annotated[list[Text], Field(min_length=1)]
    sources: list[Text] = []


class AskingFile(_Strict):
    """intents/<language>/_topics.yaml"""

    opening: Text
    common: Text


class RemarkFile(_Strict):
    """One entry of intents/<language>/_remarks.yaml"""

    said_as: Text
    during: Text
    after: Text
    statements: list[Text] = []


class NeverSaidFile(_Strict):
    """One entry of intents/<language>/_never_said.yaml"""

    pattern: Pattern
    because: Text
    corrects: list[Text] = []
    such_as: Annotated[list[Text], Field(min_length=2)]
    but_not: Annotated[list[Text], Field(min_length=1)]
    as_written: Flag = False

    def forbids(self, text: str) -> bool:
        """The text holds it."""
        return self.pattern.search(text.lower()) is not None


class PersonFile(_Strict):
    """Somebody who shows that a statement acts, in intents/statements.yaml"""

    told: dict[Text, Text] = {}
    opener: list[Text] = []
    danger: Name | None = None
    comes_to: UrgencyName
    by: list[Text] = []
    hears: Name


Words = Annotated[list[Text], BeforeValidator(lambda said: [said] if isinstance(said, str) else said)]


class CoverFile(_Strict):
    """What covers a statement, or tells its correction: names of things -> words of them."""

    topics: dict[Hyphenated, Words] = {}
    asked: dict[Name, Words] = {}
    said: dict[Text, Words] = {}
    remarks: dict[Hyphenated, Words] = {}
    people: list[PersonFile] = []


class StatementFile(CoverFile):
    """An entry S1, S2 ... of intents/statements.yaml"""

    says: Text
    held_by: list[Literal["reading_grade", "never_said"]] = []
    corrected: list[Text] = []


class CorrectionFile(CoverFile):
    """An entry X1, X2 ... of intents/statements.yaml"""

    wrong: Text
    instead: Text


class SummaryFile(_Strict):
    """intents/<language>/_summary.yaml"""

    texts: dict[Name, Text]
    new: Text
    not_new: Text
    maybe_new: Text
    more: Text
    names: dict[Name, Text]
    background: Text
    no_findings: Text
    page: dict[Name, Text]


class NameFile(_Strict):
    """A name in intents/<language>/_readability.yaml that counts as a simple word."""

    name: Text
    counts_as: Text
    because: Text


class ReadabilityFile(_Strict):
    """intents/<language>/_readability.yaml"""

    typical: dict[Name, Text]
    names: list[NameFile]


class DenialFile(_Strict):
    """One entry of intents/<language>/_denials.yaml"""

    of: Names
    say: Text


class RegionFile(_Strict):
    """intents/regions/<id>.yaml"""

    id: Name
    name: Text
    locales: list[Text]
    voice: Text
    checked: Day | None = None
    sources: Annotated[list[Text], Field(min_length=1)]
    words: dict[Name, Text]
    say_as: dict[str, Text] = {}


class SourceFile(_Strict):
    """One entry of intents/sources.yaml"""

    title: Text
    edition: Text


_Model = TypeVar("_Model", bound=BaseModel)


def parse(
    model: type[_Model], document: Document, value: Any = None, at: tuple[str | int, ...] = ()
) -> _Model:
    """A document, or a part of it at `at`, as the model. Raises ContentError with every problem in it."""
    try:
        return model.model_validate(document.value if value is None else value)
    except ValidationError as error:
        raise ContentError(
            [document.problem((*at, *_place(e["loc"])), _says(e)) for e in error.errors()]
        ) from error


def _place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(part for part in loc if part not in ("[key]", "str", "dict[str,any]"))


def _says(error: Any) -> str:
    name = ".".join(str(part) for part in _place(error["loc"])) or "the file"
    match error["type"]:
        case "missing":
            return f"{name} is missing"
        case "extra_forbidden":
            return f"{name} is not a key that is known here"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"
