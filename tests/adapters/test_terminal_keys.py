"""Keys in a real (pseudo) terminal."""

import os
import pty
import queue
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from voice_triage.adapters.terminal_keys import TerminalKeys
from voice_triage.ports import Happening, Key


class Keyboard:
    """The other end of a terminal, and what our end makes of it."""

    def __init__(self) -> None:
        self.hands, self.terminal = pty.openpty()
        self.keys = TerminalKeys(self.terminal)
        self.posted: queue.Queue[Happening] = queue.Queue()

    def names(self, count: int) -> list[str]:
        """The next keys."""
        happenings = [self.posted.get(timeout=10) for _ in range(count)]
        return [happening.name for happening in happenings if isinstance(happening, Key)]


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    keyboard = Keyboard()
    keyboard.keys.start(keyboard.posted.put)
    yield keyboard
    keyboard.keys.close()
    for end in (keyboard.hands, keyboard.terminal):
        os.close(end)


def test_letters_digits_and_named_keys_come_one_by_one(keyboard: Keyboard) -> None:
    os.write(keyboard.hands, "yN4 \n\x7fé".encode())
    assert keyboard.names(7) == ["y", "N", "4", "space", "enter", "backspace", "é"]


def test_the_escape_key_alone_is_esc(keyboard: Keyboard) -> None:
    os.write(keyboard.hands, b"\x1b")
    assert keyboard.names(1) == ["esc"]


def test_arrow_and_function_keys_are_not_taken_for_esc_and_letters(keyboard: Keyboard) -> None:
    os.write(keyboard.hands, b"\x1b[A\x1bOB\x1b[15~\x1b[1;5D\x1bOSn")
    assert keyboard.names(4) == ["up", "down", "left", "n"]
    assert keyboard.posted.empty()


def test_an_arrow_key_that_comes_in_pieces_is_still_one_key(keyboard: Keyboard) -> None:
    os.write(keyboard.hands, b"\x1b[")
    os.write(keyboard.hands, b"B")
    assert keyboard.names(1) == ["down"]


def test_control_characters_mean_nothing(keyboard: Keyboard) -> None:
    os.write(keyboard.hands, b"\x01\x0e\x00k")
    assert keyboard.names(1) == ["k"]


def test_what_is_typed_is_not_shown_and_the_terminal_is_as_before_afterwards() -> None:
    keyboard = Keyboard()
    before = termios.tcgetattr(keyboard.terminal)
    keyboard.keys.start(keyboard.posted.put)
    during = termios.tcgetattr(keyboard.terminal)
    keyboard.keys.close()
    keyboard.keys.close()
    assert not during[3] & (termios.ECHO | termios.ICANON)
    assert during[3] & termios.ISIG
    assert termios.tcgetattr(keyboard.terminal) == before


def test_a_terminal_that_is_closed_ends_the_keys_and_nothing_else() -> None:
    keyboard = Keyboard()
    keyboard.keys.start(keyboard.posted.put)
    os.close(keyboard.hands)
    keyboard.keys.close()


PROGRAM = """
import sys, time
from voice_triage.adapters.terminal_keys import TerminalKeys
keys = TerminalKeys()
keys.start(lambda key: print("key", key.name, flush=True))
print("ready", flush=True)
try:
    time.sleep(30)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_interrupts_the_program_and_the_terminal_is_put_back_although_close_was_forgotten() -> None:
    child, hands = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM])  # noqa: S606 - after a fork there is no other way
    try:
        before = termios.tcgetattr(hands)
        read_until(hands, b"ready\r\n")
        os.write(hands, b"y")
        read_until(hands, b"key y")
        os.write(hands, b"\x03")
        read_until(hands, b"interrupted")
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert termios.tcgetattr(hands) == before
    finally:
        os.close(hands)


def read_until(terminal: int, words: bytes) -> None:
    """Read what the program prints until it has printed the words."""
    until = time.monotonic() + 20
    printed = b""
    while words not in printed:
        assert time.monotonic() < until, printed
        printed += os.read(terminal, 1024)
