"""What the hosts need of the world, as small ports; adapters fill them.

Sound goes one way through one queue: microphone, keys and player all `post` happenings to the host,
which alone decides. Nothing in a host ever waits on sound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from voice_triage.dialogue import Conclusion, Listening
from voice_triage.understanding.hearing import Hearing

HEARING_RATE = 16_000
"""Hz; everything that endpointers and recognisers take is mono 16-bit at this rate."""
FRAME_SAMPLES = 512
"""Samples in one frame of heard sound (32 ms), the chunk that silero's detector wants."""


@dataclass(frozen=True)
class Sound:
    """Mono 16-bit little-endian PCM."""

    samples: bytes
    rate: int
    """Hz."""

    @property
    def seconds(self) -> float:
        """Duration."""
        return len(self.samples) / 2 / self.rate


@dataclass(frozen=True)
class Frame:
    """FRAME_SAMPLES samples at HEARING_RATE from the microphone, mono 16-bit."""

    samples: bytes


@dataclass(frozen=True)
class Key:
    """A key was pressed: one character, or a name such as "space", "esc", "enter"."""

    name: str


@dataclass(frozen=True)
class Finished:
    """The player has played everything out to the air, latency included (not posted after stop())."""

    unheard: str = ""
    """Why it is known that nobody can have heard it: "it is muted"."""


@dataclass(frozen=True)
class DeviceLost:
    """A sound device stopped working. `what` is "microphone" or "speaker"."""

    what: str
    device: str
    why: str


@dataclass(frozen=True)
class DeviceBack:
    """A lost sound device works again."""

    what: str
    device: str


@dataclass(frozen=True)
class DeviceSilent:
    """A microphone brings exact silence: it may be muted, or keep quiet between words as some headsets do."""

    what: str
    device: str


Happening = Frame | Key | Finished | DeviceLost | DeviceBack | DeviceSilent
Post = Callable[[Happening], None]


class Microphone(Protocol):
    """Posts a Frame every 32 ms from `start` to `close`, and DeviceLost / DeviceBack."""

    name: str

    def start(self, post: Post) -> None:
        """Open the device. Raises MicrophoneError."""

    def close(self) -> None:
        """Release the device; may be called twice."""


class Player(Protocol):
    """Plays one sound at a time; posts Finished when it has been heard to its end."""

    name: str

    def start(self, post: Post) -> None:
        """Open the device. Raises PlayerError."""

    def play(self, sound: Sound) -> None:
        """Begin to play; returns at once. Replaces what is playing. Raises PlayerError."""

    def stop(self) -> None:
        """Be silent now (within about 100 ms); no Finished follows."""

    @property
    def playing(self) -> bool:
        """Sound is still going out."""

    def close(self) -> None:
        """Release the device; may be called twice."""


class Renderer(Protocol):
    """Makes text into sound."""

    name: str

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """Sound of `text`; `voice` is the renderer's own name of a voice ("" its default for English),
        `rate` in words a minute. Raises RendererError; never returns an empty or cut sound."""


class Voicing(Enum):
    """What an endpointer makes of the latest frame."""

    QUIET = "quiet"
    OTHERS = "others"
    """Speech that was under way when listening began; nobody answers so early."""
    STARTED = "started"
    SPEAKING = "speaking"
    PAUSING = "pausing"
    """Quiet within speech that has not ended."""
    ENDED = "ended"


class Endpointer(Protocol):
    """Decides when a person has begun and ended to speak."""

    def start(self, hangover: float) -> None:
        """Forget everything; wait for speech that ends with `hangover` seconds of quiet."""

    def accept(self, frame: Frame) -> Voicing:
        """Take one frame in. QUIET or OTHERS come first, then STARTED once, then SPEAKING
        and PAUSING, then ENDED."""

    @property
    def preroll(self) -> tuple[Frame, ...]:
        """On STARTED: the frames to give to the recogniser, the latest included (about half a second)."""


class Recognizer(Protocol):
    """Ears: makes one answer's frames into a Hearing."""

    name: str
    weak: bool
    """True: hears less well, which is to be said aloud; no free text of it is trusted."""

    def start(self, phrases: Sequence[str], free: bool) -> None:
        """A new answer begins. `phrases`: what may be said; `free`: any words may come (opener, closing)."""

    def accept(self, frame: Frame) -> None:
        """Take one frame of speech in; must not take longer than the frame lasts. Raises RecognizerError."""

    def finish(self) -> Hearing:
        """What was heard since `start`. Raises RecognizerError."""

    def close(self) -> None:
        """Release model and processes; may be called twice."""


class Clock(Protocol):
    """Time that only goes forward."""

    def monotonic(self) -> float:
        """Seconds."""


class Journal(Protocol):
    """A record of the interview, kept only where the person asked for it."""

    def write(self, entry: Mapping[str, Any]) -> None:
        """Append one entry. Raises JournalError."""


class Keys(Protocol):
    """Posts a Key for each key pressed, from `start` to `close`."""

    def start(self, post: Post) -> None:
        """Begin to watch the keyboard."""

    def close(self) -> None:
        """Give the keyboard back as it was; may be called twice."""


class Captions(Protocol):
    """The conversation on a screen, for eyes and screen readers. Never raises: sound must not stop for it."""

    def say(self, text: str) -> None:
        """One sentence that we speak."""

    def listening(self, listening: Listening) -> None:
        """From now on we wait for an answer."""

    def heard(self, words: str | None) -> None:
        """The answer, as it was heard; "": no words were made out; None: nobody spoke."""

    def note(self, text: str) -> None:
        """About devices and engines: not part of the conversation, and not spoken."""

    def alarm(self) -> None:
        """Call to the screen somebody who cannot hear us: emergency advice that could not be spoken."""

    def concluded(self, conclusion: Conclusion) -> None:
        """What the interview came to, once it is over."""
