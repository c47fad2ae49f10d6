"""A loudspeaker that is a WAV file: a whole conversation on one tape."""

from __future__ import annotations

from pathlib import Path

from voice_triage.errors import PlayerError
from voice_triage.ports import Finished, Post, Sound
from voice_triage.sound.samples import resampled
from voice_triage.sound.wav import to_wav

RATE = 22_050
"""Hz: espeak-ng's own, so that most of what is recorded stays as it was made."""


class FilePlayer:
    """Port Player: takes any sound in no time. The file is written by `close`."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self._tape = bytearray()
        self._post: Post = lambda happening: None

    def start(self, post: Post) -> None:
        """Look whether the file can be written. Raises PlayerError."""
        self._post = post
        self._write(b"")

    def play(self, sound: Sound) -> None:
        """Put `sound` at the end of the tape."""
        self.record(sound)
        self._post(Finished())

    def record(self, sound: Sound, pause: float = 0.0) -> None:
        """Put somebody else's `sound` at the end of the tape, `pause` seconds after what is there."""
        self._tape += b"\0\0" * round(pause * RATE)
        self._tape += resampled(sound, RATE).samples

    @property
    def seconds(self) -> float:
        """Length of the tape."""
        return len(self._tape) / 2 / RATE

    def stop(self) -> None:
        """Nothing is ever still to come."""

    @property
    def playing(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """Write the file. Raises PlayerError."""
        self._write(to_wav(Sound(bytes(self._tape), RATE)))

    def _write(self, data: bytes) -> None:
        try:
            self._path.write_bytes(data)
        except OSError as error:
            raise PlayerError(f"{self._path}: cannot be written: {error.strerror}") from error
