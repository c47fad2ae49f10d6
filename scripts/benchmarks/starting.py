"""From the start of the process to the first sound of the greeting."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .figures import Figure
from .workshop import REGION, Workshop

RUNS = 12
GOAL = 1.5
"""Seconds."""
PATIENCE = 30.0
"""Seconds for the greeting to begin, before the program counts as broken."""
QUIET = 0.5
"""Seconds of silence between two starts."""


def start_figures(place: Workshop) -> list[Figure]:
    """In a terminal as people have it, and with plain lines."""
    vosk = ["--model", str(place.model)]
    kinds = (
        ("start, Vosk", vosk),
        ("start, Vosk, --plain", [*vosk, "--plain"]),
        ("start, PocketSphinx", ["--recognizer", "pocketsphinx"]),
    )
    return [
        Figure(name, "s", _starts(place, flags), median_goal=GOAL, p95_goal=GOAL) for name, flags in kinds
    ]


def _starts(place: Workshop, flags: list[str]) -> tuple[float, ...]:
    _start(place, flags)  # the first one finds files that are not in memory yet
    return tuple(_start(place, flags) for _ in range(RUNS))


def _start(place: Workshop, flags: list[str]) -> float:
    place.tape.wait_for_silence(QUIET)
    program = Path(sys.executable).with_name("voice-triage")
    ours, theirs = pty.openpty()
    begun = time.monotonic()
    process = subprocess.Popen(
        [program, "talk", "--region", REGION, *flags],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    screen = bytearray()
    threading.Thread(target=_drain, args=(ours, screen), daemon=True).start()
    try:
        first = place.tape.first_sound(begun, PATIENCE)
    finally:
        # All of its processes; there is nothing to say good-bye for.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if first is None:
        raise RuntimeError(f"the greeting was not heard; on the screen: {screen.decode(errors='replace')}")
    return first - begun


def _drain(terminal: int, screen: bytearray) -> None:
    """Take what is written to the terminal, as nobody can write to a full one."""
    with suppress(OSError):  # its other end is gone
        while data := os.read(terminal, 4096):
            screen += data
    os.close(terminal)
