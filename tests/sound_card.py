"""A virtual sound card of its own for a test run: play into the room, record what the loudspeaker plays."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

SCRIPT = Path(__file__).parent.parent / "scripts" / "sound_card"
RATE = 48_000
"""Hz, of the card."""


class Recording:
    """What the loudspeaker plays, with the time (of time.monotonic()) at which each part came."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._parts: list[tuple[float, npt.NDArray[np.int16]]] = []
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._begun.wait(10), "the virtual loudspeaker gives no sound to record"

    def _read(self) -> None:
        assert self._process.stdout is not None
        rest = b""
        while data := os.read(self._process.stdout.fileno(), 65536):
            data = rest + data
            whole = len(data) // 2 * 2
            rest = data[whole:]
            self._parts.append((time.monotonic(), np.frombuffer(data[:whole], "<i2")))
            self._begun.set()

    @property
    def samples(self) -> npt.NDArray[np.int16]:
        """All of it, mono at RATE."""
        return np.concatenate([part for _, part in self._parts])

    def loud(self, since: float, threshold: int = 300) -> tuple[float, float] | None:
        """When the first and the last sample louder than `threshold` after `since` came; None without any."""
        times = []
        for at, part in list(self._parts):
            places = np.flatnonzero(np.abs(part.astype(np.int32)) > threshold)
            if at >= since and len(places):
                times += [at - (len(part) - places[0]) / RATE, at - (len(part) - places[-1]) / RATE]
        return (times[0], times[-1]) if times else None

    def stop(self) -> None:
        """End the recording."""
        self._process.terminate()
        self._thread.join(5)
        self._process.wait(5)
        assert self._process.stdout is not None
        self._process.stdout.close()


class SoundCard:
    """One private sound server with its loudspeaker, room and microphone."""

    def __init__(self) -> None:
        # A short path: sockets have at most 108 letters. The card ends when its input does, so that it does
        # not outlive us even if we crash.
        self.directory = Path(tempfile.mkdtemp(prefix="card-"))
        self._process = subprocess.Popen(
            [SCRIPT, "run", self.directory, "sh", "-c", "echo ready; exec cat >/dev/null"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n", "the virtual sound card did not start"
        lines = shlex.split((self.directory / "env").read_text())
        self.env = dict(word.split("=", 1) for word in lines if word != "export")
        """What a program must have in its environment to find the card."""

    def play_to_room(self, wav: Path) -> None:
        """Let the room hear a file, as if somebody spoke, and wait for its end."""
        self.play("room", wav)

    def play(self, sink: str, wav: Path) -> None:
        """Play a file into the "room" or the "speaker", and wait for its end."""
        self._run("paplay", "-d", sink, wav)

    @contextmanager
    def recording(self, source: str = "speaker.monitor") -> Iterator[Recording]:
        """Record what the loudspeaker plays, or another source."""
        command = ["parec", "-d", source, f"--rate={RATE}", "--channels=1", "--format=s16le"]
        process = subprocess.Popen(
            [*command, "--latency-msec=10"], stdout=subprocess.PIPE, env=os.environ | self.env
        )
        recording = Recording(process)
        try:
            yield recording
        finally:
            recording.stop()

    def unplug(self, what: str) -> None:
        """Take away the "microphone", the "speaker" or the "server"."""
        self._run(SCRIPT, "unplug", what, self.directory)

    def replug(self, what: str) -> None:
        """Put the "microphone", the "speaker" or the "server" back."""
        self._run(SCRIPT, "replug", what, self.directory)

    def echo(self, switch: str) -> None:
        """Let the room hear the loudspeaker ("on"), or not ("off")."""
        self._run(SCRIPT, "echo", switch, self.directory)

    def control(self, *command: str) -> str:
        """Run a command of pactl; what it prints."""
        return self._run("pactl", *command)

    def _run(self, *command: str | Path) -> str:
        done = subprocess.run(
            command, env=os.environ | self.env, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    def stop(self) -> None:
        """Take the card away."""
        self._process.communicate(timeout=20)
        shutil.rmtree(self.directory, ignore_errors=True)


def without_devices(folder: Path) -> dict[str, str]:
    """What a program must have in its environment to find no sound device, on whatever machine it runs."""
    settings = folder / "no-devices.conf"
    settings.write_text("</usr/share/alsa/alsa.conf>\nctl.!hw { type none }\n")
    nothing = str(folder / "nothing")
    return {"ALSA_CONFIG_PATH": str(settings), "PULSE_SERVER": f"unix:{nothing}", "PIPEWIRE_REMOTE": nothing}


def likeness(sound: np.ndarray, part: np.ndarray) -> float:
    """The best normalised correlation of `part` with any stretch of `sound`: 1 where both are alike."""
    size = len(sound) + len(part)
    products = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(part, size)), size)
    at = int(products[: len(sound)].argmax())
    stretch = sound[at : at + len(part)]
    return float(products[at] / np.linalg.norm(stretch) / np.linalg.norm(part))
