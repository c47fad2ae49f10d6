"""The page docs/mutation.md: how many mutants of each kind are noticed, and which are not."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .mutants import MEANING
from .noticing import Outcome

HEADING = """\
# What the tests notice

Written by `scripts/mutate --write`; do not edit. Each mutant is the clinical content of `intents/` with one
thing deleted or weakened; it is noticed when a test fails that passes on the content as it is. A mutant that
nobody notices is a decision that no test protects, or one that decides nothing.
"""


def table(outcomes: Sequence[Outcome], harmless: Mapping[str, str]) -> str:
    """Numbers by kind."""
    head = ("Kind", "Mutants", "Noticed", "Harmless", "Unnoticed", "What it is")
    rows = []
    for kind in dict.fromkeys(outcome.mutant.kind for outcome in outcomes):
        rows.append(
            (f"`{kind}`", *_numbers([o for o in outcomes if o.mutant.kind == kind], harmless), MEANING[kind])
        )
    rows.append(("all", *_numbers(outcomes, harmless), ""))
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = []
    for row in (head, tuple("-" * width for width in widths), *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _numbers(outcomes: Sequence[Outcome], harmless: Mapping[str, str]) -> tuple[str, str, str, str]:
    left = [outcome.mutant.name for outcome in outcomes if not outcome.noticed_by]
    known = sum(name in harmless for name in left)
    return str(len(outcomes)), str(len(outcomes) - len(left)), str(known), str(len(left) - known)


def page(
    outcomes: Sequence[Outcome],
    failing: Sequence[str],
    harmless: Mapping[str, str],
    seconds: float,
    root: Path,
) -> str:
    """The page in Markdown."""
    left = [outcome.mutant for outcome in outcomes if not outcome.noticed_by]
    unknown = [f"- {mutant.kind}: `{mutant.name}`" for mutant in left if mutant.name not in harmless]
    known = {reason: [m for m in left if harmless.get(m.name) == reason] for reason in harmless.values()}
    lines = []
    for reason, group in known.items():
        if group:
            lines += [f"\n{reason}:\n", *(f"- {mutant.kind}: `{mutant.name}`" for mutant in group)]
    parts = [
        HEADING,
        f"- commit {_commit(root)}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n"
        f"- {seconds / 60:.0f} minutes, two processes\n",
        table(outcomes, harmless),
        "\n## Unnoticed\n",
        *(unknown or ["None."]),
        "\n## Harmless\n\nNobody should notice these, for the reason given (scripts/mutated/harmless.py).",
        *(lines or ["\nNone."]),
    ]
    if failing:
        parts += [
            "\n## Left out\n\nThese tests failed without any mutant.\n",
            *(f"- `{name}`" for name in failing),
        ]
    return "\n".join(parts) + "\n"


def _commit(root: Path) -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", root, *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    # The page itself is always changed when it is written again.
    changed = git("status", "--porcelain", "--", ".", ":!docs/mutation.md")
    return git("rev-parse", "--short=12", "HEAD") + (" with changes not committed" if changed else "")
