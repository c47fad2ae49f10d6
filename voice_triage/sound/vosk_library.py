"""The vosk package, taken in without what it has for downloading."""

from __future__ import annotations

import sys
from types import ModuleType

DOWNLOADING = "requests"
"""Imported at the head of vosk, for its own way of getting models. It opens a network socket to see what the
machine can do, and takes longer to import than all the rest."""


def load_vosk() -> ModuleType:
    """The package `vosk`, silent from here on; it cannot download, as we never do through it.

    Raises ImportError or OSError if Vosk or its library cannot be loaded.
    """
    stand_in = sys.modules.setdefault(DOWNLOADING, ModuleType(DOWNLOADING))
    try:
        import vosk  # noqa: PLC0415 - takes a while, and brings a library that may be absent
    finally:
        if stand_in.__spec__ is None:
            del sys.modules[DOWNLOADING]
    package: ModuleType = vosk
    package.SetLogLevel(-1)
    return package
