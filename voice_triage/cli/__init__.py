"""The command `voice-triage`: reads the flags, puts the parts together, and gives the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module

from voice_triage.cli.exits import Exit, UsageError
from voice_triage.cli.parser import parse
from voice_triage.errors import (
    ContentError,
    EngineError,
    JournalError,
    ModelError,
    ReportError,
    SoundFileError,
)
from voice_triage.sound.native_messages import native_messages_hidden

WITH_DEVICES = frozenset({"talk", "doctor", "devices", "demo"})
"""Commands that open sound devices, whose libraries write about each of their trials."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. `argv`: what follows the program's name; None: what the program was started with."""
    arguments = parse(sys.argv[1:] if argv is None else argv)
    try:
        quietly = native_messages_hidden() if arguments.module in WITH_DEVICES else nullcontext()
        with quietly:
            # Only the chosen command's module is loaded: the first word shall not wait for the others.
            return int(import_module(f"voice_triage.cli.{arguments.module}").run(arguments))
    except UsageError as error:
        return _tell(str(error), Exit.USAGE)
    except (JournalError, ReportError, SoundFileError) as error:
        return _tell(str(error), Exit.USAGE)
    except ContentError as error:
        return _tell(f"The content cannot be used:\n{error}", Exit.BAD_CONTENT)
    except (EngineError, ModelError) as error:
        return _tell(str(error), Exit.NO_DEVICE)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output is gone; what Python still holds for it must not raise once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.NOT_AS_EXPECTED


def _tell(message: str, code: Exit) -> Exit:
    print(f"voice-triage: {message}", file=sys.stderr, flush=True)
    return code
