"""Flags of `evaluate cases` by which the cases are tried in many ways."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_trial_flags(parser: argparse.ArgumentParser) -> None:
    """With any of them --transcripts shows only what came out too low."""
    parser.add_argument(
        "--variants",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="try them in these voices too: YAML files, or folders of them",
    )
    parser.add_argument(
        "--word-errors",
        nargs="+",
        type=_percent,
        metavar="P",
        help="hear P words of 100 wrong; several shares are tried one by one",
    )
    parser.add_argument(
        "--repeat", type=_counted, metavar="K", help="so often for each share of word errors (default: 1)"
    )
    parser.add_argument("--seed", type=_counted, metavar="N", help="of the errors (default: 1)")


def _percent(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 100")
    return int(text)


def _counted(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)
