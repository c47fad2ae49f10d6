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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from voice_triage.content import locating

from .content import lay_out
from .mutants import Mutant

TABLE = "tests/protocol/test_decision_table.py::test_the_rules_agree_with_the_table"
MACHINE = "tests/interview/test_machine.py"
FLAGS = "tests/interview/test_flags.py"
SUICIDAL = "tests/test_suicidal_flow.py"
CONVERSATIONS = "tests/test_conversations.py"
POLARITY = "tests/test_polarity.py"
INVARIANTS = "tests/protocol/test_decision_table.py"
SENTENCES = "tests/understanding/test_sentences.py"
UNDERSTANDING = "tests/understanding/"
WALK = "tests/interview/test_walk.py"
FILES = ("tests/protocol/test_decision_table.py", "tests/interview", SUICIDAL, CONVERSATIONS, POLARITY)
LEFT_OUT = ("tests/understanding/test_properties.py",)
"""Draws its cases: what it notices in one run it may not in the next."""
WHAT_FOLLOWS = (TABLE, MACHINE, FLAGS, SUICIDAL, CONVERSATIONS)
WHAT_IS_ASKED = (FLAGS, MACHINE, SUICIDAL, TABLE, CONVERSATIONS)
WHAT_IS_MEANT = (SENTENCES, UNDERSTANDING, POLARITY, CONVERSATIONS, SUICIDAL)
TESTS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("rule", "tier", "mode", "part", "state", "term", "group"), WHAT_FOLLOWS),
    **dict.fromkeys(("gate", "chase", "flag", "follow_up", "danger", "end", "call", "call_text"), WHAT_IS_ASKED),
    **dict.fromkeys(("present", "absent", "interrupt"), WHAT_IS_MEANT),
}
"""Kind of mutant -> the beginnings of the names of the tests that may notice it, in the order of running."""
AT_LAST = (INVARIANTS, WALK)
"""They take a minute: only for what nothing else has noticed, and what does not only change what is understood."""
LONGEST = 900
"""Seconds after which a mutant's interview is held to go on for ever."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    noticed_by: str
    """The first test that failed; empty when none did."""
    seconds: float


class _Tests:
    """The plugin: it takes the place of pytest's own loop over the tests."""

    def __init__(self, then: Callable[[Sequence[pytest.Item]], None]) -> None:
        self._then = then

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand over what was collected. From here on pytest has nothing to tell."""
        session.config.pluginmanager.unregister(name="terminalreporter")
        self._then([item for item in session.items if not item.nodeid.startswith(LEFT_OUT)])
        return True


def notice(
    mutants: Sequence[Mutant],
    folder: Path,
    root: Path,
    *,
    processes: int = 2,
    walk: bool = True,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[list[Outcome], list[str]]:
    """What becomes of each mutant of the content in `folder`, and which tests fail without any."""
    outcomes: list[Outcome] = []
    failing: list[str] = []

    def run(items: Sequence[pytest.Item]) -> None:
        failing.extend(_failing(items, folder, {mutant.kind for mutant in mutants}, walk))
        sound = [item for item in items if item.nodeid not in failing]
        outcomes.extend(_all(mutants, sound, folder, processes, walk, told))

    phrases = any(TESTS[mutant.kind] is WHAT_IS_MEANT for mutant in mutants)
    arguments = [*FILES, *([UNDERSTANDING] if phrases else [])]
    os.chdir(root)
    code = pytest.main(
        ["-qq", "-p", "no:cacheprovider", "--tb=no", *arguments], [_Tests(run)]
    )
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        sys.exit(f"the tests cannot be collected: {code!r}")
    return outcomes, failing


def _ordered(items: Sequence[pytest.Item], beginnings: Sequence[str]) -> list[pytest.Item]:
    found: dict[str, pytest.Item] = {}
    for beginning in beginnings:
        found |= {item.nodeid: item for item in items if item.nodeid.startswith(beginning)}
    return list(found.values())


def _failing(items: Sequence[pytest.Item], folder: Path, kinds: set[str], walk: bool) -> list[str]:
    """Tests that fail on the content as it is: nothing follows from them."""
    beginnings = tuple(dict.fromkeys(each for kind in kinds for each in TESTS[kind]))
    wanted = _ordered(items, (*beginnings, *AT_LAST) if walk else beginnings)
    fork = _Fork(lambda: _run(wanted, folder, at_first=False))
    return fork.answer()


def _all(
    mutants: Sequence[Mutant],
    items: Sequence[pytest.Item],
    folder: Path,
    processes: int,
    walk: bool,
    told: Callable[[Outcome], None],
) -> Iterator[Outcome]:
    waiting, running = list(reversed(mutants)), []
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            beginnings = TESTS[mutant.kind]
            if walk and beginnings is not WHAT_IS_MEANT:
                beginnings = (*beginnings, *AT_LAST)
            wanted = _ordered(items, beginnings)
            running.append((mutant, _Fork(lambda m=mutant, w=wanted: _on(m, w, folder))))
        ready = [pair for pair in running if pair[1].has_ended()]
        for pair in ready:
            running.remove(pair)
            failed = pair[1].answer()
            outcome = Outcome(pair[0], failed[0] if failed else "", pair[1].seconds)
            told(outcome)
            yield outcome
        if not ready:
            time.sleep(0.02)


def _on(mutant: Mutant, items: Sequence[pytest.Item], folder: Path) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="mutant-") as home:
        return _run(items, lay_out(folder, mutant.changed, Path(home)))


def _run(items: Sequence[pytest.Item], intents: Path, at_first: bool = True) -> list[str]:
    """Names of the tests that fail on this folder; only the first, unless told otherwise."""
    locating._PACKAGE = intents.parent
    failed: list[str] = []
    read_again: set[ModuleType] = set()
    for i, item in enumerate(items):
        module = item.module
        if module not in read_again:
            read_again.add(module)
            try:
                _read_again(module)
            except Exception as error:  # noqa: BLE001 - whatever it is, this content is refused
                return [f"{item.nodeid.partition('::')[0]}: {type(error).__name__}"]
        before = item.session.testsfailed
        next_item = items[i + 1] if i + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=next_item)
        if item.session.testsfailed > before:
            failed.append(item.nodeid)
            if at_first:
                break
    return failed


def _read_again(module: ModuleType) -> None:
    """What the module read from intents/ when it was imported is read from where they are now."""
    source = Path(str(module.__file__))
    exec(compile(source.read_bytes(), source, "exec"), module.__dict__)  # noqa: S102 - a test of the project


class _Fork:
    """A copy of this process that works out a list of names."""

    def __init__(self, work: Callable[[], list[str]]) -> None:
        self._began = time.monotonic()
        self.seconds = 0.0
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
            self._end(status if pid else None)
        return self._status is not None

    def answer(self) -> list[str]:
        """What it worked out, when it has ended."""
        if self._status is None:
            self._end(os.waitpid(self._pid, 0)[1])
        if self._status:
            return ["it does not come to an end"]
        self._result.seek(0)
        names: list[str] = json.loads(self._result.read())
        self._result.close()
        return names

    def _end(self, status: int | None) -> None:
        self._status = status
        self.seconds = time.monotonic() - self._began
