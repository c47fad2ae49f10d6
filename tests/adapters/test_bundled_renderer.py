"""The sounds that ship with the package, and the program that makes them."""

import io
import json
import shutil
import subprocess
import sys
import wave
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.bundled_renderer import MOST_BYTES, RATE, BundledRenderer, file_name, pack, unpack
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.content.locating import find_intents
from voice_triage.errors import RendererError, SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.samples import resampled

ROOT = Path(__file__).resolve().parents[2]
TEXT, OTHER = "Call for help now.", "Stay where you are."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of TEXT and OTHER, in espeak-ng's voice."""
    folder = tmp_path_factory.mktemp("bundle")
    for text in (TEXT, OTHER):
        spoken = resampled(EspeakRenderer().render(text, "", 160), RATE)
        (folder / file_name(text)).write_bytes(pack(spoken))
    return folder


def check(*options: str | Path) -> subprocess.CompletedProcess[str]:
    """scripts/render_emergency --check."""
    command = [sys.executable, str(ROOT / "scripts" / "render_emergency"), "--check", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_bundled_is_spoken_and_nothing_else(bundle: Path) -> None:
    renderer = BundledRenderer(bundle)
    sound = renderer.render(TEXT, "", 160)
    assert sound.rate == RATE
    assert 0.8 < sound.seconds < 3
    with pytest.raises(RendererError, match="no sound of this text"):
        renderer.render("Call for help now!", "", 160)


def test_a_changed_text_is_missing_and_its_old_sound_unwanted(bundle: Path) -> None:
    changed = ("Call for help at once.", OTHER)
    assert BundledRenderer(bundle).missing(changed) == ("Call for help at once.",)
    assert BundledRenderer(bundle).unwanted(changed) == (file_name(TEXT),)
    assert (
        BundledRenderer(bundle).missing([TEXT, OTHER])
        == BundledRenderer(bundle).unwanted([TEXT, OTHER])
        == ()
    )


def test_the_bundled_emergency_advice_is_the_one_that_is_said() -> None:
    done = check()
    assert (done.returncode, done.stderr) == (0, "")


def test_advice_changed_since_it_was_bundled_is_found(tmp_path: Path) -> None:
    shutil.copytree(find_intents(), tmp_path / "intents")
    region = tmp_path / "intents" / "regions" / "uk.yaml"
    region.write_text(
        region.read_text(encoding="utf-8").replace("nine nine nine", "treble nine"), encoding="utf-8"
    )
    done = check("--intents", tmp_path / "intents")
    assert done.returncode == 1
    assert "not bundled: Please call treble nine now." in done.stderr


def test_the_small_sound_is_close_to_the_whole() -> None:
    tone = (np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE) * 12_000).astype("<i2")
    back = np.frombuffer(unpack(pack(Sound(tone.tobytes(), RATE)), "tone").samples, "<i2")
    assert len(back) == len(tone)
    assert (tone.astype(float) - back).std() < 0.05 * tone.astype(float).std()


@pytest.mark.parametrize("keep", [0, 30, 60, 5000])
def test_a_damaged_sound_is_an_error_that_names_it(bundle: Path, tmp_path: Path, keep: int) -> None:
    path = tmp_path / file_name(TEXT)
    path.write_bytes((bundle / path.name).read_bytes()[:keep])
    with pytest.raises(RendererError, match=path.name):
        BundledRenderer(tmp_path).render(TEXT, "", 160)


def test_an_ordinary_wav_is_not_taken_for_a_bundled_one() -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, RATE, 100, "NONE", ""))
        file.writeframes(bytes(200))
    with pytest.raises(SoundFileError, match="render_emergency"):
        unpack(buffer.getvalue(), "some.wav")


def test_the_shipped_sounds_are_those_of_their_texts_and_small() -> None:
    folder = files("voice_triage") / "bundled_sounds"
    index = json.loads((folder / "texts.json").read_text(encoding="utf-8"))["texts"]
    texts = tuple(index.values())
    renderer = BundledRenderer()
    assert len(texts) > 50
    assert index == {file_name(text): text for text in texts}
    assert renderer.missing(texts) == renderer.unwanted(texts) == ()
    assert all(renderer.render(text, "", 160).seconds > 0.3 for text in texts)
    assert sum(len((folder / name).read_bytes()) for name in index) <= MOST_BYTES
