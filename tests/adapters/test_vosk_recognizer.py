"""The ears that are wanted, on the real libvosk and a small model."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from recognizer_contract import (
    RecognizerContract,
    hear,
    in_a_room,
    nothing,
    refuses_after_closing,
    said,
    text,
)

from voice_triage.adapters.model_trial import proven
from voice_triage.adapters.vosk_recognizer import VoskModel, VoskRecognizer
from voice_triage.errors import EngineMissing, RecognizerError
from voice_triage.understanding.hearing import Ear, Hearing

FOLDER = Path(__file__).parents[1] / "vosk_model"


@pytest.fixture(scope="module")
def model() -> VoskModel:
    return VoskModel(FOLDER)


@pytest.fixture(scope="module")
def recognizer(model: VoskModel) -> Iterator[VoskRecognizer]:
    opened = VoskRecognizer(model)
    yield opened
    opened.close()


class TestVosk(RecognizerContract):
    strictest = Ear.GRAMMAR


def ears(hearing: Hearing) -> list[Ear]:
    return [utterance.ear for utterance in hearing.utterances]


def test_free_speech_is_heard_by_the_open_ear_alone(recognizer: VoskRecognizer) -> None:
    hearing = hear(recognizer, in_a_room(said("my leg is weak")), free=True)
    assert ears(hearing) == [Ear.OPEN]
    assert text(hearing, Ear.OPEN) == "my leg is weak"


@pytest.mark.parametrize("phrases", [(), ("qzx",)])
def test_without_a_phrase_it_can_hear_only_the_open_ear_listens(
    recognizer: VoskRecognizer, phrases: tuple[str, ...]
) -> None:
    assert ears(hear(recognizer, in_a_room(said("yes")), phrases)) == [Ear.OPEN]


@pytest.mark.parametrize("words", ["no", "i don't know"])
def test_no_and_know_are_not_mixed_up_in_a_grammar(recognizer: VoskRecognizer, words: str) -> None:
    heard = text(hear(recognizer, in_a_room(said(words)), ("yes", "no", "i don't know")), Ear.GRAMMAR)
    assert "know" not in heard.split()


def test_a_phrase_with_know_is_heard_where_no_is_no_answer(recognizer: VoskRecognizer) -> None:
    hearing = hear(recognizer, in_a_room(said("i don't know")), ("maybe", "i don't know"))
    assert text(hearing, Ear.GRAMMAR) == "i don't know"


def test_an_answer_has_a_confidence_and_silence_has_none(recognizer: VoskRecognizer) -> None:
    answer = hear(recognizer, in_a_room(said("yes i do")))
    assert all(
        utterance.confidence is not None and 0 < utterance.confidence <= 1 for utterance in answer.utterances
    )
    assert all(utterance.confidence is None for utterance in hear(recognizer, nothing(1.0)).utterances)


def test_two_conversations_on_one_model_do_not_disturb_each_other(model: VoskModel) -> None:
    words = ["yes i do", "no i don't", "not sure", "my leg is weak"] * 2
    alone = [hear(VoskRecognizer(model), in_a_room(said(answer))) for answer in words]
    together: dict[int, list[Hearing]] = {}

    def converse(number: int) -> None:
        ours = VoskRecognizer(model)
        together[number] = [hear(ours, in_a_room(said(answer))) for answer in words]

    conversations = [threading.Thread(target=converse, args=(number,)) for number in range(2)]
    for conversation in conversations:
        conversation.start()
    for conversation in conversations:
        conversation.join()
    assert together == {0: alone, 1: alone}


def test_a_folder_that_is_not_there_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"nowhere.*model fetch"):
        VoskRecognizer(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "file", ["am/final.mdl", "graph/HCLr.fst", "graph/disambig_tid.int", "graph/words.txt"]
)
def test_a_damaged_model_is_an_error_and_not_the_end_of_the_process(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    whole = (folder / file).read_bytes()
    (folder / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RecognizerError, match=str(folder)):
        VoskModel(folder, trial=partial(proven, cache=tmp_path / "cache"))


def test_closed_it_hears_nothing_more(model: VoskModel) -> None:
    refuses_after_closing(VoskRecognizer(model))
