"""When each phone of a clip is spoken, by forced alignment with the acoustic model of pocketsphinx."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder, get_model_path

from .lexicon import EXTRA_WORDS, pdf_of_name, read_dictionary
from .voices import RATE

DICTIONARY = Path(get_model_path("en-us/cmudict-en-us.dict"))
FRAME = RATE // 100
#: Digital silence confuses the aligner: this much noise is laid under the copy that it hears (-60 dBFS).
FLOOR = 0.001
#: A phone longer than this (frames of 10 ms) means that the aligner lost its way.
LONGEST_PHONE = 60


class Aligner:
    """Aligns clips with their texts; keeps one pocketsphinx decoder, so one thread at a time."""

    def __init__(self) -> None:
        self._decoder = Decoder(lm=None, dict=str(DICTIONARY), loglevel="FATAL")
        for word, variants in read_dictionary(EXTRA_WORDS).items():
            for phones in variants:
                self._add(word, " ".join(phones))

    def _add(self, word: str, phones: str) -> None:
        name, variant = word, 1
        while self._decoder.lookup_word(name) is not None:
            variant += 1
            name = f"{word}({variant})"
        self._decoder.add_word(name, phones, True)

    def align(self, samples: NDArray[np.float32], text: str) -> NDArray[np.uint8] | None:
        """Network output (lexicon.pdf_of_phone) of each 10 ms of a clip; None if text and clip do not fit."""
        rng = np.random.default_rng(len(samples))
        floored = samples + rng.normal(0, FLOOR, len(samples)).astype(np.float32)
        pcm = (np.clip(floored, -1, 1) * 32767).astype(np.int16).tobytes()
        self._decoder.set_align_text(text)
        self._decode(pcm)
        if self._decoder.hyp() is None:
            return None
        self._decoder.set_alignment()
        # hyp() after this second pass crashes the process (pocketsphinx 5.1.1): never call it here.
        try:
            self._decode(pcm)
        except RuntimeError:  # the second pass found no path to the end of the clip
            return None
        labels = np.zeros(len(samples) // FRAME + 1, dtype=np.uint8)
        alignment = self._decoder.get_alignment()
        if alignment is None:
            return None
        spoken = []
        for word in alignment:
            if without_variant(word.name) not in ("<s>", "</s>", "<sil>"):
                spoken.append(without_variant(word.name))
            for phone in word:
                pdf = pdf_of_name(phone.name)
                if pdf and phone.duration > LONGEST_PHONE:
                    return None
                labels[phone.start : phone.start + phone.duration] = pdf
        return labels if spoken == text.split() else None

    def _decode(self, pcm: bytes) -> None:
        self._decoder.start_utt()
        # The whole clip at once: its own mean is taken away, not that of the clips before it.
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()


def without_variant(name: str) -> str:
    """The word without the number of its pronunciation."""
    return name.partition("(")[0]
