"""The code on the page: the summary as text that staff can scan, without a network."""

from __future__ import annotations

import segno


def code(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code, row by row, its quiet border of four included; True is black.

    UTF-8, as decoders expect; the least redundancy, raised where there is room for it: a code with fewer
    modules is easier to scan from paper than one that could lose more of them (ISO/IEC 18004).
    """
    made = segno.make(text, error="l", micro=False, encoding="utf-8", mode="byte", boost_error=True)
    return tuple(tuple(bool(dark) for dark in row) for row in made.matrix_iter(border=4))


def path(modules: tuple[tuple[bool, ...], ...]) -> str:
    """The black modules as the path of an SVG, one unit each."""
    strokes = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return "".join(strokes)
