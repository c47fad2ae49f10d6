"""The report as HL7 FHIR R4 (R4B): what was asked, what was answered, and what was advised.

A Bundle of a Questionnaire, the QuestionnaireResponse to it, and a Communication of the advice. A
Communication and no RiskAssessment: we say how soon to be seen, and assess nobody's risk of a condition.
Nobody is identified. `fhir.resources` validates it, and what was written is read once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fhir.resources.R4B.bundle import Bundle

from voice_triage.handover.summary import Row
from voice_triage.protocol.model import Answer
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency
from voice_triage.reporting.cleaning import shown
from voice_triage.reporting.report import Report

OWN = "urn:voice-triage"
"""Begins the names of our own code systems: most questions have no code elsewhere that says just the same."""
ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
PRIORITIES: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: "stat",
    Urgency.SAME_DAY: "asap",
    Urgency.SOON: "urgent",
    Urgency.ROUTINE: "routine",
    Urgency.SELF_CARE: "routine",
}
"""Codes of request-priority: stat is at once, asap the next after it, urgent before the routine."""
_BACKACHE = {"system": "http://snomed.info/sct", "code": "161891005", "display": "Backache (finding)"}
_PERSON = {"display": "the person"}
_OTHER = {"display": "somebody who answered for the person"}
_WHOM = {
    Status.ABSENT: {"system": f"{OWN}:whom", "code": "self", "display": "for the person who answers"},
    Status.PRESENT: {"system": f"{OWN}:whom", "code": "other", "display": "for somebody else"},
}
_TYPES = {
    Answer.YES_NO: "boolean",
    Answer.AGE: "integer",
    Answer.DURATION: "quantity",
    Answer.FREE: "text",
    Answer.CHOICE: "choice",
}


def write_fhir(report: Report) -> str:
    """The Bundle as JSON. Raises ValueError (pydantic's) where it would not be FHIR: a fault of ours."""
    when = report.when.isoformat(timespec="seconds")
    made = [_questionnaire(report), _response(report, when), _communication(report, when)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": when,
        "entry": [{"fullUrl": _url(report, each["resourceType"]), "resource": each} for each in made],
    }
    text = Bundle.model_validate(bundle).model_dump_json(indent=2)
    Bundle.model_validate_json(text)
    return str(text) + "\n"


def _url(report: Report, kind: str) -> str:
    """A name that no other report has: by its moment and what was said."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{OWN}:{kind}:{report.when.isoformat()}:{report.code_text}')}"


def _canonical(report: Report) -> str:
    return f"{OWN}:questionnaire:back-pain-{report.summary.language}"


def _questionnaire(report: Report) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": _canonical(report),
        "version": report.summary.protocol,
        "status": "draft",
        "experimental": True,
        "title": report.words["title"],
        "subjectType": ["Patient"],
        "code": [_BACKACHE],
        "item": [_asked(report, row) for row in report.summary.rows],
    }


def _asked(report: Report, row: Row) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": row.id, "text": shown(row.question), "type": _TYPES[row.answer]}
    if row.code:
        item["prefix"] = row.code
        item["code"] = [{"system": f"{OWN}:question", "code": row.id}]
    if row.answer is Answer.CHOICE:
        item["answerOption"] = [{"valueCoding": coding} for coding in _WHOM.values()]
    within = [] if row.answer is Answer.FREE else [_words_asked(report, row)]
    within += [_asked(report, each) for each in row.follow_ups]
    return item | ({"item": within} if within else {})


def _words_asked(report: Report, row: Row) -> dict[str, Any]:
    label = report.words["words"].partition("{")[0].rstrip(" :")
    return {"linkId": f"{row.id}.words", "text": label, "type": "text", "repeats": True}


def _response(report: Report, when: str) -> dict[str, Any]:
    summary = report.summary
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{_canonical(report)}|{summary.protocol}",
        "status": "stopped" if summary.ended_early else "completed",
        "subject": _PERSON,
        "source": _OTHER if summary.for_other else _PERSON,
        "authored": when,
        "item": [item for row in summary.rows if (item := _answered(report, row))],
    }


def _answered(report: Report, row: Row) -> dict[str, Any] | None:
    """What was answered; None for what was not asked, which has no answer of any kind."""
    said = [shown(words) for words in row.words if shown(words)]
    follow_ups = [item for each in row.follow_ups if (item := _answered(report, each))]
    if not row.touched:
        return None
    answer = _value(row, said)
    within = [] if row.answer is Answer.FREE or not said else [_words(report, row, said)]
    if within + follow_ups:
        answer["item"] = within + follow_ups
    return {"linkId": row.id, "text": shown(row.question), "answer": [answer]}


def _words(report: Report, row: Row, said: list[str]) -> dict[str, Any]:
    answers = [{"valueString": words} for words in said]
    return {
        "linkId": f"{row.id}.words",
        "text": _words_asked(report, row)["text"],
        "answer": answers,
    }


def _value(row: Row, said: list[str]) -> dict[str, Any]:
    """A value, or why there is none: a "no" only where a no was heard."""
    why = {Status.UNSURE: "asked-unknown", Status.NOT_ASKED: "not-asked"}.get(row.status, "unknown")
    if row.answer is Answer.FREE:
        return {"valueString": " / ".join(said)} if said else _none("_valueString", why)
    if row.answer in (Answer.AGE, Answer.DURATION):
        return _number(row, why)
    if row.answer is Answer.CHOICE:
        coding = _WHOM.get(row.status)
        return {"valueCoding": coding} if coding else _none("valueCoding", why)
    match row.status:
        case Status.PRESENT:
            return {"valueBoolean": True}
        case Status.ABSENT:
            return {"valueBoolean": False}
    return _none("_valueBoolean", why)


def _number(row: Row, why: str) -> dict[str, Any]:
    exact = row.number is not None and row.number[0] == row.number[1]
    if not exact or row.number is None:
        # "as-text": said in words that are no exact number, which stand beside it.
        element = "_valueInteger" if row.answer is Answer.AGE else "valueQuantity"
        return _none(element, "as-text" if row.status is Status.PRESENT else why)
    if row.answer is Answer.AGE:
        return {"valueInteger": row.number[0]}
    days = {"value": row.number[0], "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}
    return {"valueQuantity": days}


def _none(element: str, why: str) -> dict[str, Any]:
    """An element without a value; of a primitive its name begins with an underscore."""
    return {element: {"extension": [{"url": ABSENT_REASON, "valueCode": why}]}}


def _communication(report: Report, when: str) -> dict[str, Any]:
    outcome = report.summary.outcome
    said = (report.urgency, *outcome.advice, report.rules, *report.notes)
    if report.summary.ended_early:
        said = (report.words["ended_early"], *said)
    return {
        "resourceType": "Communication",
        "status": "completed",
        "priority": PRIORITIES[outcome.urgency],
        "subject": _PERSON,
        "about": [{"reference": _url(report, "QuestionnaireResponse")}],
        "sent": when,
        "reasonCode": [{"coding": [_BACKACHE]}],
        "category": [{"coding": [{"system": f"{OWN}:urgency", "code": outcome.urgency.id}]}],
        "payload": [{"contentString": shown(text)} for text in said],
    }
