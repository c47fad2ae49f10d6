"""What the tests of the hosts share."""

from __future__ import annotations

import pytest
from people import Room

from voice_triage.content.loading import load
from voice_triage.dialogue import Dialogue


@pytest.fixture(scope="session")
def dialogue() -> Dialogue:
    return load(region="uk")


@pytest.fixture
def room(dialogue: Dialogue) -> Room:
    return Room(dialogue)
