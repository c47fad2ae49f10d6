"""Arithmetic on sound: rates, channels, and the way from a microphone's blocks to frames."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt
import soxr

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Sound

Samples = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]


def resampled(sound: Sound, rate: int) -> Sound:
    """The same sound at `rate` Hz."""
    if sound.rate == rate or not sound.samples:
        return Sound(sound.samples, rate)
    samples = np.frombuffer(sound.samples, "<i2")
    return Sound(soxr.resample(samples, sound.rate, rate, "HQ").astype("<i2").tobytes(), rate)


def one_channel(samples: Samples) -> Samples:
    """The loudest channel of `samples` (length x channels).

    Channels are never averaged: two microphones of opposite phase would cancel each other out.
    """
    power = (samples.astype(np.float64) ** 2).mean(axis=0)
    return np.ascontiguousarray(samples[:, int(power.argmax())])


class ChannelChoice:
    """Decides which channel of a microphone carries the speech.

    Speech comes and goes, hum and hiss stay: the channel wins whose power moves most between the loud and
    the quiet blocks of the last seconds. Another channel must beat the one in use by 6 dB, so that the
    choice does not flutter.
    """

    def __init__(self, channels: int) -> None:
        self.channel = 0
        self._powers: deque[npt.NDArray[np.float64]] = deque(maxlen=_CHOICE_BLOCKS)
        self._channels = channels

    def take(self, block: Samples) -> Samples:
        """The chosen channel of a block (length x channels)."""
        if self._channels > 1 and len(block):
            self._powers.append((block.astype(np.float64) ** 2).mean(axis=0))
            quiet, loud = np.quantile(np.stack(self._powers), (0.1, 0.9), axis=0)
            movement = loud - quiet
            best = int(movement.argmax())
            if movement[best] > 4 * movement[self.channel]:
                self.channel = best
        return block[:, self.channel]


_CHOICE_BLOCKS = 64
"""One and a half to two seconds of blocks of 25 to 30 ms: within one answer the better channel is found."""


class DcBlock:
    """A first-order high-pass at 30 Hz for frames of FRAME_SAMPLES at HEARING_RATE: takes out a constant
    offset and rumble, leaves the voice."""

    def __init__(self) -> None:
        self._mean = 0.0

    def take(self, frame: Floats) -> Floats:
        """The frame without what is slower than 30 Hz."""
        # A one-pole mean in closed form; over 512 samples the powers stay below 430, so nothing is lost.
        means = _DECAY * (self._mean + _GAIN * np.cumsum(frame / _DECAY))
        self._mean = float(means[-1])
        return (frame - means).astype(np.float32)


_GAIN = 1 - float(np.exp(-2 * np.pi * 30 / HEARING_RATE))
_DECAY = (1 - _GAIN) ** np.arange(1, FRAME_SAMPLES + 1)


class FrameCutter:
    """Makes frames of what a sound device delivers: any rate, one channel or more, blocks of any length."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._choice = ChannelChoice(channels)
        self._dc = DcBlock()
        self._stream = (
            None if rate == HEARING_RATE else soxr.ResampleStream(rate, HEARING_RATE, 1, "float32", "HQ")
        )
        self._rest: Floats = np.zeros(0, np.float32)

    def take(self, block: bytes) -> list[Frame]:
        """The frames that a block of interleaved 16-bit samples completes: none, one or more."""
        channels = np.frombuffer(block, "<i2").reshape(-1, self._channels)
        samples = self._choice.take(channels).astype(np.float32)
        if self._stream is not None:
            samples = self._stream.resample_chunk(samples)
        self._rest = np.concatenate((self._rest, samples))
        count = len(self._rest) // FRAME_SAMPLES
        whole, self._rest = np.split(self._rest, [count * FRAME_SAMPLES])
        return [self._frame(part) for part in whole.reshape(count, FRAME_SAMPLES)]

    def _frame(self, part: Floats) -> Frame:
        clean = self._dc.take(part)
        return Frame(np.clip(np.rint(clean), -32768, 32767).astype("<i2").tobytes())
