"""When to try a lost sound device again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from itertools import chain, repeat

from voice_triage.errors import EngineError
from voice_triage.sound.portaudio import Way, devices, refresh

PATIENCE = (0.5, 1.0, 2.0)
"""Seconds between attempts to open a lost device; the last one is repeated."""


def attempts(way: Way, closing: threading.Event) -> Iterator[bool]:
    """The moments to try a lost device again, until `closing` is set; true where another may stand in for it.

    It may once two lists made anew have shown devices: a sound server that has just been started first
    shows a few, and the lost one a moment later.
    """
    renewed = stand_in = False
    for pause in chain(PATIENCE, repeat(PATIENCE[-1])):
        yield stand_in
        with contextlib.suppress(EngineError):
            stand_in = renewed and bool(devices(way))
        if closing.wait(pause):
            return
        refresh()
        renewed = True
