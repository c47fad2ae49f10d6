"""Where is measured: a virtual sound card, a cache with every prompt in it, and the model of the tests."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sound_card import SoundCard

from voice_triage.adapters.caching_renderer import default_folder
from voice_triage.adapters.file_player import FilePlayer
from voice_triage.adapters.model_trial import proven
from voice_triage.adapters.plain_captions import PlainCaptions
from voice_triage.cli import engines
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.content.loading import load
from voice_triage.dialogue import Dialogue

from .tape import Tape, recorded

REGION = "us"
PATIENCE = 300.0
"""Seconds for every prompt to be rendered; usually about 30."""


@dataclass(frozen=True)
class Workshop:
    """What the measurements share."""

    root: Path
    """Of the clone."""
    model: Path
    """Of the tests' Vosk model."""
    dialogue: Dialogue
    weak_dialogue: Dialogue
    """For ears that hear less well."""
    tape: Tape
    folder: Path
    """For files of the moment."""


@contextmanager
def workshop(root: Path) -> Iterator[Workshop]:
    """Set it up, and take it away afterwards. This process sees no other card, cache or data meanwhile."""
    card = SoundCard()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            home = Path(folder)
            os.environ.update(
                card.env,
                XDG_CACHE_HOME=str(home / "cache"),
                XDG_DATA_HOME=str(home / "data"),
                PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            )
            for name in ("VOICE_TRIAGE_MODEL", "VOSK_MODEL_PATH", "PYTHONDONTWRITEBYTECODE"):
                # The last: a program that is compiled anew at each start is not what people have.
                os.environ.pop(name, None)
            dialogue = load(region=REGION)
            weak = engines.with_weak_ears(dialogue)
            model = proven(root / "tests" / "vosk_model")
            # The prompts of weak ears are those of good ones, and more.
            _fill_cache(weak, home)
            with recorded(os.environ) as tape:
                yield Workshop(root, model, dialogue, weak, tape, home)
    finally:
        card.stop()


def _fill_cache(dialogue: Dialogue, folder: Path) -> None:
    """Have every fixed prompt of `dialogue` in the cache, as the program itself puts them there."""
    engines.voice(dialogue, PlainCaptions(), FilePlayer(folder / "unused.wav"), VoiceChoice())
    wanted = len(set(map(dialogue.spoken, dialogue.fixed_texts())))
    give_up = time.monotonic() + PATIENCE
    while len(list(default_folder().glob("*.wav"))) < wanted:
        if time.monotonic() > give_up:
            raise RuntimeError(f"the prompts were not rendered within {PATIENCE:.0f} s")
        time.sleep(0.1)
