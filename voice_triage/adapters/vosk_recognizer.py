"""Hears with Vosk: every answer twice over, by an open recogniser and by one with the question's phrases.

What libvosk does that shapes this file: some damaged models bring down the whole process, so that a model can
be tried elsewhere first; sound after the final result aborts, and a recogniser used again hears otherwise,
so that each answer has recognisers of its own; words of a grammar that the model lacks vanish from it without
an error, so that they are looked up; and a grammar lets any of its words follow any other, so that "know" is
kept away from "no".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from voice_triage.errors import EngineMissing, ModelError, RecognizerError
from voice_triage.ports import HEARING_RATE, Frame
from voice_triage.sound.vosk_library import load_vosk
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

UNKNOWN = "[unk]"
"""libvosk's own word for words that are not in the grammar."""
LIKE_NO = frozenset({"know", "knows", "now"})
"""Heard for "no", and "no" for them: a phrase with one of them is left to the open recogniser wherever "no"
is in the grammar."""


class VoskModel:
    """A loaded model, which any number of recognisers in any threads may share."""

    def __init__(self, folder: Path, trial: Callable[[Path], object] | None = None) -> None:
        """Load it.

        `trial` comes first, and raises ModelError if the model cannot safely be loaded into this process.
        Without one the folder must be known to be sound. Raises EngineMissing if there is no Vosk or no such
        folder, RecognizerError if the model is damaged.
        """
        if not folder.is_dir():
            raise EngineMissing(f"there is no Vosk model in {folder}; get one with: voice-triage model fetch")
        try:
            if trial is not None:
                trial(folder)
            vosk = load_vosk()
        except ModelError as error:
            raise RecognizerError(str(error)) from error
        except (ImportError, OSError) as error:
            why = f"Vosk cannot be loaded ({error})"
            raise EngineMissing(f"{why}; install it with: pip install vosk") from error
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # Vosk has no class of its own for it
            why = f"{folder}: Vosk refuses this model"
            raise RecognizerError(f"{why}; it is damaged, fetch it again") from error
        self._make = vosk.KaldiRecognizer

    def knows(self, word: str) -> bool:
        """The model can hear this word."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def recognizer(self, grammar: Sequence[str] = ()) -> Any:
        """A new KaldiRecognizer, bound to the words of `grammar` if there are any. Raises RecognizerError."""
        bound = (json.dumps(list(grammar)),) if grammar else ()
        try:
            recognizer = self._make(self._model, HEARING_RATE, *bound)
        except Exception as error:  # Vosk has no class of its own for it
            raise RecognizerError(f"Vosk cannot listen with this model: {error}") from error
        recognizer.SetWords(True)
        return recognizer


class VoskRecognizer:
    """Port Recognizer; for one thread at a time. Decodes while the person speaks."""

    name = "Vosk"
    weak = False

    def __init__(self, model: VoskModel | Path) -> None:
        """Hear with `model`; one given by its folder is loaded. Raises what VoskModel raises."""
        self._model: VoskModel | None = VoskModel(model) if isinstance(model, Path) else model
        self._answer: tuple[_Answer, ...] = ()

    def start(self, phrases: Sequence[str], free: bool) -> None:
        """A new answer begins; one that was not finished is forgotten.

        Only the open recogniser listens if `free`, or if the model can hear none of `phrases`.
        Raises RecognizerError.
        """
        model = self._opened()
        self._answer = (_Answer(model.recognizer(), Ear.OPEN),)
        grammar = () if free else self._grammar(phrases)
        if grammar:
            self._answer += (_Answer(model.recognizer((*grammar, UNKNOWN)), Ear.GRAMMAR),)

    def accept(self, frame: Frame) -> None:
        """Take one frame in. Raises RecognizerError, also outside an answer."""
        if not self._answer:
            raise RecognizerError("Vosk was given sound outside an answer")
        for answer in self._answer:
            answer.accept(frame.samples)

    def finish(self) -> Hearing:
        """What was heard since `start`, first by the open recogniser. Raises RecognizerError."""
        if not self._answer:
            raise RecognizerError("Vosk was asked for an answer that was not begun")
        answers, self._answer = self._answer, ()
        return Hearing(tuple(answer.finish() for answer in answers))

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Words of `phrases` that the model lacks; phrases with them are in no grammar."""
        model = self._opened()
        return tuple(sorted(word for word in _words(phrases) if not model.knows(word)))

    def close(self) -> None:
        """Let the model go; may be called twice."""
        self._answer = ()
        self._model = None

    def _grammar(self, phrases: Sequence[str]) -> tuple[str, ...]:
        """The phrases of which every word can be heard, and heard apart from the others."""
        unheard = set(self.unknown_words(phrases))
        if "no" in _words(phrases):
            unheard |= LIKE_NO
        return tuple(phrase for phrase in phrases if phrase and not unheard & set(phrase.split()))

    def _opened(self) -> VoskModel:
        if self._model is None:
            raise RecognizerError("Vosk was closed")
        return self._model


class _Answer:
    """One answer through one recogniser."""

    def __init__(self, recognizer: Any, ear: Ear) -> None:
        self._recognizer = recognizer
        self._ear = ear
        self._words: list[dict[str, Any]] = []

    def accept(self, samples: bytes) -> None:
        """Take sound in. Where libvosk thinks that speech has ended we go on: that is not for it to say."""
        try:
            ended = self._recognizer.AcceptWaveform(samples)
        except Exception as error:  # Vosk has no class of its own for it
            raise RecognizerError(f"Vosk failed: {error}") from error
        if ended:
            self._take(self._recognizer.Result())

    def finish(self) -> Utterance:
        """All that was heard.

        Its confidence is that of the least certain word, as a single one, a "not", may turn the sense of an
        answer. "[unk]" does not count: that no phrase fits can be quite certain.
        """
        self._take(self._recognizer.FinalResult())
        text = " ".join(word["word"] for word in self._words)
        certain = [float(word["conf"]) for word in self._words if word["word"] != UNKNOWN]
        return Utterance(text, self._ear, min(certain, default=None))

    def _take(self, result: str) -> None:
        self._words += json.loads(result).get("result", ())


def _words(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in phrase.split()}
