"""Keys pressed in a terminal, one by one and without Enter."""

from __future__ import annotations

import atexit
import codecs
import contextlib
import os
import re
import select
import sys
import termios
import threading
import tty
from typing import Any

from voice_triage.ports import Key, Post

NAMES = {
    " ": "space",
    "\n": "enter",
    "\r": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x1b": "esc",
}
ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}
SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)([@-~])")
"""What a terminal sends for a key that is no character: ESC [ ... letter, or ESC O letter."""
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?")
SEQUENCE_GAP = 0.05
"""Seconds within which the rest of a sequence follows its first byte; else it was the key Esc."""


class TerminalKeys:
    """Port Keys: posts a Key for each key pressed in a terminal.

    Ctrl-C, Ctrl-Z and Ctrl-\\ keep their meaning; what is typed is not shown. close() puts the terminal back
    as it was, and so does the end of the program if that was forgotten.
    """

    def __init__(self, terminal: int | None = None) -> None:
        """`terminal`: its file descriptor; None is standard input."""
        self._terminal = sys.stdin.fileno() if terminal is None else terminal
        self._before: list[Any] | None = None
        self._thread: threading.Thread | None = None
        self._stop = -1

    def start(self, post: Post) -> None:
        """Begin to watch the keyboard."""
        self.close()
        self._before = termios.tcgetattr(self._terminal)
        atexit.register(self.close)
        tty.setcbreak(self._terminal)
        stopped, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._read, args=(post, stopped), name="keys", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Give the keyboard back as it was; may be called twice."""
        if self._before is None:
            return
        before, self._before = self._before, None
        os.close(self._stop)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        # A terminal whose window was closed cannot be set any more, and need not be.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, before)
        atexit.unregister(self.close)

    def _read(self, post: Post, stopped: int) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        text = ""
        try:
            while True:
                # While the start of a sequence waits for its rest, only so long.
                ready, _, _ = select.select([self._terminal, stopped], [], [], SEQUENCE_GAP if text else None)
                if stopped in ready:
                    return
                if ready:
                    data = os.read(self._terminal, 1024)
                    if not data:
                        return
                    text = self._post_keys(post, text + decoder.decode(data))
                else:
                    post(Key(NAMES["\x1b"]))
                    text = self._post_keys(post, text[1:])
        except OSError:
            return  # The terminal is gone, and with it the keys; the interview can go on by voice.
        finally:
            os.close(stopped)

    @staticmethod
    def _post_keys(post: Post, text: str) -> str:
        """Post each key of what was typed; what may be the start of a sequence is given back."""
        while text:
            sequence = SEQUENCE.match(text)
            if sequence is None and UNFINISHED.fullmatch(text):
                return text
            name = ARROWS.get(sequence[1], "") if sequence else NAMES.get(text[0], text[0])
            text = text[sequence.end() if sequence else 1 :]
            if name and name.isprintable():
                post(Key(name))
        return ""
