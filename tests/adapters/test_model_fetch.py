"""Fetching the archive of a model and unpacking it: a real server, real archives, good and bad."""

import errno
import io
import resource
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_server import ArchiveServer, archive_server, model_zip

from voice_triage.adapters.model_archive import unpack
from voice_triage.adapters.model_fetch import BLOCK, Archive, disk_trouble, fetch
from voice_triage.adapters.model_store import faults
from voice_triage.errors import ModelError

DATA = bytes(range(256)) * 4000
"""About 1 MB that differs at every place it could be cut."""


@pytest.fixture
def server() -> Iterator[ArchiveServer]:
    with archive_server() as server:
        yield server


def get(server: ArchiveServer, into: Path, data: bytes = DATA, size: int | None = len(DATA)) -> Path:
    url, sha256 = server.add("model.zip", data)
    return fetch(Archive(url, sha256, size), into, lambda there, of: None, patience=5)


@pytest.mark.parametrize("size", [len(DATA), None])
def test_an_archive_is_fetched_whole_and_nothing_else_is_left(
    server: ArchiveServer, tmp_path: Path, size: int | None
) -> None:
    archive = get(server, tmp_path / "new", size=size)
    assert archive.read_bytes() == DATA
    assert list((tmp_path / "new").iterdir()) == [archive]


def test_progress_runs_from_nothing_to_all(server: ArchiveServer, tmp_path: Path) -> None:
    url, sha256 = server.add("model.zip", DATA)
    seen: list[tuple[int, int | None]] = []
    fetch(Archive(url, sha256, None), tmp_path, lambda there, of: seen.append((there, of)))
    assert seen[0] == (0, len(DATA))
    assert seen[-1] == (len(DATA), len(DATA))
    assert seen == sorted(seen)


@pytest.mark.parametrize("size", [len(DATA), None])
def test_a_line_that_breaks_is_taken_up_where_it_broke(
    server: ArchiveServer, tmp_path: Path, size: int | None
) -> None:
    server.break_off_after = [20 * BLOCK, 10 * BLOCK]
    assert get(server, tmp_path, size=size).read_bytes() == DATA
    assert server.asked == ["", f"bytes={20 * BLOCK}-", f"bytes={30 * BLOCK}-"]


def test_a_download_that_failed_goes_on_the_next_time(server: ArchiveServer, tmp_path: Path) -> None:
    server.break_off_after = [20 * BLOCK, 0]
    with pytest.raises(ModelError, match=r"broke off after 327,680 of 1,024,000 bytes; fetch again to go on"):
        get(server, tmp_path)
    assert get(server, tmp_path).read_bytes() == DATA
    assert server.asked == ["", f"bytes={20 * BLOCK}-", f"bytes={20 * BLOCK}-"]


def test_a_server_that_cannot_send_parts_sends_all_again(server: ArchiveServer, tmp_path: Path) -> None:
    server.ranges = False
    server.break_off_after = [300_000]
    assert get(server, tmp_path).read_bytes() == DATA


def test_a_wrong_archive_is_refused_and_removed(server: ArchiveServer, tmp_path: Path) -> None:
    url, _ = server.add("model.zip", DATA)
    with pytest.raises(ModelError, match="checksum is wrong"):
        fetch(Archive(url, "0" * 64, len(DATA)), tmp_path, lambda there, of: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [1000, len(DATA), len(DATA) + 5])
def test_a_spoilt_part_from_an_earlier_try_does_no_harm(
    server: ArchiveServer, tmp_path: Path, length: int
) -> None:
    (tmp_path / "model.zip.part").write_bytes(bytes(length))
    assert get(server, tmp_path).read_bytes() == DATA


def test_a_part_longer_than_the_file_on_the_server_does_no_harm(
    server: ArchiveServer, tmp_path: Path
) -> None:
    (tmp_path / "model.zip.part").write_bytes(bytes(len(DATA) + 5))
    assert get(server, tmp_path, size=None).read_bytes() == DATA


def test_an_archive_that_is_there_is_not_fetched_again(server: ArchiveServer, tmp_path: Path) -> None:
    get(server, tmp_path)
    get(server, tmp_path)
    assert server.asked == [""]


def test_a_server_that_sends_more_than_the_model_is_cut_off(server: ArchiveServer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="more than the model's 1,000 bytes"):
        get(server, tmp_path, size=1000)


def test_a_missing_archive_is_told_with_the_servers_answer(server: ArchiveServer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the server answered 404"):
        fetch(Archive(f"{server.base}/none.zip", "0" * 64, None), tmp_path, lambda there, of: None)


def test_without_a_network_the_message_asks_for_one(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/model.zip"
        with pytest.raises(ModelError, match="cannot be reached: is there a network"):
            fetch(Archive(url, "0" * 64, None), tmp_path, lambda there, of: None)


def test_a_server_that_says_nothing_is_not_waited_for_without_end(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/model.zip"
        with pytest.raises(ModelError, match="does not answer"):
            fetch(Archive(url, "0" * 64, None), tmp_path, lambda there, of: None, patience=0.2)


@pytest.mark.parametrize("name", ["", "model.tar.gz", ".zip", "%2e%2e%2fx.zip", "a b.zip"])
def test_an_address_of_no_archive_is_refused(server: ArchiveServer, tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=r"not the address of a \.zip"):
        fetch(Archive(f"{server.base}/{name}", "0" * 64, None), tmp_path, lambda there, of: None)


def test_a_folder_that_cannot_be_written_is_named(server: ArchiveServer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=str(tmp_path / "file")):
        get(server, tmp_path / "file")


def test_a_disk_that_runs_full_is_an_error_and_the_part_is_kept(
    server: ArchiveServer, tmp_path: Path
) -> None:
    """The system's limit on the size of a file stands in for the disk: writing fails in its middle."""
    url, sha256 = server.add("model.zip", DATA)
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from voice_triage.adapters.model_fetch import Archive, fetch\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))\n"
        "fetch(Archive(sys.argv[1], sys.argv[2], None), Path(sys.argv[3]), lambda there, of: None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, url, sha256, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "ModelError: the model cannot be written" in done.stderr
    assert (tmp_path / "model.zip.part").stat().st_size == 400_000
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 400_000
    assert get(server, tmp_path).read_bytes() == DATA
    assert server.asked[-1] == "bytes=400000-"


def test_a_full_disk_is_told_with_its_cure() -> None:
    assert "make room" in disk_trouble(OSError(errno.ENOSPC, "No space left on device"))


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def archive_of(data: bytes, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "a-model.zip"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("top", ["a-model", "called-otherwise", "."])
def test_a_model_is_unpacked_into_a_folder_named_as_its_archive(tmp_path: Path, top: str) -> None:
    model = unpack(archive_of(model_zip(top), tmp_path), tmp_path / "models", faults)
    assert model == tmp_path / "models" / "a-model"
    assert faults(model) == ()
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["a-model"]


def test_a_damaged_model_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a-model" / "am").mkdir(parents=True)
    (tmp_path / "a-model" / "left over").touch()
    model = unpack(archive_of(model_zip(), tmp_path), tmp_path, faults)
    assert faults(model) == ()
    assert not (model / "left over").exists()


LINK = zipfile.ZipInfo("a-model/am/final.mdl")
LINK.external_attr = 0o120777 << 16
PIPE = zipfile.ZipInfo("a-model/am/final.mdl")
PIPE.external_attr = 0o010666 << 16

BAD = {
    "path traversal": (zipped(("../evil", b"x")), "outside the model's folder"),
    "path traversal inside": (zipped(("a-model/../../evil", b"x")), "outside the model's folder"),
    "absolute path": (zipped(("/etc/evil", b"x")), "outside the model's folder"),
    "windows path": (zipped(("..\\evil", b"x")), "outside the model's folder"),
    "drive": (zipped(("C:evil", b"x")), "outside the model's folder"),
    "link": (zipped((LINK, b"/etc/passwd")), "not a plain file"),
    "pipe": (zipped((PIPE, b"")), "not a plain file"),
    "bomb": (zipped(("a-model/am/final.mdl", bytes(30_000_000))), "unpacks to more than"),
    "too many files": (zipped(*((f"a-model/{n}", b"") for n in range(1001))), "1,001 files"),
    "the same file twice": (zipped(("a", b"x"), ("a/b", b"x")), "cannot be unpacked"),
    "no model": (zipped(("a-model/README", b"hello")), "no am/final.mdl"),
    "empty": (zipped(), "no whole Vosk model"),
    "a model in parts": (model_zip(leave_out="graph/Gr.fst"), "graph/Gr.fst is missing"),
    "cut short": (model_zip()[:-1000], "damaged, or not a zip archive"),
    "no zip": (b"<html>Please log in</html>", "damaged, or not a zip archive"),
    "spoilt": (model_zip()[:200_000] + bytes(1000) + model_zip()[201_000:], "damaged, or not a zip archive"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_bad_archive_is_refused_and_nothing_changes(tmp_path: Path, kind: str) -> None:
    data, why = BAD[kind]
    into = tmp_path / "models"
    before = into / "a-model" / "kept"
    before.mkdir(parents=True)
    with pytest.raises(ModelError, match=why):
        unpack(archive_of(data, tmp_path / "archives"), into, faults, most_bytes=20_000_000)
    assert list(into.rglob("*")) == [into / "a-model", before]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archives", "models"]
