"""`voice-triage model`, as a user runs it, against a local server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_server import MODEL, ArchiveServer, archive_server, model_zip


@pytest.fixture
def server() -> Iterator[ArchiveServer]:
    with archive_server() as server:
        yield server


class Program:
    """The program with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.models = home / "data" / "voice-triage" / "models"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of `voice-triage model ...`."""
        command = [sys.executable, "-m", "voice_triage", "model", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_fetched_model_is_listed_and_checked(program: Program, server: ArchiveServer) -> None:
    url, sha256 = server.add("vosk-model-tiny-en.zip", model_zip("vosk-model-tiny-en"))
    server.break_off_after = [500_000]
    code, out, err = program("fetch", "--url", url, "--sha256", sha256.upper())
    assert (code, "in place" in out, "100 %" in err) == (0, True, True)
    assert [path.name for path in program.models.iterdir()] == ["vosk-model-tiny-en"]
    code, out, _ = program("list")
    assert code == 0
    assert f"{program.models / 'vosk-model-tiny-en'} (fetched): whole" in out
    assert out.endswith(f"Used: {program.models / 'vosk-model-tiny-en'}\n")
    code, out, _ = program("check", "yes", "xylophone")
    assert (code, "It can never hear: xylophone" in out) == (0, True)
    code, out, _ = program("fetch", "--url", url, "--sha256", sha256)
    assert (code, "is there already" in out) == (0, True)
    assert len(server.asked) == 2


def test_a_model_may_lie_elsewhere(program: Program, server: ArchiveServer, tmp_path: Path) -> None:
    url, sha256 = server.add("m.zip", model_zip())
    code, out, _ = program("fetch", "--url", url, "--sha256", sha256, "--into", tmp_path / "there", "--plain")
    assert (code, f"--model {tmp_path / 'there' / 'm'}" in out) == (0, True)
    assert program("check", "--model", tmp_path / "there" / "m", "yes")[0] == 0
    assert program("list")[0] == 5


def test_without_a_network_there_is_a_clear_message_and_code_5(program: Program) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/m.zip"
        code, _, err = program("fetch", "--url", url, "--sha256", "0" * 64)
    assert code == 5
    assert "is there a network?" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("kind", ["wrong checksum", "not found", "no model in it"])
def test_what_cannot_be_used_is_refused_with_code_5(
    program: Program, server: ArchiveServer, kind: str
) -> None:
    url, sha256 = server.add("m.zip", model_zip(leave_out="am/final.mdl"))
    if kind == "wrong checksum":
        sha256 = "0" * 64
    if kind == "not found":
        url = f"{server.base}/none.zip"
    code, _, err = program("fetch", "--url", url, "--sha256", sha256)
    assert code == 5
    assert {
        "wrong checksum": "checksum is wrong",
        "not found": "404",
        "no model in it": "am/final.mdl is missing",
    }[kind] in err
    assert "Traceback" not in err
    assert not [path for path in program.models.rglob("*") if path.is_dir()]


@pytest.mark.parametrize(
    "arguments",
    [
        ("fetch", "no-such-model"),
        ("fetch", "--url", "http://localhost/m.zip"),
        ("fetch", "--url", "http://localhost/m.zip", "--sha256", "abc"),
        ("fetch", "--url", "/etc/passwd", "--sha256", "0" * 64),
        ("fetch", "--timeout", "0"),
        (),
    ],
)
def test_wrong_usage_gives_code_2(program: Program, arguments: tuple[str, ...]) -> None:
    code, _, err = program(*arguments)
    assert (code, "Traceback" in err) == (2, False)


def test_without_a_model_list_and_check_say_how_to_get_one(program: Program) -> None:
    code, out, _ = program("list")
    assert (code, "get it with: voice-triage model fetch" in out) == (5, True)
    code, _, err = program("check")
    assert (code, "get one with: voice-triage model fetch" in err) == (5, True)


def test_a_damaged_model_is_shown_and_refused(program: Program) -> None:
    damaged = program.models / "broken"
    (damaged / "am").mkdir(parents=True)
    code, out, _ = program("list")
    assert (code, "damaged: am/final.mdl is missing" in out) == (5, True)
    code, _, err = program("check")
    assert (code, "am/final.mdl is missing" in err) == (5, True)


def test_checking_without_words_takes_those_of_all_expected_answers(program: Program) -> None:
    code, out, _ = program("check", "--model", MODEL)
    assert code == 0
    assert "loaded in" in out
