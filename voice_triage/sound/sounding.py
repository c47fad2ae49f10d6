"""A sound on its way out, block by block."""

from __future__ import annotations

import time

import numpy as np

from voice_triage.sound.samples import Samples


class Sounding:
    """A sound on its way out."""

    def __init__(self, samples: Samples, fade: int) -> None:
        self._samples = samples
        self._fade = fade
        self._at = 0
        self.ran_out: float | None = None
        """When its last sample was handed to PortAudio, in seconds of time.monotonic()."""
        self.unheard = ""
        """Why nobody heard it, where that is known."""

    def fill(self, out: Samples) -> bool:
        """Write its next samples into `out`, which is all zeros. True once, when they are the last ones."""
        part = self._samples[self._at : self._at + len(out)]
        out[: len(part)] = part
        self._at += len(part)
        if self._at < len(self._samples) or self.ran_out is not None:
            return False
        self.ran_out = time.monotonic()
        return True

    def fade_out(self, out: Samples) -> None:
        """Write its next samples into `out`, growing silent."""
        part = self._samples[self._at : self._at + min(len(out), self._fade)]
        out[: len(part)] = part * np.linspace(1, 0, len(part))
