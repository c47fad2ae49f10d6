"""What tests share: the virtual sound card."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sound_card import SoundCard

from voice_triage.sound import portaudio

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: so would be what we start
    signal.signal(signal.SIGINT, signal.default_int_handler)


LONGEST = ("tests/hosts/test_spoken_interview.py", "tests/test_offline.py")
"""These take the time that speech takes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of the longest begins the share of another worker, so that nobody waits for them at the end.

    Those that look at the walk stay together: it is made once in each process that needs it.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    spoken, offline = ([item for item in items if item.nodeid.startswith(file)] for file in LONGEST)
    walking = [item for item in items if "walked" in getattr(item, "fixturenames", ())]
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for number, longest in enumerate((*([item] for item in spoken), offline, walking)):
        shares[number % workers] += longest
    placed = {item for share in shares for item in share}
    others = [item for item in items if item not in placed]
    size = -(-len(items) // workers)
    for share in shares:
        missing = max(0, size - len(share))
        share.extend(others[:missing])
        del others[:missing]
    items[:] = [item for share in shares for item in share]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that listen have the right of way: sound that waits for a processor stutters, on CI as at home."""
    listens = "sound_card" in getattr(item, "fixturenames", ()) or item.nodeid.startswith(LONGEST)
    with contextlib.suppress(PermissionError):  # only root may take the right of way back
        os.setpriority(os.PRIO_PROCESS, 0, 0 if listens else 10)


@pytest.fixture(scope="session")
def sound_card() -> Iterator[SoundCard]:
    """A sound card for this process (with pytest-xdist: for this worker), and the only one it sees."""
    card = SoundCard()
    before = dict(os.environ)
    os.environ.update(card.env)
    portaudio.refresh()
    try:
        yield card
    finally:
        os.environ.clear()
        os.environ.update(before)
        card.stop()


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A patient's answer of two seconds, by flite."""
    wav = tmp_path_factory.mktemp("speech") / "answer.wav"
    subprocess.run(
        ["flite", "-voice", "slt", "-t", "Yes, I have been numb down there.", "-o", wav], check=True
    )
    return wav
