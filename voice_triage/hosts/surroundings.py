"""What each answer tells of the room: how loud it is, how near the person, and whether it is the same one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from statistics import median

import numpy as np
import numpy.typing as npt

from voice_triage.ports import Frame

FULL_SCALE = 32768.0
NOISY, NOISY_FOR_WEAK = 8.0, 12.0
"""dB of signal to noise below which an answer is in doubt."""
FAINT = -45.0
"""dBFS of speech; a voice an arm's length away from a usual microphone brings -35 to -20."""
QUIET = -52.0
"""dBFS of a background that is not to blame: there the person is too far away."""
CLIPPED, AT_THE_TOP = 0.01, 32000
"""The share of samples in speech that are at full scale from which on words suffer."""
LOUDEST = 10.0
"""dB below the loudest frame of an answer, within which somebody surely speaks."""
JUST_BEFORE = 10
"""Frames before an answer is noticed that may hold its beginning."""
LISTENED = 94
"""Frames (3 s) by which the background is measured."""
KEPT = 250
"""Frames (8 s) that are kept while nobody answers."""
ANOTHER = 15.0
"""dB by which the voice differs from the answers before, if it is not the same person at the same place."""
KNOWN, REMEMBERED = 3, 5
"""Answers after which the voice is known; how many are remembered."""

Levels = npt.NDArray[np.float64]


class Trouble(StrEnum):
    """Why an answer may have been ill heard. The values are keys of prompts."""

    NOISY = "too_noisy"
    FAINT = "come_closer"
    CLIPPED = "too_loud"
    TOO_EARLY = "too_early"
    OTHERS = "others_talking"
    ANOTHER_VOICE = "was_that_you"


DOUBTFUL = frozenset({Trouble.NOISY, Trouble.ANOTHER_VOICE})
"""With these even an answer that was understood may not be what the person said."""


class Surroundings:
    """Listens to the frames before and in each answer."""

    def __init__(self) -> None:
        self._before: deque[Frame] = deque(maxlen=KEPT)
        self._voices: deque[float] = deque(maxlen=REMEMBERED)
        """dBFS of the latest answers."""
        self.snr = float("inf")
        """dB of signal to noise of the latest answer."""

    def start(self) -> None:
        """A new answer is waited for."""
        self._before.clear()

    def wait(self, frame: Frame) -> None:
        """Nobody answers yet."""
        self._before.append(frame)

    @property
    def before(self) -> tuple[Frame, ...]:
        """What came before anybody answered, the latest last."""
        return tuple(self._before)

    def judge(self, answer: Sequence[Frame], weak: bool) -> Trouble | None:
        """What was wrong with the sound of this answer; None: nothing."""
        if not answer:
            return None
        samples = np.concatenate([np.frombuffer(frame.samples, "<i2") for frame in answer])
        levels = _levels(answer)
        loud = levels >= levels.max() - LOUDEST
        background = _levels(list(self._before)[-LISTENED:-JUST_BEFORE])
        noise = float(np.median(background)) if len(background) else float(np.quantile(levels, 0.1))
        power = max(float(np.mean(10 ** (levels[loud] / 10))) - 10 ** (noise / 10), 1e-9)
        speech = 10 * float(np.log10(power))
        self.snr = speech - noise
        changed = len(self._voices) >= KNOWN and abs(speech - median(self._voices)) > ANOTHER
        self._voices.append(speech)
        if self.snr < (NOISY_FOR_WEAK if weak else NOISY):
            return Trouble.FAINT if noise < QUIET else Trouble.NOISY
        if changed:
            return Trouble.ANOTHER_VOICE
        if speech < FAINT:
            return Trouble.FAINT
        per_frame = len(samples) // len(answer)
        top = np.abs(samples.astype(np.int32)) >= AT_THE_TOP
        clipped = top.reshape(-1, per_frame)[loud].mean()
        return Trouble.CLIPPED if clipped > CLIPPED else None


def _levels(frames: Sequence[Frame]) -> Levels:
    """dBFS of each frame, not below -90."""
    if not frames:
        return np.empty(0)
    samples = np.stack([np.frombuffer(frame.samples, "<i2") for frame in frames]).astype(np.float64)
    power = ((samples / FULL_SCALE) ** 2).mean(axis=1)
    levels: Levels = 10 * np.log10(np.maximum(power, 1e-9))
    return levels
