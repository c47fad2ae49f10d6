"""Finding Vosk models, seeing what is missing in one, and trying it without being brought down by it."""

import shutil
import time
from pathlib import Path

import pytest

from voice_triage.adapters.model_store import KNOWN, faults, find_model, found_models, models_folder
from voice_triage.adapters.model_trial import proven, try_model
from voice_triage.errors import ModelError

MODEL = Path(__file__).parents[1] / "vosk_model"


@pytest.fixture(autouse=True)
def own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What lies on this machine must not be found by the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("VOICE_TRIAGE_MODEL", "VOSK_MODEL_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def put(folder: Path) -> Path:
    """A copy of the small model there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(MODEL, folder)
    return folder


def flat(folder: Path) -> Path:
    """The same model in the older, flat layout."""
    folder.mkdir(parents=True)
    for path in MODEL.rglob("*"):
        if path.is_file():
            shutil.copy(path, folder / path.name)
    (folder / "model.conf").unlink()
    return folder


def test_without_any_model_there_is_none(home: Path) -> None:
    assert find_model(None, {}, home) is None
    assert found_models({}, home) == ()


def test_places_are_searched_in_their_order(tmp_path: Path, home: Path) -> None:
    vosk = put(home / ".cache/vosk/vosk-model-small-en-us-0.15")
    assert find_model(None, {}, home) == vosk
    fetched = put(models_folder() / KNOWN[0].name)
    assert find_model(None, {}, home) == fetched
    several = put(tmp_path / "models" / "any name").parent
    environment = {"VOSK_MODEL_PATH": str(several)}
    assert find_model(None, environment, home) == several / "any name"
    environment["VOSK_MODEL_PATH"] = str(several / "any name")
    assert find_model(None, environment, home) == several / "any name"
    environment["VOICE_TRIAGE_MODEL"] = str(put(tmp_path / "ours"))
    assert find_model(None, environment, home) == tmp_path / "ours"
    chosen = put(tmp_path / "chosen")
    assert find_model(chosen, environment, home) == chosen


def test_a_known_model_comes_first_and_a_small_one_before_a_large(home: Path) -> None:
    for name in ("vosk-model-en-us-0.22", "vosk-model-small-en-in-0.4", KNOWN[0].name, "a-strange-one"):
        put(models_folder() / name)
    assert [model.path.name for model in found_models({}, home)] == [
        KNOWN[0].name,
        "vosk-model-small-en-in-0.4",
        "a-strange-one",
        "vosk-model-en-us-0.22",
    ]


def test_models_of_other_languages_in_vosks_folder_are_passed_over(home: Path) -> None:
    put(home / ".cache/vosk/vosk-model-small-de-0.15")
    assert find_model(None, {}, home) is None


def test_a_whole_model_is_taken_instead_of_a_damaged_one(home: Path) -> None:
    (put(models_folder() / "a") / "graph/Gr.fst").unlink()
    put(models_folder() / "b")
    assert find_model(None, {}, home) == models_folder() / "b"


def test_nothing_but_a_damaged_model_is_an_error_that_says_what_is_missing(home: Path) -> None:
    (put(models_folder() / "a") / "graph/Gr.fst").unlink()
    with pytest.raises(ModelError, match=r"graph/Gr\.fst is missing"):
        find_model(None, {}, home)


@pytest.mark.parametrize("variable", ["VOICE_TRIAGE_MODEL", "VOSK_MODEL_PATH"])
def test_a_variable_that_points_nowhere_is_an_error_that_names_it(
    tmp_path: Path, home: Path, variable: str
) -> None:
    put(models_folder() / "a")
    with pytest.raises(ModelError, match=rf"\${variable}.*nowhere"):
        find_model(None, {variable: str(tmp_path / "nowhere")}, home)


def test_a_chosen_folder_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"--model.*not a Vosk model"):
        find_model(tmp_path)
    with pytest.raises(ModelError, match="no such folder"):
        find_model(tmp_path / "nowhere")


def test_both_layouts_are_whole_and_are_loaded(tmp_path: Path) -> None:
    for model in (MODEL, flat(tmp_path / "flat")):
        assert faults(model) == ()
        assert try_model(model, ["yes"]).unknown_words == ()


@pytest.mark.parametrize(
    "name", ["conf/model.conf", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int"]
)
def test_each_file_that_is_needed_is_missed(tmp_path: Path, name: str) -> None:
    model = put(tmp_path / "model")
    (model / name).write_bytes(b"")
    assert faults(model) == (f"{name} is empty",)
    (model / name).unlink()
    assert faults(model) == (f"{name} is missing",)


def test_a_missing_acoustic_model_and_half_an_ivector_are_missed(tmp_path: Path) -> None:
    model = put(tmp_path / "model")
    (model / "am/final.mdl").unlink()
    (model / "ivector").mkdir()
    (model / "ivector/final.ie").write_bytes(b"\0B")
    (model / "ivector/splice.conf").write_text("--left-context=3")
    assert faults(model) == (
        "am/final.mdl is missing",
        "ivector/final.dubm is missing",
        "ivector/final.mat is missing",
        "ivector/global_cmvn.stats is missing",
        "ivector/online_cmvn.conf is missing",
    )


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
def test_a_file_that_is_something_else_is_seen_as_damaged(tmp_path: Path, name: str) -> None:
    model = put(tmp_path / "model")
    (model / name).write_text("version https://git-lfs.github.com/spec/v1")
    assert faults(model) == (f"{name} is damaged",)


def test_a_trial_tells_the_words_that_the_model_can_never_hear() -> None:
    report = try_model(MODEL, ["yes", "numb", "xylophone", "no", "xylophone"])
    assert report.unknown_words == ("xylophone",)
    assert 0 < report.load_seconds < 60


@pytest.mark.parametrize(
    ("name", "keep"),
    [("am/final.mdl", 0.5), ("graph/Gr.fst", 0.5), ("graph/HCLr.fst", 0.5), ("graph/disambig_tid.int", 0.5)],
)
def test_a_model_that_libvosk_chokes_on_is_an_error_and_no_crash(
    tmp_path: Path, name: str, keep: float
) -> None:
    model = put(tmp_path / "model")
    whole = (model / name).read_bytes()
    (model / name).write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(ModelError, match="damaged, fetch it again"):
        try_model(model)


def test_a_model_that_libvosk_hangs_on_is_given_up(tmp_path: Path) -> None:
    model = put(tmp_path / "model")
    whole = (model / "graph/HCLr.fst").read_bytes()
    (model / "graph/HCLr.fst").write_bytes(whole[:200] + bytes(byte ^ 0x5A for byte in whole[200:]))
    with pytest.raises(ModelError, match="damaged, fetch it again"):
        try_model(model, patience=3)


def test_a_model_that_does_not_know_yes_and_no_is_refused(tmp_path: Path) -> None:
    model = put(tmp_path / "model")
    words = model / "graph/words.txt"
    words.write_text(words.read_text().replace("yes ", "ja ").replace("no ", "nein "))
    with pytest.raises(ModelError, match="an English one is needed"):
        try_model(model)


def test_a_proven_model_is_not_tried_again_until_it_changes(tmp_path: Path) -> None:
    model, cache = put(tmp_path / "model"), tmp_path / "cache"
    assert proven(model, cache=cache) == model
    start = time.perf_counter()
    assert proven(model, patience=0.001, cache=cache) == model  # no trial could end in that time
    assert time.perf_counter() - start < 5
    with (model / "graph/Gr.fst").open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(ModelError, match="fetch it again"):
        proven(model, cache=cache)


def test_a_proof_that_cannot_be_noted_is_repeated(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert proven(MODEL, cache=tmp_path / "file") == MODEL
    assert proven(MODEL, cache=tmp_path / "file") == MODEL
