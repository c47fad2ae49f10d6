"""The page docs/benchmarks.md: the figures, and on what they were measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .figures import Figure, table

HEADING = """\
# How fast it is

Written by `scripts/bench --write`; do not edit. Measured on a virtual sound card (scripts/sound_card): real
PortAudio, real recognisers, recorded patients; what was heard is taken from a recording of its loudspeaker,
so that every buffer on the way counts. No test depends on these figures.
"""
MEANING = """\
- **start**: from the start of the process to the first sound of the greeting, in a terminal, with every
  prompt in the cache and the model tried before.
- **turn**: from the endpointer's decision that the person has stopped to the first sound of what is said
  next (the hangover before that decision is patience, and not counted). Below it two parts of it: until the
  recogniser has decided, and from the order to play to the first sound. Recorded patients; each prompt is
  cut short by Esc.
- **stop**: from the press of Esc in a terminal to silence, while a steady tone stands in for the voice.
- **interpret**: one answer to its meaning, over every recorded and expected answer.
- **interviews**: events in, conclusion out, no wording; one process on one core.
- **simulate**: whole interviews with the invented people of `voice-triage simulate`, in seconds of one core,
  the first ones included; what was met before is remembered, so that it becomes faster. Crowds of 32,768.
"""


@dataclass(frozen=True)
class Machine:
    """Where and on what was measured."""

    commit: str
    date: str
    processor: str
    cores: int
    load: float
    """Processes that wanted to run, on average over the last minute."""

    @classmethod
    def now(cls, root: Path) -> Machine:
        """This machine, at this moment, with the working tree at `root`."""
        return cls(
            commit=_commit(root),
            date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            processor=_processor(),
            cores=os.cpu_count() or 1,
            load=os.getloadavg()[0],
        )


def page(figures: Sequence[Figure], before: Machine, after: Machine) -> str:
    """The page in Markdown. `before` and `after`: the machine at the beginning and at the end."""
    python = platform.python_version()
    facts = (
        f"- commit {before.commit}, {before.date}",
        f"- {before.cores} cores ({before.processor}), {platform.system()}, Python {python}",
        f"- load of the machine: {before.load:.1f} at the beginning, {after.load:.1f} at the end",
    )
    return "\n".join([HEADING, *facts, "", table(figures), "", MEANING])


def _commit(root: Path) -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", root, *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    # The page itself is always changed when it is written again.
    changed = git("status", "--porcelain", "--", ".", ":!docs/benchmarks.md")
    return git("rev-parse", "--short=12", "HEAD") + (" with changes not committed" if changed else "")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
