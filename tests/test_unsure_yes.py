"""A yes that was not surely heard is read back, or put again, whatever had been asked."""

from __future__ import annotations

import pytest
from shipped import dialogue_in

from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.model import Answer, Question
from voice_triage.understanding.hearing import Hearing

TALK = dialogue_in("uk").with_ears(weak=True)  # it asks the short menu, too
YES_OR_NO = [each for each in TALK.protocol.questions if each.answer in (Answer.YES_NO, Answer.CHOICE)]


@pytest.mark.parametrize("question", YES_OR_NO, ids=lambda question: question.id)
@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.ASKING_AGAIN])
def test_a_hedged_yes_is_put_to_the_person_again_and_not_taken(question: Question, phase: Phase) -> None:
    asked = Asked(question.id, Kind.YES_NO)
    turn = TALK.hear(
        State(phase, TALK.protocol.facts.nothing, asked, trail=(question.id,)), Hearing.typed("i think so")
    )
    assert turn.say[-1].endswith("?")
    assert turn.state.asked is not None
    assert turn.state.asked.fact == question.id
