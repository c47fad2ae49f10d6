"""All that is known of one person, as one small number.

Findings are an `int` with one bit for each status of each fact, of which one is set: immutable, hashable,
cheap to compare, and a rule is asked in one or two steps of arithmetic, so that every path through the
interview can be walked. The place of a fact in that number belongs to one protocol; what leaves the process
is written by name (`Facts.names_of`).
"""

from __future__ import annotations

from collections.abc import Mapping

from voice_triage.protocol.status import Status

Findings = int
"""So many bits a fact as there are statuses."""

NOTHING_KNOWN: Findings = 0
"""What a state holds before its interview has begun. No rule can be asked of it: begin with Facts.nothing."""
_STATUSES = tuple(Status)
_WIDTH = len(_STATUSES)
_ALL = (1 << _WIDTH) - 1


def bits(place: int, statuses: int) -> int:
    """The bits of these statuses (each at 1 << status) of the fact at `place`."""
    return statuses << _WIDTH * place


def status_of(findings: Findings, place: int) -> Status:
    """What is known of the fact at `place`."""
    return _STATUSES[max(0, ((findings >> _WIDTH * place) & _ALL).bit_length() - 1)]


def record(findings: Findings, place: int, status: Status) -> Findings:
    """The same findings with the fact at `place` set to `status`."""
    return findings & ~bits(place, _ALL) | bits(place, 1 << status)


class Facts:
    """The facts of one protocol, in a fixed order."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._places = {name: place for place, name in enumerate(names)}
        self.nothing: Findings = sum(bits(place, 1 << Status.NOT_ASKED) for place in range(len(names)))
        """Nothing has been asked."""

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def place(self, name: str) -> int:
        """Where the fact is kept. Raises KeyError for a fact the protocol does not know."""
        return self._places[name]

    def status(self, findings: Findings, name: str) -> Status:
        """What is known of the fact with this name."""
        return status_of(findings, self._places[name])

    def record(self, findings: Findings, name: str, status: Status) -> Findings:
        """The same findings with this fact set."""
        return record(findings, self._places[name], status)

    def heighten(self, findings: Findings, name: str, status: Status) -> Findings:
        """The same findings with this fact set to `status` if that is of more concern than what is known."""
        return self.record(findings, name, status) if status > self.status(findings, name) else findings

    def names_of(self, findings: Findings) -> dict[str, str]:
        """Every fact that is known: name -> status in lower case, for records."""
        return {
            name: status_of(findings, place).name.lower()
            for name, place in self._places.items()
            if status_of(findings, place)
        }

    def from_names(self, known: Mapping[str, str]) -> Findings:
        """The inverse of `names_of`. Raises KeyError for an unknown fact or status."""
        findings = self.nothing
        for name, status in known.items():
            findings = self.record(findings, name, Status[status.upper()])
        return findings
