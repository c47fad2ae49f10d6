"""From the state at the end, and what it came to, to the summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voice_triage.handover.summary import Outcome, Row, Summary
from voice_triage.interview.effects import Kind
from voice_triage.interview.uttered import Uttered
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Answer, FollowUp, Protocol, Question
from voice_triage.protocol.status import Status
from voice_triage.wording.phrasebook import Phrasebook


class Gathering:
    """Makes summaries for one protocol in one language."""

    def __init__(self, protocol: Protocol, book: Phrasebook, weak_ears: bool) -> None:
        self._protocol = protocol
        self._book = book
        self._weak_ears = weak_ears

    def gather(self, account: Sequence[Uttered], findings: Findings, outcome: Outcome) -> Summary:
        """The summary of an interview of which this was said, and whose outcome rests on `findings`."""
        protocol, facts = self._protocol, self._protocol.facts
        denials_stand = any(said.fact == "denials" and said.status is Status.ABSENT for said in account)
        rows = tuple(self._row(each, account, findings, denials_stand) for each in protocol.questions)
        return Summary(
            protocol=protocol.version,
            language=self._book.language,
            region=self._book.region.id,
            for_other=facts.status(findings, protocol.proxy_question) is Status.PRESENT,
            ended_early=facts.status(findings, protocol.ended_early) is Status.PRESENT,
            weak_ears=self._weak_ears,
            dangers=tuple(
                (name, "; ".join(_words(said for said in account if said.fact == f"interrupt.{name}")))
                for name in protocol.interrupts
                if facts.status(findings, f"interrupt.{name}") is Status.PRESENT
            ),
            rows=rows,
            outcome=outcome,
        )

    def _row(
        self, question: Question, account: Sequence[Uttered], findings: Findings, denials_stand: bool
    ) -> Row:
        said = [each for each in account if each.fact == question.id]
        status = self._status(question.id, said, findings)
        words = self._book.handover
        confirmed = any(each.put is Kind.READBACK and each.status is Status.PRESENT for each in said)
        numbers = [each.number for each in said if each.number is not None]
        measured = question.answer in (Answer.AGE, Answer.DURATION) and status is Status.PRESENT
        return Row(
            id=question.id,
            code=question.code,
            question=self._book.text(f"{question.id}.question"),
            name="" if question.id in words.no_findings else self._book.finding(question.id),
            answer=question.answer,
            status=status,
            words=_words(said),
            telling=_words(each for each in said if each.in_words and each.status is Status.PRESENT),
            number=numbers[-1] if measured and numbers else None,
            read_back=(status is Status.PRESENT and confirmed)
            or (status is Status.ABSENT and question.denial and denials_stand),
            background=question.id in words.background,
            follow_ups=tuple(self._follow_up(each, account, findings) for each in question.follow_ups),
        )

    def _follow_up(self, follow_up: FollowUp, account: Sequence[Uttered], findings: Findings) -> Row:
        said = [each for each in account if each.fact == follow_up.fact]
        return Row(
            id=follow_up.fact,
            code="",
            question=self._book.text(follow_up.fact),
            name="",
            answer=Answer.YES_NO,
            status=self._status(follow_up.fact, said, findings),
            words=_words(said),
            telling=_words(each for each in said if each.in_words),
            onset=follow_up.onset,
        )

    def _status(self, fact: str, said: Sequence[Uttered], findings: Findings) -> Status:
        """As found; but what only an early end left open was not asked."""
        status = self._protocol.facts.status(findings, fact)
        return Status.NOT_ASKED if status is Status.UNANSWERED and not said else status


def _words(said: Iterable[Uttered]) -> tuple[str, ...]:
    """What was said, each once; nothing for silence, and for what no ear made out."""
    return tuple(dict.fromkeys(each.words for each in said if each.words.strip(" …")))
