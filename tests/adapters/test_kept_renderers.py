"""Falling back from renderer to renderer, and keeping what has been rendered; with real engines beneath."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_triage.adapters.bundled_renderer import RATE, BundledRenderer, file_name, pack
from voice_triage.adapters.caching_renderer import CachingRenderer
from voice_triage.adapters.chained_renderer import ChainedRenderer
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.pyttsx3_renderer import Pyttsx3Renderer
from voice_triage.errors import EngineMissing, RendererError
from voice_triage.ports import Sound

TEXT = "Call for help now."
OTHER = "You said you are fifty three. Is that right?"


@pytest.fixture
def no_espeak_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


@pytest.fixture
def no_espeak_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only the command still finds the library."""
    folder = tmp_path / "broken"
    folder.mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):  # found first, and of no use
        (folder / name).write_text("not a library")
    command = folder / "espeak-ng"
    command.write_text(f'#!/bin/sh\nunset LD_LIBRARY_PATH\nexec {shutil.which("espeak-ng")} "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folder))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A folder of bundled sounds that knows TEXT and nothing else: one second of a tone."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / file_name(TEXT)).write_bytes(pack(Sound(b"\x00\x10\x00\xf0" * (RATE // 2), RATE)))
    return folder


class Kept:
    """A caching renderer over the espeak-ng command, and what it warned of."""

    def __init__(self, folder: Path, most_bytes: int = 256_000_000) -> None:
        self.folder = folder
        self.warnings: list[str] = []
        self.renderer = CachingRenderer(EspeakRenderer(), folder, self.warnings.append, most_bytes)

    def prepare(self, *texts: str) -> None:
        self.renderer.prepare(texts, "", 160)
        assert self.renderer.wait(20)

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.exists() else []


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(tmp_path / "cache" / "speech")
    yield kept
    kept.renderer.close()


def chain(bundle: Path) -> tuple[ChainedRenderer, list[tuple[str, str]]]:
    failures: list[tuple[str, str]] = []
    renderers = (Pyttsx3Renderer(), EspeakRenderer(), BundledRenderer(bundle))
    return ChainedRenderer(renderers, lambda name, why: failures.append((name, why))), failures


def test_the_first_renderer_speaks_while_it_can(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    assert renderer.render(TEXT, "", 160) == Pyttsx3Renderer().render(TEXT, "", 160)
    assert failures == []


@pytest.mark.usefixtures("no_espeak_library")
def test_without_the_library_the_command_speaks_and_the_failure_is_told(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    assert renderer.render(TEXT, "", 160) == EspeakRenderer().render(TEXT, "", 160)
    assert [name for name, _ in failures] == ["pyttsx3 (en-gb)"]
    assert "install espeak-ng" in failures[0][1]


@pytest.mark.usefixtures("no_espeak_library")
def test_a_renderer_that_failed_is_not_tried_first_again(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    renderer.render(TEXT, "", 160)
    renderer.render(OTHER, "", 160)
    assert len(failures) == 1


@pytest.mark.usefixtures("no_espeak_library", "no_espeak_command")
def test_the_same_failure_is_told_once(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    for text in (OTHER, OTHER, OTHER + " Yes?"):
        with pytest.raises(RendererError):
            renderer.render(text, "", 160)
    assert len(failures) == 3


@pytest.mark.usefixtures("no_espeak_library", "no_espeak_command")
def test_with_no_engine_at_all_the_emergency_text_is_still_spoken(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    assert renderer.render(TEXT, "", 160).seconds == pytest.approx(1, abs=0.001)
    assert [name for name, _ in failures] == ["pyttsx3 (en-gb)", "espeak-ng (en-gb)"]


@pytest.mark.usefixtures("no_espeak_library", "no_espeak_command")
def test_when_all_have_failed_the_error_says_what_each_said(bundle: Path) -> None:
    renderer, _ = chain(bundle)
    with pytest.raises(RendererError, match=r"pyttsx3.*install espeak-ng.*command.*no sound of this text"):
        renderer.render(OTHER, "", 160)


def test_a_voice_that_nobody_has_is_given_up_for_the_default(bundle: Path) -> None:
    renderer, failures = chain(bundle)
    assert renderer.render(OTHER, "xx-nobody", 160) == Pyttsx3Renderer().render(OTHER, "", 160)
    assert [name for name, _ in failures] == ["pyttsx3 (en-gb)", "espeak-ng (en-gb)", "bundled sounds"]


def test_a_text_without_words_is_refused_by_the_chain_and_the_cache(bundle: Path, kept: Kept) -> None:
    for renderer in (chain(bundle)[0], kept.renderer):
        with pytest.raises(RendererError, match="nothing to speak"):
            renderer.render("", "", 160)


def test_a_repeated_text_is_not_rendered_again(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept.renderer.render(TEXT, "", 160)
    monkeypatch.setenv("PATH", "")
    assert kept.renderer.render(TEXT, "", 160) == first


def test_a_prepared_text_is_there_in_the_next_run_without_an_engine(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept.renderer.render(TEXT, "", 160)
    kept.prepare(TEXT)
    monkeypatch.setenv("PATH", "")
    assert Kept(kept.folder).renderer.render(TEXT, "", 160) == first


def test_what_was_not_prepared_leaves_no_trace_on_the_disk(kept: Kept) -> None:
    kept.prepare(TEXT)
    before = kept.files()
    kept.renderer.render(OTHER, "", 160)
    kept.renderer.render(TEXT, "", 160)
    assert kept.files() == before
    assert len(before) == 1


def test_other_voices_and_rates_are_other_sounds(kept: Kept) -> None:
    sounds = {kept.renderer.render(TEXT, voice, rate) for voice in ("en-gb", "en-us") for rate in (140, 200)}
    assert len(sounds) == 4


@pytest.mark.parametrize("damage", ["cut", "bit", "empty"])
def test_a_damaged_file_is_rendered_again(kept: Kept, damage: str) -> None:
    kept.prepare(TEXT)
    (file,) = kept.files()
    whole = file.read_bytes()
    damaged = {"cut": whole[:-100], "bit": whole[:5000] + b"\x7f" + whole[5001:], "empty": b""}[damage]
    file.write_bytes(damaged)
    again = Kept(kept.folder)
    assert again.renderer.render(TEXT, "", 160) == EspeakRenderer().render(TEXT, "", 160)
    again.prepare(TEXT)
    assert [path.read_bytes() for path in again.files()] == [whole]


def test_the_files_written_first_go_when_there_are_too_many_bytes(tmp_path: Path) -> None:
    one = len(EspeakRenderer().render(TEXT, "", 160).samples) + 44
    kept = Kept(tmp_path / "small", most_bytes=2 * one + 10)
    for rate in (160, 161, 162, 163):
        kept.renderer.prepare([TEXT], "", rate)
        assert kept.renderer.wait(20)
        time.sleep(0.01)  # so that the files' times differ
    assert 1 <= len(kept.files()) <= 2
    newest = Kept(kept.folder)
    os.environ["PATH"], path = "", os.environ["PATH"]
    try:
        assert newest.renderer.render(TEXT, "", 163).seconds > 0.5
        with pytest.raises(EngineMissing):
            newest.renderer.render(TEXT, "", 160)
    finally:
        os.environ["PATH"] = path


def test_where_nothing_can_be_kept_it_still_speaks_and_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Kept(tmp_path / "file" / "speech")
    kept.prepare(TEXT, OTHER)
    assert kept.renderer.render(OTHER, "", 160).seconds > 1
    assert len(kept.warnings) == 1
    assert str(kept.folder) in kept.warnings[0]


@pytest.mark.usefixtures("no_espeak_command")
def test_preparing_without_an_engine_ends_and_the_error_comes_when_the_text_is_wanted(kept: Kept) -> None:
    kept.prepare(TEXT, OTHER)
    with pytest.raises(EngineMissing):
        kept.renderer.render(TEXT, "", 160)


def test_a_text_that_cannot_be_spoken_does_not_hold_up_the_others(kept: Kept) -> None:
    kept.prepare("...", TEXT)
    assert len(kept.files()) == 1


def test_rendering_goes_on_beside_preparing(kept: Kept) -> None:
    texts = [f"This is sentence number {number}." for number in range(12)]
    kept.renderer.prepare(texts, "", 160)
    sounds: list[Sound] = []

    def render(text: str) -> None:
        sounds.append(kept.renderer.render(text, "", 160))

    threads = [threading.Thread(target=render, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.renderer.wait(20)
    assert len(sounds) == len(kept.files()) == 12


def test_closing_gives_up_what_is_not_prepared(kept: Kept) -> None:
    kept.renderer.prepare([f"Sentence {number}." for number in range(200)], "", 160)
    kept.renderer.close()
    kept.renderer.close()
    assert kept.renderer.wait(20)
    assert len(kept.files()) < 200
