"""The program of PocketSphinx's own process: hears one answer at a time by a question's phrases.

    python -P pocketsphinx_child.py        (by its path; it needs nothing of this package)

PocketSphinx holds Python's interpreter lock while it decodes; in the program's own process it would starve
the sound. One JSON object a line on standard input, each answered by one on standard output:

    {"do": "words", "phrases": [...]}                -> {"unknown": [...]}
    {"do": "hear", "phrases": [...], "bytes": N}     -> {"likeliest": "...", "plain": "...",
        followed by N bytes of mono 16-bit sound at 16 kHz  "rejecting": "..."}

The first line out, before anything is asked, is {"ready": true}, or {"failed": "..."} and the process ends.
It ends when its input does.

What it does to the sound is measured, on single words and short answers of 149 people and of ten synthetic
voices: a recogniser fed with raw sound gives no answer to a third of the "yes" and "no" that it gets right
when the quiet around the words is cut to a quarter of a second, the level is set, and true silence, which it
cannot take, is covered with faint noise.
"""

from __future__ import annotations

import json
import math
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

RATE = 16_000
UNKNOWN = "[unk]"
"""Words were heard, but none of the phrases."""

HOP, WINDOW = 160, 320
"""Samples: a frame every 10 ms, of 20 ms. The decoder's own are as far apart."""
MARGIN = 25
"""Frames of quiet left on both sides of the words; 15 and 35 are worse."""
LEVEL = -20.0
"""dBFS that the louder parts of the words are brought to: a far microphone is then as good as a near one."""
NOISE = -60.0
"""dBFS of the Gaussian noise added after that; -50 and -70 are worse."""
LEAST_CONTRAST = 11.0
"""dB between the loudest and the quietest frames; where there is less, which is about 8 dB of signal to
noise, it is as if nothing was heard. With 20 nearly all plain answers at 10 dB were lost; with 11, eight in
ten, and the two ears together took none of 247 for its contrary (docs/hearing.md)."""
LEAST_SPEECH = 6
"""Frames above the background; less is a click."""
UNEXPLAINED = 30
"""Frames of speech that may lie outside the words of a phrase."""
MISFIT, LONG = 5.0, 15
"""How ill a word or silence of so many frames may fit: nats a frame below the best fit of any phone. Right
answers stay below 4.4, of others a half lies above 4."""

PHONES = (
    *("AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY"),
    *("JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y"),
    *("Z", "ZH"),
)
ANY_PHONE = "any-"
"""Prefix of the words that are a single phone; no dictionary word begins so."""
REJECTING, LONGER = 1e-3, 1e-3
"""Weights of "no phrase, but some phones", and of each further phone. Where phones cost nothing, half of all
people's "yes" and "no" were rejected; so, a fifth, with 2 of 87 other words taken for an answer, not 1."""

ALSO_KNOWN = {
    "paracetamol": "P AE R AH S IY T AH M AA L",
    "sciatica": "S AY AE T IH K AH",
    "sciatic": "S AY AE T IH K",
    "tingly": "T IH NG G L IY",
}
"""Words about back pain that the dictionary lacks and that are no compounds of its words."""

Samples = npt.NDArray[np.float64]


class Speech(NamedTuple):
    """Sound made ready for the decoder."""

    sound: bytes
    loud: npt.NDArray[np.bool_]
    """Frame by frame: somebody speaks."""


class Said(NamedTuple):
    """The phrase that was said, or "" (nothing), or "[unk]" (none of the phrases)."""

    likeliest: str
    """Without leave to reject."""
    plain: str
    """The same, if it accounts for all that was said, and fits it."""
    rejecting: str
    """With leave to reject."""


class Pronunciations:
    """The dictionary inside the PocketSphinx package, searched instead of loaded (135,000 words)."""

    def __init__(self, dictionary: Path) -> None:
        self._text = b"\n" + dictionary.read_bytes()

    def of(self, word: str) -> tuple[str, ...]:
        """The ways to say it, each as phones with blanks between; none if it is not known.

        A word that the dictionary lacks is taken as a compound of two that it has ("earache").
        """
        return self._listed(word) or self._compound(word)

    def _listed(self, word: str) -> tuple[str, ...]:
        if word in ALSO_KNOWN:
            return (ALSO_KNOWN[word],)
        start = self._text.find(f"\n{word} ".encode("ascii")) + 1
        if not start:
            return ()
        ways: list[str] = []
        entry = word
        while self._text.startswith(f"{entry} ".encode("ascii"), start):
            end = self._text.index(b"\n", start)
            ways.append(self._text[start + len(entry) : end].decode("ascii").strip())
            start = end + 1
            entry = f"{word}({len(ways) + 1})"  # the next way is on the next line, as "word(2)"
        return tuple(ways)

    def _compound(self, word: str) -> tuple[str, ...]:
        for cut in range(3, len(word) - 2):
            first, second = self._listed(word[:cut]), self._listed(word[cut:])
            if first and second:
                return (f"{first[0]} {second[0]}",)
        return ()


class Ears:
    """One decoder with two searches for each list of phrases: one must choose a phrase, one may reject."""

    def __init__(self) -> None:
        """Load the engine and its model. Raises ImportError, OSError, RuntimeError, ValueError."""
        from pocketsphinx import Decoder, get_model_path  # noqa: PLC0415 - its failure is to be told

        model = Path(get_model_path()) / "en-us"
        self._pronunciations = Pronunciations(model / "cmudict-en-us.dict")
        with tempfile.TemporaryDirectory() as folder:
            phones = Path(folder, "phones.dict")
            phones.write_text("".join(f"{ANY_PHONE}{phone} {phone}\n" for phone in PHONES), encoding="ascii")
            self._decoder = Decoder(
                hmm=str(model / "en-us"),
                dict=str(phones),
                lm=None,
                lw=1.0,  # 6.5, the default, is for language models: a fifth fewer right in noise
                bestpath=False,  # with it the loop of phones may take minutes
                loglevel="FATAL",
            )
        self._means = self._decoder.get_cmn()
        self._searches: dict[tuple[str, ...], tuple[str, str] | None] = {}

    def unknown(self, phrases: Iterable[str]) -> list[str]:
        """Words of `phrases` that cannot be heard, because nobody knows how they are said."""
        return sorted({word for phrase in phrases for word in phrase.split() if not self._learn(word)})

    def hear(self, phrases: tuple[str, ...], sound: bytes) -> Said:
        """The phrase that was said: "" nothing, "[unk]" none of them."""
        speech = prepared(np.frombuffer(sound, "<i2").astype(np.float64))
        if speech is None:
            return Said("", "", "")
        searches = self._searches_for(phrases)
        if searches is None:
            return Said(UNKNOWN, UNKNOWN, UNKNOWN)
        likeliest, plain = self._decoded(searches[0], speech, phrases)
        return Said(likeliest, plain, self._decoded(searches[1], speech, phrases)[1])

    def _decoded(self, search: str, speech: Speech, phrases: tuple[str, ...]) -> tuple[str, str]:
        """The likeliest phrase, and the same where it accounts for what was said and fits it."""
        decoder = self._decoder
        decoder.activate_search(search)
        # Both, or what was heard before changes one result in ten.
        decoder.reinit_feat()
        decoder.set_cmn(self._means)
        decoder.start_utt()
        decoder.process_raw(speech.sound, no_search=False, full_utt=True)
        decoder.end_utt()
        hypothesis = decoder.hyp()
        if hypothesis is None or not hypothesis.hypstr:
            return UNKNOWN, UNKNOWN
        # If it is no phrase, it is phones, or a phrase that was begun and not ended.
        likeliest = str(hypothesis.hypstr) if hypothesis.hypstr in phrases else UNKNOWN
        return likeliest, likeliest if explained(speech, decoder.seg()) else UNKNOWN

    def _searches_for(self, phrases: tuple[str, ...]) -> tuple[str, str] | None:
        """Names of the plain and of the rejecting search; None if none of the phrases can be heard."""
        if phrases not in self._searches:
            known = [phrase for phrase in phrases if phrase.split() and not self.unknown([phrase])]
            names = (f"plain{len(self._searches)}", f"rejecting{len(self._searches)}")
            if known:
                answers = " | ".join(dict.fromkeys(known))
                self._decoder.add_jsgf_string(names[0], grammar(f"public <heard> = {answers};"))
                self._decoder.add_jsgf_string(names[1], grammar(rejecting(answers)))
            self._searches[phrases] = names if known else None
        return self._searches[phrases]

    def _learn(self, word: str) -> bool:
        """Have the decoder know the word; False if it cannot."""
        if self._decoder.lookup_word(word):
            return True
        if not re.fullmatch(r"[a-z][a-z'.-]*", word):
            return False  # a figure, or a sign that means something in a grammar
        ways = self._pronunciations.of(word)
        for number, phones in enumerate(ways, start=1):
            self._decoder.add_word(word if number == 1 else f"{word}({number})", phones, False)
        return bool(ways)


def grammar(rules: str) -> str:
    """A grammar in Java Speech Grammar Format."""
    return f"#JSGF V1.0;\ngrammar answers;\n{rules}\n"


def rejecting(answers: str) -> str:
    """Rules for one of `answers`, or else any phones, one after another."""
    phones = " | ".join(ANY_PHONE + phone for phone in PHONES)
    return (
        f"public <heard> = /{1 - REJECTING}/ ({answers}) | /{REJECTING}/ <phones>;\n"
        f"<phones> = /{1 - LONGER}/ <phone> | /{LONGER}/ <phone> <phones>;\n"
        f"<phone> = {phones};"
    )


def prepared(samples: Samples) -> Speech | None:
    """The words alone, at one level, over faint noise; None if there are none, or too much noise."""
    levels = levels_of(samples)
    if not len(levels):
        return None
    background, loudest = np.percentile(levels, 10), np.percentile(levels, 98)
    if loudest - background < LEAST_CONTRAST:
        return None
    # Above the background by 6 dB for two frames of three, and not more than 30 dB below the loudest.
    loud = np.convolve(levels > max(background + 6.0, loudest - 30.0), np.ones(3), "same") >= 2
    spoken = np.flatnonzero(loud)
    if len(spoken) < LEAST_SPEECH:
        return None
    first, last = max(0, spoken[0] - MARGIN), min(len(levels) - 1, spoken[-1] + MARGIN)
    cut = samples[first * HOP : last * HOP + WINDOW]
    gain = 10 ** ((LEVEL - np.percentile(levels[first : last + 1], 90)) / 20)
    noise = np.random.default_rng(0).normal(0.0, 32768 * 10 ** (NOISE / 20), len(cut))
    sound = np.clip(cut * gain + noise, -32768, 32767).astype("<i2").tobytes()
    return Speech(sound, loud[first : last + 1])


def levels_of(samples: Samples) -> Samples:
    """dBFS of each frame, not below -90."""
    if len(samples) < WINDOW:
        return np.empty(0)
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    levels: Samples = np.maximum(-90.0, 10 * np.log10(np.mean(frames**2, axis=1) + 1e-9) - 90.3)
    return levels


def explained(speech: Speech, segments: Iterable[Any]) -> bool:
    """What was decoded accounts for all that was said, and fits it.

    The search keeps few hypotheses: in "it's numb but only in my hand" the phrase "it's numb" fits so well
    that no other survives, and the rest is then called silence.
    """
    unspoken = speech.loud.copy()
    for segment in segments:
        start, end = segment.start_frame, segment.end_frame + 1
        if not segment.word.startswith(("<", "[", "(")):  # silence, noise, and the joints of a grammar
            unspoken[max(0, start - 3) : end + 3] = False
        # The library gives e to the power of a score that it keeps divided by 1024.
        misfit = -1024 * math.log(segment.ascore or sys.float_info.min)
        if end - start >= LONG and misfit > MISFIT * (end - start):
            return False
    return int(unspoken.sum()) <= UNEXPLAINED


def answer(ears: Ears, order: dict[str, Any], source: IO[bytes]) -> dict[str, Any]:
    """Carry out one order."""
    phrases = tuple(order["phrases"])
    if order["do"] == "words":
        return {"unknown": ears.unknown(phrases)}
    return ears.hear(phrases, source.read(order["bytes"]))._asdict()


def main() -> int:
    """Answer orders until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the program that started us
    # The library, should it print, must not print into the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(what: dict[str, Any]) -> None:
        out.write(json.dumps(what) + "\n")
        out.flush()

    try:
        ears = Ears()
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        say({"failed": str(error)})
        return 1
    say({"ready": True})
    source = sys.stdin.buffer
    for line in source:
        say(answer(ears, json.loads(line), source))
    return 0


if __name__ == "__main__":
    sys.exit(main())
