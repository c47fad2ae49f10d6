"""Graphs of words as a few arrays of numbers, and back: their points are made when a word leads to them.

Making all points anew takes as long as reading a book of them word by word; of an interview's answers few
ever touch more than some hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from voice_triage.understanding.templates import Labels, Point

Numbers = npt.NDArray[np.int32]


class KeptPoint(Point):
    """A Point whose ways on are made at the first look at them."""

    __slots__ = ("_graphs", "_number")

    def __init__(self, labels: Labels, graphs: KeptGraphs, number: int) -> None:  # not edges: see below
        self.labels = labels
        self._graphs = graphs
        self._number = number

    def __getattr__(self, name: str) -> Any:  # asked only for what is not there yet
        if name != "edges":
            raise AttributeError(name)
        self.edges = self._graphs.edges(self._number)
        return self.edges


class KeptGraphs:
    """Many graphs that share points, each known by the number of the point it begins at."""

    def __init__(self, arrays: Mapping[str, Numbers], words: Sequence[str], labels: Sequence[Labels]) -> None:
        """What `flattened` gave. Raises KeyError, IndexError, ValueError where it is something else."""
        self._words = words
        self._labels = [labels[number] for number in arrays["labels"].tolist()]
        self._first_edge, self._edge_words = arrays["first_edge"], arrays["edge_words"]
        self._first_target, self._targets = arrays["first_target"], arrays["targets"]
        counts = (len(self._labels), len(self._edge_words), len(self._targets))
        if (
            (len(self._first_edge) - 1, len(self._first_target) - 1) != counts[:2]
            or (int(self._first_edge[-1]), int(self._first_target[-1])) != counts[1:]
            or not (_below(self._edge_words, len(words)) and _below(self._targets, counts[0]))
        ):
            raise ValueError("these arrays are no graphs of words")
        self._points: list[Point | None] = [None] * counts[0]

    def point(self, number: int) -> Point:
        """The point with this number, each time the same."""
        point = self._points[number]
        if point is None:
            point = self._points[number] = KeptPoint(self._labels[number], self, number)
        return point

    def edges(self, number: int) -> dict[str, tuple[Point, ...]]:
        """Which words may follow the point with this number, and where they lead."""
        first, end = self._first_edge[number : number + 2].tolist()
        bounds = self._first_target[first : end + 1].tolist()
        targets = [self.point(target) for target in self._targets[bounds[0] : bounds[-1]].tolist()]
        return {
            self._words[word]: tuple(targets[bounds[i] - bounds[0] : bounds[i + 1] - bounds[0]])
            for i, word in enumerate(self._edge_words[first:end].tolist())
        }


def flattened(roots: Iterable[Point]) -> tuple[dict[str, Numbers], list[str], list[Labels]]:
    """Arrays, words and labels of all points that lead on from `roots`, which come first and in order."""
    numbers = {point: number for number, point in enumerate(dict.fromkeys(roots))}
    waiting = list(numbers)
    words: dict[str, int] = {}
    labels: dict[Labels, int] = {}
    of_point, first_edge, edge_words, first_target, targets = [], [0], [], [0], []
    for point in waiting:  # it grows meanwhile
        of_point.append(labels.setdefault(point.labels, len(labels)))
        for word, ways in point.edges.items():
            edge_words.append(words.setdefault(word, len(words)))
            for way in ways:
                if way not in numbers:
                    numbers[way] = len(numbers)
                    waiting.append(way)
                targets.append(numbers[way])
            first_target.append(len(targets))
        first_edge.append(len(edge_words))
    arrays = {
        "labels": of_point,
        "first_edge": first_edge,
        "edge_words": edge_words,
        "first_target": first_target,
        "targets": targets,
    }
    return {name: np.array(of, np.int32) for name, of in arrays.items()}, list(words), list(labels)


def _below(numbers: Numbers, limit: int) -> bool:
    return not len(numbers) or (int(numbers.min()) >= 0 and int(numbers.max()) < limit)
