"""Hears with PocketSphinx where there is no Vosk model: a question's own phrases and nothing else.

It brings its model with it, and hears less well. It listens twice, once choosing the likeliest phrase and
once with leave to reject, and only where both agree is an answer to be believed. Of a plain "yes" or "no" a
second ear decides, a network that knows these words alone (sound/yes_or_no.py). PocketSphinx has a process of
its own, the program of which is pocketsphinx_child.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from voice_triage.errors import EngineMissing, RecognizerError
from voice_triage.ports import HEARING_RATE, Frame
from voice_triage.sound.two_ears import Opinion, SecondEar, joined
from voice_triage.sound.yes_or_no import YesOrNo
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

CHILD = Path(__file__).with_name("pocketsphinx_child.py")
LOADING = 30.0
"""Seconds that the process may take to be ready; it takes about a third of one."""
DECODING = 10.0
"""Seconds that it may take for an answer, besides as long as the answer lasts; it takes a tenth of that."""


class PocketSphinxRecognizer:
    """Port Recognizer. Decodes an answer as a whole once it is over, which is what it does best."""

    name = "PocketSphinx"
    weak = True

    def __init__(self, second: SecondEar | None = None) -> None:
        """Start the process and wait until it can hear; `second` is the second ear, by default the one
        that comes with the program. Raises EngineMissing, RecognizerError."""
        try:
            self._second: SecondEar = second or YesOrNo()
        except (OSError, ValueError, KeyError) as error:
            raise RecognizerError(f"the weights of the second ear cannot be read: {error}") from error
        self._process: _Process | None = _Process()
        self._phrases: tuple[str, ...] = ()
        self._heard: list[bytes] | None = None
        """Sound of the answer under way."""

    def start(self, phrases: Sequence[str], free: bool) -> None:
        """A new answer begins, of one of `phrases`: free speech is beyond these ears, whatever `free` says.

        If the process has died, a new one is started. Raises EngineMissing, RecognizerError.
        """
        if self._process is not None and not self._process.alive:
            self._process.end()
            self._process = _Process()
        self._phrases = tuple(phrases)
        self._heard = []

    def accept(self, frame: Frame) -> None:
        """Keep one frame. Raises RecognizerError outside an answer."""
        if self._heard is None:
            raise RecognizerError("PocketSphinx was given sound outside an answer")
        self._heard.append(frame.samples)

    def finish(self) -> Hearing:
        """What was heard since `start`, by the ear that chooses and by those that may reject.

        Each says one of the phrases, "[unk]" (words, but none of them), or "" (no words, or too much noise).
        Raises RecognizerError; after the process has died, once.
        """
        plain, rejecting = joined(self.opinion())
        return Hearing((Utterance(plain, Ear.GRAMMAR), Utterance(rejecting, Ear.REJECTING)), weak=True)

    def opinion(self) -> Opinion:
        """What each ear makes of what was heard since `start`; ends the answer, as `finish` does."""
        if self._heard is None:
            raise RecognizerError("PocketSphinx was asked for an answer that was not begun")
        sound, self._heard = b"".join(self._heard), None
        order = {"do": "hear", "phrases": self._phrases, "bytes": len(sound)}
        heard = self._order(order, sound, DECODING + len(sound) / 2 / HEARING_RATE)
        return Opinion(**heard, verdict=self._second.hear(sound))

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Words of `phrases` that have no known pronunciation; phrases with them are never heard.

        Raises RecognizerError.
        """
        return tuple(self._order({"do": "words", "phrases": tuple(phrases)}, b"", DECODING)["unknown"])

    def close(self) -> None:
        """End the process; may be called twice."""
        if self._process is not None:
            self._process.end()
        self._process = None
        self._heard = None

    def _order(self, order: dict[str, Any], sound: bytes, patience: float) -> dict[str, Any]:
        if self._process is None:
            raise RecognizerError("PocketSphinx was closed")
        return self._process.order(order, sound, patience)


class _Process:
    """The child, which takes one order at a time."""

    def __init__(self) -> None:
        """Start it and wait until it is ready. Raises EngineMissing, RecognizerError."""
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # More threads for its little arithmetic would only take the processors from the sound.
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        except OSError as error:
            raise RecognizerError(f"no process for PocketSphinx: {error.strerror}") from error
        self._said: SimpleQueue[bytes] = SimpleQueue()
        # A thread, as not every system can wait for a pipe with a time limit.
        threading.Thread(target=self._listen, name="pocketsphinx", daemon=True).start()
        ready = self._answer(LOADING)
        if "failed" in ready:
            self.end()
            why = f"PocketSphinx cannot be loaded ({ready['failed']})"
            raise EngineMissing(f"{why}; install it with: pip install pocketsphinx")

    @property
    def alive(self) -> bool:
        """It still runs."""
        return self._child.poll() is None

    def order(self, order: dict[str, Any], sound: bytes, patience: float) -> dict[str, Any]:
        """Its answer. Raises RecognizerError if it dies, or does not answer within `patience` seconds."""
        assert self._child.stdin is not None  # noqa: S101 - so it was started
        try:
            self._child.stdin.write(json.dumps(order).encode("ascii") + b"\n" + sound)
            self._child.stdin.flush()
        except (OSError, ValueError) as error:  # ValueError: end() has closed it
            raise self._died() from error
        return self._answer(patience)

    def end(self) -> None:
        """Stop it; may be called twice."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what could not be written to the dead does not matter
                    pipe.close()

    def _listen(self) -> None:
        assert self._child.stdout is not None  # noqa: S101 - so it was started
        with suppress(ValueError):  # end() has closed it
            for line in self._child.stdout:
                self._said.put(line)
        self._said.put(b"")

    def _answer(self, patience: float) -> dict[str, Any]:
        try:
            line = self._said.get(timeout=patience)
        except Empty:
            self.end()
            raise RecognizerError(f"PocketSphinx did not answer for {patience:.0f} seconds") from None
        if not line:
            raise self._died()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _died(self) -> RecognizerError:
        self.end()
        return RecognizerError(f"PocketSphinx's process ended (exit code {self._child.returncode})")
