"""What the virtual loudspeaker plays, and when each part of it was heard."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

RATE = 48_000
"""Hz, of the card."""
LOUD = 300
"""16-bit sample value above which something is heard: -41 dBFS, on a card whose silence is exact."""

Samples = npt.NDArray[np.int16]


class Tape:
    """The latest seconds of the loudspeaker. Times are those of time.monotonic(), and late by at most the
    10 ms in which the sound server hands recordings out, so that every figure is rather too long."""

    def __init__(self, source: int, seconds: float) -> None:
        """`source`: file descriptor of a recorder's output."""
        self._source = source
        self._kept = seconds
        self._parts: list[tuple[float, Samples]] = []
        self._lock = threading.Lock()
        self._begun = threading.Event()
        threading.Thread(target=self._read, name="tape", daemon=True).start()
        if not self._begun.wait(10):
            raise RuntimeError("the virtual loudspeaker gives no sound to record")

    def _read(self) -> None:
        rest = b""
        while data := os.read(self._source, 65536):
            at = time.monotonic()
            data = rest + data
            whole = len(data) // 2 * 2
            rest = data[whole:]
            with self._lock:
                self._parts.append((at, np.frombuffer(data[:whole], "<i2")))
                while self._parts[0][0] < at - self._kept:
                    del self._parts[0]
            self._begun.set()

    def heard(self, since: float, until: float) -> tuple[float, Samples]:
        """The time of the first sample, and the samples. Waits until `until` has been recorded."""
        while self._latest() < until:
            time.sleep(0.01)
        with self._lock:
            later = [(at, part) for at, part in self._parts if since <= at]
        at, first = later[0]
        rest = [part for at, part in later[1:] if at - len(part) / RATE <= until]
        return at - len(first) / RATE, np.concatenate([first, *rest])

    def first_sound(self, since: float, timeout: float) -> float | None:
        """When something was heard first after `since`; None if nothing is for `timeout` seconds."""
        while (now := time.monotonic()) < since + timeout:
            begun, samples = self.heard(since, now)
            loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > LOUD)
            if len(loud):
                return begun + int(loud[0]) / RATE
            time.sleep(0.05)
        return None

    def wait_for_silence(self, seconds: float) -> None:
        """Wait until nothing has been heard for so long."""
        while True:
            now = time.monotonic()
            _, samples = self.heard(now - seconds, now)
            if np.abs(samples.astype(np.int32)).max() <= LOUD:
                return
            time.sleep(0.05)

    def _latest(self) -> float:
        with self._lock:
            return self._parts[-1][0]


@contextmanager
def recorded(env: Mapping[str, str], seconds: float = 20.0) -> Iterator[Tape]:
    """Record the loudspeaker of the card that `env` leads to; the latest `seconds` are kept."""
    command = ["parec", "-d", "speaker.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le"]
    source, sink = os.pipe()
    process = subprocess.Popen([*command, "--latency-msec=10"], stdout=sink, env=dict(env))
    os.close(sink)
    try:
        yield Tape(source, seconds)
    finally:
        process.terminate()
        process.wait(5)
