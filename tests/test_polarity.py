"""In every wording of every question a plain "yes" means that the finding is there, a plain "no" that it is not."""

from __future__ import annotations

import pytest
from shipped import dialogue_in

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.interpret import interpret

DIALOGUE = dialogue_in("uk")
WEAK = dialogue_in("uk").with_ears(weak=True)
FACTS = DIALOGUE.protocol.facts
ASKED = [
    (phase, Asked(question.id, Kind.YES_NO))
    for question in DIALOGUE.protocol.questions
    if question.answer is Answer.YES_NO
    for phase in (Phase.ASKING, Phase.ASKING_AGAIN, *([Phase.CHECKING] if question.has_check else []))
]
FOLLOW_UPS = [
    Asked(follow_up.fact, Kind.ONSET if follow_up.onset else Kind.YES_NO)
    for question in DIALOGUE.protocol.questions
    for follow_up in question.follow_ups
]


def after(state: State, word: str) -> State:
    """The state once this word and any read-back's yes were heard."""
    only_weak = state.asked is not None and state.asked.fact.startswith("menu_")
    dialogue = WEAK if only_weak else DIALOGUE
    turn = dialogue.hear(state, Hearing.typed(word))
    while turn.state.phase is Phase.READING_BACK:
        turn = dialogue.hear(turn.state, Hearing.typed("yes"))
    return turn.state


def test_there_are_wordings_to_try() -> None:
    assert len(ASKED) > 30
    assert len(FOLLOW_UPS) > 10


@pytest.mark.parametrize(("phase", "asked"), ASKED, ids=lambda value: getattr(value, "fact", value))
@pytest.mark.parametrize(("word", "status"), [("yes", Status.PRESENT), ("no", Status.ABSENT)])
def test_a_plain_yes_means_there_and_a_plain_no_means_not(
    phase: Phase, asked: Asked, word: str, status: Status
) -> None:
    state = State(phase=phase, asked=asked, trail=(asked.fact,))
    assert FACTS.status(after(state, word).findings, asked.fact) is status


@pytest.mark.parametrize("asked", FOLLOW_UPS, ids=lambda asked: asked.fact)
@pytest.mark.parametrize(("word", "status"), [("yes", Status.PRESENT), ("no", Status.ABSENT)])
def test_so_it_is_with_follow_ups(asked: Asked, word: str, status: Status) -> None:
    findings = FACTS.record(0, asked.fact.partition(".")[0], Status.PRESENT)
    state = State(
        phase=Phase.FOLLOWING_UP, asked=asked, findings=findings, follow_ups_put=frozenset({asked.fact})
    )
    assert FACTS.status(after(state, word).findings, asked.fact) is status


@pytest.mark.parametrize(
    ("heard", "status"), [("yes", Status.PRESENT), ("that's right", Status.PRESENT), ("no", Status.ABSENT)]
)
def test_so_it_is_with_read_backs(heard: str, status: Status) -> None:
    event = interpret(Hearing.typed(heard), Asked("urinary_leak", Kind.READBACK), DIALOGUE.lexicon).event
    assert isinstance(event, Answered)
    assert event.status is status
