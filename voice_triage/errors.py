"""Every error the program raises on purpose, each because someone catches it.

VoiceTriageError
├── ContentError        a file under intents/ is wrong; carries every problem found, with file and line
├── InterviewError      an event or state the interview cannot take: a mistake of the host
├── EngineError         an engine or device failed; the message says what to do about it
│   ├── EngineMissing     a package, program or model is not installed
│   ├── MicrophoneError   no usable input device
│   ├── PlayerError       no usable output device
│   ├── RendererError     text could not be made into sound
│   └── RecognizerError   sound could not be made into text
├── ModelError          a recogniser's model could not be fetched, or is damaged
├── SoundFileError      a WAV file is not what it should be; names the file
├── JournalError        a record of an interview cannot be written or read; names file and line
└── ReportError         a report cannot be written; names the place, or what has to be installed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class VoiceTriageError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with one file."""

    file: str
    line: int
    """1-based; 0 when the whole file is meant."""
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class ContentError(VoiceTriageError):
    """Files under intents/ are wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class InterviewError(VoiceTriageError):
    """The host gave an event that this state of the interview cannot take."""


class EngineError(VoiceTriageError):
    """An engine or a device failed."""


class EngineMissing(EngineError):
    """A package, program or model is not installed."""


class MicrophoneError(EngineError):
    """There is no usable input device."""


class PlayerError(EngineError):
    """There is no usable output device."""


class RendererError(EngineError):
    """A text could not be made into sound."""


class RecognizerError(EngineError):
    """A sound could not be made into text."""


class ModelError(VoiceTriageError):
    """A recogniser's model could not be fetched, or is damaged."""


class SoundFileError(VoiceTriageError):
    """A WAV file is not what it should be."""


class JournalError(VoiceTriageError):
    """A record of an interview cannot be written or read."""


class ReportError(VoiceTriageError):
    """A report of an interview cannot be written."""
