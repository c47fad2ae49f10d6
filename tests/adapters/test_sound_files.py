"""WAV files, good and bad: what comes out, and what is said of those that cannot be used."""

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from voice_triage.adapters.sound_files import read_wav, write_wav
from voice_triage.errors import SoundFileError
from voice_triage.ports import Sound

SAMPLES = np.arange(-1_000, 1_000, dtype="<i2").tobytes()


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<I", len(body) if size is None else size) + body + b"\0" * (len(body) % 2)


def riff(*chunks: bytes) -> bytes:
    return chunk(b"RIFF", b"WAVE" + b"".join(chunks))


def header(kind: int = 1, channels: int = 1, rate: int = 16_000, bits: int = 16) -> bytes:
    block = channels * bits // 8
    return chunk(b"fmt ", struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    sound = Sound(SAMPLES, 22_050)
    write_wav(tmp_path / "a.wav", sound)
    assert read_wav(tmp_path / "a.wav") == sound
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getparams()[:4] == (1, 2, 22_050, 2_000)


def test_of_stereo_the_louder_channel_is_taken_and_never_the_mean(tmp_path: Path) -> None:
    loud = np.frombuffer(SAMPLES, "<i2")
    (tmp_path / "stereo.wav").write_bytes(
        riff(header(channels=2), chunk(b"data", np.column_stack((-loud // 2, loud)).astype("<i2").tobytes()))
    )
    assert read_wav(tmp_path / "stereo.wav") == Sound(SAMPLES, 16_000)


def test_other_chunks_and_the_extensible_header_are_no_obstacle(tmp_path: Path) -> None:
    guid = b"\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
    extensible = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 48_000, 96_000, 2, 16, 22, 16, 4) + guid
    (tmp_path / "a.wav").write_bytes(
        riff(
            chunk(b"LIST", b"odd"),
            chunk(b"fmt ", extensible),
            chunk(b"fact", b"1234"),
            chunk(b"data", SAMPLES),
        )
    )
    assert read_wav(tmp_path / "a.wav") == Sound(SAMPLES, 48_000)


BAD = {
    "empty": (b"", "the file is empty"),
    "text": (b"hello, this is no sound at all", "this is no WAV file"),
    "ogg": (b"OggS" + bytes(100), "this is an Ogg file"),
    "mp3": (b"ID3" + bytes(100), "this is an MP3 file"),
    "header only": (riff(), "cut short in its header"),
    "half a header": (riff(header())[:30], "cut short in its header"),
    "no data": (riff(header()), "chunk 'data' is missing"),
    "data first": (riff(chunk(b"data", SAMPLES), header()), "before their description"),
    "zero length": (riff(header(), chunk(b"data", b"")), "zero samples"),
    "truncated": (
        riff(header(), chunk(b"data", SAMPLES))[:-100],
        "4000 bytes of sound are announced, 3900 are there",
    ),
    "odd length": (riff(header(), chunk(b"data", SAMPLES[:-1])), "middle of a sample"),
    "8 bits": (riff(header(bits=8), chunk(b"data", SAMPLES)), "samples have 8 bits; 16-bit PCM is wanted"),
    "24 bits": (riff(header(bits=24), chunk(b"data", SAMPLES)), "samples have 24 bits"),
    "float": (riff(header(kind=3, bits=32), chunk(b"data", SAMPLES)), "samples are floating point"),
    "mu-law": (riff(header(kind=7, bits=8), chunk(b"data", SAMPLES)), "samples are mu-law"),
    "unheard of": (riff(header(kind=0x1234), chunk(b"data", SAMPLES)), "of format 4660"),
    "no channels": (riff(header(channels=0), chunk(b"data", SAMPLES)), "header is damaged"),
    "no rate": (riff(header(rate=0), chunk(b"data", SAMPLES)), "header is damaged"),
}


@pytest.mark.parametrize(("data", "complaint"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, data: bytes, complaint: str) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(data)
    with pytest.raises(SoundFileError) as caught:
        read_wav(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert complaint in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match=r"nowhere\.wav: cannot be read: No such file"):
        read_wav(tmp_path / "nowhere.wav")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match=r"nowhere/a\.wav: cannot be written: No such file"):
        write_wav(tmp_path / "nowhere" / "a.wav", Sound(SAMPLES, 16_000))


def test_every_cut_of_a_good_file_is_refused(tmp_path: Path) -> None:
    whole = riff(header(), chunk(b"data", SAMPLES[:200]))
    path = tmp_path / "cut.wav"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(SoundFileError):
            read_wav(path)
