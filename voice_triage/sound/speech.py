"""What can be spoken, and whether a sound can hold the words that it should."""

from __future__ import annotations

import re

import numpy as np

from voice_triage.errors import RendererError
from voice_triage.ports import Sound

LETTERS_A_WORD = 5
"""Letters of an average English word, by which speaking rates in words a minute are commonly counted."""


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
