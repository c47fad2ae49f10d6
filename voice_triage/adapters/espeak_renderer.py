"""Makes text into sound with the espeak-ng command."""

from __future__ import annotations

import struct
import subprocess

from voice_triage.errors import EngineMissing, RendererError
from voice_triage.ports import Sound
from voice_triage.sound.speech import check_speech, seconds_allowed, speakable

COMMAND = "espeak-ng"
SLOWEST, FASTEST = 80, 300
"""Words a minute that espeak-ng follows; beyond them we speak at the nearest rather than not at all."""
HEADER = struct.Struct("<4s4x4s4s4xHHI6xH4s4x")
"""Of the WAV that espeak-ng streams: 44 bytes, with lengths that are not true, as it cannot know them yet."""


class EspeakRenderer:
    """A Renderer over `espeak-ng --stdout`: no file is written, so that it works with a full disk."""

    def __init__(self, voice: str = "en-gb", pitch: int | None = None) -> None:
        """`voice` speaks where render() is given "": a language of `espeak-ng --voices`, as "en-us".

        `pitch`: 0 to 99; None is the voice's own.
        """
        self.voice = voice
        self._pitch = pitch
        self.name = f"espeak-ng ({voice})" if pitch is None else f"espeak-ng ({voice}, pitch {pitch})"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer. Takes at most 2 s and 0.02 s a character.

        Raises RendererError; EngineMissing if there is no espeak-ng command.
        """
        plain = speakable(text)
        pace = min(max(rate, SLOWEST), FASTEST)
        output = self._run(plain, voice or self.voice, pace)
        return check_speech(_streamed(output), plain, pace, COMMAND)

    def _run(self, text: str, voice: str, rate: int) -> bytes:
        limit = seconds_allowed(text)
        manner = ["-v", voice, "-s", str(rate), *(() if self._pitch is None else ("-p", str(self._pitch)))]
        try:
            done = subprocess.run(
                [COMMAND, "--stdin", "--stdout", "-b", "1", *manner],  # -b 1: UTF-8
                input=text.encode("utf-8", "replace"),
                capture_output=True,
                timeout=limit,
                check=False,
                start_new_session=True,  # Ctrl-C in the terminal is for us, not for the child
            )
        except subprocess.TimeoutExpired as error:
            raise RendererError(f"{COMMAND} was stopped: not ready after {limit:.1f} s") from error
        except (FileNotFoundError, PermissionError) as error:
            raise EngineMissing(
                "the espeak-ng command is missing; install espeak-ng, "
                "for instance with: sudo apt-get install espeak-ng"
            ) from error
        except OSError as error:
            raise RendererError(f"{COMMAND} could not be started: {error}") from error
        if done.returncode != 0:
            why = done.stderr.decode("utf-8", "replace").strip() or "it said nothing"
            raise RendererError(f"{COMMAND} failed with exit code {done.returncode}: {why}")
        return done.stdout


def _streamed(data: bytes) -> Sound:
    """The sound after a streamed WAV header, up to the end of the data. Raises RendererError."""
    try:
        riff, kind, fmt, coding, channels, rate, bits, chunk = HEADER.unpack_from(data)
    except struct.error as error:
        raise RendererError(f"{COMMAND} gave no sound") from error
    if (riff, kind, fmt, coding, channels, bits, chunk) != (b"RIFF", b"WAVE", b"fmt ", 1, 1, 16, b"data"):
        raise RendererError(f"{COMMAND} gave something else than a mono 16-bit WAV")
    return Sound(data[HEADER.size : len(data) - len(data) % 2], rate)
