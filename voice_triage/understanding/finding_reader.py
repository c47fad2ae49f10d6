"""What a few words tell of: which finding, or none. Learnt from labelled answers; it knows no grammar.

Phrases that count out of turn are short, and in free speech their words meet by chance ("off the bottom
step"). This reader has never seen the phrases; where both find the same thing, it was said
(`understanding.volunteering`). The method is that of `understanding.classifier`, with one label for each
question in place of the answers to one. `scripts/train_classifier` writes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from voice_triage.understanding.classifier import bucket, word_features

DENIED, NOTHING = "denied", "nothing"
"""Labels that are no finding: something is said not to be there; something else is talked of."""


class FindingReader:
    """Weights of one language."""

    def __init__(
        self,
        weights: npt.NDArray[np.int8],
        scale: float,
        bias: npt.NDArray[np.float32],
        labels: Sequence[str],
    ) -> None:
        """`weights`: [2**n buckets, labels], in units of `scale`; `bias`: [labels]; `labels`: ids of
        questions, `DENIED` and `NOTHING`, in the order of the columns. Raises ValueError if the shapes do not
        fit."""
        buckets = weights.shape[0]
        if weights.shape != (buckets, len(labels)) or buckets & (buckets - 1) or not buckets:
            raise ValueError(f"weights of shape {weights.shape}, not (a power of two, {len(labels)})")
        if bias.shape != (len(labels),):
            raise ValueError(f"a bias of shape {bias.shape}, not ({len(labels)},)")
        self._weights, self._scale, self._bias, self._labels = weights, scale, bias, tuple(labels)
        self._mask = buckets - 1
        self.facts = frozenset(labels) - {DENIED, NOTHING}
        """Questions that it knows; of others it says nothing."""

    def chances(self, words: Sequence[str]) -> Mapping[str, float]:
        """How likely cleaned-up `words` tell of each label, 0 to 1; together 1. Empty without words."""
        if not words:
            return {}
        names = word_features(words)
        places = np.fromiter((bucket(name, self._mask) for name in names), np.intp, len(names))
        found = self._weights[places].sum(axis=0, dtype=np.float32) * (self._scale / np.sqrt(len(names)))
        scores = found + self._bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return dict(zip(self._labels, chances.tolist(), strict=True))
