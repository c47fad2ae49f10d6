"""The microphone on a virtual sound card: what it hears, and what happens when it is pulled out."""

import os
import queue
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sound_card import SoundCard, likeness, without_devices

from voice_triage.adapters.silero_endpointer import SileroEndpointer
from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone
from voice_triage.errors import MicrophoneError
from voice_triage.ports import (
    FRAME_SAMPLES,
    HEARING_RATE,
    DeviceBack,
    DeviceLost,
    DeviceSilent,
    Frame,
    Happening,
    Voicing,
)
from voice_triage.sound.samples import FrameCutter, resampled

Inbox = queue.Queue[Happening]


@pytest.fixture
def inbox() -> Inbox:
    return queue.Queue()


@pytest.fixture
def microphone(sound_card: SoundCard, inbox: Inbox) -> Iterator[SounddeviceMicrophone]:
    microphone = SounddeviceMicrophone("va_mic")
    microphone.start(inbox.put)
    yield microphone
    microphone.close()


def heard(inbox: Inbox) -> np.ndarray:
    """Every sample that has come up to now."""
    frames = [item for item in (inbox.get() for _ in range(inbox.qsize())) if isinstance(item, Frame)]
    return np.frombuffer(b"".join(frame.samples for frame in frames), "<i2").astype(float)


def next_of(inbox: Inbox, kind: type, seconds: float = 15) -> Happening:
    """The next happening of a kind; others are passed over."""
    until = time.monotonic() + seconds
    while True:
        happening = inbox.get(timeout=max(0.01, until - time.monotonic()))
        if isinstance(happening, kind):
            return happening


def test_what_a_patient_says_comes_in_frames(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard, speech: Path
) -> None:
    sound_card.play_to_room(speech)
    time.sleep(0.3)
    said = np.frombuffer(resampled(read_wav(speech), HEARING_RATE).samples, "<i2").astype(float)
    assert all(len(item.samples) == 2 * FRAME_SAMPLES for item in inbox.queue)
    assert likeness(heard(inbox), said) > 0.95


def test_beginning_and_end_of_an_answer_are_found_in_what_the_microphone_brings(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard, speech: Path
) -> None:
    sound_card.play_to_room(speech)
    time.sleep(1.5)
    endpointer = SileroEndpointer()
    endpointer.start(hangover=0.8)
    frames = [item for item in (inbox.get() for _ in range(inbox.qsize())) if isinstance(item, Frame)]
    voicings = [endpointer.accept(frame) for frame in frames]
    changes = [voicing for voicing in voicings if voicing in (Voicing.STARTED, Voicing.ENDED)]
    assert changes == [Voicing.STARTED, Voicing.ENDED]


def test_frames_come_as_fast_as_time_goes(microphone: SounddeviceMicrophone, inbox: Inbox) -> None:
    heard(inbox)
    time.sleep(2)
    assert len(heard(inbox)) / HEARING_RATE == pytest.approx(2, abs=0.3)


def test_exact_zeros_are_told_but_are_no_lost_microphone_and_the_next_word_is_heard(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard, speech: Path
) -> None:
    hum = sound_card.control("list", "short", "sink-inputs").split()[0]
    sound_card.control("set-sink-input-mute", hum, "1")
    try:
        time.sleep(2.6)
        happenings = [inbox.get() for _ in range(inbox.qsize())]
        sound_card.play_to_room(speech)
        time.sleep(0.3)
    finally:
        sound_card.control("set-sink-input-mute", hum, "0")
    said = np.frombuffer(resampled(read_wav(speech), HEARING_RATE).samples, "<i2").astype(float)
    frames = [item for item in happenings if isinstance(item, Frame)]
    others = [item for item in happenings if not isinstance(item, Frame)]
    assert others == [DeviceSilent("microphone", "va_mic")]
    assert not any(frames[-1].samples)
    assert likeness(heard(inbox), said) > 0.95


def test_an_unplugged_microphone_is_reported_and_found_again(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard
) -> None:
    sound_card.unplug("microphone")
    try:
        lost = next_of(inbox, DeviceLost)
    finally:
        sound_card.replug("microphone")
    back = next_of(inbox, DeviceBack)
    assert (lost.what, lost.device) == ("microphone", "va_mic")
    assert back.what == "microphone"
    next_of(inbox, Frame)


def test_the_microphone_comes_back_with_the_sound_server(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard
) -> None:
    sound_card.unplug("server")
    try:
        lost = next_of(inbox, DeviceLost)
    finally:
        sound_card.replug("server")
    back = next_of(inbox, DeviceBack)
    assert (lost, back) == (DeviceLost("microphone", "va_mic", lost.why), DeviceBack("microphone", "va_mic"))
    next_of(inbox, Frame)


def test_a_microphone_that_goes_quiet_without_an_error_is_lost(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard
) -> None:
    sound_card.control("suspend-source", "mic", "1")
    try:
        lost = next_of(inbox, DeviceLost)
    finally:
        sound_card.control("suspend-source", "mic", "0")
    assert lost.why == "no sound came through it for 1 s"
    assert next_of(inbox, DeviceBack) == DeviceBack("microphone", "va_mic")


def test_a_microphone_in_whose_place_the_server_puts_another_live_one_is_lost(
    microphone: SounddeviceMicrophone, inbox: Inbox, sound_card: SoundCard
) -> None:
    other = ("load-module", "module-remap-source", "source_name=camera", "master=room.monitor", "remix=no")
    module = sound_card.control(*other)
    sound_card.unplug("microphone")
    sound_card.control("set-default-source", "camera")
    try:
        lost = next_of(inbox, DeviceLost, 4)
    finally:
        sound_card.replug("microphone")
        sound_card.control("unload-module", module.strip())
    assert lost.why.startswith("the sound server put another one in its place")
    assert next_of(inbox, DeviceBack) == DeviceBack("microphone", "va_mic")


def test_a_default_that_only_records_the_loudspeaker_is_refused(sound_card: SoundCard, inbox: Inbox) -> None:
    sound_card.control("set-default-source", "speaker.monitor")
    try:
        with pytest.raises(MicrophoneError, match="it records what the loudspeaker plays"):
            SounddeviceMicrophone().start(inbox.put)
    finally:
        sound_card.control("set-default-source", "mic")


def test_a_closed_microphone_is_quiet_and_can_be_started_again(
    microphone: SounddeviceMicrophone, inbox: Inbox
) -> None:
    microphone.close()
    microphone.close()
    heard(inbox)
    time.sleep(0.2)
    assert inbox.empty()
    microphone.start(inbox.put)
    next_of(inbox, Frame)


def test_an_unknown_name_is_answered_with_the_names_there_are(sound_card: SoundCard, inbox: Inbox) -> None:
    with pytest.raises(MicrophoneError, match="no microphone called 'Blue Yeti'; there are: va_mic, "):
        SounddeviceMicrophone("Blue Yeti").start(inbox.put)


def test_without_any_microphone_the_error_says_what_to_do(tmp_path: Path) -> None:
    program = (
        "from voice_triage.adapters.sounddevice_microphone import SounddeviceMicrophone as M\n"
        "from voice_triage.errors import MicrophoneError\n"
        "try: M().start(print)\n"
        "except MicrophoneError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | without_devices(tmp_path),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("no microphone was found: connect one and try again.")


def test_a_microphone_with_one_dead_channel_is_heard_by_the_other() -> None:
    voice = burst(48_000)
    assert loudness(np.column_stack((np.zeros_like(voice), voice)), 48_000) == pytest.approx(
        loudness(voice[:, None], 48_000), rel=0.1
    )


def test_two_channels_of_opposite_phase_do_not_cancel_each_other() -> None:
    voice = burst(44_100)
    assert loudness(np.column_stack((voice, -voice)), 44_100) == pytest.approx(
        loudness(voice[:, None], 44_100), rel=0.1
    )


def test_a_channel_of_loud_hum_is_not_taken_for_the_voice() -> None:
    voice = burst(48_000)
    hum = 12_000 * np.sin(2 * np.pi * 100 * np.arange(len(voice)) / 48_000)
    assert strongest_hertz(np.column_stack((hum, voice)), 48_000) == pytest.approx(440, abs=5)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000, 96_000])
def test_pitch_is_kept_at_every_rate_of_a_device(rate: int) -> None:
    assert strongest_hertz(burst(rate)[:, None], rate) == pytest.approx(440, abs=5)


def test_a_constant_offset_is_taken_out() -> None:
    quiet_with_offset = np.full((96_000, 1), 3_000)
    assert np.abs(cut(quiet_with_offset, 48_000)[-HEARING_RATE // 2 :]).max() <= 1


def burst(rate: int) -> np.ndarray:
    """Two seconds of a tone of 440 Hz that comes and goes four times a second, as syllables do."""
    time_ = np.arange(2 * rate) / rate
    return 8_000 * np.sin(2 * np.pi * 440 * time_) * (np.sin(2 * np.pi * 2 * time_) > 0)


def cut(sound: np.ndarray, rate: int) -> np.ndarray:
    """What becomes of a sound (length x channels) that a device brings in blocks of 25 ms."""
    cutter = FrameCutter(rate, sound.shape[1])
    blocks = np.split(sound.astype("<i2"), range(rate // 40, len(sound), rate // 40))
    frames = [frame.samples for block in blocks for frame in cutter.take(block.tobytes())]
    return np.frombuffer(b"".join(frames), "<i2").astype(float)


def loudness(sound: np.ndarray, rate: int) -> float:
    """Of the second half, when the choice of the channel is made."""
    return float(np.sqrt((cut(sound, rate)[HEARING_RATE:] ** 2).mean()))


def strongest_hertz(sound: np.ndarray, rate: int) -> float:
    """Of the second half."""
    late = cut(sound, rate)[HEARING_RATE:]
    return float(np.abs(np.fft.rfft(late)).argmax() * HEARING_RATE / len(late))
