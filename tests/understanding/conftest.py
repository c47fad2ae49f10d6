"""The lexicon of the shipped English content, read once."""

from __future__ import annotations

import pytest
import shipped
from reading_as import Hear

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Event
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret
from voice_triage.understanding.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return shipped.lexicon()


@pytest.fixture(scope="session")
def hear(lexicon: Lexicon) -> Hear:
    """hear(question, text, kind): the event that a typed answer becomes."""

    def typed(question: str, text: str, kind: Kind = Kind.YES_NO) -> Event:
        for_other = question in ("who_for", "proxy_elsewhere", "proxy_drowsy")
        return interpret(Hearing.typed(text), Asked(question, kind), lexicon, for_other).event

    return typed
