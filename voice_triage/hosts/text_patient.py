"""A person of a measuring set, who answers by written words what the dialogue asks."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.dialogue import Dialogue, Turn
from voice_triage.hosts.patient_cases import PatientCase, spoken_age
from voice_triage.interview.effects import Kind
from voice_triage.interview.state import Doubt, Phase
from voice_triage.protocol.model import Answer, Ears, Question
from voice_triage.protocol.status import Status
from voice_triage.understanding.cleaning import clean
from voice_triage.understanding.numbers import times

YES, NO, NOT_SURE = "Yes.", "No.", "I'm not sure."
SILENCE = ""
_BY_ATTRIBUTE = {"sudden": "sudden", "worse": "worse", "severe": "severe"}
"""Follow-up -> attribute of the case that answers it."""
_UNCHANGED = frozenset({"old", "same", "unchanged"})
"""Follow-ups that ask whether it is as it was before; the attribute is <code>_old."""
_WHICH = frozenset({"weight", "tired", "procedure", "numb", "early"})
"""Follow-ups that ask which of two the finding is: no case tells. What comes beside it (tearing, vomiting)
a case would tell, so that it is denied where there is no word of it."""
_DAYS_IN_A_WEEK = 7
_NEAR = 0.1
"""Weeks and months are rounded when they are read back; so much of the true length may be off."""


class TextPatient:
    """Answers of one case. Sees the words that are put to it, and who asks for what; nothing of the rules."""

    def __init__(self, case: PatientCase, dialogue: Dialogue) -> None:
        self._case = case
        self._protocol = dialogue.protocol
        self._lexicon = dialogue.lexicon
        self._said = 0
        self.unforeseen: list[str] = []
        """Codes of questions that the case has no words for: denied, as it tells of all that is there."""

    def reply(self, turn: Turn) -> str:
        """What the person says to this turn; "" is silence."""
        if turn.listen is None:
            return SILENCE
        asked = turn.listen.asked
        match asked.kind:
            case Kind.DENIALS:
                return self._to_denials(turn)
            case Kind.MORE:
                return NO
            case Kind.OFFER:
                return self._plain(False) if turn.state.phase is Phase.OFFERING else SILENCE
        if turn.state.phase is Phase.ALARMED:  # no case is about a danger unless it says so
            return self._plain(asked.fact in self._case.facts and self._case.fact(asked.fact))
        question = self._protocol.question(asked.fact.partition(".")[0])
        if asked.kind is Kind.READBACK:
            return self._to_readback(question, " ".join(turn.say))
        if turn.state.phase is Phase.FOLLOWING_UP:
            return self._to_follow_up(question, asked.fact.partition(".")[2], turn)
        return self._to_question(question, first=turn.state.phase is Phase.ASKING)

    def _to_question(self, question: Question, first: bool) -> str:
        case = self._case
        if question.answer is Answer.FREE and question.code == "G1":
            return case.opener
        for answers in (case.answers, case.preliminary):
            for name in (question.code, question.id):
                if name in answers:
                    return answers[name] if first else case.clarifiers.get(name, answers[name])
        if case.plain is not None and question.answer is Answer.AGE:
            return spoken_age(case.age)
        if question.ears is Ears.WEAK:
            return self._plain(self._any_of(dict(question.chase).get(Status.PRESENT, ())))
        if case.plain is None:
            self.unforeseen.append(question.code)
        return self._plain(case.fact(question.id) if question.id in case.facts else False)

    def _any_of(self, facts: Sequence[str]) -> bool | None:
        """The answer to a menu, which only weak ears need: by what it leads to."""
        there = [self._case.fact(fact) for fact in facts if fact in self._case.facts]
        return True if True in there else None if None in there else False

    def _plain(self, there: bool | None) -> str:
        """A plain answer; each way of saying it in turn."""
        ways = self._case.plain
        if ways is None:
            return {True: YES, False: NO, None: NOT_SURE}[there]
        self._said += 1
        chosen = {True: ways.yes, False: ways.no, None: ways.unsure}[there]
        return chosen[self._said % len(chosen)]

    def _to_follow_up(self, question: Question, part: str, turn: Turn) -> str:
        case = self._case
        there = case.fact(question.id)
        onset = turn.listen is not None and turn.listen.asked.kind is Kind.ONSET
        if turn.state.doubt is Doubt.CLAIMED and there is None:
            return self._plain(None)
        if (turn.state.doubt is Doubt.CLAIMED or onset) and there is False:
            return case.readback_no  # what is said to be there was never told
        if (own := f"{question.code}.{part}") in case.answers:
            return case.answers[own]
        if onset:
            return case.when
        named = f"{question.code}_{'old' if part in _UNCHANGED else part}"
        attribute = named if named in case.attributes or part in _UNCHANGED else _BY_ATTRIBUTE.get(part)
        if attribute is None and part in _WHICH:
            return self._plain(None)
        return self._plain(attribute is not None and case.attributes.get(attribute) is True)

    def _to_readback(self, question: Question, prompt: str) -> str:
        right = self._is_right(question, prompt)
        if right is None:
            return self._plain(None)
        return self._case.readback_yes if right else self._case.readback_no

    def _is_right(self, question: Question, prompt: str) -> bool | None:
        """What was read back agrees with the case; None: the case does not know."""
        if question.answer is Answer.AGE:
            return str(round(self._case.age)) in "".join(c if c.isdigit() else " " for c in prompt).split()
        told = times(clean(prompt, self._lexicon.spelling).words, self._lexicon.numbers)
        if question.id in self._case.facts or not told:
            return self._case.fact(question.id)
        weeks = self._case.attributes.get("weeks")
        if not isinstance(weeks, int | float):
            return None
        low, high = weeks * _DAYS_IN_A_WEEK * (1 - _NEAR), weeks * _DAYS_IN_A_WEEK * (1 + _NEAR)
        return any(each.low <= high and low <= each.high for each in told)

    def _to_denials(self, turn: Turn) -> str:
        facts, findings = self._protocol.facts, turn.state.findings
        denied = [
            question.id
            for question in self._protocol.questions
            if question.denial and facts.status(findings, question.id) is Status.ABSENT
        ]
        return self._plain(not all(self._case.fact(fact) is False for fact in denied))
