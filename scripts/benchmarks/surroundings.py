"""Where an answer is given: a quiet room, one with noise, one with an echo."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice_triage.adapters.sound_files import read_wav
from voice_triage.ports import HEARING_RATE, Sound
from voice_triage.sound.mixing import in_noise, in_quiet_room

from .recordings import Recording

BEFORE, AFTER = 0.5, 3.0
"""Seconds of the room around each answer, as in `voice-triage evaluate audio`."""
NOISES = "backgrounds"
ROOMS = "room_ir"


@dataclass(frozen=True)
class Surroundings:
    """One kind of place."""

    name: str
    snr: float | None = None
    """Decibels of the speech above the noise."""
    echo: Sound | None = None
    """What the room makes of a single impulse."""

    def around(self, recording: Recording, noises: dict[str, Sound]) -> Sound:
        """The recording in this place. The same answer meets the same noise in every run."""
        sound = recording.sound
        if self.echo is not None:
            sound = echoed(sound, self.echo)
        if self.snr is None or not noises:
            return in_quiet_room(sound, BEFORE, AFTER)
        noise = list(noises.values())[zlib.crc32(recording.id.encode()) % len(noises)]
        return in_noise(sound, noise, self.snr, BEFORE, AFTER)


def echoed(sound: Sound, echo: Sound) -> Sound:
    """`sound` in a room, as loud at its loudest as before."""
    dry = np.frombuffer(sound.samples, "<i2").astype(np.float64)
    room = np.frombuffer(echo.samples, "<i2").astype(np.float64)
    size = len(dry) + len(room)
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(room, size), size)
    wet *= (np.abs(dry).max() or 1.0) / (np.abs(wet).max() or 1.0)
    return Sound(np.rint(wet).astype("<i2").tobytes(), HEARING_RATE)


def noises(folder: Path) -> dict[str, Sound]:
    """The noises under `folder`/backgrounds, by name. Raises ValueError if there are none."""
    found = {path.stem: read_wav(path) for path in sorted((folder / NOISES / "wav").glob("*.wav"))}
    if not found:
        raise ValueError(f"{folder / NOISES / 'wav'}: there are no WAV files in it")
    return found


def places(folder: Path) -> tuple[Surroundings, ...]:
    """A quiet room, three levels of noise, and the two rooms of `folder`/room_ir with the shortest echoes.

    Raises OSError or ValueError where the list of rooms is missing or damaged.
    """
    lines = (folder / ROOMS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rooms = [row for row in map(json.loads, lines) if row["label"] == "rir"]
    rooms.sort(key=lambda row: row["rt60_from_t20_s"])
    echoing = tuple(
        Surroundings(f"echo {row['rt60_from_t20_s']} s", echo=read_wav(folder / ROOMS / row["path"]))
        for row in rooms[:2]
    )
    noisy = tuple(Surroundings(f"{snr} dB", float(snr)) for snr in (20, 10, 5))
    return (Surroundings("clean"), *noisy, *echoing)
