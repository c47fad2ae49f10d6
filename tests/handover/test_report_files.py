"""The report as staff meet it: text, a page, a code to scan, FHIR."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from fhir.resources.R4B.bundle import Bundle
from interviewed import HOSTILE, Interviewed, interview, kept, with_everything

from voice_triage.protocol.status import Status
from voice_triage.reporting.fhir_report import ABSENT_REASON, write_fhir
from voice_triage.reporting.html_report import write_html
from voice_triage.reporting.pdf_report import write_pdf
from voice_triage.reporting.text_report import write_text

NAMES = (
    "numb when asked, in words",
    "a bare yes is read back and then stands",
    "leaking for years since the children",
)


@pytest.fixture(scope="module", params=NAMES)
def person(request: pytest.FixtureRequest) -> Interviewed:
    return kept(request.param)


def pages(pdf: bytes) -> list[np.ndarray[Any, Any]]:
    document = pypdfium2.PdfDocument(pdf)
    return [np.array(each.render(scale=200 / 72).to_pil().convert("L")) for each in document]


def scanned(image: np.ndarray[Any, Any]) -> str:
    return "; ".join(found.text for found in zxingcpp.read_barcodes(image))


class Tags(HTMLParser):
    """What a screen reader is told of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_text_has_the_order_of_handing_over_and_every_finding_in_the_persons_words(
    person: Interviewed,
) -> None:
    text = write_text(person.report)
    headings = ["\nSITUATION\n", "\nBACKGROUND\n", "\nASSESSMENT\n", "\nRECOMMENDATION\n"]
    assert [text.index(heading) for heading in headings] == sorted(
        text.index(heading) for heading in headings
    )
    unwrapped = " ".join(text.split())
    present = list(person.summary.findings(Status.PRESENT))
    assert present
    for row in present:
        assert f"{row.name}: YES" in unwrapped
        assert all(f"“{words}”" in unwrapped for words in row.words)
    for sentence in person.summary.outcome.advice:
        assert sentence in unwrapped
    assert max(map(len, text.splitlines())) <= 78


def test_the_page_is_one_side_in_large_type_and_its_code_holds_the_summary(person: Interviewed) -> None:
    pdf, _ = write_pdf(person.report)
    (image,) = pages(pdf)
    assert scanned(image) == person.report.code_text
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    sizes = {pypdfium2.raw.FPDFText_GetFontSize(text.raw, place) for place in range(text.count_chars())} - {
        1.0
    }  # the spaces and ends of lines that the reader adds
    assert min(sizes) >= 16
    assert (
        "A&E" in text.get_text_range() or "today" in text.get_text_range() or "days" in text.get_text_range()
    )


def test_the_html_has_headings_a_language_a_described_code_and_nothing_from_outside(
    person: Interviewed,
) -> None:
    _, on_it = write_pdf(person.report)
    html = write_html(on_it, "en")
    read = Tags(html)
    names = [tag for tag, _ in read.tags]
    assert names.count("h1") == 1
    assert names.count("h2") == 4
    assert ("html", {"lang": "en"}) in read.tags
    assert not {"script", "img", "link", "iframe"} & set(names)
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    (svg,) = (attributes for tag, attributes in read.tags if tag == "svg")
    assert svg["role"] == "img"
    assert person.report.code_text in str(svg["aria-label"])
    assert scanned(drawn(html)) == person.report.code_text


def drawn(html: str) -> np.ndarray[Any, Any]:
    """The code of a page as a browser draws it."""
    size = int(re.search(r'viewBox="0 0 (\d+)', html)[1])  # type: ignore[index]  # there is one
    image = np.full((size * 6, size * 6), 255, np.uint8)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", html):
        image[int(y) * 6 : int(y) * 6 + 6, int(x) * 6 : (int(x) + int(width)) * 6] = 0
    return image


def items(within: Any) -> Iterator[dict[str, Any]]:
    for item in within.get("item", []):
        yield item
        yield from items(item)
        for answer in item.get("answer", []):
            yield from items(answer)


def resources(text: str) -> dict[str, dict[str, Any]]:
    Bundle.model_validate_json(text)
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in json.loads(text)["entry"]}


def test_fhir_says_what_was_found_and_answers_only_what_its_questionnaire_asks(person: Interviewed) -> None:
    found = resources(write_fhir(person.report))
    asked, answered = found["Questionnaire"], found["QuestionnaireResponse"]
    assert answered["questionnaire"] == f"{asked['url']}|{asked['version']}"
    links = [item["linkId"] for item in items(asked)]
    assert len(links) == len(set(links))
    values = {item["linkId"]: item["answer"][0] for item in items(answered)}
    assert set(values) <= set(links)
    for row in person.summary.rows:
        if row.name and row.status is Status.PRESENT and row.id != "anything_else":
            assert values[row.id]["valueBoolean"] is True
        elif row.name and row.status is Status.ABSENT and row.id != "anything_else":
            assert values[row.id]["valueBoolean"] is False
        elif row.status is Status.NOT_ASKED:
            assert "valueBoolean" not in values.get(row.id, {})
    priority = "stat" if person.report.is_emergency else "urgent"
    assert found["Communication"]["priority"] == priority
    assert "identifier" not in json.dumps(answered)


def test_in_fhir_silence_and_doubt_are_reasons_without_a_value() -> None:
    found = resources(write_fhir(interview({"saddle_numbness": "", "fever_sweats": "i don't know"}).report))
    values = {item["linkId"]: item["answer"][0] for item in items(found["QuestionnaireResponse"])}
    for fact, why in (("saddle_numbness", "unknown"), ("fever_sweats", "asked-unknown")):
        assert "valueBoolean" not in values[fact]
        assert values[fact]["_valueBoolean"]["extension"] == [{"url": ABSENT_REASON, "valueCode": why}]
    assert values["age"]["valueInteger"] == 34
    assert values["course"]["valueQuantity"]["value"] == 4
    assert values["who_for"]["valueCoding"]["code"] == "self"
    assert "proxy_drowsy" not in values


def test_an_interview_that_was_left_says_so_everywhere_and_reassures_nobody() -> None:
    person = interview({}, leave_at="urinary_leak")
    pdf, on_it = write_pdf(person.report)
    early = person.report.words["ended_early"]
    text = write_text(person.report)
    assert early in " ".join(text.split())
    assert early in Tags(write_html(on_it, "en")).text
    assert "ENDED EARLY" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "The questions ended early." in person.report.code_text
    assert "urinary_leak" in [row.id for row in person.summary.findings(Status.UNANSWERED)]
    assert "bowel_loss" in [row.id for row in person.summary.findings(Status.NOT_ASKED)]
    found = resources(write_fhir(person.report))
    assert found["QuestionnaireResponse"]["status"] == "stopped"
    assert "bowel_loss" not in {item["linkId"] for item in items(found["QuestionnaireResponse"])}
    assert early in found["Communication"]["payload"][0]["contentString"]
    for shown in (text, person.report.code_text):
        assert "look after this at home" not in shown
        assert "care at home" not in shown


def test_whatever_was_said_is_harmless_in_every_form() -> None:
    person = interview({"saddle_numbness": HOSTILE, "opener": HOSTILE})
    pdf, on_it = write_pdf(person.report)
    html, text = write_html(on_it, "en"), write_text(person.report)
    assert "<script" not in html.lower()
    assert "script" not in [tag for tag, _ in Tags(html).tags]
    assert not {"\u202e", "\x07"} & set(html + text + write_fhir(person.report))
    (image,) = pages(pdf)
    assert scanned(image) == person.report.code_text
    said = list(items(resources(write_fhir(person.report))["QuestionnaireResponse"]))
    assert any("numb down below" in str(item["answer"]) for item in said)


@pytest.mark.parametrize("status", list(Status)[1:])
def test_however_much_was_said_the_page_is_one_side_and_counts_what_it_leaves_out(status: Status) -> None:
    report = with_everything(status).report
    pdf, _ = write_pdf(report)
    (image,) = pages(pdf)
    assert scanned(image) == report.code_text
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    assert " more on the full list" in " ".join(text.get_text_range().split())
    lowest = min(
        text.get_charbox(place)[1]
        for place in range(text.count_chars())
        if text.get_text_range(place, 1).strip()
    )
    assert lowest > 15, "it runs off the paper"
    assert resources(write_fhir(report))
