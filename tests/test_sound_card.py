"""The virtual sound card itself."""

import subprocess
import time
from pathlib import Path

import numpy as np
from sound_card import SCRIPT, SoundCard


def sound_card_script(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False, timeout=60)


def test_run_gives_the_card_to_a_command_and_its_exit_code_back_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    done = sound_card_script("run", folder, "sh", "-c", "cat $VOICE_TRIAGE_SOUND_CARD/pid; exit 7")
    assert done.returncode == 7
    assert not Path(f"/proc/{int(done.stdout)}/cmdline").exists()
    assert not folder.exists()


def test_start_prints_what_to_source_and_stop_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    started = sound_card_script("start", folder)
    try:
        env = started.stdout.strip()
        listed = subprocess.run(
            ["sh", "-c", f". '{env}'; pactl list short sources"], capture_output=True, text=True, check=True
        )
    finally:
        stopped = sound_card_script("stop", folder)
    assert env == f"{folder}/env"
    assert [line.split()[1] for line in listed.stdout.splitlines()] == [
        "speaker.monitor",
        "room.monitor",
        "mic",
    ]
    assert stopped.returncode == 0
    assert not folder.exists()


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "server.pa").write_text("precious")
    done = sound_card_script("run", tmp_path, "true")
    assert (done.returncode, done.stderr) == (1, f"sound_card: {tmp_path} is not empty\n")
    assert (tmp_path / "server.pa").read_text() == "precious"


def test_a_wrong_word_shows_how_it_is_used(tmp_path: Path) -> None:
    done = sound_card_script("dance", tmp_path)
    assert done.returncode == 2
    assert "scripts/sound_card run DIR COMMAND..." in done.stderr


def test_the_room_hears_the_speaker_only_while_echo_is_on(sound_card: SoundCard, speech: Path) -> None:
    def heard_in_room() -> float:
        with sound_card.recording("room.monitor") as recording:
            sound_card.play("speaker", speech)
            time.sleep(0.3)
        return float(np.abs(recording.samples.astype(np.int32)).max())

    quiet = heard_in_room()
    sound_card.echo("on")
    try:
        echoing = heard_in_room()
    finally:
        sound_card.echo("off")
    assert quiet < 100
    assert echoing > 2_000
    assert heard_in_room() < 100
