"""What of the messages of libraries and of Python reaches the screen."""

import subprocess
import sys

PROGRAM = """
import os, sys
from voice_triage.sound.native_messages import native_messages_hidden
with native_messages_hidden():
    os.write(2, b"ALSA lib pcm.c: underrun occurred\\n")
    print("a word of ours", file=sys.stderr)
    FAIL
os.write(2, b"a later message\\n")
print("a later word", file=sys.stderr)
"""


def screen(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.stderr.splitlines()


def test_messages_of_libraries_are_hidden_and_pythons_are_shown() -> None:
    assert screen(PROGRAM.replace("FAIL", "")) == ["a word of ours", "a later message", "a later word"]


def test_an_error_of_the_program_is_still_shown() -> None:
    lines = screen(PROGRAM.replace("FAIL", "1 / 0"))
    assert lines[0] == "a word of ours"
    assert lines[-1] == "ZeroDivisionError: division by zero"
