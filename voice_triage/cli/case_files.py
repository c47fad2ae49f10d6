"""Files of written patients and of voices: JSON Lines, or YAML for those written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from voice_triage.cli.exits import UsageError
from voice_triage.cli.measuring_files import MOST_SHOWN, read_rows, says
from voice_triage.content.reading import Document, Plain, read
from voice_triage.errors import ContentError, Problem
from voice_triage.hosts.case_voices import Voice
from voice_triage.hosts.patient_cases import Answers, PatientCase
from voice_triage.protocol.model import Protocol

_YAML = frozenset({".yaml", ".yml"})
_Row = TypeVar("_Row", bound=BaseModel)


class CaseTimes(BaseModel, frozen=True, extra="forbid"):
    """Since when the people of cases that lie elsewhere have it, for voices to tell."""

    times: dict[str, Answers]
    """Id of a case -> see `PatientCase.times`."""


def read_cases(files: Sequence[Path], protocol: Protocol) -> list[PatientCase]:
    """Every case of every file, JSON Lines or YAML. Raises UsageError with file and line."""
    cases: list[PatientCase] = []
    for file in files:
        cases += _yaml_cases(file, protocol) if file.suffix in _YAML else read_rows([file], PatientCase)
    doubles = {case.id for case in cases if sum(other.id == case.id for other in cases) > 1}
    if doubles:
        raise UsageError(f"{files[0]}: cases with the same id: {', '.join(sorted(doubles))}")
    return cases


def read_voices(places: Sequence[Path]) -> tuple[list[Voice], dict[str, Answers]]:
    """The voices of these files or folders, and the times of cases. Raises UsageError."""
    voices: list[Voice] = []
    times: dict[str, Answers] = {}
    for file in _files(places):
        document = _read(file)
        if isinstance(document.value, dict) and "times" in document.value:
            times |= _validated(CaseTimes, document.value, file, (), document.line).times
        else:
            voices.append(_validated(Voice, document.value, file, (), document.line))
    names = [voice.voice for voice in voices]
    if len(set(names)) < len(names):
        raise UsageError(f"two voices have the same name: {', '.join(sorted(names))}")
    return voices, times


def check_codes(voices: Sequence[Voice], protocol: Protocol) -> None:
    """Raises UsageError if a voice speaks of a question that is not there."""
    codes = {question.code for question in protocol.questions}
    for voice in voices:
        told = {*voice.present, *voice.unsure}
        told |= {key.split()[0].partition(".")[0] for words in voice.cases.values() for key in words}
        if unknown := sorted(told - codes - {"opener", "when"}):
            raise UsageError(f"voice {voice.voice!r}: there is no question {', '.join(unknown)}")


def _files(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if not place.is_dir():
            yield place
        elif files := sorted(place.glob("*.yaml")):
            yield from files
        else:
            raise UsageError(f"{place}: holds no .yaml files")


def _read(file: Path) -> Document:
    try:
        return read(file)
    except ContentError as error:
        raise UsageError(str(error)) from error


def _yaml_cases(file: Path, protocol: Protocol) -> list[PatientCase]:
    """`cases`, and in `all` what they have in common. What is not among the facts of a case is not there."""
    document = _read(file)
    value = document.value
    if not isinstance(value, dict) or set(value) - {"all", "cases"}:
        raise UsageError(f"{file}:1: must hold `cases`, and may hold `all`, and nothing else")
    common, rows = value.get("all", {}), value.get("cases")
    if not isinstance(common, dict) or not isinstance(rows, list) or not rows:
        raise UsageError(f"{file}:1: `all` must be a mapping, and `cases` a list of them")
    known = {question.id for question in protocol.questions}
    cases = []
    for i, row in enumerate(rows):
        if not isinstance(row, dict) or (unknown := sorted(set(_mapping(row, "facts")) - known)):
            what = f"no such questions: {', '.join(unknown)}" if isinstance(row, dict) else "is no case"
            raise UsageError(str(document.problem(("cases", i), what)))
        nothing = {"facts": dict.fromkeys(sorted(known), "no")}
        case = _joined(_joined(nothing, common), row)
        case["attributes"] = {key: _typed(told) for key, told in _mapping(case, "attributes").items()}
        cases.append(_validated(PatientCase, case, file, ("cases", i), document.line))
    return cases


def _joined(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both, of mappings within them too; `above` wins."""
    joined = {**below, **above}
    for key in joined:
        if isinstance(above.get(key), dict):
            joined[key] = _mapping(below, key) | above[key]
    return joined


def _mapping(of: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def _typed(value: Plain) -> Any:
    """YAML is read as text: "true", "false" and numbers become so."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _validated(model: type[_Row], value: Any, file: Path, at: tuple[Any, ...], line: Any) -> _Row:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        told = [
            str(Problem(str(file), line((*at, *each["loc"])), says(each["loc"], each["type"], each["msg"])))
            for each in error.errors()
        ]
        raise UsageError("\n".join(told[:MOST_SHOWN])) from error
