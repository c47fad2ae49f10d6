"""The program's own version."""

from __future__ import annotations


def program_version() -> str:
    """The version of the installed package."""
    # Its import takes a tenth of a second that the first spoken word need not wait for.
    from importlib.metadata import version  # noqa: PLC0415

    return version("voice-triage")
