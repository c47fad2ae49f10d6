"""The typed interview in processes that begin at once and may be killed at any moment.

Run as a program it loads the content once; for each connection to its socket it forks, and the child is
`voice-triage type` with the flags of the first line, typing and reading through the connection.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Run:
    """One run of the program."""

    def __init__(self, server: Path, flags: tuple[str, ...]) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.settimeout(20)
        self._connection.connect(str(server))
        self._lines = self._connection.makefile("r", encoding="utf-8")
        self._connection.sendall(json.dumps(flags).encode() + b"\n")
        self._pid = int(self._lines.readline())
        self.said: list[str] = []
        """Every line so far, without notes."""
        self.notes: list[str] = []

    def type(self, answer: str) -> None:
        """Type one answer; nobody waits for what comes of it."""
        with suppress(BrokenPipeError):
            self._connection.sendall(f"{answer}\n".encode())

    def read_to(self, last: str) -> None:
        """Read up to this line."""
        while (line := self._line()) != last:
            assert line, f"{last!r} did not come: {self.said} {self.notes}"
            self._take(line)
        self._take(last)

    def _line(self) -> str:
        with suppress(TimeoutError):
            return self._lines.readline().rstrip("\n")
        return ""

    def kill(self) -> None:
        """As a power cut would; then take what it had said."""
        os.kill(self._pid, signal.SIGKILL)
        self.end()

    def end(self) -> None:
        """Read to its end, and wait until it is gone."""
        with suppress(ConnectionResetError):
            for line in self._lines:
                self._take(line.rstrip("\n"))
        self._connection.close()
        with suppress(ProcessLookupError):
            while True:
                os.kill(self._pid, 0)
                time.sleep(0.001)

    def _take(self, line: str) -> None:
        (self.notes if line.startswith("[") else self.said).append(line)


@contextmanager
def program(folder: Path) -> Iterator[Path]:
    """The program, loaded; gives the socket for Run. Its own folder for journals lies in `folder`."""
    server = folder / "socket"
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    process = subprocess.Popen([sys.executable, __file__, server], stdout=subprocess.PIPE, env=environment)
    try:
        assert process.stdout is not None
        assert process.stdout.readline(), "it did not begin"
        yield server
    finally:
        process.kill()
        process.communicate()


def _serve(path: str) -> None:
    from voice_triage.cli.parser import parse  # noqa: PLC0415  # so that tests import none of it
    from voice_triage.cli.setup import load_dialogue  # noqa: PLC0415  # likewise
    from voice_triage.cli.typed import conduct  # noqa: PLC0415  # likewise

    dialogue = load_dialogue(None, "uk")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()
    print("ready", flush=True)
    while True:
        connection, _ = server.accept()
        flags = b""
        while not flags.endswith(b"\n"):
            flags += connection.recv(1)
        if os.fork():
            connection.close()
            continue
        for standard in (0, 1, 2):
            os.dup2(connection.fileno(), standard)
        connection.close()
        print(os.getpid(), flush=True)
        code = int(conduct(parse(["type", *json.loads(flags)]), dialogue))
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
