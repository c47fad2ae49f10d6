"""A second reader of short answers: a linear classifier over words, learnt from labelled sentences.

It knows nothing of negators, people or times; it has seen thousands of answers. The rules of this package and
this reader fail on different answers, so where they disagree a "no" is not taken
(`understanding.second_opinion`). Each opinion is a sum over words and pairs of words, and can be shown.

The method is multinomial logistic regression over hashed features (Weinberger et al., "Feature hashing for
large scale multitask learning", ICML 2009: each feature once for all questions and once for the one asked).
`scripts/train_classifier` writes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

_CHARACTERS = 4
"""Letters of the pieces by which an unknown form of a known word is recognised."""
_APART = 4
"""Words that a pair of words not beside each other may be apart, at most."""
_SHOWN = 3
"""Words that are named as the reason of an opinion."""


@dataclass(frozen=True)
class Opinion:
    """How likely an answer is to mean each of these, 0 to 1; together 1."""

    present: float
    absent: float
    unsure: float
    nothing: float
    """It answers something else, or nothing."""
    words: tuple[str, ...]
    """What speaks most for the likeliest of them, strongest first."""


class Classifier:
    """Weights of one language."""

    LABELS = ("present", "absent", "unsure", "nothing")

    def __init__(
        self,
        weights: npt.NDArray[np.int8],
        scale: float,
        bias: npt.NDArray[np.float32],
        facts: frozenset[str],
    ) -> None:
        """`weights`: [2**n buckets, 4 labels], in units of `scale`; `bias`: [4]; `facts`: ids of the
        questions whose answers it has seen. Raises ValueError if the shapes do not fit."""
        buckets = weights.shape[0]
        if weights.shape != (buckets, len(self.LABELS)) or buckets & (buckets - 1) or not buckets:
            raise ValueError(f"weights of shape {weights.shape}, not (a power of two, {len(self.LABELS)})")
        if bias.shape != (len(self.LABELS),):
            raise ValueError(f"a bias of shape {bias.shape}, not ({len(self.LABELS)},)")
        self._weights, self._scale, self._bias, self.facts = weights, scale, bias, facts
        self._mask = buckets - 1

    def opinion(self, fact: str, words: Sequence[str]) -> Opinion | None:
        """What cleaned-up `words` mean as the answer to `fact`; None if it has seen no answers to that."""
        if fact not in self.facts or not words:
            return None
        names = features(fact, words)
        places = np.fromiter((bucket(name, self._mask) for name in names), np.intp, len(names))
        found = self._weights[places].astype(np.float32) * (self._scale / np.sqrt(len(names)))
        scores = found.sum(axis=0) + self._bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        likeliest = int(chances.argmax())
        others = np.delete(found, likeliest, axis=1).max(axis=1)
        best = np.argsort(others - found[:, likeliest])
        present, absent, unsure, nothing = (float(chance) for chance in chances)
        return Opinion(present, absent, unsure, nothing, _plain(names, best.tolist()))


def features(fact: str, words: Sequence[str]) -> list[str]:
    """The features of an answer: words, runs of two and three, pairs apart, pieces of words; each twice,
    by itself and together with the question."""
    alone = word_features(words)
    return [*alone, *(f"{fact}:{name}" for name in alone)]


def word_features(words: Sequence[str]) -> list[str]:
    """Words, runs of two and three, pairs apart, pieces of words."""
    line = ["^", *words, "$"]
    names = {" ".join(line[i : i + n]) for n in (1, 2, 3) for i in range(len(line) - n + 1)}
    names |= {
        f"{line[i]} .. {line[j]}"
        for i in range(len(line))
        for j in range(i + 2, i + _APART + 1)
        if j < len(line)
    }
    for word in words:
        whole = f"<{word}>"
        names |= {f"#{whole[i : i + _CHARACTERS]}" for i in range(len(whole) - _CHARACTERS + 1)}
    return sorted(names)


@lru_cache(maxsize=1 << 16)
def bucket(name: str, mask: int) -> int:
    """The place of a feature's weights."""
    return crc32(name.encode()) & mask


def _plain(names: Sequence[str], order: Sequence[int]) -> tuple[str, ...]:
    """The words of the strongest features, without the question and what is no word."""
    shown: list[str] = []
    for place in order:
        name = names[place].partition(":")[2] or names[place]
        plain = name.replace("^", "").replace("$", "").replace(" .. ", " … ").strip()
        if plain and not plain.startswith("#") and plain not in shown:
            shown.append(plain)
        if len(shown) == _SHOWN:
            break
    return tuple(shown)
