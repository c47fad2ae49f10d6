"""What the tests of the hosts share."""

from __future__ import annotations

import pytest
from people import Room
from shipped import dialogue_in

from voice_triage.dialogue import Dialogue


@pytest.fixture(scope="session")
def dialogue() -> Dialogue:
    return dialogue_in("uk")


@pytest.fixture
def room(dialogue: Dialogue) -> Room:
    return Room(dialogue)
