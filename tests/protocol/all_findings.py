"""Questions about all findings at once, answered by a SAT solver: no finding is sampled, none is left out.

Findings have one bit for each status of each fact; here each bit is a variable, and a condition is what
`voice_triage.protocol.conditions` makes of it, written out in clauses. `some` asks whether findings exist
for which a list of things is so; if not, that is a proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pysat.card import CardEnc, EncType
from pysat.formula import IDPool
from pysat.solvers import Solver

from voice_triage.protocol.conditions import AtLeast, Condition
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

_WIDTH = len(Status)


class AllFindings:
    """Every combination of statuses of the facts of one protocol; `others` sets of them, side by side."""

    def __init__(self, protocol: Protocol, sets: int = 1) -> None:
        self.protocol = protocol
        self.facts = protocol.facts
        self._size = _WIDTH * len(protocol.facts.names)
        self.pool = IDPool(start_from=sets * self._size + 1)
        self.solver = Solver(name="cadical153")
        self._urgent: dict[tuple[Urgency, int], int] = {}
        self.true = self.pool.id("true")
        self.solver.add_clause([self.true])
        for which in range(sets):
            for name in protocol.facts.names:
                self._exactly_one([self.is_(name, status, which) for status in Status])

    def _exactly_one(self, literals: Sequence[int]) -> None:
        self.solver.add_clause(list(literals))
        for i, one in enumerate(literals):
            for two in literals[:i]:
                self.solver.add_clause([-one, -two])

    def is_(self, fact: str, status: Status, which: int = 0) -> int:
        """The literal that the fact has this status."""
        return which * self._size + _WIDTH * self.facts.place(fact) + status + 1

    def one_of(self, fact: str, statuses: Iterable[Status], which: int = 0) -> int:
        """The literal that the fact has one of these statuses."""
        return self.any_of([self.is_(fact, status, which) for status in statuses])

    def any_of(self, literals: Sequence[int]) -> int:
        """The literal that at least one of these is so."""
        key = ("any", tuple(sorted(set(literals))))
        known = key in self.pool.obj2id
        one: int = self.pool.id(key)
        if not known:
            self.solver.add_clause([-one, *literals])
            for each in literals:
                self.solver.add_clause([one, -each])
        return one

    def all_of(self, literals: Sequence[int]) -> int:
        """The literal that all of these are so."""
        return -self.any_of([-each for each in literals])

    def at_least(self, count: int, literals: Sequence[int]) -> int:
        """The literal that at least so many of these are so."""
        if count == 1:
            return self.any_of(literals)
        if count == len(literals):
            return self.all_of(literals)
        key = ("at_least", count, tuple(literals))
        known = key in self.pool.obj2id
        enough: int = self.pool.id(key)
        if not known:
            bounds = (
                (enough, CardEnc.atleast(literals, count, vpool=self.pool, encoding=EncType.seqcounter)),
                (-enough, CardEnc.atmost(literals, count - 1, vpool=self.pool, encoding=EncType.seqcounter)),
            )
            for sign, bound in bounds:
                for clause in bound.clauses:
                    self.solver.add_clause([-sign, *clause])
        return enough

    def holds(self, condition: Condition, which: int = 0) -> int:
        """The literal that a condition of the protocol holds."""
        if isinstance(condition, AtLeast):
            return self.at_least(condition.count, [self.holds(part, which) for part in condition.parts])
        return self.all_of([self.any_of(self._bits(mask, which)) for mask in condition.held])

    def _bits(self, mask: int, which: int) -> list[int]:
        return [which * self._size + bit + 1 for bit in range(mask.bit_length()) if mask >> bit & 1]

    def at_least_as_urgent(self, urgency: Urgency, which: int = 0) -> int:
        """The literal that the urgency is this one or a higher one."""
        if urgency is Urgency.SELF_CARE:
            return self.true
        if (urgency, which) not in self._urgent:
            rules = [rule for rule in self.protocol.rules if rule.urgency >= urgency]
            self._urgent[urgency, which] = self.any_of([self.holds(rule.when, which) for rule in rules])
        return self._urgent[urgency, which]

    def same(self, fact: str) -> int:
        """The literal that the fact has the same status in the first two sets of findings."""
        key = ("same", fact)
        known = key in self.pool.obj2id
        same: int = self.pool.id(key)
        if not known:
            for status in Status:
                one, two = self.is_(fact, status, 0), self.is_(fact, status, 1)
                self.solver.add_clause([-same, -one, two])
                self.solver.add_clause([-same, one, -two])
        return same

    def by_ambulance(self) -> int:
        """The literal that an ambulance is called if it is an emergency."""
        emergencies = (rule for rule in self.protocol.rules if rule.mode is Mode.CALL)
        called = [self.holds(rule.when) for rule in emergencies]
        return self.any_of(
            [*called, *([self.holds(self.protocol.call_when)] if self.protocol.call_when else [])]
        )

    def only_real(self, sets: int = 1) -> None:
        """From now on numbers agree with themselves, as they do in every interview: nobody is over 50 and under 16."""
        for which in range(sets):
            for question in self.protocol.questions:
                bands = [f"{question.id}.{band}" for band in question.bands]
                for low, high in pairwise(bands):
                    self._in_order(low, high, which)
                if bands:  # a number is no "no"
                    self.demand(-self.is_(question.id, Status.ABSENT, which))
                parts = [f.fact for f in question.follow_ups] if bands else []
                for part in parts:  # what is left open of how long it has lasted was asked
                    for status in (Status.UNSURE, Status.UNANSWERED):
                        self.demand(
                            -self.is_(part, status, which), -self.is_(question.id, Status.NOT_ASKED, which)
                        )
        for which in range(sets):
            self.demand(-self.is_(f"age.{self.protocol.question('age').bands[0]}", Status.NOT_ASKED, which))

    def _in_order(self, low: str, high: str, which: int) -> None:
        def status(fact: str, status: Status) -> int:
            return self.is_(fact, status, which)

        self.demand(-status(high, Status.PRESENT), status(low, Status.PRESENT))
        self.demand(-status(low, Status.ABSENT), status(high, Status.ABSENT))
        for both in (Status.NOT_ASKED, Status.UNANSWERED):
            self.demand(-status(low, both), status(high, both))
            self.demand(-status(high, both), status(low, both))

    def demand(self, *literals: int) -> None:
        """From now on at least one of these is so."""
        self.solver.add_clause(list(literals))

    def some(self, literals: Sequence[int], which: int = 0) -> Findings | None:
        """Findings for which all of these are so; None if there are none, which is then proved."""
        if not self.solver.solve(assumptions=list(literals)):
            return None
        model = set(self.solver.get_model()[: (which + 1) * self._size])
        return sum(1 << bit for bit in range(self._size) if which * self._size + bit + 1 in model)
