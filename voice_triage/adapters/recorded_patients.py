"""The recorded patients of the demo: what each says at which question, as text and as sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from voice_triage.errors import SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.wav import from_wav

_PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = "recorded_patients"
"""Folder of the conversations in the installed package."""


@dataclass(frozen=True)
class RecordedPatient:
    """One conversation's worth of answers. Keys are the names of the steps: "saddle_numbness",
    "saddle_numbness.second", "saddle_numbness.new", "readback_yes", "readback_no", "denials_ok"."""

    name: str
    about: str
    """Who it is, in a sentence."""
    region: str
    urgency: str
    """What the interview must come to."""
    mode: str | None
    texts: Mapping[str, str]
    sounds: Mapping[str, Sound]


def find_recordings() -> Path:
    """The folder of conversations: inside the installed package, else beside it in the clone.

    Raises SoundFileError.
    """
    for folder in (_PACKAGE / SHIPPED, _PACKAGE.parent / "audio_fixtures" / "conversations"):
        if folder.is_dir():
            return folder
    raise SoundFileError(f"{_PACKAGE / SHIPPED}: there are no recorded patients; install the package again")


def shipped_patients(folder: Path) -> tuple[str, ...]:
    """Names of the conversations that come with the package."""
    return tuple(path.stem for path in sorted(folder.glob("*.yaml")) if _read(path).get("ships"))


def read_patient(folder: Path, name: str) -> RecordedPatient:
    """One conversation. Raises SoundFileError."""
    path = folder / f"{name}.yaml"
    if not path.is_file():
        there = ", ".join(sorted(each.stem for each in folder.glob("*.yaml")))
        raise SoundFileError(f"{path}: there is no such recorded patient; there are: {there}")
    content = _read(path)
    try:
        texts = {str(key): str(text) for key, text in content["answers"].items()}
        texts |= {f"{key}.second": str(text) for key, text in content.get("second", {}).items()}
        texts |= {str(key): str(text) for key, text in content.get("follow_ups", {}).items()}
        texts |= {
            key: str(content[key]) for key in ("readback_yes", "readback_no", "denials_ok") if key in content
        }
        sounds = {key: _sound(folder / name / f"{key}.wav") for key in texts}
        return RecordedPatient(
            name,
            path.read_text(encoding="utf-8").splitlines()[0].lstrip("# "),
            str(content["region"]),
            str(content["concludes"]["urgency"]),
            content["concludes"]["mode"],
            texts,
            sounds,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SoundFileError(f"{path}: is not a conversation: {error!r}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise SoundFileError(f"{path}: cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise SoundFileError(f"{path}: is not a conversation")
    return content


def _sound(path: Path) -> Sound:
    try:
        return from_wav(path.read_bytes(), str(path))
    except OSError as error:
        raise SoundFileError(f"{path}: cannot be read: {error.strerror}") from error
