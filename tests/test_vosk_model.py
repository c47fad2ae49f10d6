"""The small Vosk model of the tests is a real one: it loads, obeys grammars and repeats itself."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import pytest
from vosk import KaldiRecognizer, Model, SetLogLevel

MODEL = Path(__file__).parent / "vosk_model"
CLIPS = Path(__file__).parent / "data" / "model"
RATE = 16000
ANSWERS = ["yes", "no", "no nothing like that", "i don't know", "[unk]"]


@pytest.fixture(scope="module")
def model() -> Model:
    SetLogLevel(-1)
    return Model(str(MODEL))


def samples_of(clip: str) -> bytes:
    with wave.open(str(CLIPS / f"{clip}.wav")) as recording:
        assert (recording.getframerate(), recording.getnchannels()) == (RATE, 1)
        return bytes(recording.readframes(recording.getnframes()))


def heard(model: Model, samples: bytes, grammar: list[str] | None = None) -> dict[str, Any]:
    """All words of one clip, whether or not an endpoint fell between them."""
    recogniser = KaldiRecognizer(model, RATE, *([json.dumps(grammar)] if grammar else []))
    recogniser.SetWords(True)
    words: list[dict[str, Any]] = []
    for start in range(0, len(samples), 3200):
        if recogniser.AcceptWaveform(samples[start : start + 3200]):
            words += json.loads(recogniser.Result()).get("result", [])
    words += json.loads(recogniser.FinalResult()).get("result", [])
    return {"text": " ".join(word["word"] for word in words), "words": words}


@pytest.mark.parametrize(
    ("clip", "text"), [("yes_slt", "yes"), ("no_nothing_like_that_awb", "no nothing like that")]
)
def test_an_answer_is_heard_with_a_grammar(model: Model, clip: str, text: str) -> None:
    assert heard(model, samples_of(clip), ANSWERS)["text"] == text


def test_a_sentence_is_heard_without_a_grammar(model: Model) -> None:
    assert heard(model, samples_of("my_back_hurts_ked"))["text"] == "my back hurts"


def test_a_grammar_lets_no_other_word_through(model: Model) -> None:
    allowed = {word for answer in ANSWERS for word in answer.split()}
    result = heard(model, samples_of("my_back_hurts_ked"), ANSWERS)
    assert {word["word"] for word in result["words"]} <= allowed


def test_words_carry_times_inside_the_clip_and_confidences(model: Model) -> None:
    samples = samples_of("no_nothing_like_that_awb")
    words = heard(model, samples, ANSWERS)["words"]
    assert [word["word"] for word in words] == ["no", "nothing", "like", "that"]
    ends = [0.0] + [word["end"] for word in words]
    assert all(before <= word["start"] < word["end"] for before, word in zip(ends, words, strict=False))
    assert ends[-1] <= len(samples) / 2 / RATE
    assert all(0 < word["conf"] <= 1 for word in words)


def test_a_word_outside_the_vocabulary_is_found_missing(model: Model) -> None:
    assert model.vosk_model_find_word("helicopter") == -1
    assert model.vosk_model_find_word("yes") > 0
    assert model.vosk_model_find_word("[unk]") > 0


@pytest.mark.parametrize("grammar", [None, ANSWERS])
def test_silence_gives_no_words(model: Model, grammar: list[str] | None) -> None:
    assert heard(model, bytes(2 * 3 * RATE), grammar)["text"] == ""


def test_silence_after_an_answer_ends_it(model: Model) -> None:
    recogniser = KaldiRecognizer(model, RATE, json.dumps(ANSWERS))
    samples = samples_of("yes_slt") + bytes(2 * RATE)
    pieces = [samples[start : start + 3200] for start in range(0, len(samples), 3200)]
    assert any(recogniser.AcceptWaveform(piece) for piece in pieces)


def test_the_same_clip_gives_the_same_result_each_time(model: Model) -> None:
    samples = samples_of("my_back_hurts_ked")
    assert heard(model, samples) == heard(model, samples)
