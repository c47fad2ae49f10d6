"""A server for the tests of fetching: sends archives as asked, and as badly as told."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL = Path(__file__).parent / "vosk_model"


class ArchiveServer:
    """What it serves, how it misbehaves, and what it was asked for."""

    def __init__(self, port: int) -> None:
        self.files: dict[str, bytes] = {}
        self.break_off_after: list[int] = []
        """Bytes of the body after which the next answers end too early, one entry for each answer."""
        self.ranges = True
        """Whether it can send a part of a file."""
        self.asked: list[str] = []
        """The Range header of each request, "" without one."""
        self.base = f"http://127.0.0.1:{port}"

    def add(self, name: str, data: bytes) -> tuple[str, str]:
        """Address and checksum of a new file."""
        self.files[f"/{name}"] = data
        return f"{self.base}/{name}", hashlib.sha256(data).hexdigest()


@contextmanager
def archive_server() -> Iterator[ArchiveServer]:
    """A server on a free local port, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append(wanted)
            data = state.files.get(self.path)
            if data is None:
                self.send_error(404)
                return
            start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and state.ranges else 0
            if start and start >= len(data):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            body = data[start:]
            if state.break_off_after:
                body = body[: state.break_off_after.pop(0)]
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = ArchiveServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def model_zip(top: str = "a-model", leave_out: str = "") -> bytes:
    """The small model of the tests as an archive, all of it in the folder `top`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(MODEL.rglob("*")):
            name = path.relative_to(MODEL).as_posix()
            if path.is_file() and name != leave_out:
                archive.write(path, f"{top}/{name}")
    return buffer.getvalue()
