"""The recogniser in a thread of its own, so that loading it and its deciding never hold up keys or sound."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from voice_triage.errors import EngineError, RecognizerError
from voice_triage.hosts.happenings import EarsFailed, EarsReady, Heard
from voice_triage.ports import Frame, Recognizer
from voice_triage.understanding.hearing import Hearing

OpenRecognizer = Callable[[], Recognizer]
"""Loads a recogniser; takes as long as that takes. Raises EngineError."""


@dataclass(frozen=True)
class _Start:
    answer: int
    phrases: Sequence[str]
    free: bool


@dataclass(frozen=True)
class _Finish:
    answer: int
    look: int = 0
    """0: the answer is over."""


@dataclass(frozen=True)
class _Close:
    pass


class Ears:
    """Orders go in and return at once; what came of them is posted.

    The recogniser is made, used and closed by one thread alone.
    """

    def __init__(self, open_recognizer: OpenRecognizer) -> None:
        self._open = open_recognizer
        self._orders: SimpleQueue[_Start | Frame | _Finish | _Close] = SimpleQueue()
        self._post: Callable[[EarsReady | EarsFailed | Heard], None] = lambda item: None
        self._answer = self._looks = 0
        # A daemon: an engine that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="ears", daemon=True)

    def start(self, post: Callable[[EarsReady | EarsFailed | Heard], None]) -> None:
        """Begin to load; posts EarsReady or EarsFailed."""
        self._post = post
        self._thread.start()

    def listen(self, phrases: Sequence[str], free: bool) -> int:
        """A new answer begins, and what was heard so far is forgotten; returns the answer's number."""
        self._answer += 1
        self._orders.put(_Start(self._answer, phrases, free))
        return self._answer

    def accept(self, frame: Frame) -> None:
        """One frame of the answer."""
        self._orders.put(frame)

    def look(self) -> int:
        """The person pauses: what was heard so far? Posts Heard with the number returned.

        The answer may go on with more frames: it is then heard again from its beginning.
        """
        self._looks += 1
        self._orders.put(_Finish(self._answer, self._looks))
        return self._looks

    def finish(self) -> None:
        """The answer is over; posts Heard."""
        self._orders.put(_Finish(self._answer))

    def close(self, patience: float = 2.0) -> None:
        """Release the engine, if it was ever begun; waits `patience` seconds for it at most."""
        self._orders.put(_Close())
        if self._thread.is_alive():
            self._thread.join(patience)

    def _work(self) -> None:
        try:
            recognizer = self._open()
        except EngineError as error:
            self._post(EarsFailed(error))
            return
        except Exception as error:  # a fault in an engine is a failed engine, never a silent one
            self._post(EarsFailed(RecognizerError(f"the recogniser could not be loaded: {error!r}")))
            return
        self._post(EarsReady(recognizer.name, recognizer.weak))
        try:
            self._obey(recognizer)
        finally:
            recognizer.close()

    def _obey(self, recognizer: Recognizer) -> None:
        """Carry out orders until _Close. After an error, the rest of that answer is dropped."""
        failed: EngineError | None = None
        heard: Hearing | None = None
        """What was made of all frames up to now; they are then given once more if others follow."""
        started, frames = _Start(0, (), False), list[Frame]()
        while not isinstance(order := self._orders.get(), _Close):
            try:
                match order:
                    case _Start(_, phrases, free):
                        started, frames, failed, heard = order, [], None, None
                        recognizer.start(phrases, free)
                    case Frame() if failed is None:
                        frames.append(order)
                        if heard is None:
                            recognizer.accept(order)
                            continue
                        heard = None
                        recognizer.start(started.phrases, started.free)
                        for frame in frames:
                            recognizer.accept(frame)
                    case _Finish(answer, look):
                        if failed is None and heard is None:
                            heard = recognizer.finish()
                        self._post(Heard(answer, look, failed or heard or Hearing(())))
                    case _:
                        continue
            except Exception as error:
                failed = error if isinstance(error, EngineError) else RecognizerError(repr(error))
                if isinstance(order, _Finish):
                    self._post(Heard(order.answer, order.look, failed))
