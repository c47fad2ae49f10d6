"""From the start of the process to the first sound of the greeting."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voice_triage.cli.setup import default_shelf

from .figures import Figure
from .workshop import REGION, Workshop

RUNS = 12
FIRST = "Vosk, phrases not compiled yet"
GOAL = 1.5
"""Seconds."""
PATIENCE = 30.0
"""Seconds for the greeting to begin, before the program counts as broken."""
QUIET = 0.5
"""Seconds of silence between two starts."""


@dataclass(frozen=True)
class Start:
    """How long one start took, in seconds."""

    heard: float
    """Until the first sound."""
    worked: float
    """Of the processors, until a moment after that: it depends less on what else runs."""


def start_figures(place: Workshop) -> list[Figure]:
    """In a terminal as people have it, with plain lines, and for the very first time.

    All kinds by turns, so that what else runs on the machine slows each of them as much.
    """
    vosk = ["--model", str(place.model)]
    kinds = {
        "Vosk": vosk,
        "Vosk, --plain": [*vosk, "--plain"],
        "PocketSphinx": ["--recognizer", "pocketsphinx"],
        FIRST: vosk,
    }
    starts: dict[str, list[Start]] = {name: [] for name in kinds}
    for run in range(RUNS + 1):
        for name, flags in kinds.items():
            if name == FIRST:
                shutil.rmtree(default_shelf().folder)
            start = _start(place, flags)
            if run:  # the first ones find files that are not in memory yet
                starts[name].append(start)
    return [figure for name, of in starts.items() for figure in _figures(name, of)]


def _figures(name: str, starts: Sequence[Start]) -> list[Figure]:
    goal = None if name == FIRST else GOAL
    return [
        Figure(f"start, {name}", "s", tuple(start.heard for start in starts), goal, goal),
        Figure("- of the processors", "s", tuple(start.worked for start in starts)),
    ]


def _start(place: Workshop, flags: list[str]) -> Start:
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
        _, process.returncode, used = os.wait4(process.pid, 0)
    if first is None:
        raise RuntimeError(f"the greeting was not heard; on the screen: {screen.decode(errors='replace')}")
    return Start(first - begun, used.ru_utime + used.ru_stime)


def _drain(terminal: int, screen: bytearray) -> None:
    """Take what is written to the terminal, as nobody can write to a full one."""
    with suppress(OSError):  # its other end is gone
        while data := os.read(terminal, 4096):
            screen += data
    os.close(terminal)
