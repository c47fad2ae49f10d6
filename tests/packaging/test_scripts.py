"""The scripts in Python, started as a user does: by whatever Python comes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"
OTHER_ENVIRONMENT = {"make_test_model", "train_yes_or_no"}
"""Need packages that nothing else does, and say so."""
OURS = sorted(
    path.name
    for path in SCRIPTS.iterdir()
    if path.is_file() and not path.suffix and "python" in path.read_text(encoding="utf-8").splitlines()[0]
)
BARE = str(getattr(sys, "_base_executable", sys.executable))
"""The Python that the environment was made from, without its packages."""


def test_there_are_scripts_in_python() -> None:
    assert {"bench", "render_emergency", *OTHER_ENVIRONMENT} <= set(OURS)


@pytest.mark.parametrize("name", [name for name in OURS if name not in OTHER_ENVIRONMENT])
def test_a_script_needs_no_environment_to_be_chosen(name: str, tmp_path: Path) -> None:
    helped = subprocess.run(
        [BARE, SCRIPTS / name, "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert helped.returncode == 0, helped.stderr
    assert helped.stdout.startswith(f"usage: {name}")
