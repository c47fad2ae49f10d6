"""What is settled in a file, and flags about the voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_triage.cli.parser import parse
from voice_triage.cli.settings import settings_file


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = settings_file()
    path.parent.mkdir(parents=True)
    return path


def test_what_is_settled_holds_for_every_command_that_knows_it_and_a_flag_overrides_it(
    settings: Path,
) -> None:
    settings.write_text('rate = 120\nvolume = 95\nspeaker = "Jabra"\nregion = "uk"\nlead = 0.4\n')
    talk = parse(["talk", "--rate", "200"])
    assert (talk.rate, talk.volume, talk.speaker, talk.region, talk.lead) == (200, 95, "Jabra", "uk", 0.4)
    assert parse(["--plain"]).volume == 95
    assert parse(["type"]).region == "uk"
    assert parse(["protocol", "show"]).region == "uk"


def test_without_a_file_nothing_is_settled(settings: Path) -> None:
    assert parse(["talk"]).rate is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\nrate = 1000", ":2: rate: '1000' is no number from 80 to 300"),
        ("rat = 100", ":1: there is no setting 'rat'; there are: region"),
        ("volume = true", ":1: volume is to be a number or a text in quotes"),
        ("lead = 'soon'", ":1: lead: 'soon' is no number of seconds"),
        ("rate = = 3", "at line 1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_with_file_and_line(
    settings: Path, text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text(text)
    with pytest.raises(SystemExit) as ended:
        parse(["talk"])
    assert ended.value.code == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert str(settings) in shown
    assert why in shown


@pytest.mark.parametrize("flag", [("--volume", "0"), ("--pitch", "100"), ("--rate", "79"), ("--lead", "-1")])
def test_a_flag_out_of_range_is_refused(settings: Path, flag: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        parse(["talk", *flag])
