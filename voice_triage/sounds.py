"""Sound as the bytes of a WAV file and back, and whether a sound can hold the words it should.

All in memory: whoever reads or writes the file does that elsewhere.
"""

from __future__ import annotations

import io
import re
import wave

import numpy as np

from voice_triage.errors import RendererError, SoundFileError
from voice_triage.ports import Sound

LETTERS_A_WORD = 5
"""Letters of an average English word, by which speaking rates in words a minute are commonly counted."""


def to_wav(sound: Sound) -> bytes:
    """A mono 16-bit WAV file of `sound`."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples)
    return buffer.getvalue()


def from_wav(data: bytes, name: str) -> Sound:
    """The sound in a mono 16-bit WAV file, whose header must tell its true length.

    `name` is what errors call the file. Raises SoundFileError for another kind of file, and for one that is
    cut short, empty or has something after its end.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate, frames = file.getparams()[:4]
            samples = file.readframes(frames)
    except (wave.Error, EOFError) as error:
        raise SoundFileError(f"{name}: no WAV file that can be read ({error or 'cut short'})") from error
    if (channels, width) != (1, 2):
        raise SoundFileError(f"{name}: {channels} channel(s) of {8 * width} bits; one of 16 bits is wanted")
    if not frames or len(samples) != 2 * frames or int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise SoundFileError(f"{name}: empty or cut short ({len(data)} bytes; its header says otherwise)")
    return Sound(samples, rate)


def speakable(text: str) -> str:
    """`text` without what engines stumble over: control characters cut it off, "[[" begins phoneme codes.

    Raises RendererError if nothing is left that could be spoken.
    """
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f]|\[\[|\]\]", " ", text).split())
    if not re.search(r"[^\W_]", plain):
        raise RendererError(f"there is nothing to speak in {text!r}")
    return plain


def seconds_allowed(text: str) -> float:
    """How long an engine may take to render `text` before it is held to hang."""
    return 2 + 0.02 * len(text)


def check_speech(sound: Sound, text: str, rate: int, engine: str) -> Sound:
    """`sound` itself, if it can be `text` spoken at `rate` words a minute.

    Over many texts from one word to a paragraph, at 80 to 300 words a minute, espeak-ng took 0.8 to 5.4 times
    the letters' own time, and 10 times for a single letter: half to 10 times (and 3 s more) passes.
    Raises RendererError.
    """
    usual = len(re.findall(r"[^\W_]", text)) / LETTERS_A_WORD * 60 / rate
    if not usual / 2 <= sound.seconds <= 3 + 10 * usual:
        made = f"{sound.seconds:.2f} s of sound where about {usual:.1f} s are right"
        raise RendererError(f"{engine} made {made}: {text!r}")
    # -50 dBFS: quieter than the quietest voice at full volume by far; it catches files of zeros.
    if np.abs(np.frombuffer(sound.samples, "<i2").astype(np.int32)).max() < 100:
        raise RendererError(f"{engine} made only silence of {text!r}")
    return sound
