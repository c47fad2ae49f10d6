"""The flags and commands about journals. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path

KEEP_DAYS = 30
"""Long enough to look back at an illness of some weeks; no journal stays because nobody thought of it."""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of commands that hold an interview."""
    parser.add_argument(
        "--save",
        nargs="?",
        const=True,
        type=Path,
        metavar="PATH",
        help="keep a journal, for your eyes only: in the program's own folder, or in this folder, or as this "
        "new file",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="as --save, and go on with a kept interview that was interrupted in the last hour; asks first",
    )
    parser.add_argument(
        "--keep-days",
        type=_days,
        default=KEEP_DAYS,
        metavar="N",
        help="with --save: first delete journals of that folder that are older (default: %(default)s)",
    )


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`journals` and `forget`."""
    about = "Lists the journals that were kept."
    commands.add_parser("journals", help=about, description=about).set_defaults(module="journals")
    about = "Lists and deletes every journal that was kept, with its sound, wherever it was put; asks first."
    parser = commands.add_parser("forget", help=about, description=about)
    parser.set_defaults(module="forget")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 36500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 on")
    return int(text)
