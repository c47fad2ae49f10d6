"""Lets a script go on with the project's Python, which has the packages that it needs."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHOOSE = 'root=$1 && . "$root/scripts/setup/python.sh" && choose_venv && echo "$venv"'
"""The set-up knows where the environment is."""


def go_on_with_own_python() -> None:
    """Start the script again by the project's Python, unless this Python has the project."""
    if importlib.util.find_spec("voice_triage"):
        return
    choice = subprocess.check_output(["bash", "-c", CHOOSE, "bash", ROOT], text=True)
    environment = Path(choice.strip())
    python = environment / "bin" / "python"
    # The second is a set-up that was broken off: starting that again would never end.
    if not python.exists() or Path(sys.prefix) == environment:
        sys.exit("The project's packages are not installed; run scripts/test first")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same program by the project's Python
