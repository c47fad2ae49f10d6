"""Hears with PocketSphinx, in a process of its own; the fallback where there is no Vosk model.

It decodes an answer as a whole once it has ended: with the level and the noise of all of it known, it gets
half as many answers again right in noise as it does word by word.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from voice_triage.errors import EngineMissing, RecognizerError
from voice_triage.ports import HEARING_RATE, Frame
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

CHILD = Path(__file__).with_name("pocketsphinx_child.py")
LONGEST = 20 * 2 * HEARING_RATE
"""Bytes of one answer that are kept; the rest of a longer one is dropped."""


class PocketSphinxRecognizer:
    """Port `Recognizer`. One thread at a time."""

    name = "PocketSphinx"
    weak = True

    def __init__(self) -> None:
        """Start the process; takes about half a second. Raises EngineMissing, RecognizerError."""
        self._phrases: tuple[str, ...] = ()
        self._sound = bytearray()
        self._child = self._started()

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Words of `phrases` that it can never hear, sorted. Raises RecognizerError."""
        return tuple(self._asked({"do": "words", "phrases": list(phrases)})["unknown"])

    def start(self, phrases: Sequence[str], free: bool) -> None:
        """A new answer begins. `free` changes nothing: it hears its phrases only. Raises RecognizerError."""
        self._phrases = tuple(phrases)
        self._sound.clear()
        if self._child.poll() is not None:
            self._child = self._started()

    def accept(self, frame: Frame) -> None:
        """One frame of the answer; it is decoded when the answer is over."""
        if len(self._sound) < LONGEST:
            self._sound += frame.samples

    def finish(self) -> Hearing:
        """What was heard since `start`, with and without leave to reject. Raises RecognizerError."""
        sound = bytes(self._sound)
        self._sound.clear()
        order = {"do": "hear", "phrases": list(self._phrases), "bytes": len(sound)}
        heard = self._asked(order, sound)
        return Hearing(
            (Utterance(heard["plain"], Ear.GRAMMAR), Utterance(heard["rejecting"], Ear.REJECTING)), weak=True
        )

    def close(self) -> None:
        """End the process; may be called twice."""
        child = self._child
        with suppress(OSError):
            if child.stdin is not None:
                child.stdin.close()
        try:
            child.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            child = subprocess.Popen(
                [sys.executable, "-P", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise RecognizerError(f"no process for PocketSphinx: {error.strerror}") from error
        first = child.stdout.readline() if child.stdout is not None else b""
        if not first:
            child.wait()
            raise EngineMissing("PocketSphinx cannot be loaded; install it with: pip install pocketsphinx")
        told = json.loads(first)
        if "failed" in told:
            child.wait()
            raise RecognizerError(f"PocketSphinx cannot be loaded: {told['failed']}")
        return child

    def _asked(self, order: dict[str, Any], sound: bytes = b"") -> dict[str, Any]:
        child = self._child
        try:
            if child.stdin is None or child.stdout is None:
                raise OSError("it has no pipes")
            child.stdin.write(json.dumps(order).encode() + b"\n" + sound)
            child.stdin.flush()
            line = child.stdout.readline()
        except OSError as error:
            raise RecognizerError(f"PocketSphinx stopped: {error}") from error
        if not line:
            raise RecognizerError(f"PocketSphinx stopped with exit code {child.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer
