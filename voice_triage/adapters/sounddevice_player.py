"""The loudspeaker: plays one sound at a time, falls silent at once, and tells when it has been heard."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np

from voice_triage.errors import PlayerError
from voice_triage.ports import DeviceBack, DeviceLost, Finished, Post, Sound
from voice_triage.sound.portaudio import LATENCY, Way, open_line
from voice_triage.sound.reopening import attempts
from voice_triage.sound.samples import resampled
from voice_triage.sound.sound_server import DUMMY, RouteWatch
from voice_triage.sound.sounding import Sounding

FADE = 0.01
"""Seconds in which a sound that is stopped fades out: too short to hear, long enough not to click."""
MARGIN = 0.05
"""Seconds added to PortAudio's own estimate of its latency, which is too small; on a virtual card
Finished then comes 40 ms after the last sample was heard."""
POLL = 0.25
"""Seconds between two looks at the device."""
MOST_GAPS = 3
"""In one sound; then the machine is too busy for so small a buffer, and the next sounds get a larger one."""
MOST_LATENCY = 0.3
"""Seconds of buffer at most: a sound that is stopped is heard for so long."""
TOO_BUSY = "its buffer is too small for so busy a machine"
"""Not told to anybody: between two sounds it is opened again with a larger one."""
BLUETOOTH_LEAD = 0.5
"""Seconds that wireless headphones may take to wake up (0.5 to 1.5 are told of)."""
START_TIMEOUT = 15.0
"""Seconds for the sound server to answer at all."""
CLOSE_TIMEOUT = 3.0
"""Seconds to wait for the release; where the sound server hangs, the end of the program does it."""


class SounddevicePlayer:
    """Port Player on PortAudio.

    The stream stays open and plays zeros between sounds, so that a sound begins at once and nothing (a
    Bluetooth headset, an amplifier) goes to sleep and swallows the first word of the next.

    One thread of ours opens, watches and closes; PortAudio's own thread fills its buffers from the sound that
    is wanted. Sounds are handed over by replacing one reference, never by waiting for each other.
    When the device is lost, or when the sound server says that it has put another one in its place, what was
    playing is dropped without Finished; the device is opened again by its name, else the system's default is.
    Where the sound server says that it is muted, Finished tells.
    """

    def __init__(self, device: str = "", lead: float | None = None) -> None:
        """`device`: the name or a part of it; "" is the system's default.

        `lead`: seconds of silence before a sound that follows a pause, for outputs that cut off its first
        word although they are never left without a signal (0.3 to 0.5 helps); wired ones need none.
        None: BLUETOOTH_LEAD where the sound server says that it is a wireless one, else none.
        """
        self.name = device or "default speaker"
        self.gaps = 0
        """How often sound did not come in time to go out."""
        self._device = device
        self._lead = lead
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._outlet: _Outlet | None = None
        self._server = RouteWatch(Way.OUT)
        self._latency = LATENCY[Way.OUT]
        self._ended: Finished | None = None
        """Of the last sound that ran out, to be posted."""
        self._gapped = 0
        """Gaps since the buffer was enlarged."""
        self._lock = threading.Lock()
        """Held for moments, to make Finished and stop() exclude each other; never by PortAudio's thread."""

    def start(self, post: Post) -> None:
        """Open the device and wait until it takes sound. Raises PlayerError."""
        self.close()
        self._closing = threading.Event()
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(post, self._closing, opened), name="player", daemon=True
        )
        self._thread.start()
        try:
            opened.result(START_TIMEOUT)
        except TimeoutError as error:
            self._closing.set()
            raise PlayerError("the sound server does not answer; is it running?") from error

    def play(self, sound: Sound) -> None:
        """Begin to play; returns at once. Replaces what is playing. Raises PlayerError."""
        outlet = self._outlet
        if outlet is None:
            raise PlayerError(f"the speaker {self.name!r} is not open")
        samples = np.frombuffer(resampled(sound, outlet.line.rate).samples, "<i2")
        with self._lock:
            if self._outlet is not outlet:
                raise PlayerError(f"the speaker {self.name!r} was lost")
            if outlet.wanted is None:
                samples = np.concatenate((np.zeros(round(outlet.lead * outlet.line.rate), np.int16), samples))
            outlet.wanted = Sounding(samples, round(FADE * outlet.line.rate))

    def stop(self) -> None:
        """Be silent now; no Finished follows."""
        with self._lock:
            if self._outlet is not None:
                self._outlet.wanted = None

    @property
    def playing(self) -> bool:
        """Sound is still going out. A Finished that comes while this is true belongs to an earlier sound."""
        outlet = self._outlet
        return outlet is not None and outlet.wanted is not None

    def close(self) -> None:
        """Release the device; may be called twice."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_TIMEOUT)

    @property
    def latency(self) -> float:
        """Seconds of buffer that are asked for."""
        return self._latency

    @property
    def wireless(self) -> bool:
        """The sound server says so."""
        return any(route.bluetooth for route in self._server.now)

    def _gap(self) -> None:
        outlet = self._outlet
        if outlet is not None and outlet.wanted is not None:  # in silence nobody hears one
            self.gaps += 1
            self._gapped += 1

    def _open(self, device: str) -> _Outlet:
        """Raises PlayerError, also where the sound server has no loudspeaker behind the name."""
        outlet = _Outlet(device, self._gap, self._latency)
        routes = self._server.settle()
        if any(route.device == DUMMY for route in routes):
            outlet.close()
            raise PlayerError(
                "the sound server has no loudspeaker, only a dummy: connect one, or close the program that "
                "has it for itself"
            )
        wireless = any(route.bluetooth for route in routes)
        outlet.lead = (BLUETOOTH_LEAD if wireless else 0.0) if self._lead is None else self._lead
        return outlet

    def _run(self, post: Post, closing: threading.Event, opened: Future[None]) -> None:
        try:
            outlet: _Outlet | None = self._open(self._device)
            self._use(outlet)
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        self._server.start()
        try:
            while outlet is not None:
                why = self._watch(outlet, post, closing)
                if why == TOO_BUSY:
                    try:
                        outlet = self._enlarged(outlet, post)
                        continue
                    except PlayerError as error:
                        why = str(error)
                self._use(None)
                # Told before it is closed: closing may hang where a sound server does.
                if why:
                    post(DeviceLost(Way.OUT.noun, self.name, why))
                outlet.close()
                outlet = self._recover(closing) if why else None
                if outlet is not None:
                    self._use(outlet)
                    post(DeviceBack(Way.OUT.noun, self.name))
        except Exception as error:
            post(DeviceLost(Way.OUT.noun, self.name, f"an error of the program stopped it: {error!r}"))
            raise
        finally:
            self._server.close()
            self._use(None)

    def _enlarged(self, small: _Outlet, post: Post) -> _Outlet:
        """The same device with twice the buffer; it goes on with what was given to the small one meanwhile.

        Raises PlayerError.
        """
        small.close()
        self._latency, self._gapped = min(2 * self._latency, MOST_LATENCY), 0
        large = self._open(self._device)
        with self._lock:
            large.wanted, self._outlet = small.wanted, large
        if self._ended is not None:
            post(self._ended)
        return large

    def _use(self, outlet: _Outlet | None) -> None:
        with self._lock:
            self._outlet = outlet
            if outlet is not None:
                self.name = outlet.line.device.name

    def _watch(self, outlet: _Outlet, post: Post, closing: threading.Event) -> str:
        """Post Finished after each sound until the device is lost, and say why; "" when closed."""
        while not closing.is_set():
            if outlet.ran_out.wait(POLL):
                outlet.ran_out.clear()
                self._ended = self._finish(outlet, closing)
                if self._ended is not None and self._too_busy:
                    return TOO_BUSY
                if self._ended is not None:
                    post(self._ended)
            if why := outlet.line.trouble():
                return why
            if moved := self._server.moved:
                return f"the sound server put another one in its place ({moved})"
            if (sounding := outlet.wanted) is not None:
                sounding.unheard = sounding.unheard or self._server.silenced
        return ""

    @property
    def _too_busy(self) -> bool:
        return self._gapped >= MOST_GAPS and self._latency < MOST_LATENCY

    def _finish(self, outlet: _Outlet, closing: threading.Event) -> Finished | None:
        """Wait until the sound that ran out has been heard: what to post then; None if it was stopped."""
        sounding = outlet.wanted
        if sounding is None or sounding.ran_out is None:
            return None
        closing.wait(sounding.ran_out + outlet.line.latency + MARGIN - time.monotonic())
        with self._lock:
            if outlet.wanted is not sounding or closing.is_set():
                return None
            outlet.wanted = None
            return Finished(sounding.unheard or self._server.silenced)

    def _recover(self, closing: threading.Event) -> _Outlet | None:
        """The device, or the system's default, opened again; None when closed."""
        for stand_in in attempts(Way.OUT, closing):
            for device in dict.fromkeys((self._device, "")) if stand_in else (self._device,):
                with contextlib.suppress(PlayerError):
                    return self._open(device)
        return None


class _Outlet:
    """One open stream of a loudspeaker and what is to come out of it."""

    def __init__(self, device: str, gap: Callable[[], None], latency: float) -> None:
        """`gap` is called when sound did not come in time. Raises PlayerError."""
        self.lead = 0.0
        """Seconds of silence before a sound that follows a pause."""
        self.wanted: Sounding | None = None
        """What is to be heard; replaced by the host, read by PortAudio's thread."""
        self.ran_out = threading.Event()
        """A sound has been handed to PortAudio to its end."""
        self._heard: Sounding | None = None
        self.line = open_line(device, Way.OUT, self._fill, gap, latency)

    def _fill(self, buffer: Any, frames: int) -> None:
        out = np.zeros(frames, np.int16)
        wanted = self.wanted
        if wanted is self._heard:
            if wanted is not None and wanted.fill(out):
                self.ran_out.set()
        else:
            # One block for the old sound to fade out; the new one begins with the next.
            if self._heard is not None:
                self._heard.fade_out(out)
            self._heard = wanted
        buffer[:] = np.repeat(out, len(buffer) // 2 // frames).tobytes()

    def close(self) -> None:
        """Release the device."""
        self.line.close()
