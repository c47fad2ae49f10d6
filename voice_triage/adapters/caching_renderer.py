"""Keeps the sound of texts, so that a prompt starts at once and is repeated exactly.

What a person hears may tell what they said ("you are fifty-three, is that right?"). So sounds are kept on
disk only for texts given to `prepare` beforehand, all of them whether they come to be spoken or not; any
other stays in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import platformdirs

from voice_triage.errors import EngineError, RendererError, SoundFileError
from voice_triage.ports import Renderer, Sound
from voice_triage.sound.wav import from_whole_wav, to_wav

FORMAT = 1
"""To be raised when files of an older program version must not be used any more."""
SOUNDS_IN_MEMORY = 64
"""About 15 MB at 5 s each."""

FAILURES = 3
"""In a row: then there is no voice, and what else was to be prepared is not tried."""

_Key = tuple[str, str, int]
"""Text, voice, rate."""


def default_folder() -> Path:
    """Where sounds are kept: "speech" in the user's cache folder."""
    return Path(platformdirs.user_cache_dir("voice-triage", appauthor=False), "speech")


class CachingRenderer:
    """A Renderer that asks another one only for what it does not have.

    A file is named by the hash of its key and the hash of its content: a damaged one is never played, but
    rendered again.
    """

    def __init__(
        self,
        renderer: Renderer,
        folder: Path,
        warn: Callable[[str], None],
        most_bytes: int = 256_000_000,
    ) -> None:
        """`warn` is told once, on any thread, if sounds cannot be kept in `folder`; then memory must do.

        Over `most_bytes` in all, the files written first are removed.
        """
        self.name = renderer.name
        self._renderer = renderer
        self._folder = folder
        self._warn = warn
        self._most_bytes = most_bytes
        self._memory: OrderedDict[_Key, Sound] = OrderedDict()
        self._making: dict[_Key, Future[Sound]] = {}
        self._lock = threading.Lock()
        self._orders: queue.SimpleQueue[_Key] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None
        self._idle = threading.Event()
        self._idle.set()
        self._waiting = 0
        self._closed = False

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer. Raises what the other renderer raises."""
        key = (text, voice, rate)
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
            making = self._making.get(key)
            mine: Future[Sound] = Future()
            if making is None:
                self._making[key] = mine
        if making is not None:  # another thread is at it; two children for one text would only take longer
            return making.result()
        try:
            sound = self._read(key) or self._renderer.render(text, voice, rate)
        except BaseException as error:
            with self._lock:
                del self._making[key]
            mine.set_exception(error if isinstance(error, Exception) else RendererError("interrupted"))
            raise
        with self._lock:
            del self._making[key]
            self._remember(key, sound)
        mine.set_result(sound)
        return sound

    def prepare(self, texts: Iterable[str], voice: str, rate: int) -> None:
        """Have the sounds of `texts` ready on disk, made in the background in their order; returns at once.

        A text that cannot be rendered is passed over: render() tells why when it is wanted.
        """
        keys = [(text, voice, rate) for text in texts]
        with self._lock:
            if self._closed or not keys:
                return
            self._waiting += len(keys)
            self._idle.clear()
            for key in keys:
                self._orders.put(key)
            if self._worker is None:
                # A daemon: the end of the program must not wait for sounds that nobody wants any more.
                self._worker = threading.Thread(target=self._work, name="prepare speech", daemon=True)
                self._worker.start()

    def wait(self, timeout: float) -> bool:
        """Wait until `prepare` has done all it was asked, at most `timeout` seconds; whether it has."""
        return self._idle.wait(timeout)

    def close(self) -> None:
        """Give up what is not prepared yet; may be called twice."""
        with self._lock:
            self._closed = True

    def _work(self) -> None:
        failures = 0
        while True:
            key = self._orders.get()
            if failures < FAILURES and not self._closed:
                try:
                    self._prepare(key)
                    failures = 0
                except EngineError:
                    failures += 1
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    failures = 0
                    self._idle.set()

    def _prepare(self, key: _Key) -> None:
        if self._read(key) is None:
            self._write(key, self.render(*key))

    def _remember(self, key: _Key, sound: Sound) -> None:
        self._memory[key] = sound
        if len(self._memory) > SOUNDS_IN_MEMORY:
            self._memory.popitem(last=False)

    def _stem(self, key: _Key) -> str:
        return hashlib.sha256(json.dumps([FORMAT, self.name, *key]).encode()).hexdigest()[:32]

    def _read(self, key: _Key) -> Sound | None:
        """The kept sound if there is one and it is as it was written."""
        for path in self._folder.glob(f"{self._stem(key)}.*.wav"):
            with suppress(OSError, SoundFileError):
                data = path.read_bytes()
                if path.name.split(".")[1] == _digest(data):
                    return from_whole_wav(data, str(path))
            with suppress(OSError):
                path.unlink()
        return None

    def _write(self, key: _Key, sound: Sound) -> None:
        data = to_wav(sound)
        part = None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                part = Path(file.name)
                file.write(data)
            part.replace(self._folder / f"{self._stem(key)}.{_digest(data)}.wav")
            self._prune()
        except OSError as error:
            if part is not None:
                with suppress(OSError):
                    part.unlink()
            warn, self._warn = self._warn, _nobody
            warn(f"prepared speech cannot be kept in {self._folder}: {error.strerror or error}")

    def _prune(self) -> None:
        """Remove the files written first until all fit, what a killed process left half written included."""
        files: list[tuple[int, str, int]] = []
        for entry in os.scandir(self._folder):
            with suppress(FileNotFoundError):  # another process prunes too
                stat = entry.stat()
                files.append((stat.st_mtime_ns, entry.path, stat.st_size))
        total = sum(size for _, _, size in files)
        for _, path, size in sorted(files):
            if total <= self._most_bytes:
                return
            with suppress(FileNotFoundError):
                Path(path).unlink()
            total -= size


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _nobody(_: str) -> None:
    """Whom to tell when it has been told already."""
