"""Sound as WAV bytes and back, and what no engine may hand over as speech."""

import numpy as np
import pytest

from voice_triage.errors import RendererError, SoundFileError
from voice_triage.ports import Sound
from voice_triage.sound.speech import check_speech, speakable
from voice_triage.sound.wav import from_whole_wav, to_wav

TONE = Sound((np.sin(np.arange(22_050) / 8) * 8000).astype("<i2").tobytes(), 22_050)
"""One second."""


def test_a_sound_survives_the_way_through_a_file() -> None:
    assert from_whole_wav(to_wav(TONE), "tone") == TONE


def stereo(data: bytes) -> bytes:
    return data[:22] + b"\x02" + data[23:]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-2],
        lambda data: data + b"\0\0",
        lambda data: data[:44],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: b"OggS" + data[4:],
        stereo,
    ],
)
def test_a_cut_lengthened_or_strange_file_is_an_error_that_names_it(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(SoundFileError, match="greeting"):
        from_whole_wav(spoil(to_wav(TONE)), "greeting")


def test_speech_that_is_far_too_short_too_long_or_silent_is_refused() -> None:
    assert check_speech(TONE, "Good morning.", 160, "a voice") == TONE
    with pytest.raises(RendererError, match="s of sound where about"):
        check_speech(TONE, "Good morning, and how are you all today?", 120, "a voice")
    with pytest.raises(RendererError, match="s of sound where about"):
        check_speech(Sound(TONE.samples * 30, TONE.rate), "Good morning.", 160, "a voice")
    with pytest.raises(RendererError, match="only silence"):
        check_speech(Sound(bytes(len(TONE.samples)), TONE.rate), "Good morning.", 160, "a voice")


def test_what_engines_stumble_over_is_taken_out_of_a_text() -> None:
    assert speakable(" Stop\x00 at\n[[h@'loU]] once. ") == "Stop at h@'loU once."
