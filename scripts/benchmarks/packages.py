"""The packages of the extra `bench`: installed for the moment, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

PATIENCE = 300
"""Seconds for one package."""


def install_for_now(root: Path, folder: Path) -> None:
    """Each of them that can be had goes to `folder`, where imports find it; of the others is told."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in project["optional-dependencies"]["bench"]:
        trouble = _install(package, folder)
        if trouble:
            print(f"{package} is not there: {trouble}", file=sys.stderr)
    sys.path.append(str(folder))


def _install(package: str, folder: Path) -> str:
    """Why it could not be, or nothing."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    try:
        done = subprocess.run(
            [*pip, "--target", folder, package], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"pip did not finish within {PATIENCE} s"
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return "" if done.returncode == 0 else (errors or [f"pip failed with {done.returncode}"])[-1]
