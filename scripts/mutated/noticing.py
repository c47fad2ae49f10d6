"""Which test notices a mutant: pytest collects once, and a fork of it runs the tests on each mutant.

In the fork `find_intents` finds the mutated folder, and every test module is executed again, so that what it
read at the top is read from there. Of each mutant the cheapest tests that can notice it come first, and the
first that fails ends it. The walk through the interview comes last, on what nothing else has noticed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from voice_triage.content import locating

from .content import lay_out
from .harmless import HARMLESS
from .mutants import Mutant

TABLE = "tests/protocol/test_decision_table.py::test_the_rules_agree_with_the_table"
MACHINE = "tests/interview/test_machine.py"
FLAGS = "tests/interview/test_flags.py"
SUICIDAL = "tests/test_suicidal_flow.py"
CONVERSATIONS = "tests/test_conversations.py"
POLARITY = "tests/test_polarity.py"
AGREEMENT = "tests/protocol/test_independent_rules.py::test_the_rules_and_the_table_agree_on_all_findings"
INVARIANTS = "tests/protocol/test_decision_table.py"
SENTENCES = "tests/understanding/test_sentences.py"
UNDERSTANDING = "tests/understanding/"
WALK = "tests/interview/test_walk.py"
FILES = ("tests/protocol", "tests/interview", SUICIDAL, CONVERSATIONS, POLARITY)
LEFT_OUT = ("tests/understanding/test_properties.py",)
"""Draws its cases: what it notices in one run it may not in the next."""
WHAT_FOLLOWS = (TABLE, AGREEMENT, MACHINE, FLAGS, SUICIDAL, CONVERSATIONS)
WHAT_IS_ASKED = (FLAGS, MACHINE, SUICIDAL, TABLE, CONVERSATIONS)
WHAT_IS_MEANT = (SENTENCES, UNDERSTANDING, POLARITY, CONVERSATIONS, SUICIDAL)
_FOLLOWS = ("rule", "tier", "mode", "part", "state", "term", "group")
_ASKED = ("gate", "chase", "flag", "follow_up", "danger", "end", "call", "call_text")
TESTS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(_FOLLOWS, WHAT_FOLLOWS),
    **dict.fromkeys(
        ("gate", "chase", "flag", "follow_up", "danger", "end", "call", "call_text"), WHAT_IS_ASKED
    ),
    **dict.fromkeys(("present", "absent", "interrupt"), WHAT_IS_MEANT),
}
"""Kind of mutant -> the beginnings of the names of the tests that may notice it, in the order of running."""
AT_LAST = (INVARIANTS, WALK)
"""They take a minute: for what nothing else has noticed, unless it only changes what is understood."""
FOR_THE_HARMLESS = 2
"""So many of the beginnings are enough to see whether a mutant that is held to be harmless is not."""
LONGEST = 900
"""Seconds after which a mutant's interview is held to go on for ever."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    noticed_by: str
    """The first test that failed; empty when none did."""


class _Tests:
    """The plugin: it takes the place of pytest's own loop over the tests."""

    def __init__(self, then: Callable[[Sequence[pytest.Function]], None]) -> None:
        self._then = then

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand over what was collected. From here on pytest has nothing to tell."""
        session.config.pluginmanager.unregister(name="terminalreporter")
        tests = (item for item in session.items if isinstance(item, pytest.Function))
        self._then([test for test in tests if not test.nodeid.startswith(LEFT_OUT)])
        return True


@dataclass(frozen=True)
class Trial:
    """How mutants of the content in a folder are tried."""

    folder: Path
    walk: bool = True
    """What nothing else has noticed, and should be, is put to the tests that take a minute, too."""
    processes: int = 2
    told: Callable[[Outcome], None] = lambda outcome: None
    """Told of each mutant as soon as its outcome is known."""

    def of(self, mutants: Sequence[Mutant], root: Path) -> tuple[list[Outcome], list[str]]:
        """What becomes of each mutant, and which tests fail without any: nothing follows from them."""
        outcomes: list[Outcome] = []
        failing: list[str] = []

        def run(items: Sequence[pytest.Function]) -> None:
            for item in items:
                _code(item.module)
            failing.extend(self._failing(items, {mutant.kind for mutant in mutants}))
            sound = [item for item in items if item.nodeid not in failing]
            outcomes.extend(self._outcomes(mutants, sound))

        phrases = any(TESTS[mutant.kind] is WHAT_IS_MEANT for mutant in mutants)
        files = [*FILES, *([UNDERSTANDING] if phrases else [])]
        os.chdir(root)
        code = pytest.main(["-qq", "-p", "no:cacheprovider", "--tb=no", *files], [_Tests(run)])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            sys.exit(f"the tests cannot be collected: {code!r}")
        return outcomes, failing

    def _beginnings(self, kind: str) -> Sequence[str]:
        slow = AT_LAST if self.walk and TESTS[kind] is not WHAT_IS_MEANT else ()
        return (*TESTS[kind], *slow)

    def _failing(self, items: Sequence[pytest.Function], kinds: Iterable[str]) -> list[str]:
        wanted = _beginning_with(items, [each for kind in kinds for each in self._beginnings(kind)])
        return _Fork(lambda: _run(wanted, self.folder, at_first=False)).answer()

    def _outcomes(self, mutants: Sequence[Mutant], items: Sequence[pytest.Function]) -> Iterator[Outcome]:
        waiting = list(reversed(mutants))
        running: list[tuple[Mutant, _Fork]] = []
        while waiting or running:
            while waiting and len(running) < self.processes:
                mutant = waiting.pop()
                running.append((mutant, _Fork(partial(self._noticing, mutant, items))))
            ready = [pair for pair in running if pair[1].has_ended()]
            for pair in ready:
                running.remove(pair)
                outcome = Outcome(pair[0], next(iter(pair[1].answer()), ""))
                self.told(outcome)
                yield outcome
            if not ready:
                time.sleep(0.02)

    def _noticing(self, mutant: Mutant, items: Sequence[pytest.Function]) -> list[str]:
        with tempfile.TemporaryDirectory(prefix="mutant-") as home:
            beginnings = self._beginnings(mutant.kind)[
                : FOR_THE_HARMLESS if mutant.name in HARMLESS else None
            ]
            wanted = _beginning_with(items, beginnings)
            return _run(wanted, lay_out(self.folder, mutant.changed, Path(home)))


def _beginning_with(items: Sequence[pytest.Function], beginnings: Sequence[str]) -> list[pytest.Function]:
    """The tests whose names begin so, in that order."""
    found: dict[str, pytest.Function] = {}
    for beginning in beginnings:
        found |= {item.nodeid: item for item in items if item.nodeid.startswith(beginning)}
    return list(found.values())


def _run(items: Sequence[pytest.Function], intents: Path, at_first: bool = True) -> list[str]:
    """Names of the tests that fail on this folder; only the first, unless told otherwise."""
    locating._PACKAGE = intents.parent
    failed: list[str] = []
    read_again: set[ModuleType] = set()
    for i, item in enumerate(items):
        module = item.module
        if module not in read_again:
            read_again.add(module)
            try:
                exec(_code(module), module.__dict__)  # noqa: S102 - a test of the project
            except Exception as error:  # whatever it is, this content is refused
                return [f"{item.nodeid.partition('::')[0]}: {type(error).__name__}"]
        before = item.session.testsfailed
        next_item = items[i + 1] if i + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=next_item)
        if item.session.testsfailed > before:
            failed.append(item.nodeid)
            if at_first:
                break
    return failed


@cache
def _code(module: ModuleType) -> CodeType:
    """Of a test module, as it was when the tests were collected."""
    source = Path(str(module.__file__))
    return compile(source.read_bytes(), source, "exec")


class _Fork:
    """A copy of this process that works out a list of names."""

    def __init__(self, work: Callable[[], list[str]]) -> None:
        self._status: int | None = None
        self._result = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `answer`
        self._pid = os.fork()
        if self._pid == 0:
            self._be_the_copy(work)

    def _be_the_copy(self, work: Callable[[], list[str]]) -> None:
        code = 1
        try:
            signal.alarm(LONGEST)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            self._result.write(json.dumps(work()).encode())
            self._result.flush()
            code = 0
        finally:
            os._exit(code)

    def has_ended(self) -> bool:
        """It is done, in whatever way."""
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    def answer(self) -> list[str]:
        """What it worked out, when it has ended."""
        if self._status is None:
            self._status = os.waitpid(self._pid, 0)[1]
        if self._status:
            return ["it does not come to an end"]
        self._result.seek(0)
        names: list[str] = json.loads(self._result.read())
        self._result.close()
        return names
