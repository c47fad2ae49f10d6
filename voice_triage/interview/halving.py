"""A number from whoever can only say yes or no: "Are you sixty or older?", as far as a rule needs to know."""

from __future__ import annotations

from voice_triage.interview.asking import settle_number
from voice_triage.interview.effects import Asked, Kind
from voice_triage.interview.events import Answered, Measured
from voice_triage.interview.grounds import Grounds, Step
from voice_triage.interview.prompting import halfway
from voice_triage.interview.state import Phase, State
from voice_triage.protocol.status import Status

WIDE = 50
"""From the least to the most: so much is told by yes or no to "Are you over fifty?", in years."""
LONGEST = 36_500
"""Days: no back pain lasts longer than a hundred years."""


def halve(on: Grounds, state: State, low: int, high: int) -> Step:
    """The number lies between these: ask for its half, unless every rule is served with that."""
    question = on.open_question(state)
    if halfway(question, low, high) is None:
        return settle_number(on, state, Measured(low, high), Status.UNANSWERED)
    asked = Asked(question.id, Kind.YES_NO)
    return on.put(state._replace(phase=Phase.ASKING_AGAIN, asked=asked, measured=(low, high), misses=0))


def half_answered(on: Grounds, state: State, event: Answered) -> Step:
    """Yes or no to a half: go on with it. In doubt the number stays as wide as it is."""
    low, high = state.measured or (0, LONGEST)
    middle = halfway(on.open_question(state), low, high)
    if middle is None or event.status not in (Status.PRESENT, Status.ABSENT):
        return settle_number(on, state, Measured(low, high), Status.UNANSWERED)
    return halve(on, state, *((middle, high) if event.status is Status.PRESENT else (low, middle - 1)))
