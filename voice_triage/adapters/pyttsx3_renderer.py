"""Makes text into sound with pyttsx3, in one short-lived child process for each text."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from voice_triage.errors import EngineMissing, RendererError, SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.speech import check_speech, seconds_allowed, speakable
from voice_triage.sound.wav import from_whole_wav

CHILD = "voice_triage.adapters.pyttsx3_child"
NO_SERVER = {"PULSE_SERVER": "unix:/nonexistent"}
"""espeak's library looks for a sound server although it only writes a file, and hangs where that one does."""
MISSING, NO_VOICE = 3, 4
"""Exit codes of the child."""
SLOWEST, FASTEST = 80, 300
"""Words a minute that espeak-ng follows; beyond them we speak at the nearest rather than not at all."""


class Pyttsx3Renderer:
    """A Renderer over whatever speech engine the system has: espeak-ng on Linux."""

    def __init__(self, voice: str = "en-gb", pitch: int | None = None) -> None:
        """`voice` speaks where render() is given "": a language ("en-us"), or a voice's id or name.

        `pitch`: 0 to 99, for espeak-ng; None is the voice's own.
        """
        self.voice = voice
        self._pitch = pitch
        self.name = f"pyttsx3 ({voice})" if pitch is None else f"pyttsx3 ({voice}, pitch {pitch})"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer. Takes at most 2 s and 0.02 s a character.

        Raises RendererError; EngineMissing if the system has no speech engine that pyttsx3 can use.
        """
        plain = speakable(text)
        pace = min(max(rate, SLOWEST), FASTEST)
        try:
            with tempfile.TemporaryDirectory(prefix="voice-triage-") as folder:
                path = Path(folder, "speech.wav")
                self._run_child(plain, path, voice or self.voice, pace)
                data = path.read_bytes()
            return check_speech(from_whole_wav(data, "pyttsx3's output"), plain, pace, "pyttsx3")
        except (OSError, SoundFileError) as error:
            raise RendererError(f"pyttsx3 gave no usable sound: {error}") from error

    @property
    def _pitched(self) -> tuple[str, ...]:
        return () if self._pitch is None else (str(self._pitch),)

    def _run_child(self, text: str, path: Path, voice: str, rate: int) -> None:
        limit = seconds_allowed(text)
        try:
            child = subprocess.run(
                # -P: a file named pyttsx3.py in the current folder must not be taken for the package.
                [sys.executable, "-P", "-m", CHILD, str(path), voice, str(rate), *self._pitched],
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=limit,
                env=os.environ | NO_SERVER,
                check=False,
                start_new_session=True,  # Ctrl-C in the terminal is for us, not for the child
            )
        except subprocess.TimeoutExpired as error:
            raise RendererError(f"pyttsx3 was stopped: not ready after {limit:.1f} s") from error
        lines = child.stderr.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
        if child.returncode == MISSING:
            raise EngineMissing(
                f"pyttsx3 finds no speech engine ({lines[-1]}); install espeak-ng, "
                "for instance with: sudo apt-get install espeak-ng"
            )
        if child.returncode == NO_VOICE:
            raise RendererError(f"pyttsx3 has {lines[-1]}; espeak-ng --voices lists those there are")
        if child.returncode != 0:
            raise RendererError(f"pyttsx3 failed with exit code {child.returncode}: {lines[-1]}")
