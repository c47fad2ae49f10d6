"""The one queue of a spoken interview: frames, keys, finished sounds, ready prompts and heard answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from voice_triage.errors import EngineError
from voice_triage.ports import (
    Captions,
    Clock,
    DeviceBack,
    DeviceLost,
    DeviceSilent,
    Finished,
    Frame,
    Happening,
    Key,
)
from voice_triage.understanding.hearing import Hearing


@dataclass(frozen=True)
class Rendered:
    """The sound of a prompt is ready, or it is known that it cannot be had."""

    text: str


@dataclass(frozen=True)
class EarsReady:
    """The recogniser has loaded."""

    name: str
    weak: bool


@dataclass(frozen=True)
class EarsFailed:
    """The recogniser cannot be used at all."""

    error: EngineError


@dataclass(frozen=True)
class Heard:
    """What the recogniser made of an answer, or why it made nothing of it."""

    answer: int
    """The number that `Ears.listen` gave to the answer."""
    look: int
    """The number that `Ears.look` gave; 0: the answer is over."""
    result: Hearing | EngineError


@dataclass(frozen=True)
class Interrupted:
    """Ctrl-C, or the terminal was closed."""


Item = Frame | Key | Finished | Rendered | EarsReady | Heard | DeviceBack | DeviceLost | DeviceSilent
"""What a host meets in the queue (EarsFailed and Interrupted become exceptions)."""
_Posted = Happening | Rendered | EarsReady | EarsFailed | Heard | Interrupted


class HungUp(Exception):
    """The person ended the interview from outside of it: Ctrl-C."""


class EarsGone(Exception):
    """The recogniser failed for good."""

    def __init__(self, error: EngineError) -> None:
        super().__init__(str(error))
        self.error = error


class Broken(Exception):
    """A part failed for good: "microphone" or "recognizer"."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class Inbox:
    """The queue, and what it has told of the devices.

    A SimpleQueue, as its `put` may be called from a signal handler that interrupts its own `get`.
    """

    def __init__(self, clock: Clock, captions: Captions, patience: float) -> None:
        """`patience`: seconds to wait for a lost device to come back."""
        self._queue: SimpleQueue[_Posted] = SimpleQueue()
        self._clock = clock
        self._captions = captions
        self._patience = patience
        self._lost: dict[str, float] = {}
        self.ears_ready = False
        """The recogniser has loaded."""
        self.on_lost: Callable[[str], None] = lambda what: None
        """Called when a device is lost."""
        self.post: Callable[[_Posted], None] = self._queue.put

    def next(self, until: float | None) -> Item | None:
        """The next item; None once the clock shows `until`. Raises HungUp, EarsGone."""
        item = self._wait(until)
        match item:
            case Interrupted():
                raise HungUp
            case EarsFailed(error):
                raise EarsGone(error)
            case EarsReady():
                self.ears_ready = True
            case DeviceLost(what, device, why):
                self.lose(what, device, why)
            case DeviceBack(what, device):
                self.regain(what, device)
            case DeviceSilent(what, device):
                self._captions.note(
                    f"The {what} ({device}) brings exact silence. If I don't hear you: is it muted?"
                )
        return item

    def lose(self, what: str, device: str, why: str) -> None:
        """A device does not work; wait for it from now on."""
        if what not in self._lost:
            self._captions.note(
                f"The {what} ({device}) stopped working: {why}. I wait for it; the keys work meanwhile."
            )
            self._lost[what] = self._clock.monotonic()
            self.on_lost(what)
        self._lost[what] = self._clock.monotonic()

    def regain(self, what: str, device: str) -> None:
        """It works again."""
        if self._lost.pop(what, None) is not None:
            self._captions.note(f"The {what} ({device}) works again.")

    def lost(self, what: str) -> bool:
        """The device is gone, for now."""
        return what in self._lost

    def given_up_at(self, what: str) -> float:
        """When a lost device counts as gone for good, by the clock."""
        return self._lost[what] + self._patience

    def wait_on_for(self, what: str) -> None:
        """The person is active by keys: have the patience with the lost device again from now on."""
        self._lost[what] = self._clock.monotonic()

    def _wait(self, until: float | None) -> _Posted | None:
        try:
            return self._queue.get(
                timeout=None if until is None else max(0.0, until - self._clock.monotonic())
            )
        except Empty:
            return None
