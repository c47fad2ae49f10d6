"""How well a spoken "yes" and "no" is heard: every answer, in every place, by every way to join the ears."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from pathlib import Path

from voice_triage.dialogue import Dialogue
from voice_triage.hosts.intervals import wilson
from voice_triage.sound.two_ears import NONE_OF_THEM, SURE, Opinion, SecondEar, joined
from voice_triage.sound.yes_or_no import Verdict

from .figures import aligned
from .listeners import Joined, Listened, Listener, read
from .recordings import noise_alone, people, synthetic
from .surroundings import noises, places

FULL = ("clean", "10 dB")
"""Places in which every recording is listened to; in the others one of THIN."""
THIN = 3
POINTS = (0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)

Reading = tuple[Listened, str]


def alone(heard: Opinion) -> tuple[str, ...]:
    """The first ear by itself."""
    return (heard.plain,)


def rejecting(heard: Opinion) -> tuple[str, ...]:
    """The first ear, once without and once with leave to reject."""
    return heard.plain, heard.rejecting


def network(sure: float) -> Joined:
    """The second ear by itself."""

    def texts(heard: Opinion) -> tuple[str, ...]:
        shares = {"yes": heard.verdict.yes, "no": heard.verdict.no}
        best = max(shares, key=lambda word: shares[word])
        return (best if shares[best] >= sure else NONE_OF_THEM,)

    return texts


def both(sure: float) -> Joined:
    """The two ears, as they are shipped but for `sure`."""
    return lambda heard: joined(heard, sure)


def fitting(sure: float) -> Joined:
    """As `both`, and what the first ear heard must fit the sound as well."""
    return lambda heard: (*joined(heard, sure), heard.plain)


def all_three(sure: float) -> Joined:
    """As `both`, and the first ear must hear it with leave to reject too."""
    return lambda heard: (*joined(heard, sure), heard.rejecting)


WAYS: dict[str, Joined] = {
    "PocketSphinx alone": alone,
    "PocketSphinx, leave to reject": rejecting,
    "network alone, 0.5": network(0.5),
    "network alone, 0.9": network(0.9),
    **{f"both, {point}{' (shipped)' if point == SURE else ''}": both(point) for point in POINTS},
    "both, 0.5, and fitting": fitting(0.5),
    "all three, 0.5": all_three(0.5),
}
"""Every way to join the ears that is compared; the numbers are the least share of the second ear."""
SHIPPED = next(name for name in WAYS if "shipped" in name)


def listen(data: Path, noise: Path, unmet: Callable[[str], SecondEar], dialogue: Dialogue) -> list[Listened]:
    """Every recording in every place; `unmet` gives a second ear that was trained without a speaker.

    Raises what reading the folders raises, EngineError.
    """
    second = OneOfSeveral(unmet)
    listener = Listener(dialogue, second)
    found = noises(noise)
    heard = []
    spoken = [*people(data), *synthetic()]
    try:
        for place in places(noise):
            chosen = spoken if place.name in FULL else spoken[::THIN]
            print(f"  {place.name}: {len(chosen)} answers", file=sys.stderr, flush=True)
            for recording in chosen:
                second.speaker = recording.speaker
                heard.append(listener.hear(recording, place.name, place.around(recording, found)))
        for recording in noise_alone(found):
            heard.append(listener.hear(recording, "noise alone", recording.sound))
    finally:
        listener.close()
    return heard


class OneOfSeveral:
    """The second ear that has not met the speaker."""

    def __init__(self, unmet: Callable[[str], SecondEar]) -> None:
        self._unmet = unmet
        self.speaker = ""

    def hear(self, samples: bytes) -> Verdict:
        """By the ear for `speaker`."""
        return self._unmet(self.speaker).hear(samples)


def readings(heard: Iterable[Listened], way: Joined, dialogue: Dialogue) -> list[Reading]:
    """What each answer is taken for."""
    return [(one, read(way(one.heard), dialogue)) for one in heard]


HEAD = ("", "yes/no", "right", "wrong polarity", "asked again", "right in two tries", "other words", "taken")


def row(name: str, taken: Sequence[Reading]) -> tuple[str, ...]:
    """One line of a table: shares with their 95 % intervals."""
    polar = [(one, what) for one, what in taken if one.recording.kind in ("yes", "no")]
    others = [what for one, what in taken if one.recording.kind in ("other", "nothing")]
    right = sum(what == one.recording.kind for one, what in polar)
    wrong = sum({what, one.recording.kind} == {"yes", "no"} for one, what in polar)
    answers = sum(what in ("yes", "no") for what in others)
    again = len(polar) - right - wrong
    return (
        name,
        str(len(polar)),
        share(right, len(polar)),
        f"{wrong} ({share(wrong, len(polar))})",
        share(again, len(polar)),
        _two_tries(polar),
        str(len(others)),
        f"{answers} ({share(answers, len(others))})",
    )


def share(hits: int, n: int) -> str:
    """As "71 % (65-76)"."""
    if not n:
        return ""
    low, high = wilson(hits, n)
    return f"{100 * hits / n:.1f} % ({100 * low:.0f}-{100 * high:.0f})"


def _two_tries(polar: Sequence[Reading]) -> str:
    """Of two recordings of the same word by the same person: one is right, and none before it is wrong."""
    by_voice: dict[tuple[str, str], list[Reading]] = {}
    for one, what in polar:
        by_voice.setdefault((one.recording.speaker, one.recording.kind), []).append((one, what))
    pairs = [pair for each in by_voice.values() for pair in permutations(each, 2)]
    right = sum(
        first == one.recording.kind or (first == "again" and second == one.recording.kind)
        for (one, first), (_, second) in pairs
    )
    return f"{100 * right / len(pairs):.1f} %" if pairs else ""


def table_of(rows: Iterable[tuple[str, ...]]) -> str:
    """In Markdown."""
    return aligned([HEAD, *rows])


def by_place(taken: Sequence[Reading], by: str) -> str:
    """One line for each place in which people or voices (`by`) were listened to."""
    chosen = [each for each in taken if each[0].recording.by == by]
    places = dict.fromkeys(one.place for one, _ in chosen)
    return table_of(row(place, [each for each in chosen if each[0].place == place]) for place in places)


def digits(heard: Sequence[Listened]) -> str:
    """How digits are heard where digits are expected: both searches of the first ear must agree."""
    rows: list[tuple[str, ...]] = [("", "digits", "right", "another digit", "asked again")]
    for place in dict.fromkeys(one.place for one in heard):
        said = [one for one in heard if one.place == place and one.recording.digit]
        if not said:
            continue
        agreed = [one.digits[0] if one.digits[0] == one.digits[1] else "" for one in said]
        right = sum(what == one.recording.digit for one, what in zip(said, agreed, strict=True))
        other = sum(
            what not in ("", NONE_OF_THEM, one.recording.digit)
            for one, what in zip(said, agreed, strict=True)
        )
        n = len(said)
        rows.append((place, str(n), share(right, n), share(other, n), share(n - right - other, n)))
    return aligned(rows)
