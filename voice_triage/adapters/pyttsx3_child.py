"""Renders one text with pyttsx3 and ends.

    python -m voice_triage.adapters.pyttsx3_child FILE VOICE RATE [PITCH] < TEXT

One process for each text, because within one process pyttsx3 2.99 loses queued texts, takes rates late, and
hangs when stopped. FILE appears at once and whole (it is renamed into place), or not at all.
Exit codes: 0 done; 3 pyttsx3 or its engine is missing; 4 there is no such voice; 5 the text was not rendered.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

MISSING, NO_VOICE, FAILED = 3, 4, 5
LONGEST = 60
"""Seconds after which the process ends whatever it does: its caller may be gone, and an engine may hang."""

LOOK = 0.25
"""Seconds between two looks at whether the caller is still there."""


def main(file: str, voice: str, rate: str, pitch: str = "") -> int:
    """Render standard input (UTF-8) to `file`; the exit code. What went wrong is told on standard error."""
    if hasattr(signal, "alarm"):
        signal.alarm(LONGEST)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        import pyttsx3  # noqa: PLC0415 - loads the engine's library, which may be absent

        engine = pyttsx3.init()
    except Exception as error:  # whatever a driver raises for want of its library
        return fail(MISSING, str(error) or type(error).__name__)
    try:
        engine.setProperty("voice", voice_id(engine, voice))
    except LookupError as error:
        return fail(NO_VOICE, str(error.args[0]))
    engine.setProperty("rate", int(rate))
    if pitch and engine.driver_name == "espeak":  # others have none, or another scale
        engine.setProperty("pitch", int(pitch))
    ends: list[Any] = []
    engine.connect("finished-utterance", lambda completed, **_: ends.append(completed))
    engine.connect("error", lambda exception, **_: ends.append(exception))
    part = Path(file).with_suffix(".part.wav")
    engine.save_to_file(text, str(part))
    if engine.driver_name == "espeak":
        # Ends when the file is written. runAndWait() returns before; worse, it cancels what espeak's own
        # thread still has to do, so that about one text in a hundred comes at a wrong rate, or never.
        engine.startLoop()
    else:
        engine.runAndWait()
    if ends != [True]:
        return fail(FAILED, f"the engine ended with {ends}")
    wait_until_whole(part)
    part.rename(file)
    return 0


def end_with(caller: int) -> None:
    """End this process when its caller has ended: nobody waits for the sound, and its folder is gone."""
    while os.getppid() == caller:
        time.sleep(LOOK)
    os._exit(FAILED)


def voice_id(engine: Any, voice: str) -> str:
    """The engine's id of the voice for a language ("en-gb"), or of that id or name. Raises LookupError."""
    wanted = voice.lower()
    voices = engine.getProperty("voices")
    for known in voices:
        if wanted in (str(language).lower().replace("_", "-") for language in known.languages or ()):
            return str(known.id)
    for known in voices:
        if wanted in (known.id.lower(), known.name.lower()):
            return str(known.id)
    raise LookupError(f"no voice {voice!r}")


def wait_until_whole(path: Path) -> None:
    """Wait until the file is as long as its header says; the caller of this process bounds the time."""
    while True:
        data = path.read_bytes() if path.exists() else b""
        if len(data) > 44 and int.from_bytes(data[4:8], "little") + 8 == len(data):
            return
        time.sleep(0.005)


def fail(code: int, why: str) -> int:
    """Tell why, in one line."""
    print(" ".join(why.split()), file=sys.stderr)
    return code


if __name__ == "__main__":
    status = main(*sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)  # espeak's library may abort the process when it is taken down in order
