"""The page as PDF: one side of A4 in large type, black on white."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from voice_triage.reporting.page import ROOMS, Page, page
from voice_triage.reporting.qr import code
from voice_triage.reporting.report import Report

PLAIN, BOLD = "Vera", "VeraBd"
"""Bitstream Vera, which ReportLab brings along: it is embedded, so that it looks alike everywhere."""
TEXT, HEADING, TITLE = 16.0, 17.0, 20.0
"""Points; clear print for people who see little begins at 16 (UK Association for Accessible Formats)."""
_MARGIN, _CODE, _GAP = 10 * mm, 58 * mm, 4 * mm
_LEADING = 1.15
_LEFT_OUT = "…"
"""Stands for a sign that the font has not: it is not lost in silence."""


@dataclass(frozen=True)
class _Line:
    text: str
    font: str
    size: float
    space: float = 0.0
    """Points above it."""

    @property
    def height(self) -> float:
        return self.size * _LEADING + self.space


def write_pdf(report: Report) -> tuple[bytes, Page]:
    """The PDF, and the page that is on it: as much as fits."""
    for name in (PLAIN, BOLD):
        registerFont(TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf")))
    chosen = page(report, ROOMS[-1])
    for room in ROOMS:
        chosen = page(report, room)
        if _height(chosen) <= A4[1] - 2 * _MARGIN:
            break
    return _draw(chosen, report.summary.language), chosen


def _height(on_it: Page) -> float:
    foot = max(_CODE + _total(_caption(on_it)), _total(_notes(on_it)))
    return float(_total(_lines(on_it)) + _GAP + foot)


def _total(lines: Iterator[_Line]) -> float:
    return sum(line.height for line in lines)


def _lines(on_it: Page) -> Iterator[_Line]:
    width = A4[0] - 2 * _MARGIN
    yield from _wrapped(on_it.title, BOLD, TITLE, width)
    yield from _wrapped(on_it.made, PLAIN, TEXT, width)
    yield from _wrapped(on_it.urgency, BOLD, TITLE, width, space=2)
    yield from _wrapped(on_it.warning, BOLD, TEXT, width)
    for part in on_it.parts:
        yield from _wrapped(part.heading, BOLD, HEADING, width, space=4)
        for item in part.items:
            yield from _wrapped(f"• {item}", PLAIN, TEXT, width)
        if part.items:
            for line in part.lines:
                yield from _wrapped(line, PLAIN, TEXT, width)
        else:
            yield from _wrapped(" ".join(part.lines), PLAIN, TEXT, width)


def _notes(on_it: Page) -> Iterator[_Line]:
    for note in on_it.notes:
        yield from _wrapped(note, PLAIN, TEXT, A4[0] - 2 * _MARGIN - _CODE - _GAP)


def _caption(on_it: Page) -> Iterator[_Line]:
    yield from _wrapped(on_it.code_caption, PLAIN, TEXT, _CODE)


def _wrapped(text: str, font: str, size: float, width: float, space: float = 0.0) -> Iterator[_Line]:
    for piece in simpleSplit(_printable(text, font), font, size, width):
        for line in _broken(piece, font, size, width):
            yield _Line(line, font, size, space)
            space = 0.0


def _broken(text: str, font: str, size: float, width: float) -> Iterator[str]:
    """A word that is longer than the line, in pieces."""
    measure = getFont(font).stringWidth
    while text and measure(text, size) > width:
        end = next(i for i in range(len(text), 0, -1) if i == 1 or measure(text[:i], size) <= width)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _printable(text: str, font: str) -> str:
    known = getFont(font).face.charToGlyph
    return "".join(sign if ord(sign) in known else _LEFT_OUT for sign in text)


def _draw(on_it: Page, language: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, lang=language, pageCompression=1)
    canvas.setTitle(on_it.title)
    y = _draw_lines(canvas, _lines(on_it), _MARGIN, A4[1] - _MARGIN) - _GAP
    _draw_code(canvas, on_it, _MARGIN, y - _CODE)
    _draw_lines(canvas, _caption(on_it), _MARGIN, y - _CODE)
    _draw_lines(canvas, _notes(on_it), _MARGIN + _CODE + _GAP, y)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_lines(canvas: Canvas, lines: Iterator[_Line], x: float, y: float) -> float:
    for line in lines:
        y -= line.height
        canvas.setFont(line.font, line.size)
        canvas.drawString(x, y + (_LEADING - 0.95) * line.size, line.text)
    return y


def _draw_code(canvas: Canvas, on_it: Page, x: float, y: float) -> None:
    modules = code(on_it.code_text)
    side = _CODE / len(modules)
    black = canvas.beginPath()  # one shape: printers leave no seams between its modules
    for number, row in enumerate(modules):
        for place, dark in enumerate(row):
            if dark:
                black.rect(x + place * side, y + _CODE - (number + 1) * side, side, side)
    canvas.drawPath(black, stroke=0, fill=1)
