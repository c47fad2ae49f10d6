"""The page docs/hearing.md: how well a "yes" and a "no" are heard, and what was tried."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.dialogue import Dialogue

from .figures import aligned
from .hearing import SHIPPED, WAYS, by_place, digits, readings, row, table_of
from .listeners import Listened
from .machine import Machine

MEASURED = """\
## Measured

- {machine}
- {who}
- each answer is one to the question about numbness between the legs; 95 % intervals in brackets

### People, by place

As shipped. Full sets in the clean room and at 10 dB, every third recording elsewhere.

{people}

### Synthetic voices (flite), by place

{voices}

### The whole trade-off: people, clean

{clean}

### The whole trade-off: people, 10 dB

{noisy}

### Nobody speaks

{nothing}

### Digits by people, where a digit is expected

Both searches of the first ear must agree. Numbers are read back in the interview.

{digits}

### Memory

Sum of the PSS of all processes, with the content loaded and an answer heard.

{memory}
"""


def measured(
    heard: Sequence[Listened], dialogue: Dialogue, memory: dict[str, float], machine: Machine
) -> str:
    """The part of the page that is measured."""
    shipped = readings(heard, WAYS[SHIPPED], dialogue)
    people = [one for one in heard if one.recording.by == "people"]
    curves = {
        place: table_of(
            row(name, readings([one for one in people if one.place == place], way, dialogue))
            for name, way in WAYS.items()
        )
        for place in ("clean", "10 dB")
    }
    quiet = [one for one in shipped if one[0].recording.by == "noise"]
    taken = sum(what != "again" for _, what in quiet)
    goals = {"PocketSphinx and network": 300, "Vosk, model of the tests": 250}
    sizes = [("", "MB", "goal"), *((name, f"{size:.0f}", str(goals[name])) for name, size in memory.items())]
    return MEASURED.format(
        machine=machine.line,
        who=_who(people),
        people=by_place(shipped, "people"),
        voices=by_place(shipped, "voices"),
        clean=curves["clean"],
        noisy=curves["10 dB"],
        nothing=f"{len(quiet)} stretches of noise or silence, {taken} of them taken for an answer.",
        digits=digits(people),
        memory=aligned(sizes),
    )


def kept_between(page: str, name: str, part: str) -> str:
    """The page with `part` between its two marks of this name. Raises ValueError where it has none."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, _, rest = page.partition(begin)
    _, there, after = rest.partition(end)
    if not there:
        raise ValueError(f"the page has no {begin} ... {end}")
    return f"{before}{begin}\n{part.strip()}\n{end}{after}"


def _who(people: Sequence[Listened]) -> str:
    polar = {one.recording.id: one.recording.speaker for one in people if one.recording.kind in ("yes", "no")}
    others = {one.recording.id for one in people} - set(polar)
    voices = len(set(polar.values()))
    return f"{len(polar)} times yes or no by {voices} people, and {len(others)} other recordings"
