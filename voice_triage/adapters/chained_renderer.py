"""Makes text into sound by the first of several renderers that can."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from voice_triage.errors import EngineError, RendererError
from voice_triage.ports import Renderer, Sound


class ChainedRenderer:
    """A Renderer that falls back from one to the next.

    One that failed is tried last from then on, so that one that hangs costs its patience once and not at
    every prompt. A voice that no renderer has is given up for each one's default: any voice over none.
    """

    def __init__(self, renderers: Sequence[Renderer], failed: Callable[[str, str], None]) -> None:
        """`failed(name, why)` is told of a failure when it happens first, on the thread that renders."""
        self.name = ", then ".join(renderer.name for renderer in renderers)
        self._failed = failed
        self._order = list(renderers)
        self._told: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer. Raises RendererError, with what each renderer said, when all have failed."""
        whys: list[str] = []
        for wanted in dict.fromkeys((voice, "")):
            with self._lock:
                order = tuple(self._order)
            for renderer in order:
                try:
                    return renderer.render(text, wanted, rate)
                except EngineError as error:
                    whys.append(f"{renderer.name}: {error}")
                    self._failed_now(renderer, str(error))
        raise RendererError("; ".join(dict.fromkeys(whys)) or "there is no renderer")

    def _failed_now(self, renderer: Renderer, why: str) -> None:
        """Try it last from now on, and tell of it, once: a text to prepare may fail a hundred times over."""
        with self._lock:
            self._order.remove(renderer)
            self._order.append(renderer)
            told = (renderer.name, why) in self._told
            self._told.add((renderer.name, why))
        if not told:
            self._failed(renderer.name, why)
