"""Hears with Vosk: one recogniser free to hear anything, and one bound to the question's phrases.

Facts of libvosk that shape this file: a recogniser used twice gives different words for the same
sound, so each answer gets new ones on the one shared model; a grammar drops words that the model
lacks without an error, so phrases are checked first; without "[unk]" any noise becomes one of the
phrases; a bound recogniser may join words of several phrases, so its words are no more than words;
audio after the final result aborts the process.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from voice_triage.errors import EngineMissing, RecognizerError
from voice_triage.ports import HEARING_RATE, Frame
from voice_triage.understanding.hearing import Ear, Hearing, Utterance

UNKNOWN = "[unk]"
_SOUNDS_LIKE_NO = frozenset({"know", "now"})
"""Never in a grammar: they would be heard where "no" was said."""


class VoskRecognizer:
    """Port `Recognizer`. One thread at a time; several may share one `model`."""

    name = "Vosk"
    weak = False

    def __init__(self, folder: Path, model: Any = None) -> None:
        """Load the model in `folder`, or use the one that is given (of another VoskRecognizer).

        The folder should have been tried before: libvosk brings the process down over some damaged models.
        Raises EngineMissing without Vosk, RecognizerError when the model cannot be loaded.
        """
        try:
            import vosk  # noqa: PLC0415 - heavy, and loads a native library: only where it is used
        except (ImportError, OSError) as error:
            raise EngineMissing(
                f"Vosk cannot be loaded ({error}); install it with: pip install vosk"
            ) from error
        vosk.SetLogLevel(-1)
        self._new = vosk.KaldiRecognizer
        try:
            self.model = model if model is not None else vosk.Model(str(folder))
        except Exception as error:  # the wheel raises a bare Exception
            raise RecognizerError(f"{folder}: Vosk cannot load this model: {error}") from error
        self._known: dict[str, bool] = {}
        self._open: _Stream | None = None
        self._bound: _Stream | None = None

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Words of `phrases` that this model can never hear, sorted."""
        return tuple(sorted({word for phrase in phrases for word in phrase.split() if not self._knows(word)}))

    def start(self, phrases: Sequence[str], free: bool) -> None:
        """A new answer begins; what was heard so far is forgotten."""
        self._open = _Stream(self._new(self.model, HEARING_RATE))
        usable = [] if free else [phrase for phrase in phrases if self._usable(phrase)]
        self._bound = None
        if usable:
            grammar = json.dumps([*usable, UNKNOWN])
            self._bound = _Stream(self._new(self.model, HEARING_RATE, grammar))

    def accept(self, frame: Frame) -> None:
        """One frame of the answer, to both."""
        for stream in (self._open, self._bound):
            if stream is not None:
                stream.accept(frame.samples)

    def finish(self) -> Hearing:
        """What both heard since `start`. Raises RecognizerError if nothing was started."""
        if self._open is None:
            raise RecognizerError("nothing was started")
        utterances = [self._open.finish(Ear.OPEN)]
        if self._bound is not None:
            utterances.append(self._bound.finish(Ear.GRAMMAR))
        self._open = self._bound = None
        return Hearing(tuple(utterances))

    def close(self) -> None:
        """Forget the answer; the model goes when nobody holds it."""
        self._open = self._bound = None

    def _usable(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._knows(word) and word not in _SOUNDS_LIKE_NO for word in words)

    def _knows(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self.model.vosk_model_find_word(word) >= 0
        return self._known[word]


class _Stream:
    """One answer through one KaldiRecognizer."""

    def __init__(self, recognizer: Any) -> None:
        recognizer.SetWords(True)
        self._recognizer = recognizer
        self._parts: list[dict[str, Any]] = []

    def accept(self, samples: bytes) -> None:
        # Vosk ends an utterance at a pause of its own choice; the turn is not over, so the parts are joined.
        if self._recognizer.AcceptWaveform(samples):
            self._parts.append(json.loads(self._recognizer.Result()))

    def finish(self, ear: Ear) -> Utterance:
        self._parts.append(json.loads(self._recognizer.FinalResult()))
        text = " ".join(part["text"] for part in self._parts if part.get("text"))
        confidences = [word["conf"] for part in self._parts for word in part.get("result", ())]
        # The least sure word: a confidence is a reason to doubt, and one wrong word is enough for that.
        return Utterance(text, ear, min(confidences, default=None))
