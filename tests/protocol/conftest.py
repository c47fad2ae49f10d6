"""The real protocol, for tests of its rules."""

from __future__ import annotations

import pytest

from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.protocol.model import Protocol


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return build_protocol(read_files(find_intents()))
