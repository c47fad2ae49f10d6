"""The loudspeaker on a virtual sound card: what is heard of it, and when."""

import fcntl
import os
import pty
import queue
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sound_card import RATE, Recording, SoundCard, likeness, without_devices

from voice_triage.adapters.sound_files import read_wav
from voice_triage.adapters.sounddevice_player import SounddevicePlayer
from voice_triage.errors import PlayerError
from voice_triage.ports import DeviceBack, DeviceLost, Finished, Happening, Sound
from voice_triage.sound.samples import resampled

Inbox = queue.Queue[Happening]


@pytest.fixture
def inbox() -> Inbox:
    return queue.Queue()


@pytest.fixture
def player(sound_card: SoundCard, inbox: Inbox) -> Iterator[SounddevicePlayer]:
    player = SounddevicePlayer("va_speaker")
    player.start(inbox.put)
    yield player
    player.close()


@pytest.fixture
def recording(sound_card: SoundCard) -> Iterator[Recording]:
    with sound_card.recording() as recording:
        yield recording


def tone(hertz: int, seconds: float, rate: int = 22_050) -> Sound:
    time_ = np.arange(round(seconds * rate)) / rate
    return Sound((8_000 * np.sin(2 * np.pi * hertz * time_)).astype("<i2").tobytes(), rate)


def strongest_hertz(samples: np.ndarray) -> float:
    return float(np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples))


def test_a_sound_is_heard_whole_and_finished_is_told_after_it(
    player: SounddevicePlayer, inbox: Inbox, recording: Recording, speech: Path
) -> None:
    sound = read_wav(speech)
    began = time.monotonic()
    player.play(sound)
    assert player.playing
    assert inbox.get(timeout=10) == Finished()
    told = time.monotonic()
    assert not player.playing
    time.sleep(0.2)
    first, last = recording.loud(began)
    assert first - began < 0.5
    assert last <= told < last + 0.6
    out = recording.samples.astype(float)
    said = np.frombuffer(resampled(sound, RATE).samples, "<i2").astype(float)
    assert likeness(out, said) > 0.98


def test_stop_is_silence_at_once_and_no_finished_follows(
    player: SounddevicePlayer, inbox: Inbox, recording: Recording
) -> None:
    began = time.monotonic()
    player.play(tone(440, 3))
    time.sleep(0.5)
    stopped = time.monotonic()
    player.stop()
    assert not player.playing
    time.sleep(0.6)
    _, last = recording.loud(began)
    assert last - stopped < 0.3
    assert inbox.empty()


def test_a_sound_that_is_stopped_ends_without_a_click(
    player: SounddevicePlayer, recording: Recording
) -> None:
    player.play(tone(200, 3))
    time.sleep(0.5)
    player.stop()
    time.sleep(0.4)
    steps = np.abs(np.diff(recording.samples.astype(np.int32)))
    # The tone itself moves by 8000 * 2 pi * 200 / 48000 = 209 at most from one sample to the next.
    assert steps.max() < 300


def test_the_next_sound_replaces_the_one_that_plays(
    player: SounddevicePlayer, inbox: Inbox, recording: Recording
) -> None:
    player.play(tone(300, 5))
    time.sleep(0.3)
    player.play(tone(1_000, 0.5))
    assert inbox.get(timeout=10) == Finished()
    assert inbox.empty()
    time.sleep(0.1)
    samples = recording.samples
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 300)
    assert strongest_hertz(samples[loud[-1] - RATE // 4 : loud[-1]]) == pytest.approx(1_000, abs=10)
    assert len(loud) < 2 * RATE


def test_sounds_follow_each_other(player: SounddevicePlayer, inbox: Inbox, recording: Recording) -> None:
    began = time.monotonic()
    for hertz in (300, 500, 700):
        player.play(tone(hertz, 0.2))
        assert inbox.get(timeout=10) == Finished()
    assert recording.loud(began) is not None


def test_a_lead_of_silence_comes_before_a_sound_after_a_pause(
    sound_card: SoundCard, inbox: Inbox, recording: Recording
) -> None:
    player = SounddevicePlayer("va_speaker", lead=0.4)
    player.start(inbox.put)
    try:
        began = time.monotonic()
        player.play(tone(440, 0.3))
        assert inbox.get(timeout=10) == Finished()
        time.sleep(0.1)
    finally:
        player.close()
    first, _ = recording.loud(began)
    assert first - began >= 0.4


def test_the_sound_server_killed_in_mid_prompt_is_reported_and_the_next_prompt_is_heard(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard
) -> None:
    player.play(tone(440, 5))
    time.sleep(0.2)
    sound_card.unplug("server")
    try:
        lost = inbox.get(timeout=10)
        playing = player.playing
        with pytest.raises(PlayerError, match="'va_speaker' is not open"):
            player.play(tone(440, 1))
    finally:
        sound_card.replug("server")
    assert lost == DeviceLost("speaker", "va_speaker", "the device or its sound server is gone")
    assert not playing
    assert inbox.get(timeout=20) == DeviceBack("speaker", "va_speaker")
    with sound_card.recording() as recording:
        began = time.monotonic()
        player.play(tone(440, 0.3))
        assert inbox.get(timeout=10) == Finished()
        time.sleep(0.1)
        assert recording.loud(began) is not None


@pytest.fixture
def server_without_speaker(sound_card: SoundCard) -> Iterator[None]:
    """The sound server is gone, and will have no speaker when it comes back."""
    settings = sound_card.directory / "server.pa"
    whole = settings.read_text()
    settings.write_text("".join(line for line in whole.splitlines(True) if "speaker" not in line))
    sound_card.unplug("server")
    try:
        yield
    finally:
        settings.write_text(whole)
        sound_card.unplug("server")
        sound_card.replug("server")


def test_a_speaker_that_comes_a_moment_after_the_sound_server_is_used_and_not_the_default(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard, server_without_speaker: None
) -> None:
    assert isinstance(inbox.get(timeout=10), DeviceLost)
    sound_card.replug("server")
    sound_card.replug("speaker")
    assert inbox.get(timeout=20) == DeviceBack("speaker", "va_speaker")


def test_the_default_stands_in_for_a_speaker_that_stays_away(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard, server_without_speaker: None
) -> None:
    assert isinstance(inbox.get(timeout=10), DeviceLost)
    sound_card.replug("server")
    assert inbox.get(timeout=20) == DeviceBack("speaker", "default")
    player.play(tone(440, 0.3))
    assert inbox.get(timeout=10) == Finished()


def test_a_speaker_that_stalls_without_an_error_is_lost(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard
) -> None:
    sound_card.control("suspend-sink", "speaker", "1")
    try:
        player.play(tone(440, 5))
        lost = inbox.get(timeout=10)
    finally:
        sound_card.control("suspend-sink", "speaker", "0")
    assert lost == DeviceLost("speaker", "va_speaker", "no sound came through it for 1 s")
    assert inbox.get(timeout=20) == DeviceBack("speaker", "va_speaker")


def test_a_speaker_that_the_server_exchanges_is_lost_and_found_by_its_name(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard
) -> None:
    sound_card.unplug("speaker")
    try:
        lost = inbox.get(timeout=4)
    finally:
        sound_card.replug("speaker")
    assert lost == DeviceLost("speaker", "va_speaker", "the sound server put another one in its place (room)")
    assert inbox.get(timeout=20) == DeviceBack("speaker", "va_speaker")


@pytest.mark.parametrize(("setting", "why"), [("mute", "it is muted"), ("volume", "its volume is at zero")])
def test_what_nobody_can_hear_is_told(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard, setting: str, why: str
) -> None:
    sound_card.control(f"set-sink-{setting}", "speaker", {"mute": "1", "volume": "1%"}[setting])
    try:
        player.play(tone(440, 1.5))
        assert inbox.get(timeout=10) == Finished(why)
    finally:
        sound_card.control("set-sink-mute", "speaker", "0")
        sound_card.control("set-sink-volume", "speaker", "100%")


def test_wireless_headphones_are_given_a_moment_to_wake_up(
    sound_card: SoundCard, inbox: Inbox, recording: Recording
) -> None:
    module = sound_card.control(
        "load-module", "module-remap-sink", "sink_name=bluez_sink.1", "master=speaker"
    )
    sound_card.control("set-default-sink", "bluez_sink.1")
    player = SounddevicePlayer()
    try:
        player.start(inbox.put)
        began = time.monotonic()
        player.play(tone(440, 0.3))
        assert inbox.get(timeout=10) == Finished()
        time.sleep(0.1)
    finally:
        player.close()
        sound_card.control("unload-module", module.strip())
        sound_card.control("set-default-sink", "speaker")
    first, _ = recording.loud(began)
    assert first - began >= 0.5


def test_a_dummy_in_place_of_a_speaker_is_refused(sound_card: SoundCard, inbox: Inbox) -> None:
    module = sound_card.control("load-module", "module-null-sink", "sink_name=auto_null")
    sound_card.control("set-default-sink", "auto_null")
    try:
        with pytest.raises(PlayerError, match="no loudspeaker, only a dummy"):
            SounddevicePlayer().start(inbox.put)
    finally:
        sound_card.control("unload-module", module.strip())
        sound_card.control("set-default-sink", "speaker")


def test_where_another_program_has_the_only_speaker_it_is_told_to_close_that(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()  # a device that can be opened but once, like a sound card without a server
    fcntl.ioctl(theirs, termios.TIOCEXCL)
    settings = tmp_path / "busy.conf"
    settings.write_text(
        "</usr/share/alsa/alsa.conf>\nctl.!hw { type none }\n"
        f'pcm.only {{ type oss device "{os.ttyname(theirs)}" hint {{ show on }} }}\n'
    )
    done = subprocess.run(
        [sys.executable, "-m", "voice_triage", "talk", "--plain"],
        env=os.environ | without_devices(tmp_path) | {"ALSA_CONFIG_PATH": str(settings)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 5
    assert "another program may have it for itself: close that one" in done.stderr


def test_a_closed_player_says_so(player: SounddevicePlayer) -> None:
    player.close()
    player.close()
    player.stop()
    with pytest.raises(PlayerError, match="not open"):
        player.play(tone(440, 1))


def test_an_unknown_name_is_answered_with_the_names_there_are(sound_card: SoundCard, inbox: Inbox) -> None:
    with pytest.raises(PlayerError, match="no speaker called 'JBL Go'; there are: va_mic, va_speaker"):
        SounddevicePlayer("JBL Go").start(inbox.put)


def test_without_any_speaker_the_error_says_what_to_do(tmp_path: Path) -> None:
    program = (
        "from voice_triage.adapters.sounddevice_player import SounddevicePlayer as P\n"
        "from voice_triage.errors import PlayerError\n"
        "try: P().start(print)\n"
        "except PlayerError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | without_devices(tmp_path),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("no loudspeaker was found: connect one and try again.")


def test_on_a_machine_too_busy_for_it_the_buffer_grows_between_two_sounds(
    player: SounddevicePlayer, inbox: Inbox, sound_card: SoundCard
) -> None:
    before = player.latency
    ours = str(os.getpid())
    for _ in range(12):  # the program stands still for longer than its buffer lasts, as under a heavy load
        player.play(tone(440, 0.8))
        time.sleep(0.1)
        subprocess.run(["sh", "-c", f"kill -STOP {ours}; sleep 0.25; kill -CONT {ours}"], check=True)
        assert inbox.get(timeout=10) == Finished()
        if player.latency > before:
            break
    assert player.latency == 2 * before
    with sound_card.recording() as recording:
        began = time.monotonic()
        player.play(tone(440, 0.3))
        assert inbox.get(timeout=10) == Finished()
        time.sleep(0.2)
        assert recording.loud(began) is not None
