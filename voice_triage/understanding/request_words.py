"""A request told by its words, in whatever order: "what kinds of things may I ask you?"."""

from __future__ import annotations

from voice_triage.interview.events import Request
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.requests import Asking

_FEWEST = 2
"""Words: a single one is looked up as it stands."""


def asking_by_words(shape: Shape, lexicon: Lexicon) -> Asking | None:
    """The one request that all words of an utterance belong to, if there is just one.

    Only for an utterance of which nothing else could be made: taken wrongly, a question is put again.
    A denial counts only where a request is made of it ("don't talk so fast").
    """
    words = frozenset(shape.words)
    if len(words) < _FEWEST:
        return None
    wanted = lexicon.wanted
    meant = []
    for request, heads in wanted.heads.items():
        if not words <= wanted.common | wanted.beside[request] | frozenset().union(*heads):
            continue
        denied = words & lexicon.grammar_words.negators
        fitting = [head for head in heads if head <= words and denied <= head]
        if fitting:
            meant.append((max(map(len, fitting)), request))
    meant.sort(reverse=True)
    if not meant or (len(meant) > 1 and meant[0][0] == meant[1][0]):
        return None
    return Asking(Request(meant[0][1]), True, " ".join(shape.words))
