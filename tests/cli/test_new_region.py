"""A region is one file: written into a folder of content, it is spoken, with no line of code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voice_triage.content.loading import load
from voice_triage.content.locating import find_intents

NEW_ZEALAND = """\
id: nz
name: New Zealand
locales: [en_NZ]
voice: en-gb
checked: "2020-01-31"
sources: ["made up for this test"]
words:
  emergency_number: "111"
  urgent_line: Healthline on 0800 611 116
  doctor_or_line: your GP or Healthline on 0800 611 116
  emergency_department: the harbour hospital
  urgent_care: an after-hours clinic
  family_doctor: your GP
  physio: a physio
  crisis_line: call or text 1737
say_as:
  "111": one one one
  "0800 611 116": oh eight hundred, six one one, one one six
  "1737": one seven three seven
  GP: G P
"""
NUMB = ["me", "my back hurts", "no", "no", "yes", "yes", "yes", "no"]
WANTS_TO_DIE = ["me", "i want to die", "yes", "yes", "yes"]


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """The content of the project, and the new region."""
    folder = Path(shutil.copytree(find_intents(), tmp_path / "intents"))
    (folder / "regions" / "nz.yaml").write_text(NEW_ZEALAND, encoding="utf-8")
    return folder


def run(*arguments: str | Path, lines: list[str] = [], **env: str) -> subprocess.CompletedProcess[str]:  # noqa: B006 (not changed)
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", *map(str, arguments)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **env},
    )


def test_an_interview_in_a_new_region_names_its_services(intents: Path) -> None:
    done = run("type", "--intents", intents, "--region", "nz", "--json", lines=NUMB)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["urgency"] == "emergency"
    assert "In an emergency, call 111 now." in done.stdout
    assert "go to the harbour hospital now" in done.stdout
    assert not any(other in done.stdout for other in ("999", "112", "911", "A&E"))


def test_the_new_regions_locale_chooses_it_and_its_crisis_line_is_told(intents: Path) -> None:
    done = run("type", "--intents", intents, lines=WANTS_TO_DIE, LC_ALL="en_NZ.UTF-8")
    assert done.returncode == 0, done.stderr
    assert "Please call 111 now" in done.stdout
    assert "You can also call or text 1737." in done.stdout


def test_the_new_regions_numbers_are_spoken_digit_by_digit(intents: Path) -> None:
    dialogue = load(intents, region="nz")
    lost = dialogue.spoken(dialogue.phrasebook.text("lost"))
    assert "call one one one now" in lost
    assert "call Healthline on oh eight hundred, six one one, one one six now" in lost


def test_the_check_lists_the_packs_and_notes_the_one_that_is_old(intents: Path) -> None:
    done = run("protocol", "check", intents)
    assert done.returncode == 0, done.stdout
    nz = intents / "regions" / "nz.yaml"
    assert f"{nz}:1: region nz, New Zealand: 111; checked 2020-01-31; en_NZ\n" in done.stdout
    assert f"note: {nz}:5: checked 2020-01-31, over a year ago: check it again\n" in done.stdout
    assert f"{intents}: no problems" in done.stdout


def test_an_interview_does_not_begin_with_a_pack_that_lacks_a_word(intents: Path) -> None:
    nz = intents / "regions" / "nz.yaml"
    nz.write_text(NEW_ZEALAND.replace("  emergency_number", "  emergency"), encoding="utf-8")
    done = run("type", "--intents", intents, "--region", "uk", lines=NUMB)
    assert done.returncode == 4
    assert f"{nz}:7: emergency_number is missing; the region 'default' has it" in done.stderr
    assert f"{nz}:8: emergency is not known here: the region 'default' does not have it" in done.stderr
    assert done.stdout == ""


def test_the_doctor_names_the_region_and_whom_it_calls(intents: Path) -> None:
    done = run("doctor", "--intents", intents, "--region", "nz")
    assert "numbers and services of region nz: in an emergency 111" in done.stdout
