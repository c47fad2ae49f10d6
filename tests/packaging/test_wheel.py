"""The built wheel, in an empty environment outside the clone, with only what it declares to need."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CLONE = Path(__file__).parent.parent.parent


class Installed:
    """The environment with the wheel in it, and a folder to be in that is far from the clone."""

    def __init__(self, folder: Path) -> None:
        self.environment = folder / "environment"
        self.elsewhere = folder / "elsewhere"
        self.home = folder / "home"

    @property
    def packages(self) -> Path:
        """Where Python looks for packages."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.environment / "lib" / version / "site-packages"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Start a program of the environment, from elsewhere, as a user who never used it before."""
        # Nothing of the tester's own: settings, models and prompts that are kept must not help.
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8"}
        return subprocess.run(
            [self.environment / "bin" / program, *arguments],
            cwd=self.elsewhere,
            env=env,
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    installed = Installed(folder)
    installed.elsewhere.mkdir()
    installed.home.mkdir()
    venv.create(installed.environment, symlinks=True)
    for needed in declared_by(distribution("voice-triage")):
        borrow(needed, installed.packages)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels = folder / "wheels"
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", wheels, CLONE]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = wheels.iterdir()
    python = installed.environment / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", "--no-deps", "--no-index", wheel], check=True)
    return installed


def declared_by(package: Distribution, seen: set[str] | None = None) -> Iterator[Distribution]:
    """All that a package needs, and what that needs, without extras of its own."""
    seen = set() if seen is None else seen
    for line in package.requires or ():
        need = Requirement(line)
        name = canonicalize_name(need.name)
        if name in seen or (need.marker and not need.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        yield distribution(name)
        yield from declared_by(distribution(name), seen)


def borrow(package: Distribution, into: Path) -> None:
    """Let the other environment use a package of ours, so that it need not be fetched again."""
    for name in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
        into.joinpath(name).symlink_to(Path(str(package.locate_file(name))))


def test_the_package_that_runs_is_the_one_of_the_wheel(installed: Installed) -> None:
    where = installed.run("python", "-c", "import voice_triage; print(voice_triage.__file__)")
    assert where.stdout.strip() == str(installed.packages / "voice_triage" / "__init__.py"), where.stderr


def test_the_questions_are_found_inside_the_package(installed: Installed) -> None:
    program = "from voice_triage.content.locating import find_intents; print(find_intents())"
    found = installed.run("python", "-c", program)
    assert found.stdout.strip() == str(installed.packages / "voice_triage" / "intents"), found.stderr


def test_protocol_check_finds_the_shipped_questions_in_order(installed: Installed) -> None:
    checked = installed.run("voice-triage", "protocol", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_demo_runs_from_the_wheel_alone(installed: Installed) -> None:
    demo = installed.run("voice-triage", "demo", "numb_down_below")
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert len(list(installed.home.rglob("*.wav"))) >= 1, demo.stdout
