"""Nothing is sent anywhere: whole interviews without a network, and under the eyes of strace."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sound_card import SoundCard

CLONE = Path(__file__).parent.parent
MODEL = CLONE / "tests" / "vosk_model"
VOICE_TRIAGE = [sys.executable, "-m", "voice_triage"]
TYPED = "me\nmy back hurts\nno\nno\nyes\nyes\nyes\nno\n"

INTERVIEWS = {
    "typed": (["type", "--region", "uk", "--json"], "emergency"),
    "by Vosk": (["demo", "cannot_pee", "--no-play", "--model", str(MODEL)], "Came to emergency go"),
    "by PocketSphinx": (["demo", "numb_down_below", "--no-play"], "Came to emergency go"),
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user who never used the program before: no model, no settings; prompts are made once for all tests."""
    home = tmp_path_factory.mktemp("home")
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}


def watched(trace: Path) -> list[str]:
    """What to begin a command with to have every socket it makes written to `trace`, all children's too."""
    return ["strace", "-f", "-qq", "-e", "trace=socket,socketpair,connect", "-o", str(trace)]


def families(trace: Path) -> set[str]:
    """Of all sockets that were made."""
    return set(re.findall(r"\bsocket\((\w+)", trace.read_text(encoding="utf-8")))


def without_network() -> list[str]:
    """What to begin a command with to take the network away from it.

    Where the machine allows no network namespace, as in some containers, every socket is refused.
    """
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    refuse = ["-e", "trace=socket", "-e", "inject=socket:error=EACCES", "-o", "/dev/null"]
    return ["strace", "-f", "-qq", *refuse]


def interview(prefix: list[str], name: str, environment: dict[str, str]) -> None:
    """One whole interview, up to its right end."""
    arguments, conclusion = INTERVIEWS[name]
    done = subprocess.run(
        [*prefix, *VOICE_TRIAGE, *arguments],
        input=TYPED,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert conclusion in done.stdout


def test_the_watch_sees_what_goes_to_the_network(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    program = "import socket; socket.socket().close(); socket.socket(socket.AF_INET6).close()"
    subprocess.run([*watched(trace), "sh", "-c", f"'{sys.executable}' -c '{program}'"], check=True)
    assert families(trace) == {"AF_INET", "AF_INET6"}


def test_without_network_nothing_can_be_reached() -> None:
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 53))"
    tried = subprocess.run(
        [*without_network(), sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert tried.returncode != 0
    assert re.search("Network is unreachable|Permission denied", tried.stderr), tried.stderr


@pytest.mark.parametrize("name", INTERVIEWS)
def test_a_whole_interview_needs_no_network(name: str, environment: dict[str, str]) -> None:
    interview(without_network(), name, environment)


@pytest.mark.parametrize("name", INTERVIEWS)
def test_a_whole_interview_makes_no_socket_to_a_network(
    name: str, environment: dict[str, str], tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    interview(watched(trace), name, environment)
    assert families(trace) <= {"AF_UNIX"}


def test_a_spoken_interview_talks_to_the_sound_server_alone(
    sound_card: SoundCard, environment: dict[str, str], tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    with sound_card.recording() as recording:
        begun = time.monotonic()
        process = subprocess.Popen(
            [*watched(trace), *VOICE_TRIAGE, "talk", "--plain", "--json", "--model", str(MODEL)],
            env=environment | sound_card.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            while recording.loud(begun) is None:
                assert process.poll() is None, "it ended before it spoke"
                time.sleep(0.1)
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(1.0)  # the warning has begun
            os.killpg(process.pid, signal.SIGINT)
            output, _ = process.communicate(timeout=120)
        finally:
            process.kill()
    assert json.loads(output.splitlines()[-1])["urgency"] == "same_day"
    assert families(trace) == {"AF_UNIX"}
    connected = re.findall(r'connect\(\d+, \{sa_family=AF_UNIX, sun_path="([^"]+)"', trace.read_text())
    assert any(path.startswith(str(sound_card.directory)) for path in connected)
