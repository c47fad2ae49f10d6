"""Judges the triage: whole interviews with written patients, against how soon each must be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from voice_triage.dialogue import Conclusion, Dialogue, Turn
from voice_triage.hosts.patient_cases import PatientCase
from voice_triage.hosts.text_patient import TextPatient
from voice_triage.interview.state import Phase
from voice_triage.protocol.urgency import Mode, Urgency
from voice_triage.understanding.hearing import Hearing

LONGEST = 300
"""Turns; an interview that is not over by then has no end."""
_ASKING = frozenset({Phase.ASKING, Phase.ASKING_AGAIN, Phase.CHECKING})


@dataclass(frozen=True)
class Exchange:
    """One turn, for people who want to see how it went."""

    said: tuple[str, ...]
    answer: str
    read_as: Mapping[str, Any]


@dataclass(frozen=True)
class Interviewed:
    """How the interview with one case went."""

    case: PatientCase
    conclusion: Conclusion | None
    """The first one; None: it came to none."""
    asked: tuple[str, ...]
    """Codes of the counted questions that were put until then, in order."""
    words: int
    """Spoken to the person before the advice."""
    unforeseen: tuple[str, ...]
    """Codes of questions that the case has no words for."""
    exchanges: tuple[Exchange, ...]

    @property
    def got(self) -> Urgency | None:
        """How urgent it was found to be."""
        return self.conclusion.urgency if self.conclusion else None

    @property
    def mode(self) -> Mode | None:
        """How to get help in an emergency."""
        return self.conclusion.mode if self.conclusion else None

    @property
    def tiers_low(self) -> int:
        """How far below the lowest acceptable urgency; 0 if it is not. No advice is below self-care."""
        got = -1 if self.got is None else self.got
        return max(0, self.case.acceptable[0] - got)


def interview(
    dialogue: Dialogue, case: PatientCase, ears: Callable[[str], Hearing] = Hearing.typed
) -> Interviewed:
    """The whole interview with this person, up to the first advice. `ears` hear what is said."""
    counted = dialogue.protocol.counted
    patient = TextPatient(case, dialogue)
    asked: list[str] = []
    exchanges: list[Exchange] = []
    words = 0
    turn = dialogue.open()
    while turn.conclusion is None and turn.listen is not None and len(exchanges) < LONGEST:
        words += _words(turn.say)
        fact = turn.listen.asked.fact
        if turn.state.phase in _ASKING and fact in counted and counted[fact] not in asked:
            asked.append(counted[fact])
        answer = patient.reply(turn)
        said = turn.say
        hearing = ears(answer) if answer.strip() else None
        turn = dialogue.hear(turn.state, hearing)
        exchanges.append(Exchange(said, answer, turn.record))
    words += _words(_before_advice(turn))
    return Interviewed(
        case, turn.conclusion, tuple(asked), words, tuple(dict.fromkeys(patient.unforeseen)), tuple(exchanges)
    )


def _before_advice(turn: Turn) -> Sequence[str]:
    if turn.conclusion is None or not turn.conclusion.advice:
        return ()
    return turn.say[: turn.say.index(turn.conclusion.advice[0])]


def _words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def summary(held: Sequence[Interviewed]) -> dict[str, Any]:
    """All of it as plain values for JSON."""
    gold_emergencies = [each for each in held if each.case.gold is Urgency.EMERGENCY]
    emergencies = [each for each in held if each.got is Urgency.EMERGENCY]
    others = [each for each in held if each.got is not Urgency.EMERGENCY]
    found = sum(each.got is Urgency.EMERGENCY for each in gold_emergencies)
    return {
        "n": len(held),
        "exact": sum(each.got is each.case.gold for each in held),
        "safe": sum(each.got is not None and each.got >= each.case.gold - 1 for each in held),
        "emergency_sensitivity": round(found / len(gold_emergencies), 4) if gold_emergencies else None,
        "under_triage": [each.case.id for each in held if each.tiers_low],
        "over_triage": [
            each.case.id for each in held if each.got is not None and each.got > each.case.acceptable[-1]
        ],
        "false_emergency": [
            each.case.id for each in emergencies if Urgency.EMERGENCY not in each.case.acceptable
        ],
        "wrong_mode": [
            each.case.id for each in held if each.case.gold_mode is Mode.CALL and each.mode is not Mode.CALL
        ],
        "worst_under_triage_tiers": max((each.tiers_low for each in held), default=0),
        "questions_to_emergency": _spread([len(each.asked) for each in emergencies]),
        # An emergency cuts an interview short: only the others show how long a whole one is.
        "questions_total": _spread([len(each.asked) for each in others]),
        "words_to_emergency": _spread([each.words for each in emergencies]),
        "cases": [_case(each) for each in held],
    }


def _spread(numbers: Sequence[int]) -> dict[str, float | None]:
    return {"median": median(numbers) if numbers else None, "max": max(numbers, default=None)}


def _case(held: Interviewed) -> dict[str, Any]:
    return {
        "id": held.case.id,
        "gold": held.case.gold.id,
        "acceptable": [urgency.id for urgency in held.case.acceptable],
        "got": held.got.id if held.got is not None else None,
        "mode": held.mode.value if held.mode else None,
        "rules": list(held.conclusion.rules) if held.conclusion else [],
        "questions": len(held.asked),
        "asked": list(held.asked),
        "unforeseen": list(held.unforeseen),
    }
