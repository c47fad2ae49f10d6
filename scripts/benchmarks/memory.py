"""Memory of a process and all its children: shared pages are counted once (PSS)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def megabytes(process: int | None = None) -> float:
    """Of `process` (this one, if None) and its children, and theirs. Linux only: raises OSError elsewhere."""
    return sum(_pss(each) for each in _family(process or os.getpid())) / 1000


def _pss(process: int) -> int:
    """Kilobytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _family(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError):  # the thread has ended meanwhile
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))


PROGRAM = """
import sys
from pathlib import Path
from benchmarks.memory import megabytes
from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.adapters.system_clock import SystemClock
from voice_triage.adapters.vosk_recognizer import VoskRecognizer
from voice_triage.content.loading import load
from voice_triage.hosts.evaluation import Evaluation, Sample
from voice_triage.sound.mixing import in_quiet_room

ears, root = sys.argv[1], Path(sys.argv[2])
weak = ears != "vosk"
recognizer = PocketSphinxRecognizer() if weak else VoskRecognizer(root / "tests" / "vosk_model")
evaluation = Evaluation(load(weak_ears=weak), recognizer, SileroEndpointer(), SystemClock())
for clip in sorted((root / "audio_fixtures" / "clips").glob("gsc-*.wav"))[:20]:
    sound = in_quiet_room(read_wav(clip), 0.5, 3.0)
    evaluation.judge(Sample(clip.stem, "saddle_numbness", "none", None), sound)
print(megabytes())
"""


def memory_of_ears(root: Path) -> dict[str, float]:
    """Megabytes of a program that has heard twenty answers, by its ears."""
    found = {}
    for name, ears in (("PocketSphinx and network", "pocketsphinx"), ("Vosk, model of the tests", "vosk")):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, ears, str(root)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "scripts")])},
            capture_output=True,
            text=True,
            check=True,
        )
        found[name] = float(done.stdout.split()[-1])
    return found
