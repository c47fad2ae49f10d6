"""The page as HTML: for a screen reader, to enlarge, to print. No script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from voice_triage.reporting.page import Page, Part
from voice_triage.reporting.qr import code, path

_STYLE = """
@page { size: A4; margin: 10mm }
body { font: 16pt/1.15 Arial, Helvetica, sans-serif; color: #000; background: #fff }
body { margin: 0 auto; max-width: 190mm }
h1 { font-size: 20pt; margin: 0 } h2 { font-size: 17pt; margin: 2mm 0 0; border-bottom: .5mm solid #000 }
p, ul { margin: 0 } .urgency, .warning { font-weight: bold } .urgency { font-size: 20pt }
.foot { display: flex; gap: 4mm; margin-top: 2mm }
figure { margin: 0; flex: none; width: 58mm } svg { width: 58mm; height: 58mm; display: block }
li, p { overflow-wrap: anywhere }
"""
"""Black on white; the sizes are those of the PDF, so that as much fits."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser fetches nothing and runs nothing, whatever was said."""


def write_html(page: Page, language: str) -> str:
    """The page as one HTML document."""
    return "\n".join(_lines(page, language)) + "\n"


def _lines(page: Page, language: str) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(language)}">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head>"
    yield f"<body><main><header><h1>{escape(page.title)}</h1><p>{escape(page.made)}</p>"
    if page.warning:
        yield f'<p class="warning" role="note">{escape(page.warning)}</p>'
    yield f'<p class="urgency">{escape(page.urgency)}</p></header>'
    for part in page.parts:
        yield from _part(part)
    yield '<footer class="foot"><figure>'
    yield _svg(page)
    yield f"<figcaption>{escape(page.code_caption)}</figcaption></figure><div>"
    yield from (f"<p>{escape(note)}</p>" for note in page.notes)
    yield "</div></footer></main></body></html>"


def _part(part: Part) -> Iterator[str]:
    yield f"<section><h2>{escape(part.heading)}</h2>"
    if part.items:
        yield "<ul>"
        yield from (f"<li>{escape(item)}</li>" for item in part.items)
        yield "</ul>"
    if part.lines:
        between = "<br>" if part.items else " "
        yield f"<p>{between.join(map(escape, part.lines))}</p>"
    yield "</section>"


def _svg(page: Page) -> str:
    modules = code(page.code_text)
    size, alt = len(modules), escape(f"{page.code_caption}. {page.code_text}", quote=True)
    return (
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'xmlns="http://www.w3.org/2000/svg"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path(modules)}" fill="#000"/></svg>'
    )
