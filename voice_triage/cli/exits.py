"""What the exit code of each command says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; whoever starts the program from another one may rely on them."""

    ADVICE_GIVEN = 0
    """And for commands that give none: all is well."""
    NOT_AS_EXPECTED = 1
    """A check found something wrong that has no code of its own."""
    USAGE = 2
    """A wrong option, or a file given by the user that cannot be used."""
    SOUND_FAILED = 3
    """Advice was due and could not be spoken; it is on the screen."""
    BAD_CONTENT = 4
    """Files under intents/ are wrong."""
    NO_DEVICE = 5
    """No usable device, recogniser or model at the start."""
    INTERRUPTED = 130
    """Ctrl-C, after the warning line."""


class UsageError(Exception):
    """An option's value cannot be used; the message says which and why."""
