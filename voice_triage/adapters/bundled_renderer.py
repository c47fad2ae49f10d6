"""Speaks the emergency texts without any speech engine, from sounds that ship with the package.

scripts/render_emergency makes them. A file is named by the hash of its text, so that a sentence which has
changed since is never spoken in its old words: it is not found, and goes to the screen.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from voice_triage.errors import RendererError, SoundFileError
from voice_triage.ports import Sound

Integers = npt.NDArray[np.int32]

RATE = 11_025
"""Hz: half of espeak-ng's own; its voice stays clear, and eleven minutes of it fit into MOST_BYTES."""
MOST_BYTES = 3_800_000
"""Of all bundled sounds together: the price of the fallback for everyone who installs the package."""
BLOCK_BYTES = 256
BLOCK_SAMPLES = 1 + 2 * (BLOCK_BYTES - 4)
"""A block holds its first sample as it is, where the step starts, and then four bits for each sample."""
# The tables of IMA ADPCM, a WAV format (0x11) that any player takes, with a quarter of the bytes.
STEPS = np.array(
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66,
        73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408,
        449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066,
        2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630,
        9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794,
        32767,
    ]
)  # fmt: skip
MOVES = np.array([-1, -1, -1, -1, 2, 4, 6, 8] * 2)
_HEADER = struct.Struct("<4sI4s4sIHHIIHHHH4sII4sI")


class BundledRenderer:
    """A Renderer of a few known texts, in the one voice and at the one rate they were made with."""

    name = "bundled sounds"

    def __init__(self, folder: Traversable | None = None) -> None:
        """`folder`: another one than the package's."""
        self._folder = folder or files("voice_triage") / "bundled_sounds"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer; `voice` and `rate` cannot be followed.

        Raises RendererError for any other text.
        """
        file = self._folder / file_name(text)
        try:
            return unpack(file.read_bytes(), str(file))
        except FileNotFoundError as error:
            raise RendererError("no sound of this text is bundled") from error
        except (OSError, SoundFileError) as error:
            raise RendererError(f"the bundled sound of this text cannot be read: {error}") from error

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of `texts` that have no bundled sound, or had it before they were changed."""
        return tuple(text for text in texts if not (self._folder / file_name(text)).is_file())

    def unwanted(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Names of the bundled files that belong to none of `texts`."""
        wanted = {file_name(text) for text in texts}
        there = (entry.name for entry in self._folder.iterdir() if entry.name.endswith(".wav"))
        return tuple(sorted(name for name in there if name not in wanted))


def file_name(text: str) -> str:
    """The name of the file of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:24] + ".wav"


def pack(sound: Sound) -> bytes:
    """`sound`, which must be at RATE, as a WAV in IMA ADPCM."""
    if sound.rate != RATE:
        raise ValueError(f"{sound.rate} Hz; {RATE} is wanted")
    samples = np.frombuffer(sound.samples, "<i2").astype(np.int32)
    padded = np.pad(samples, (0, -len(samples) % BLOCK_SAMPLES), mode="edge").reshape(-1, BLOCK_SAMPLES)
    # Every block with each of these steps to start from; then the one that came closest.
    starts = range(0, len(STEPS), 8)
    tries = [_encode(padded, start) for start in starts]
    best = np.argmin([error for _, error in tries], axis=0)
    codes = np.stack([codes for codes, _ in tries])[best, np.arange(len(padded))]
    blocks = np.zeros((len(padded), BLOCK_BYTES), np.uint8)
    blocks[:, :2] = padded[:, :1].astype("<i2").view(np.uint8)
    blocks[:, 2] = np.array(starts)[best]
    blocks[:, 4:] = codes[:, ::2] | codes[:, 1::2] << 4
    return _header(len(samples)) + blocks.tobytes()


def unpack(data: bytes, name: str) -> Sound:
    """The sound in what `pack` made. Raises SoundFileError, naming the file `name`, for anything else."""
    count = int.from_bytes(data[_HEADER.size - 12 : _HEADER.size - 8], "little")
    if not count or data[: _HEADER.size] != _header(count) or len(data) != _HEADER.size + _body(count):
        raise SoundFileError(f"{name}: damaged, or not made by scripts/render_emergency")
    blocks = np.frombuffer(data, np.uint8, offset=_HEADER.size).reshape(-1, BLOCK_BYTES)
    codes = np.empty((len(blocks), BLOCK_SAMPLES - 1), np.uint8)
    codes[:, ::2], codes[:, 1::2] = blocks[:, 4:] & 15, blocks[:, 4:] >> 4
    value = blocks[:, :2].copy().view("<i2")[:, 0].astype(np.int32)
    place = np.minimum(blocks[:, 2].astype(np.int32), len(STEPS) - 1)
    samples = np.empty((len(blocks), BLOCK_SAMPLES), "<i2")
    samples[:, 0] = value
    for at in range(BLOCK_SAMPLES - 1):  # one sample of all blocks at a time
        value, place = _decoded(value, place, codes[:, at])
        samples[:, at + 1] = value
    return Sound(samples.reshape(-1)[:count].tobytes(), RATE)


def _decoded(value: Integers, place: Integers, codes: npt.NDArray[np.uint8]) -> tuple[Integers, Integers]:
    """The next sample of each block, and its place in STEPS."""
    step = STEPS[place]
    change = (
        (step >> 3) + (codes & 1) * (step >> 2) + (codes >> 1 & 1) * (step >> 1) + (codes >> 2 & 1) * step
    )
    after = np.clip(value + np.where(codes & 8, -change, change), -32768, 32767)
    return after.astype(np.int32), np.clip(place + MOVES[codes], 0, len(STEPS) - 1).astype(np.int32)


def _encode(blocks: Integers, start: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """Codes of all samples but the first of each block, and each block's squared error."""
    value, place = blocks[:, 0], np.full(len(blocks), start, np.int32)
    codes = np.empty((len(blocks), BLOCK_SAMPLES - 1), np.uint8)
    error = np.zeros(len(blocks))
    for at in range(BLOCK_SAMPLES - 1):
        wanted = blocks[:, at + 1]
        size = np.minimum(4 * np.abs(wanted - value) // STEPS[place], 7)
        codes[:, at] = np.where(wanted < value, 8, 0) | size
        value, place = _decoded(value, place, codes[:, at])
        error += (wanted - value).astype(np.float64) ** 2
    return codes, error


def _body(count: int) -> int:
    """Bytes of the blocks of `count` samples."""
    return -(-count // BLOCK_SAMPLES) * BLOCK_BYTES


def _header(count: int) -> bytes:
    """What stands before the blocks of `count` samples."""
    body = _body(count)
    return _HEADER.pack(
        b"RIFF", _HEADER.size - 8 + body, b"WAVE",
        b"fmt ", 20, 0x11, 1, RATE, RATE * BLOCK_BYTES // BLOCK_SAMPLES, BLOCK_BYTES, 4, 2, BLOCK_SAMPLES,
        b"fact", 4, count,
        b"data", body,
    )  # fmt: skip
