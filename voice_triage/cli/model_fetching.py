"""`voice-triage model fetch`: the only command that opens a network connection."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tqdm import tqdm

from voice_triage.adapters import model_store
from voice_triage.adapters.model_archive import unpack
from voice_triage.adapters.model_fetch import Archive, fetch
from voice_triage.adapters.model_store import KNOWN
from voice_triage.cli.exits import Exit, UsageError
from voice_triage.errors import ModelError


def run(arguments: argparse.Namespace) -> Exit:
    """Raises ModelError, UsageError."""
    wanted = _wanted(arguments)
    into: Path = arguments.into or model_store.models_folder()
    place = into / Path(wanted.url).stem
    if place.is_dir() and not model_store.faults(place):
        print(f"{place.name} is there already: {place}")
        return Exit.ADVICE_GIVEN
    size = f", {wanted.size / 1e6:.0f} MB," if wanted.size else ""
    print(f"Fetching {place.name}{size} from {wanted.url}", flush=True)
    try:
        with _progress(arguments.plain) as progress:
            archive = fetch(wanted, into, progress, arguments.timeout)
        model = unpack(archive, into, model_store.faults)
    except ModelError as error:
        raise ModelError(
            f"{error}. Until there is a model, the program hears less well (PocketSphinx)"
        ) from error
    with suppress(OSError):
        archive.unlink()
    print(f"{model.name} is in place: {model}")
    if arguments.into is not None:
        print(f"To use it: --model {model}, or VOICE_TRIAGE_MODEL={model}")
    return Exit.ADVICE_GIVEN


def _wanted(arguments: argparse.Namespace) -> Archive:
    """What is to be fetched. Raises UsageError."""
    if (arguments.url is None) is not (arguments.sha256 is None):
        raise UsageError("--url and --sha256 go together")
    if arguments.url is not None:
        digest = arguments.sha256.lower()
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise UsageError(f"--sha256 {arguments.sha256}: a checksum has 64 hexadecimal digits")
        if not arguments.url.startswith(("https://", "http://")):
            raise UsageError(f"--url {arguments.url}: an address begins with https:// or http://")
        return Archive(arguments.url, digest, None)
    for model in KNOWN:
        if model.name == arguments.name:
            return Archive(model.url, model.sha256, model.size)
    known = ", ".join(model.name for model in KNOWN)
    raise UsageError(f"{arguments.name}: no such model is known; known are {known}")


@contextmanager
def _progress(plain: bool) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on a terminal, else a line for each tenth."""
    if plain or not sys.stderr.isatty():
        yield _Tenths().show
        return
    with tqdm(unit="B", unit_scale=True, desc="fetched") as bar:

        def show(there: int, size: int | None) -> None:
            bar.total = size
            bar.update(there - bar.n)

        yield show


class _Tenths:
    """Says how far it has come, ten times at most."""

    def __init__(self) -> None:
        self._told = 0

    def show(self, there: int, size: int | None) -> None:
        """To be called as often as one likes."""
        if size and there * 10 // size > self._told:
            self._told = there * 10 // size
            print(f"{self._told * 10} %", file=sys.stderr, flush=True)
