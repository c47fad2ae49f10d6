"""The program in a terminal of its own: what it shows is read, keys are pressed, Ctrl-C is sent."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress


class Terminal:
    """One run of `voice-triage`."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self._shown = ""
        self._read_to = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voice_triage", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            start_new_session=True,
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError):  # the program has ended
            while data := os.read(self._ours, 65536):
                self._shown += data.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def shown(self) -> str:
        """Everything up to now."""
        return self._shown

    def wait_for(self, text: str, seconds: float = 20.0) -> None:
        """Wait until it shows `text`, after what was waited for before."""
        until = time.monotonic() + seconds
        while (at := self._shown.find(text, self._read_to)) < 0:
            assert time.monotonic() < until, f"{text!r} did not come:\n{self._shown}"
            assert self._process.poll() is None, f"it ended before {text!r}:\n{self._shown}"
            time.sleep(0.02)
        self._read_to = at + len(text)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def press(self, keys: str) -> None:
        """Press keys, one after another."""
        os.write(self._ours, keys.encode())

    def interrupt(self) -> None:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def end(self, seconds: float = 30.0) -> int:
        """Wait for the end; the exit code."""
        code = self._process.wait(seconds)
        self._reader.join(5)
        return code

    def kill(self) -> None:
        """End it as a crash would: it can do nothing about it."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it, however it stands."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(5)
        os.close(self._ours)


@contextmanager
def terminal(*arguments: str, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Start the program; it is ended, whatever happens."""
    started = Terminal(arguments, environment)
    try:
        yield started
    finally:
        started.close()
