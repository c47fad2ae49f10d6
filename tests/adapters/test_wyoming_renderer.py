"""A speech server on this machine: a real one by the package `wyoming`, in whose place Piper's may stand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.bundled_renderer import BundledRenderer
from voice_triage.adapters.chained_renderer import ChainedRenderer
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.wyoming_renderer import WyomingRenderer
from voice_triage.errors import EngineMissing, RendererError
from voice_triage.ports import Sound

TEXT = "Is this for you, or for someone else?"
SERVER = """
import asyncio, subprocess, sys
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

class Handler(AsyncEventHandler):
    async def handle_event(self, event):
        asked = Synthesize.from_event(event)
        name = asked.voice.name if asked.voice and asked.voice.name else "en-gb"
        if name == "broken":
            await self.write_event(Error(text="no such voice").event())
            return False
        if name == "gone":
            return False
        made = subprocess.run(["espeak-ng", "--stdout", "-s", "160", "-v", name, asked.text],
                              capture_output=True, check=True).stdout[44:]
        await self.write_event(AudioStart(rate=22050, width=2, channels=1).event())
        for at in range(0, len(made), 2048):
            await self.write_event(AudioChunk(audio=made[at:at + 2048], rate=22050, width=2, channels=1).event())
        await self.write_event(AudioStop().event())
        return True

async def main():
    server = AsyncServer.from_uri("unix://" + sys.argv[1])
    await server.start(Handler)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server, which ends when its input does."""
    path = tmp_path_factory.mktemp("server") / "socket"
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    yield f"unix:{path}"
    server.kill()
    server.communicate()


def pitch(sound: Sound) -> float:
    """The strongest frequency below 400 Hz."""
    samples = np.frombuffer(sound.samples, "<i2").astype(float)
    power = np.abs(np.fft.rfft(samples))[: round(400 * len(samples) / sound.rate)]
    return float(power.argmax() * sound.rate / len(samples))


def test_a_server_speaks(address: str) -> None:
    assert WyomingRenderer(address).render(TEXT, "", 160) == EspeakRenderer("en-gb").render(TEXT, "", 160)


def test_a_server_speaks_with_its_own_voices(address: str) -> None:
    other = WyomingRenderer(address).render(TEXT, "en-us", 160)
    assert other == EspeakRenderer("en-us").render(TEXT, "", 160)


@pytest.mark.parametrize("rate", [100, 240])
def test_slower_and_faster_are_followed_at_the_same_pitch(address: str, rate: int) -> None:
    renderer = WyomingRenderer(address)
    usual, other = renderer.render(TEXT, "", 160), renderer.render(TEXT, "", rate)
    assert other.seconds == pytest.approx(usual.seconds * 160 / rate, rel=0.02)
    assert pitch(other) == pytest.approx(pitch(usual), rel=0.1)


@pytest.mark.parametrize(("voice", "why"), [("broken", "no such voice"), ("gone", "it hung up")])
def test_a_server_that_fails_is_an_error_and_the_usual_voice_speaks(
    address: str, voice: str, why: str
) -> None:
    with pytest.raises(RendererError, match=why):
        WyomingRenderer(address).render(TEXT, voice, 160)
    told: list[str] = []
    chain = ChainedRenderer(
        (WyomingRenderer(address), EspeakRenderer(), BundledRenderer()), lambda _, why: told.append(why)
    )
    assert chain.render(TEXT, voice, 160).seconds > 1
    assert why in told[0]


def test_where_nobody_answers_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="is it running"):
        WyomingRenderer(f"unix:{tmp_path}/socket").render(TEXT, "", 160)


@pytest.mark.parametrize("elsewhere", ["192.0.2.1:10200", "example.org:10200", "tcp://0.0.0.0:10200"])
def test_a_server_elsewhere_is_refused_as_what_was_told_would_leave_the_machine(elsewhere: str) -> None:
    with pytest.raises(RendererError, match="not on this machine"):
        WyomingRenderer(elsewhere)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(RendererError, match="one is localhost:10200"):
        WyomingRenderer("piper")
