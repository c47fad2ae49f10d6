"""Keeps the chatter of C libraries (ALSA, PortAudio, recognisers) off the person's screen."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def native_messages_hidden() -> Iterator[None]:
    """Within, what C libraries write to the standard error is dropped; Python's own messages are still shown.

    To be put once round a whole program: it acts on the process, and on the programs that it starts.
    """
    sys.stderr.flush()
    before, shown = sys.stderr, os.dup(2)
    try:
        with (
            Path(os.devnull).open("wb") as nowhere,
            open(shown, "w", encoding=before.encoding, errors="backslashreplace", buffering=1) as own,  # noqa: PTH123 - a descriptor
        ):
            os.dup2(nowhere.fileno(), 2)
            sys.stderr = own
            try:
                yield
            finally:
                own.flush()
                os.dup2(shown, 2)
    finally:
        sys.stderr = before
