"""Reads and writes WAV files."""

from __future__ import annotations

from pathlib import Path

from voice_triage.errors import SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.wav import from_wav, to_wav


def read_wav(path: Path) -> Sound:
    """The sound of a WAV file of 16-bit samples; of several channels the loudest.

    Raises SoundFileError, which names the file and what is wrong with it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SoundFileError(f"{path}: cannot be read: {error.strerror}") from error
    return from_wav(data, str(path))


def write_wav(path: Path, sound: Sound) -> None:
    """Write a mono 16-bit WAV file. Raises SoundFileError."""
    try:
        path.write_bytes(to_wav(sound))
    except OSError as error:
        raise SoundFileError(f"{path}: cannot be written: {error.strerror}") from error
