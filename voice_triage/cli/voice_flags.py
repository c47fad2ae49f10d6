"""The flags about how it speaks, and the same in the settings file. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class VoiceChoice:
    """How it is to speak."""

    name: str = ""
    """Of a voice; "" is the region's own."""
    rate: int | None = None
    """Words a minute; None: as the dialogue has it."""
    volume: int | None = None
    """Percent; None: as the dialogue has it."""
    pitch: int | None = None
    """0 to 99; None: the voice's own."""
    server: str = ""
    """Address of a Wyoming server on this machine that speaks; "" is none."""

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> VoiceChoice:
        """From the flags."""
        return cls(arguments.voice, arguments.rate, arguments.volume, arguments.pitch, arguments.voice_server)


def within(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number from `least` to `most`."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return int(text)

    return read


def seconds(text: str) -> float:
    """Reads a time from 0 to 60 s."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 60:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to 60")
    return value


RATE, VOLUME, PITCH = within(80, 300), within(5, 100), within(0, 99)


def add_voice_flags(parser: argparse.ArgumentParser) -> None:
    """Of every command that speaks."""
    parser.add_argument("--voice", default="", metavar="NAME", help="voice to speak with, such as en-us")
    parser.add_argument("--rate", type=RATE, metavar="WPM", help="words a minute, 80 to 300")
    parser.add_argument("--volume", type=VOLUME, metavar="PERCENT", help="how loud, 5 to 100 (default: 80)")
    parser.add_argument("--pitch", type=PITCH, metavar="N", help="how high, 0 to 99; 50 is usual")
    parser.add_argument(
        "--voice-server",
        default="",
        metavar="ADDRESS",
        help="a Wyoming speech server on this machine, such as localhost:10200 (Piper); where it fails, the "
        "usual voice speaks",
    )


def add_lead_flag(parser: argparse.ArgumentParser) -> None:
    """Of commands that play on a device."""
    parser.add_argument(
        "--lead",
        type=seconds,
        metavar="SECONDS",
        help="quiet before a sentence that follows a pause, for speakers that swallow the first word "
        "(default: 0.5 for wireless ones, else none)",
    )
