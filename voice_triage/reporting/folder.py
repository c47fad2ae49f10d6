"""The folder for reports: looked at before the interview, written to after it, for its owner's eyes only."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from voice_triage.errors import ReportError
from voice_triage.reporting.report import Report

NEEDED = {"fhir": "fhir.resources", "reportlab": "reportlab", "segno": "segno"}
"""Package as it is imported -> as it is installed."""


class ReportFolder:
    """A place for reports that can be written to."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder if need be. Raises ReportError if no report could be written there."""
        self.folder = folder
        missing = [name for module, name in NEEDED.items() if find_spec(module) is None]
        if missing:
            raise ReportError(
                f"--report needs {', '.join(missing)}; install with: pip install 'voice-triage[report]'"
            )
        trial = folder / f".trial-{os.getpid()}"
        try:
            # It holds what somebody said about their health: for nobody else on this machine.
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            _write(trial, b"")
            trial.unlink()
        except OSError as error:
            raise ReportError(f"{folder}: no report can be written there: {error.strerror}") from error

    def write(self, report: Report) -> tuple[Path, ...]:
        """The report as text, HTML, PDF and FHIR; the files. Raises ReportError.

        The text comes first: whatever fails after it, that one is there.
        """
        # Their import takes half a second that the first spoken word need not wait for.
        from voice_triage.reporting.text_report import write_text  # noqa: PLC0415

        name = f"back-pain-{report.when:%Y%m%d-%H%M%S}"
        text = write_text(report).encode()
        try:
            written = [self._new(name, "txt", text)]
            stem = written[0].stem
            from voice_triage.reporting.fhir_report import write_fhir  # noqa: PLC0415
            from voice_triage.reporting.html_report import write_html  # noqa: PLC0415
            from voice_triage.reporting.pdf_report import write_pdf  # noqa: PLC0415

            pdf, page = write_pdf(report)
            html = write_html(page, report.summary.language).encode()
            written += [self._new(stem, "html", html), self._new(stem, "pdf", pdf)]
            written.append(self._new(stem, "fhir.json", write_fhir(report).encode()))
        except OSError as error:
            raise ReportError(
                f"{self.folder}: the report could not be written: {error.strerror or error}"
            ) from error
        return tuple(written)

    def _new(self, stem: str, ending: str, content: bytes) -> Path:
        """A new file; where there is one of this name, the next number. Raises OSError."""
        number = 1
        while True:
            path = self.folder / (f"{stem}.{ending}" if number == 1 else f"{stem}-{number}.{ending}")
            try:
                _write(path, content)
            except FileExistsError:
                number += 1
            else:
                return path


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
