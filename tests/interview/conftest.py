"""The real protocol, for tests of the interview."""

from __future__ import annotations

import pytest
from blocks import walks
from joining import Joins
from walking import Walked, Walker

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.interview.machine import Interview
from voice_triage.interview.policy import Policy
from voice_triage.protocol.model import Protocol


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return build_protocol(read_files(find_intents()))


@pytest.fixture(scope="session")
def interview(protocol: Protocol) -> Interview:
    return Interview(protocol, Policy())


@pytest.fixture(scope="session")
def weak_interview(protocol: Protocol) -> Interview:
    return Interview(protocol, Policy(weak_ears=True))


@pytest.fixture(scope="session")
def joins(protocol: Protocol) -> Joins:
    return Joins(protocol)


@pytest.fixture(scope="session")
def walker(interview: Interview, joins: Joins) -> Walker:
    return Walker(interview, joins)


@pytest.fixture(scope="session")
def weak_walker(weak_interview: Interview, joins: Joins) -> Walker:
    return Walker(weak_interview, joins)


@pytest.fixture(scope="session")
def walked(walker: Walker, weak_walker: Walker) -> list[Walked]:
    """Every block, against every background that matters to it."""
    return [walked for _, walked in walks(walker, weak_walker)]
