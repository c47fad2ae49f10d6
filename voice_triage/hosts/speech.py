"""Makes the sentences of a turn into sound in the background, while the first of them is spoken."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence

from voice_triage.errors import EngineError, RendererError
from voice_triage.hosts.happenings import Rendered
from voice_triage.ports import Renderer, Sound

Order = tuple[str, int]
"""A text, and the rate to speak it at, in words a minute."""


class Speech:
    """One thread that renders what is needed, in order, and tells when it is there."""

    def __init__(self, renderer: Renderer, voice: str, give_up: Callable[[], None] = lambda: None) -> None:
        """`voice`: the renderer's own name of a voice, "" for its default.

        `give_up` is called by `close`: for a renderer that works ahead.
        """
        self._renderer = renderer
        self._voice = voice
        self._give_up = give_up
        self._change = threading.Condition()
        self._needed: deque[Order] = deque()
        self._made: dict[Order, Sound | EngineError] = {}
        self.closed = False
        """Nothing more will be spoken."""
        self._post: Callable[[Rendered], None] = lambda rendered: None
        # A daemon: a renderer that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="speech", daemon=True)

    def start(self, post: Callable[[Rendered], None]) -> None:
        """Begin to work; `post` is told of each text when it is ready."""
        self._post = post
        self._thread.start()

    def need(self, texts: Sequence[str], rate: int) -> None:
        """These are to be spoken next, in this order. What failed before is tried again."""
        with self._change:
            orders = [(text, rate) for text in texts]
            for order in orders:
                if isinstance(self._made.get(order), EngineError):
                    del self._made[order]
            self._needed = deque(order for order in orders if order not in self._made)
            self._change.notify()

    def sound(self, text: str, rate: int) -> Sound | EngineError | None:
        """The sound of `text`, why there is none, or None while it is being made."""
        with self._change:
            return self._made.get((text, rate))

    def close(self) -> None:
        """Begin no further text."""
        self._give_up()
        with self._change:
            self.closed = True
            self._change.notify()

    def _work(self) -> None:
        while (order := self._next()) is not None:
            made = self._render(*order)
            with self._change:
                self._made[order] = made
            self._post(Rendered(order[0]))

    def _next(self) -> Order | None:
        with self._change:
            self._change.wait_for(lambda: self._needed or self.closed)
            return None if self.closed else self._needed.popleft()

    def _render(self, text: str, rate: int) -> Sound | EngineError:
        try:
            return self._renderer.render(text, self._voice, rate)
        except EngineError as error:
            return error
        except Exception as error:  # a fault in a renderer must end on the screen, not in waiting for ever
            return RendererError(f"{self._renderer.name}: {error!r}")
