"""Fetches the archive of a Vosk model: all of it, as it was published, or nothing.

pooch looks after the checksum and the archive's place. It cannot go on with a download that was broken off
(and 40 MB over a bad line need that), so the downloader that it is given is our own.
"""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pooch
import requests

from voice_triage.errors import ModelError

Progress = Callable[[int, int | None], None]
"""Bytes there so far, and in all if that is known."""
ATTEMPTS = 5
"""How often a broken line is taken up again, as long as each time something came."""
BLOCK = 1 << 14
"""What can be lost of a download when the line breaks."""


@dataclass(frozen=True)
class Archive:
    """A .zip archive on a server."""

    url: str
    sha256: str
    """In hexadecimal."""
    size: int | None
    """Bytes; None: not known beforehand."""


def fetch(archive: Archive, into: Path, progress: Progress, patience: float = 30) -> Path:
    """The archive, whole and with the right checksum, as a file in `into`.

    What a former try left there is used: the archive itself, or its first part. `patience`: seconds to wait
    for a connection, and for the next bytes. Raises ModelError; what has come so far is kept, unless it is
    wrong.
    """
    url = archive.url
    name = urlsplit(url).path.rpartition("/")[2]
    if not re.fullmatch(r"[\w.+-]+\.zip", name) or name.startswith("."):
        raise ModelError(f"{url}: this is not the address of a .zip archive")
    pooch.get_logger().setLevel(logging.WARNING)  # it would tell its own folders on the terminal
    part = into / f"{name}.part"
    try:
        into.mkdir(parents=True, exist_ok=True)
        resumed = part.exists()
        while True:
            try:
                download = _Download(part, archive.size, progress, patience)
                return Path(pooch.retrieve(url, f"sha256:{archive.sha256}", name, into, downloader=download))
            except ValueError as error:  # pooch's word for a wrong checksum; it has removed the file
                if not resumed:
                    raise ModelError(
                        f"{url}: the checksum is wrong: what came is not the published model, and was removed"
                    ) from error
                resumed = False  # the old part may be to blame: once more from the start
    except requests.RequestException as error:
        raise ModelError(_why_not(url, error)) from error
    except OSError as error:
        raise ModelError(f"the model cannot be written to {into}: {disk_trouble(error)}") from error


def disk_trouble(error: OSError) -> str:
    """What the system says, and what to do about a full disk."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; make room and try again, what has come is kept"
    return error.strerror or str(error)


def _why_not(url: str, error: requests.RequestException) -> str:
    host = urlsplit(url).hostname or url
    if isinstance(error, requests.Timeout):
        return f"{host} does not answer; try again later"
    if isinstance(error, requests.ConnectionError):
        return f"{host} cannot be reached: is there a network? Try again when there is one"
    return f"{url}: {error}"


class _Download:
    """A downloader for pooch that keeps the part that has come, and goes on from there."""

    def __init__(self, part: Path, size: int | None, progress: Progress, patience: float) -> None:
        self._part = part
        self._size = size
        self._progress = progress
        self._patience = patience

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Download to `output_file`. Raises ModelError, OSError, requests.RequestException."""
        broken: requests.RequestException | None = None
        for _ in range(ATTEMPTS):
            before = self._there()
            try:
                self._go_on(url)
            except (requests.exceptions.ChunkedEncodingError, requests.ConnectionError) as error:
                if not self._there():
                    raise
                broken = error
            if self._there() == self._size or (self._size is None and broken is None):
                self._part.replace(output_file)
                return
            if self._there() <= before:
                break
        of_all = "" if self._size is None else f" of {self._size:,}"
        raise ModelError(
            f"the download broke off after {self._there():,}{of_all} bytes; fetch again to go on from there"
        ) from broken

    def _there(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _go_on(self, url: str) -> None:
        """One request for what is still missing, appended to the part."""
        have = self._there()
        if self._size is not None and have == self._size:
            return
        if self._size is not None and have > self._size:
            self._part.unlink()
            have = 0
        # identity: a compressed transfer could not be taken up in the middle.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        with requests.get(url, headers=headers, stream=True, timeout=self._patience) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable and have:
                self._part.unlink()  # longer than what the server has: of no use
                self._go_on(url)
                return
            if answer.status_code not in (requests.codes.ok, requests.codes.partial_content):
                raise ModelError(f"{url}: the server answered {answer.status_code} {answer.reason}")
            if answer.status_code == requests.codes.ok:
                have = 0  # it sends everything once more
            elif not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
                raise ModelError(f"{url}: the server sent another part than it was asked for")
            if self._size is None:
                with suppress(KeyError, ValueError):
                    self._size = have + int(answer.headers["Content-Length"])
            with self._part.open("ab" if have else "wb") as file:
                self._progress(have, self._size)
                for block in answer.iter_content(BLOCK):
                    have += len(block)
                    if self._size is not None and have > self._size:
                        raise ModelError(
                            f"{url}: the server sends more than the model's {self._size:,} bytes"
                        )
                    file.write(block)
                    self._progress(have, self._size)
