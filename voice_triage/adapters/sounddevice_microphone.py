"""The microphone: what a sound device hears becomes frames, and its loss is noticed and mended."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from voice_triage.errors import MicrophoneError
from voice_triage.ports import DeviceBack, DeviceLost, DeviceSilent, Frame, Post
from voice_triage.sound.portaudio import Way, is_there, open_line
from voice_triage.sound.reopening import attempts
from voice_triage.sound.samples import FrameCutter
from voice_triage.sound.sound_server import RouteWatch

QUEUED_BLOCKS = 256
"""Blocks kept between PortAudio's thread and ours: six seconds of blocks of 25 ms; more is dropped."""
POLL = 0.25
"""Seconds after which the device is looked at although it brings nothing."""
DIGITAL_SILENCE = 2.0
"""Seconds of exact zeros after which the device is looked for again; each further look comes later."""
LONGEST_BETWEEN_LOOKS = 30.0
"""Seconds of exact zeros between two looks at most."""
STAND_IN_PATIENCE = 1.0
"""Seconds in which another device than the one asked for must bring more than exact zeros."""
START_TIMEOUT = 15.0
"""Seconds for the sound server to answer at all."""
CLOSE_TIMEOUT = 3.0
"""Seconds to wait for the release; where the sound server hangs, the end of the program does it."""


class SounddeviceMicrophone:
    """Port Microphone on PortAudio.

    One thread of ours opens, reads, watches and closes; PortAudio's own thread only queues what it brings.
    A device is lost when its stream ends, when nothing comes for a second, or when it brings exact zeros and
    can no longer be opened by its name, or when the sound server says that it has put another one in its
    place. It is opened again by its name, else the system's default is, as soon as one brings sound.

    Exact zeros alone are no loss: headsets and noise filters give them between words, muted microphones and
    virtual cards for as long as nobody speaks. The device is then opened a second time beside the first, and
    the new stream takes over in the silence, so that no word is lost by looking. Where the sound server says
    that it is muted, it counts as lost until it no longer is; else DeviceSilent is posted, once.
    """

    def __init__(self, device: str = "") -> None:
        """`device`: the name or a part of it; "" is the system's default."""
        self.name = device or "default microphone"
        self.dropped = 0
        """Blocks of sound lost because PortAudio or we were late."""
        self._device = device
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._server = RouteWatch(Way.IN)
        self._doubted = False
        """DeviceSilent was posted."""

    def start(self, post: Post) -> None:
        """Open the device and wait for its first sound. Raises MicrophoneError."""
        self.close()
        self._closing = threading.Event()
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(post, self._closing, opened), name="microphone", daemon=True
        )
        self._thread.start()
        try:
            opened.result(START_TIMEOUT)
        except TimeoutError as error:
            self._closing.set()
            raise MicrophoneError("the sound server does not answer; is it running?") from error

    def close(self) -> None:
        """Release the device; may be called twice."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_TIMEOUT)

    def _drop(self) -> None:
        self.dropped += 1

    def _run(self, post: Post, closing: threading.Event, opened: Future[None]) -> None:
        try:
            tap: _Tap | None = self._open(self._device)
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        self._server.start()
        try:
            while tap is not None:
                self.name = tap.name
                tap, why = self._listen(tap, post, closing)
                # Told before it is closed: closing may hang where a sound server does.
                if why:
                    post(DeviceLost(Way.IN.noun, self.name, why))
                tap.close()
                tap = self._recover(closing) if why else None
                if tap is not None and not closing.is_set():
                    post(DeviceBack(Way.IN.noun, tap.name))
        except Exception as error:
            # A microphone that grows deaf without a word would pass for a silent person.
            post(DeviceLost(Way.IN.noun, self.name, f"an error of the program stopped it: {error!r}"))
            raise
        finally:
            self._server.close()

    def _open(self, device: str) -> _Tap:
        """A tap on `device`. Raises MicrophoneError, also where there is only an echo of the loudspeaker."""
        tap = _Tap(device, self._drop)
        if any(route.monitor for route in self._server.settle()) and not device:
            tap.close()
            raise MicrophoneError(
                "the system's default microphone is none: it records what the loudspeaker plays. Choose a "
                "microphone in the system's sound settings, or with --microphone NAME"
            )
        return tap

    def _listen(self, tap: _Tap, post: Post, closing: threading.Event) -> tuple[_Tap, str]:
        """Post frames until the device is lost. The tap it was lost with, and why; "" when closed."""
        look_at = DIGITAL_SILENCE
        while not closing.is_set():
            for frame in tap.frames(POLL):
                post(frame)
            if why := tap.line.trouble():
                return tap, why
            if moved := self._server.moved:
                return tap, f"the sound server put another one in its place ({moved})"
            if why := self._server.silenced:
                self._sit_out(tap, why, post, closing)
            if tap.zeros == 0:
                look_at = DIGITAL_SILENCE
            elif tap.zeros >= look_at:
                look_at += min(look_at, LONGEST_BETWEEN_LOOKS)
                try:
                    tap = self._look(tap, post)
                except MicrophoneError as error:
                    return tap, f"only digital silence came from it, and {error}"
                self.name = tap.name
                if not self._doubted:
                    self._doubted = True
                    post(DeviceSilent(Way.IN.noun, self.name))
        return tap, ""

    def _sit_out(self, tap: _Tap, why: str, post: Post, closing: threading.Event) -> None:
        """Wait until the muted device no longer is, or is in other trouble."""
        post(DeviceLost(Way.IN.noun, self.name, why))
        while self._server.silenced and not closing.is_set():
            tap.frames(POLL)
            if tap.line.trouble() or self._server.moved:
                return
        tap.drain()
        if not closing.is_set():
            post(DeviceBack(Way.IN.noun, self.name))

    def _look(self, tap: _Tap, post: Post) -> _Tap:
        """A second tap on the device in place of the first. Raises MicrophoneError if it is gone."""
        try:
            fresh = _Tap(self._device, self._drop)
        except MicrophoneError as error:
            if is_there(error):
                return tap
            raise
        self._server.settle()
        # Both have heard the same up to now: it is taken from the old one alone.
        fresh.drain()
        fresh.zeros = tap.zeros
        for frame in tap.drain():
            post(frame)
        tap.close()
        return fresh

    def _recover(self, closing: threading.Event) -> _Tap | None:
        """A new tap on the device, or on the system's default; None when closed."""
        for stand_in in attempts(Way.IN, closing):
            with contextlib.suppress(MicrophoneError):
                return self._open(self._device)
            if self._device and stand_in and (tap := self._stand_in(closing)):
                return tap
        return None

    def _stand_in(self, closing: threading.Event) -> _Tap | None:
        """The system's default microphone, if it is one: without any, a sound server offers as its default
        what the loudspeaker plays, which is nothing while we listen."""
        try:
            tap = self._open("")
        except MicrophoneError:
            return None
        if tap.brings_sound(closing):
            return tap
        tap.close()
        return None


class _Tap:
    """One open stream of a microphone and what came through it."""

    def __init__(self, device: str, drop: Callable[[], None]) -> None:
        """`drop` is called for each block that is lost. Raises MicrophoneError."""
        self.zeros = 0.0
        """Seconds of exact zeros up to now."""
        self._blocks: queue.Queue[bytes] = queue.Queue(QUEUED_BLOCKS)
        self._drop = drop
        self.line = open_line(device, Way.IN, self._take, drop)
        self.name = self.line.device.name
        self._cutter = FrameCutter(self.line.rate, self.line.channels)

    def _take(self, buffer: Any, _frames: int) -> None:
        try:
            self._blocks.put_nowait(bytes(buffer))
        except queue.Full:
            self._drop()

    def frames(self, timeout: float) -> list[Frame]:
        """The frames that the next block completes; none when no block comes within `timeout` seconds."""
        try:
            block = self._blocks.get(timeout=timeout)
        except queue.Empty:
            return []
        silent = block.count(0) == len(block)
        self.zeros = self.zeros + len(block) / 2 / self.line.channels / self.line.rate if silent else 0.0
        return self._cutter.take(block)

    def drain(self) -> list[Frame]:
        """The frames of all blocks that have come up to now."""
        return [frame for _ in range(self._blocks.qsize()) for frame in self.frames(POLL)]

    def brings_sound(self, closing: threading.Event) -> bool:
        """Anything but exact zeros comes within a second."""
        until = time.monotonic() + STAND_IN_PATIENCE
        while time.monotonic() < until and not closing.is_set():
            if self.frames(POLL) and self.zeros == 0:
                return True
        return False

    def close(self) -> None:
        """Release the device."""
        self.line.close()
