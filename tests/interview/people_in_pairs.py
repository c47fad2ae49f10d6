"""Two people who differ in one answer, taken through a walked block side by side."""

from __future__ import annotations

from collections.abc import Iterator

from walking import End, Walked

from voice_triage.protocol.urgency import Urgency

GROWING = (("no", "skip"), ("skip", "unsure"), ("unsure", "yes"), ("no", "yes"))
"""Answers of growing concern, in pairs: an old finding is compared with none only."""
Node = int | End


def pairs(walked: Walked, fact: str, less: str, more: str) -> Iterator[tuple[End, End, dict[str, str]]]:
    """The ends of every two people who answer alike but to `fact`, and what both have answered.

    What only one of them is asked is answered in every way. A "yes" that is compared with doubt is a new one, or
    nobody knows since when. Where one end settles the comparison, the other is not walked to its ends.
    """
    new = f"{fact}.new"
    todo: list[tuple[Node, Node, dict[str, str]]] = [(0, 0, {})]
    while todo:
        one, two, known = todo.pop()
        if isinstance(one, End) and isinstance(two, End):
            yield one, two, known
            continue
        if isinstance(one, End) and one.told.urgency is Urgency.SELF_CARE:
            continue
        if isinstance(two, End) and two.told.urgency is Urgency.EMERGENCY:
            continue
        first = not isinstance(one, End)
        node = one if first else two
        assert isinstance(node, int)
        asked, edges = walked.asked[node], walked.after[node]
        name = (less if first else more) if asked == fact else known.get(asked)
        if name in edges or len(edges) == 1:
            names = [name] if name in edges else [*edges]
        elif asked == fact:
            continue  # it cannot be answered like that
        else:
            names = [each for each in edges if asked != new or less == "no" or each in ("yes", "skip")]
        for each in names:
            told = known if asked == fact or asked in known else {**known, asked: each}
            todo.append((edges[each], two, told) if first else (one, edges[each], told))
