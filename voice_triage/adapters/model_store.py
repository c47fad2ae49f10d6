"""Where Vosk models lie on this machine, which are known, and whether one looks whole.

Without Vosk itself, whose own search goes to the network for a model that it does not find.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from voice_triage.errors import ModelError


@dataclass(frozen=True)
class KnownModel:
    """A model that can be fetched."""

    name: str
    """Of its folder."""
    url: str
    size: int
    """Bytes of the archive."""
    sha256: str
    """Of the archive, in hexadecimal."""
    about: str


KNOWN = (
    KnownModel(
        name="vosk-model-small-en-us-0.15",
        url="https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
        size=41_205_931,
        sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
        about="American English, small, Apache-2.0; takes short lists of answers",
    ),
)
"""The first is the one to have."""


@dataclass(frozen=True)
class FoundModel:
    """A folder on this machine that is a model, or was meant to be one."""

    path: Path
    source: str
    """Who says that it lies there."""
    faults: tuple[str, ...]
    """What is missing or damaged; none: it looks whole."""


def models_folder() -> Path:
    """Where fetched models go: "models" in the user's data folder."""
    return Path(platformdirs.user_data_dir("voice-triage", appauthor=False), "models")


def find_model(
    chosen: Path | None = None, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> Path | None:
    """The folder of the model to use, or None if there is none.

    In this order: `chosen` (by the user), $VOICE_TRIAGE_MODEL, $VOSK_MODEL_PATH (a model, or a folder of
    models, as for Vosk itself), the user's data folder, Vosk's own folders. Raises ModelError, naming what is
    missing, where one is pointed at that is none, or if nothing but damaged ones is found.
    """
    if chosen is not None:
        return _whole(FoundModel(chosen, "--model", faults(chosen)))
    if named := environment.get("VOICE_TRIAGE_MODEL"):
        path = Path(named).expanduser()
        return _whole(FoundModel(path, "$VOICE_TRIAGE_MODEL", faults(path)))
    found = tuple(_lying_about(environment, home or Path.home()))
    if environment.get("VOSK_MODEL_PATH") and not any(model.source == "$VOSK_MODEL_PATH" for model in found):
        raise ModelError(f"$VOSK_MODEL_PATH: no Vosk model in {environment['VOSK_MODEL_PATH']}")
    for model in found:
        if not model.faults:
            return model.path
    return _whole(found[0]) if found else None


def found_models(
    environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> tuple[FoundModel, ...]:
    """Every model that could be used, the one that will be first; damaged ones too."""
    found = list(_lying_about(environment, home or Path.home()))
    if named := environment.get("VOICE_TRIAGE_MODEL"):
        path = Path(named).expanduser()
        found.insert(0, FoundModel(path, "$VOICE_TRIAGE_MODEL", faults(path)))
    return tuple(found)


def faults(folder: Path) -> tuple[str, ...]:
    """What libvosk would miss in `folder`, as phrases that name the file; none: it looks whole.

    Two layouts are known to libvosk: a flat one, and one with the folders am, conf and graph.
    """
    if not folder.is_dir():
        return ("there is no such folder",)
    if _is_nested(folder):
        model, conf, graph = folder / "am", folder / "conf", folder / "graph"
        needed = [model / "final.mdl", conf / "model.conf", conf / "mfcc.conf"]
    elif (folder / "final.mdl").exists():
        graph = folder
        needed = [folder / "final.mdl", folder / "mfcc.conf"]
    else:
        return ("no am/final.mdl: this is not a Vosk model",)
    if (graph / "HCLG.fst").exists():
        needed += [graph / "HCLG.fst"]
    else:
        needed += [graph / "HCLr.fst", graph / "Gr.fst", graph / "disambig_tid.int"]
    if (folder / "ivector").exists():
        parts = "final.ie final.dubm final.mat global_cmvn.stats online_cmvn.conf splice.conf"
        needed += [folder / "ivector" / part for part in parts.split()]
    return tuple(fault for path in needed if (fault := _fault(path, path.relative_to(folder).as_posix())))


def _whole(model: FoundModel) -> Path:
    """Its path. Raises ModelError if it is not whole."""
    if model.faults:
        raise ModelError(f"{model.source}: {model.path}: {'; '.join(model.faults)}")
    return model.path


def _lying_about(environment: Mapping[str, str], home: Path) -> Iterator[FoundModel]:
    """Models in all places where one may lie without being named, in order of preference."""
    if named := environment.get("VOSK_MODEL_PATH"):
        path = Path(named).expanduser()
        if _is_nested(path) or (path / "final.mdl").exists():
            yield FoundModel(path, "$VOSK_MODEL_PATH", faults(path))
        else:
            yield from _inside(path, "$VOSK_MODEL_PATH", "*")
    yield from _inside(models_folder(), "fetched", "*")
    # Where vosk 0.3.45 looks (MODEL_DIRS in its source); models of other languages lie there too.
    for folder in (Path("/usr/share/vosk"), home / "AppData/Local/vosk", home / ".cache/vosk"):
        yield from _inside(folder, "Vosk's own folder", "vosk-model*-en-*")


def _inside(folder: Path, source: str, pattern: str) -> Iterator[FoundModel]:
    """Models in `folder`: known ones first, then small ones before large ones, which are slow to load."""
    known = {model.name: place for place, model in enumerate(KNOWN)}
    try:
        paths = [path for path in folder.glob(pattern) if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return
    for path in sorted(
        paths, key=lambda path: (known.get(path.name, len(KNOWN)), "small" not in path.name, path)
    ):
        yield FoundModel(path, source, faults(path))


def _is_nested(folder: Path) -> bool:
    return any((folder / part).is_dir() for part in ("am", "conf", "graph"))


def _fault(path: Path, name: str) -> str:
    """What is wrong with one file, "" for nothing; its beginning shows whether it is what it should be."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        return f"{name} is missing" if isinstance(error, FileNotFoundError) else f"{name}: {error.strerror}"
    if not start:
        return f"{name} is empty"
    beginning = {".fst": b"\xd6\xfd\xb2\x7e", ".mdl": b"\0B"}.get(path.suffix, b"")  # OpenFst's and Kaldi's
    return "" if start.startswith(beginning) else f"{name} is damaged"
