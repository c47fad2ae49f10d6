"""What `--report` asks for: the folder looked at before the interview, the files written after it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from voice_triage.cli.exits import Exit
from voice_triage.cli.version import program_version
from voice_triage.dialogue import Dialogue
from voice_triage.errors import ReportError
from voice_triage.handover.summary import Summary
from voice_triage.reporting.folder import ReportFolder
from voice_triage.reporting.report import Report


def folder_for(path: Path | None) -> ReportFolder | None:
    """The folder that --report asks for, made if need be; None without it. Raises ReportError."""
    return None if path is None else ReportFolder(path)


def report_of(summary: Summary, dialogue: Dialogue, when: datetime) -> Report:
    """The report of an interview that was over at `when`."""
    words = dialogue.book_of(summary).handover.page
    return Report(summary, dialogue.told(summary), words, when, program_version())


def write_report(folder: ReportFolder | None, summary: Summary | None, dialogue: Dialogue) -> bool:
    """Write it and say where, or why not; False where one was asked for and is not all there.

    Never raises: whatever ended the interview is to be told, and the exit code is that of the interview.
    """
    if folder is None:
        return True
    if summary is None:
        _tell("There is no report: nothing was answered.")
        return False
    try:
        files = folder.write(report_of(summary, dialogue, datetime.now().astimezone()))
    except ReportError as error:
        _tell(str(error))
        return False
    except Exception as error:  # a fault of the program: the advice was given, and stands above
        _tell(f"The report is not complete, by a fault of the program: {error!r}")
        return False
    _tell("The report: " + ", ".join(map(str, files)))
    return True


def exit_with(code: Exit, written: bool) -> Exit:
    """The interview's own exit code; where that is good and a report is missing, one that says so."""
    return code if written or code is not Exit.ADVICE_GIVEN else Exit.NOT_AS_EXPECTED


def _tell(text: str) -> None:
    print(f"[{text}]", file=sys.stderr, flush=True)
