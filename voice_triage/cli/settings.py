"""What somebody has settled once for all in a file, as if it were given by flags each time."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import platformdirs

from voice_triage.cli.voice_flags import PITCH, RATE, VOLUME, seconds

SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "region": str,
    "microphone": str,
    "speaker": str,
    "voice": str,
    "voice-server": str,
    "rate": RATE,
    "volume": VOLUME,
    "pitch": PITCH,
    "lead": seconds,
    "device-patience": seconds,
}
"""Name, which is that of the flag, and how its value is read."""


class SettingsError(Exception):
    """The file cannot be used; the message names it, and the line."""


def settings_file() -> Path:
    """Where it is: "settings.toml" in the user's folder for settings. It need not be there."""
    return Path(platformdirs.user_config_dir("voice-triage", appauthor=False), "settings.toml")


def read_settings(path: Path) -> dict[str, str]:
    """Name and value of each setting; none without a file. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
        held = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    for name, value in held.items():
        if name not in SETTINGS:
            raise SettingsError(f"{_place(path, text, name)}: there is no setting {name!r}; {_known()}")
        if isinstance(value, bool | dict | list):
            raise SettingsError(f"{_place(path, text, name)}: {name} is to be a number or a text in quotes")
        try:
            SETTINGS[name](str(value))
        except argparse.ArgumentTypeError as error:
            raise SettingsError(f"{_place(path, text, name)}: {name}: {error}") from error
    return {name: str(value) for name, value in held.items()}


def as_flags(settings: Mapping[str, str], parser: argparse.ArgumentParser) -> list[str]:
    """Those of the settings that a command knows, as flags to be put before those that were given."""
    known = parser._option_string_actions
    return [f"--{name}={value}" for name, value in settings.items() if f"--{name}" in known]


def _known() -> str:
    return f"there are: {', '.join(SETTINGS)}"


def _place(path: Path, text: str, name: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"""\s*["']?\[?{re.escape(name)}\b""", line):
            return f"{path}:{number}"
    return str(path)
