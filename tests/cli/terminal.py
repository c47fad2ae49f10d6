"""The program in a terminal of its own, as a person sits before it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

MODEL = Path(__file__).parent.parent / "vosk_model"


class Terminal:
    """One run of `voice-triage`; what it shows is in `shown`."""

    def __init__(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voice_triage", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "200"} | dict(env or {}),
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, text: str, timeout: float = 30.0) -> None:
        """Until `text` is shown."""
        self._read(lambda: text in self.shown, timeout)
        assert text in self.shown, f"{text!r} was never shown, but:\n{self.shown}"

    def press(self, keys: str) -> None:
        """Type, as on a keyboard."""
        os.write(self._master, keys.encode())

    def answer(self, question: str, key: str, timeout: float = 30.0) -> None:
        """Press a key once a question is shown, and leave what comes after it to be waited for."""
        self.wait_for(question, timeout)
        self.shown = self.shown.partition(question)[2]
        self.press(key)

    def interrupt(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def end(self, timeout: float = 60.0) -> int:
        """Wait for the end; the exit code."""
        self._read(lambda: False, timeout)
        code = self.process.wait(timeout)
        os.close(self._master)
        return code

    def _read(self, enough: object, timeout: float) -> None:
        """Take in what is shown until `enough` says so, or the program has ended."""
        assert callable(enough)
        until = time.monotonic() + timeout
        while not enough() and (left := until - time.monotonic()) > 0:
            if not select.select([self._master], [], [], min(left, 0.5))[0]:
                if self.process.poll() is not None:
                    return
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the other end is closed
                return
            self.shown += data.decode("utf-8", "replace")
