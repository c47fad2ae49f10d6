"""Where and on what something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


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

    @property
    def line(self) -> str:
        """All of it in words."""
        where = f"{self.cores} cores ({self.processor}), load {self.load:.1f}"
        return f"commit {self.commit}, {self.date}, {where}"


def _commit(root: Path) -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", root, *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    # The pages themselves are always changed when they are written again.
    changed = git("status", "--porcelain", "--", ".", ":!docs/benchmarks.md", ":!docs/hearing.md")
    return git("rev-parse", "--short=12", "HEAD") + (" with changes not committed" if changed else "")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
