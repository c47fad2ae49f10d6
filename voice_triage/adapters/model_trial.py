"""Loads a Vosk model in a process of its own, because libvosk crashes or hangs on some damaged models.

A truncated graph brings down the whole program, without a word; a truncated acoustic model is only refused.
The child is this module: python -m voice_triage.adapters.model_trial FOLDER < WORDS (a JSON list).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from voice_triage.errors import EngineMissing, ModelError
from voice_triage.sound.vosk_library import load_vosk

PATIENCE = 120.0
"""Seconds; the largest English model takes about twenty on an ordinary machine."""
MISSING, NOT_ENGLISH = 3, 4
"""Exit codes of the child: there is no Vosk; the model does not know "yes" and "no"."""


@dataclass(frozen=True)
class ModelReport:
    """What a trial of a model showed."""

    load_seconds: float
    unknown_words: tuple[str, ...]
    """Those of the words asked about that this model can never hear."""


def try_model(folder: Path, words: Iterable[str] = (), patience: float = PATIENCE) -> ModelReport:
    """Load the model, let it hear half a second of silence, and ask it which of `words` it does not know.

    Raises ModelError if it cannot be used, EngineMissing without Vosk.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "voice_triage.adapters.model_trial", str(folder)],
            input=json.dumps(list(dict.fromkeys(words))).encode(),
            capture_output=True,
            timeout=patience,
            check=False,
            start_new_session=True,  # Ctrl-C in the terminal is for us, not for the child
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(f"{folder}: Vosk hangs on this model; it is damaged, fetch it again") from error
    except OSError as error:
        raise ModelError(f"{folder}: no process to try the model in: {error.strerror}") from error
    lines = child.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
    if child.returncode == MISSING:
        raise EngineMissing(f"Vosk cannot be loaded ({lines[-1]}); install it with: pip install vosk")
    if child.returncode == NOT_ENGLISH:
        raise ModelError(f"{folder}: this model does not know the words yes and no; an English one is needed")
    try:
        load_seconds, unknown = json.loads(child.stdout)
    except ValueError as error:
        how = "crashes on" if child.returncode < 0 else "refuses"
        raise ModelError(f"{folder}: Vosk {how} this model; it is damaged, fetch it again") from error
    return ModelReport(load_seconds, tuple(unknown))


def proven(folder: Path, patience: float = PATIENCE, cache: Path | None = None) -> Path:
    """`folder` itself, once its model has passed a trial; the trial is repeated only if a file has changed.

    Raises what try_model raises.
    """
    seen = _fingerprint(folder)
    cache = cache or Path(platformdirs.user_cache_dir("voice-triage", appauthor=False), "proven-models")
    note = cache / hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    with suppress(OSError):
        if note.read_text(encoding="ascii") == seen:
            return folder
    try_model(folder, (), patience)
    with suppress(OSError):  # where nothing can be noted, the trial is repeated
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=cache, delete=False, encoding="ascii") as file:
            file.write(seen)
        Path(file.name).replace(note)
    return folder


def _fingerprint(folder: Path) -> str:
    """Changes when a file of the model comes, goes, grows, shrinks or is written to."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    told = json.dumps([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])
    return hashlib.sha256(told.encode()).hexdigest()


def main(folder: str) -> int:
    """The child: prints the seconds that loading took and the unknown words as one JSON list."""
    words = json.load(sys.stdin)
    try:
        vosk = load_vosk()
    except (ImportError, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return MISSING
    start = time.perf_counter()
    model = vosk.Model(folder)
    seconds = time.perf_counter() - start
    for grammar in ((), (json.dumps(["yes", "no", "[unk]"]),)):  # an open one, and one with a small grammar
        recognizer = vosk.KaldiRecognizer(model, 16_000, *grammar)
        recognizer.AcceptWaveform(bytes(16_000))
        recognizer.FinalResult()
    if model.vosk_model_find_word("yes") < 0 or model.vosk_model_find_word("no") < 0:
        return NOT_ENGLISH
    unknown = [word for word in words if model.vosk_model_find_word(word) < 0]
    print(json.dumps([seconds, unknown]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
