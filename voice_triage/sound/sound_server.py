"""What a sound server (PulseAudio, or PipeWire in its place) tells of our own streams.

PortAudio does not see what a sound server does behind the name of a device: it moves a stream to another
device without a word, mutes it, or has no device at all. The server's own command, pactl, tells. Where there
is no such server or command, nothing is known, and nothing is claimed.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice_triage.sound.portaudio import Way

COMMAND = "pactl"
LOOK = 1.0
"""Seconds between two looks: a device that was exchanged has to be noticed within 4 s. One costs 5 ms."""
LIMIT = 2.0
"""Seconds for the server to answer; one that hangs is noticed by the sound that stops."""
FAINT = 0.05
"""A volume below 5 % counts as none: at PulseAudio's cubic scale that is 78 dB down."""
DUMMY = "auto_null"
"""Where both servers play to when there is no output device at all."""


@dataclass(frozen=True)
class Route:
    """Where one of our streams comes from, or goes to."""

    device: str
    """The server's own name of it, as "bluez_output.00_11_22_33_44_55.1"."""
    muted: bool
    """The device or the stream."""
    volume: float
    """Device times stream, 0 to 1; the scale of sliders, not of amplitudes."""
    monitor: bool
    """It records what a loudspeaker plays, and no microphone."""

    @property
    def silenced(self) -> str:
        """Why nothing can be heard through it; "" where something can be."""
        if self.muted:
            return "it is muted"
        return "its volume is at zero" if self.volume < FAINT else ""

    @property
    def bluetooth(self) -> bool:
        """It is a wireless one, which may take a moment to wake up."""
        return self.device.startswith("bluez")


def routes(way: Way, process: int | None = None) -> tuple[Route, ...]:
    """Those of the streams of `process` (None: our own); none where that cannot be known."""
    if not _is_there():
        return ()
    try:
        done = subprocess.run(
            [COMMAND, "list"],
            env=os.environ | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT,
            check=True,
            start_new_session=True,  # Ctrl-C in the terminal is for us, not for the child
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return read_routes(done.stdout.decode("utf-8", "replace"), way, process or os.getpid())


def _is_there() -> bool:
    """A server runs: asked without one, pactl might start it, and it would take the devices from us."""
    if os.environ.get("PULSE_SERVER"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(runtime) and Path(str(runtime), "pulse", "native").is_socket()


def read_routes(listed: str, way: Way, process: int) -> tuple[Route, ...]:
    """Those of the streams of `process` in what `pactl list` printed, in English."""
    device_kind, stream_kind = ("Source", "Source Output") if way is Way.IN else ("Sink", "Sink Input")
    devices: dict[str, str] = {}
    streams: list[str] = []
    for part in re.split(r"^(?=\S)", listed, flags=re.MULTILINE):
        if head := re.match(rf"{device_kind} #(\d+)\n", part):
            devices[head[1]] = part
        elif re.match(rf"{stream_kind} #\d+\n", part) and f'application.process.id = "{process}"' in part:
            streams.append(part)
    found = []
    for stream in streams:
        device = devices.get(_field(stream, device_kind))
        if device is not None:
            found.append(_route(device, stream))
    return tuple(found)


def _route(device: str, stream: str) -> Route:
    return Route(
        device=_field(device, "Name"),
        muted="yes" in (_field(device, "Mute"), _field(stream, "Mute")),
        volume=_volume(device) * _volume(stream),
        monitor=_field(device, "Monitor of Sink") not in ("", "n/a"),
    )


def _field(part: str, name: str) -> str:
    found = re.search(rf"^\t{name}: (.*)$", part, re.MULTILINE)
    return found[1].strip() if found else ""


def _volume(part: str) -> float:
    """The loudest channel's."""
    return max((int(percent) / 100 for percent in re.findall(r"(\d+)%", _field(part, "Volume"))), default=1.0)


class RouteWatch:
    """Looks again and again where the streams of one direction go, in a thread of its own."""

    def __init__(self, way: Way, routes_now: Callable[[Way], tuple[Route, ...]] = routes) -> None:
        self._way = way
        self._routes = routes_now
        self._closing = threading.Event()
        self._home: frozenset[str] = frozenset()
        self._settled = 0
        self.now: tuple[Route, ...] = ()
        """What the last look showed; none where nothing is known."""

    def settle(self) -> tuple[Route, ...]:
        """Where the streams are now is where they belong."""
        self._settled += 1
        self.now = self._routes(self._way)
        self._home = frozenset(route.device for route in self.now)
        return self.now

    def start(self) -> None:
        """Begin to look."""
        self._closing = threading.Event()
        threading.Thread(target=self._run, args=(self._closing,), name="sound server", daemon=True).start()

    def close(self) -> None:
        """Look no more; may be called twice."""
        self._closing.set()

    @property
    def moved(self) -> str:
        """The device to which the server has moved our streams; "" while they are where they belong."""
        devices = [route.device for route in self.now]
        return devices[0] if devices and self._home and not self._home & set(devices) else ""

    @property
    def silenced(self) -> str:
        """Why nothing can be heard through any of our streams; "" where something can be, or who knows."""
        whys = [route.silenced for route in self.now]
        return whys[0] if whys and all(whys) else ""

    def _run(self, closing: threading.Event) -> None:
        while not closing.wait(LOOK):
            settled, found = self._settled, self._routes(self._way)
            if settled == self._settled:  # else it is about a stream that is closed by now
                self.now = found
