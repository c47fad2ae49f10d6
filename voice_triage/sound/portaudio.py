"""The one PortAudio of the process: which sound devices there are, and opening and closing them.

PortAudio is one library with one list of devices, made when it starts, and its calls must not run in two
threads at once (closing a stream while another thread is inside a call crashes the process): every call
goes through one lock here. Blocking reads and writes are never used.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from voice_triage.errors import EngineError, MicrophoneError, PlayerError

Take = Callable[[Any, int], None]
"""Takes the buffer of a callback, and how many samples a channel has in it."""


class Way(Enum):
    """Which way the sound goes."""

    IN = "input"
    OUT = "output"

    @property
    def error(self) -> type[EngineError]:
        """What is raised when no such device can be used."""
        return MicrophoneError if self is Way.IN else PlayerError

    @property
    def noun(self) -> str:
        """What people call such a device; also the `what` of DeviceLost and DeviceBack."""
        return "microphone" if self is Way.IN else "speaker"


STALL = 1.0
"""Seconds without a block after which a device is held to be lost: on a loaded machine blocks came at most
0.14 s apart, and a suspended device gives no other sign."""
FIRST_BLOCK = 3.0
"""Seconds to wait for the first block: usually 0.1, but 0.9 was seen under load, more after a refresh."""
LATENCY = {Way.IN: 0.1, Way.OUT: 0.08}
"""Seconds of buffer asked for. In: more than the gaps of a loaded machine. Out: a sound that is stopped must
be silent within 0.12 s, and is after 0.10. With two busy programs on two cores, 40 s of sound had 31 gaps at
0.05, none at 0.08 to 0.1."""


@dataclass(frozen=True)
class Device:
    """A sound device as PortAudio lists it."""

    index: int
    """Its place in the list; changes when the list is made anew, so devices are kept by name."""
    name: str
    inputs: int
    """Channels it records."""
    outputs: int
    """Channels it plays."""
    rate: int
    """Its own rate in Hz."""

    def channels(self, way: Way) -> int:
        """Channels it has in one direction."""
        return self.inputs if way is Way.IN else self.outputs


_lock = threading.RLock()
_streams: set[int] = set()
"""The id() of every Line that is open in this process; PortAudio's list can only be made anew without any."""


def devices(way: Way) -> tuple[Device, ...]:
    """Every device that can record (IN) or play (OUT). Raises MicrophoneError or PlayerError where
    PortAudio itself is missing."""
    sounddevice = _library(way)
    try:
        with _lock:
            listed = sounddevice.query_devices()
    except sounddevice.PortAudioError as error:
        raise way.error(f"PortAudio lists no devices: {error}") from error
    every = (
        Device(
            int(entry["index"]),
            str(entry["name"]),
            int(entry["max_input_channels"]),
            int(entry["max_output_channels"]),
            int(entry["default_samplerate"]),
        )
        for entry in listed
    )
    return tuple(device for device in every if device.channels(way) > 0)


def default_device(way: Way) -> Device | None:
    """The device that the system prefers, if there is any."""
    with _lock:
        index = _library(way).default.device[way is Way.OUT]
    return next((device for device in devices(way) if device.index == index), None)


def find(name: str, way: Way) -> Device:
    """The device called `name` ("": the system's default), or whose name holds it.

    One that is not listed may have come after the list was made: then the list is made anew.
    Raises MicrophoneError or PlayerError: says which devices there are, or what to do where there is none.
    """
    if device := _listed(name, way):
        return device
    refresh()
    if device := _listed(name, way):
        return device
    names = ", ".join(device.name for device in devices(way))
    if not names:
        raise way.error(_no_devices(way))
    raise way.error(
        f"there is no {way.noun} called {name!r}; there are: {names} (one that another program has for "
        "itself is not listed)"
    )


def _listed(name: str, way: Way) -> Device | None:
    listed = devices(way)
    if not name:
        return default_device(way) or next(iter(listed), None)
    wanted = _stem(name)
    for fits in (
        lambda device: device.name == name,
        lambda device: _stem(device.name) == wanted,
        lambda device: wanted in _stem(device.name),
    ):
        for device in listed:
            if fits(device):
                return device
    return None


def _stem(name: str) -> str:
    """A name without its hardware address, which changes when a device is plugged in elsewhere."""
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name).casefold().strip(" :-")


def _no_devices(way: Way) -> str:
    noun = "microphone" if way is Way.IN else "loudspeaker"
    return (
        f"no {noun} was found: connect one and try again. If one is connected, another program may have it "
        "for itself: close that one. On Linux the package that joins ALSA to the sound server may be missing "
        "(libasound2-plugins or pipewire-alsa)."
    )


class Line:
    """One open stream on one device. Made and closed by one thread, the one that watches over it."""

    def __init__(self, device: Device, way: Way, take: Take, missed: Callable[[], None]) -> None:
        self.device = device
        self.rate = 0
        """Hz, the stream's."""
        self.channels = 0
        self.latency = 0.0
        """Seconds between callback and air, as PortAudio estimates it."""
        self.started = threading.Event()
        """The first block has come or gone."""
        self._ended = threading.Event()
        self._last_block = 0.0
        self._stalled = False
        """Sound stood still for longer than STALL: this machine, or the sound server, was asleep."""
        self._way = way
        self._take = take
        self._missed = missed
        self._stream: Any = None

    def _callback(self, buffer: Any, frames: int, _time: Any, status: Any) -> None:
        now = time.monotonic()
        self._stalled = self._stalled or now - self._last_block > STALL
        self._last_block = now
        if status:
            self._missed()
        self._take(buffer, frames)
        if not self.started.is_set():
            self.started.set()

    def open(self, latency: float) -> None:
        """Open the device at the first rate and number of channels that it takes, its full quality first.

        16 kHz comes last: devices that are said to support it may deliver garbage. Raises way.error.
        """
        sounddevice = _library(self._way)
        stream_class = sounddevice.RawInputStream if self._way is Way.IN else sounddevice.RawOutputStream
        trouble: Exception | None = None
        for rate in dict.fromkeys((48_000, 44_100, self.device.rate, 16_000)):
            for channels in (2, 1) if self.device.channels(self._way) > 1 else (1,):
                self.rate, self.channels = rate, channels
                self._ended.clear()
                self._stalled, self._last_block = False, time.monotonic() + FIRST_BLOCK
                try:
                    self._stream = stream_class(
                        device=self.device.index,
                        samplerate=rate,
                        channels=channels,
                        dtype="int16",
                        latency=latency,
                        callback=self._callback,
                        finished_callback=self._ended.set,
                    )
                    self._stream.start()
                except sounddevice.PortAudioError as error:
                    self.close()
                    trouble = trouble or error
                else:
                    self.latency = float(self._stream.latency)
                    _streams.add(id(self))
                    return
        noun, name = self._way.noun, self.device.name
        why = "another program holds it; close that one" if _is_busy(trouble) else str(trouble)
        raise self._way.error(f"the {noun} {name!r} cannot be opened: {why}") from trouble

    def trouble(self) -> str:
        """Why the device no longer works; "" while it does."""
        if self._ended.is_set():
            return "the device or its sound server is gone"
        if self._stalled or time.monotonic() - self._last_block > STALL:
            return f"no sound came through it for {STALL:.0f} s"
        return ""

    def close(self) -> None:
        """Release the device; may be called twice."""
        with _lock:
            stream, self._stream = self._stream, None
            _streams.discard(id(self))
            if stream is not None:
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)


def open_line(
    name: str, way: Way, take: Take, missed: Callable[[], None], latency: float | None = None
) -> Line:
    """Open the device called `name` ("": the system's default) and wait until sound goes through it.

    `latency`: seconds of buffer to ask for, None: LATENCY.

    `take(buffer, samples per channel)` runs on PortAudio's own thread: it copies and queues, nothing more. So
    does `missed()`, when sound was lost on its way in or did not come in time to go out.
    Raises MicrophoneError or PlayerError.
    """
    with _lock:
        line = Line(find(name, way), way, take, missed)
        line.open(LATENCY[way] if latency is None else latency)
    if line.started.wait(FIRST_BLOCK):
        return line
    line.close()
    raise way.error(
        f"the {way.noun} {line.device.name!r} was opened, but no sound comes through it"
    ) from TimeoutError()


def is_there(error: EngineError) -> bool:
    """Whether open_line failed although there is such a device: another stream holds it, or it is slow."""
    return isinstance(error.__cause__, TimeoutError) or _is_busy(error.__cause__)


def _is_busy(trouble: BaseException | None) -> bool:
    """Another program, or another stream, has the device for itself."""
    return trouble is not None and trouble.args[1:2] == (_DEVICE_UNAVAILABLE,)


_DEVICE_UNAVAILABLE = -9985
"""paDeviceUnavailable; on ALSA this is EBUSY and nothing else."""


def refresh() -> None:
    """Make the list of devices anew, as far as possible: PortAudio can do so only while no stream is open."""
    sounddevice = _library(Way.IN)
    with _lock, contextlib.suppress(sounddevice.PortAudioError):
        if not _streams:
            sounddevice._terminate()
            sounddevice._initialize()


def _library(way: Way) -> Any:
    """The module sounddevice. It is loaded late: loading it starts PortAudio."""
    try:
        return importlib.import_module("sounddevice")
    except OSError as error:
        raise way.error(
            "PortAudio, which leads to the sound devices, is not installed "
            "(Debian, Ubuntu: sudo apt install libportaudio2)"
        ) from error
