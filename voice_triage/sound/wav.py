"""Sound as the bytes of a WAV file and back, and exactly what is wrong with bytes that cannot be used."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Iterator

import numpy as np

from voice_triage.errors import SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.samples import one_channel

PCM = 1
EXTENSIBLE = 0xFFFE
"""The true format then stands in the first two bytes of an identifier further on."""
FORMATS = {
    2: "ADPCM",
    3: "floating point",
    6: "A-law",
    7: "mu-law",
    0x11: "IMA ADPCM",
    0x31: "GSM",
    0x50: "MPEG",
    0x55: "MP3",
}
OTHER_FILES = {
    b"RF64": "a WAV file of more than 4 GB",
    b"RIFX": "a big-endian WAV file",
    b"OggS": "an Ogg file",
    b"fLaC": "a FLAC file",
    b"ID3": "an MP3 file",
    b"\xff\xfb": "an MP3 file",
    b"FORM": "an AIFF file",
    b".snd": "an AU file",
}
LOWEST_RATE, HIGHEST_RATE = 4_000, 384_000
"""Hz; no speech is recorded outside, so a header that says so is damaged."""


def to_wav(sound: Sound) -> bytes:
    """A mono 16-bit WAV file of `sound`."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples)
    return buffer.getvalue()


def from_wav(data: bytes, name: str) -> Sound:
    """The sound of a WAV file of 16-bit samples; of several channels the loudest.

    `name` is what errors call the file. Raises SoundFileError, which says what is wrong with it.
    """
    try:
        return _parse(data)
    except _Wrong as wrong:
        raise SoundFileError(f"{name}: {wrong}") from None


def from_whole_wav(data: bytes, name: str) -> Sound:
    """As `from_wav`, for a file that a program has just written: its header must tell its true length."""
    sound = from_wav(data, name)
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise SoundFileError(f"{name}: cut short ({len(data)} bytes; its header says otherwise)")
    return sound


class _Wrong(Exception):
    """What is wrong with the file."""


def _parse(data: bytes) -> Sound:
    if not data:
        raise _Wrong("the file is empty")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        kind = next((kind for start, kind in OTHER_FILES.items() if data.startswith(start)), "no WAV file")
        raise _Wrong(f"this is {kind}; a WAV file begins with RIFF and WAVE")
    channels = rate = 0
    for name, body, size in _chunks(data):
        if name == b"fmt ":
            channels, rate = _format(body)
        elif name == b"data":
            if not rate:
                raise _Wrong("the samples come before their description (chunk 'fmt ')")
            return Sound(_samples(body, size, channels), rate)
    raise _Wrong("it holds no samples (chunk 'data' is missing)" if rate else "it is cut short in its header")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, content and announced size of each chunk."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + size], size
        at += 8 + size + size % 2


def _format(body: bytes) -> tuple[int, int]:
    """Number of channels, and rate in Hz."""
    if len(body) < 16:
        raise _Wrong("it is cut short in its header")
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", body)
    if kind == EXTENSIBLE and len(body) >= 26:
        kind = struct.unpack_from("<H", body, 24)[0]
    if kind != PCM:
        raise _Wrong(f"its samples are {FORMATS.get(kind, f'of format {kind}')}; 16-bit PCM is wanted")
    if bits != 16:
        raise _Wrong(f"its samples have {bits} bits; 16-bit PCM is wanted")
    if not channels or block != 2 * channels or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise _Wrong(f"its header is damaged ({channels} channels, {block} bytes a step, {rate} Hz)")
    return channels, rate


def _samples(body: bytes, size: int, channels: int) -> bytes:
    if size > len(body):
        raise _Wrong(f"it is cut short: {size} bytes of sound are announced, {len(body)} are there")
    if not body:
        raise _Wrong("it holds no sound (zero samples)")
    if len(body) % (2 * channels):
        raise _Wrong("it is cut short in the middle of a sample")
    return one_channel(np.frombuffer(body, "<i2").reshape(-1, channels)).tobytes()
