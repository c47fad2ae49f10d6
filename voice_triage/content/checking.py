"""What the shape of files cannot show: all of intents/ checked together, every problem with file and line."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from voice_triage.content.lexicon import read_lexicon
from voice_triage.content.people import check_people, put_otherwise
from voice_triage.content.phrase_checks import check_phrases
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.protocol import Files, build_protocol, read_files
from voice_triage.content.readability import read_readability
from voice_triage.content.reading import Document, read
from voice_triage.content.reading_grade import Grader
from voice_triage.content.regions import DEFAULT_REGION, Packs, check_regions, read_regions, spoken_region
from voice_triage.content.schema import QuestionFile, WordingFile, parse
from voice_triage.content.spoken_limits import check_spoken, check_topic_lengths
from voice_triage.content.spoken_lines import spoken_lines, templates
from voice_triage.content.statement_checks import check_never_said, check_statements
from voice_triage.content.summary_checks import SUMMARY_SLOTS, check_summary
from voice_triage.content.topic_checks import check_topics
from voice_triage.content.topics import TopicFiles, read_remarks, read_topics
from voice_triage.errors import ContentError, Problem
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.wording.phrasebook import CONTACT_DAYS, Phrasebook, sentences

LONGEST_SENTENCE = 20
"""Words between two pauses: more is hard to follow by ear (voice interface practice)."""
PROMPTS = (
    "greeting", "weak_ears", "not_understood", "say_yes_or_no", "doubtful_no", "play_safe", "take_your_time",
    "taps", "ask_them", "to_a_child",
    "help", "ask_again", "welcome_back", "stop_warning", "denials", "and", "lost", "offer", "goodbye",
    "summary_later",
    "resume_first", "resume", "resume_advice", "spoke_before", *CONTACT_DAYS,
    "offer_more", "offer_urgent", "say_there_otherwise", "why_otherwise", "changes_otherwise", "at_the_end",
    "go_on", "back_to_question", "topic_later", "microphone_away",
    "day", "days", "week", "weeks", "month", "months", "year", "years",
)  # fmt: skip
"""Every prompt that the interview may ask for by name."""
ADVICE_SLOTS = frozenset({"told", "unsure", "reasons"})
_SAID_SLOTS = frozenset({"number", "denied", "count", "days"})
_SERVICE_NUMBER = re.compile(r"\d(?:[ -]?\d){2,}")
"""Three digits or more: a text has no other use for them than to call somebody."""
_SLOT = string.Formatter()


def check(folder: Path, language: str = "en", grader: Grader | None = None) -> list[Problem]:
    """Every problem of the content in this folder, sorted; empty when it can be used.

    Without a grader no reading grade is looked at.
    """
    problems: list[Problem] = []

    def attempt(part: Callable[[], object]) -> None:
        try:
            part()
        except ContentError as error:
            problems.extend(error.problems)

    files: list[Files] = []
    attempt(lambda: files.append(read_files(folder)))
    if files:
        attempt(lambda: build_protocol(files[0]))
    topics: list[TopicFiles] = []
    attempt(lambda: topics.append(read_topics(folder / language)))
    told = topics[0] if topics else None
    lexicons: list[Lexicon] = []
    attempt(lambda: lexicons.append(read_lexicon(folder, language, topics=told)))
    books: list[Phrasebook] = []
    attempt(lambda: books.extend(_books(folder, language, told)))
    if told is not None and books:
        attempt(lambda: problems.extend(_to_other_people(folder, language, told, books)))
    if told is not None:
        attempt(lambda: problems.extend(_spoken(folder, language, told, grader)))
        attempt(lambda: problems.extend(check_topics(folder, language, told)))
        attempt(lambda: problems.extend(_aside_texts(folder / language, told)))
    if files:
        attempt(lambda: problems.extend(_across(folder, language, files[0])))
    if files and told is not None:
        attempt(lambda: problems.extend(check_statements(folder, language, files[0], told)))
    if files and lexicons:
        attempt(lambda: problems.extend(check_phrases(folder / language, files[0], lexicons[0])))
    return sorted(set(problems))


def _books(folder: Path, language: str, topics: TopicFiles | None) -> Iterator[Phrasebook]:
    """The phrasebook with each region's words."""
    packs = [pack for _, pack in read_regions(folder).values()]
    book = read_phrasebook(folder, language, packs[0], topics)
    yield from (replace(book, region=spoken_region(pack)) for pack in packs)


def _to_other_people(
    folder: Path, language: str, topics: TopicFiles, books: Sequence[Phrasebook]
) -> Iterator[Problem]:
    home = folder / language
    said = {
        each: (document, place)
        for document, place, text in templates(home, topics)
        for each in sentences(text)
    }
    yield from check_people(home, books, said)
    words = _region_words(read_regions(folder)) | ADVICE_SLOTS | SUMMARY_SLOTS | _SAID_SLOTS
    for document, place, text in put_otherwise(home):
        yield from _text(document, place, text, words)


def _spoken(folder: Path, language: str, topics: TopicFiles, grader: Grader | None) -> Iterator[Problem]:
    lines = spoken_lines(folder, language, topics)
    yield from check_spoken(lines, read_readability(folder / language), grader)
    yield from check_topic_lengths(lines)
    yield from check_never_said(folder, language, lines)


def _aside_texts(home: Path, topics: TopicFiles) -> Iterator[Problem]:
    remarks, entries = read_remarks(home)
    words = _region_words(read_regions(home.parent))
    for name, remark in entries.items():
        for part, text in (("during", remark.during), ("after", remark.after)):
            yield from _text(remarks, (name, part), text, words)
    for document, topic in topics:
        for place, text in enumerate(topic.parts):
            yield from _text(document, ("parts", place), text, words)


def _across(folder: Path, language: str, files: Files) -> Iterator[Problem]:
    home = folder / language
    patterns = _polarity(home)
    packs = read_regions(folder)
    yield from check_regions(packs)
    words = _region_words(packs)
    for name, (document, question) in files.questions.items():
        path = home / f"{name}.yaml"
        if not path.is_file():
            yield document.problem((), f"{name} has no wording: {path} is missing")
            continue
        wording_document = read(path)
        wording = parse(WordingFile, wording_document)
        yield from _complete(wording_document, wording, question)
        yield from _put_the_right_way_round(wording_document, wording, question, patterns)
        yield from _texts(wording_document, words | {"number"})
        if not question.rules and not question.sources:
            yield document.problem((), f"{name} has neither rules nor sources")
    for path in sorted(home.glob("[a-z]*.yaml")):
        if path.stem not in files.questions:
            yield Problem(str(path), 1, f"there is no question {path.stem!r} for this wording")
    prompts = read(home / "_prompts.yaml")
    for name in (*PROMPTS, *(f"interrupt.{danger}" for danger in files.protocol[1].interrupts)):
        if not isinstance(prompts.value, dict) or name not in prompts.value:
            yield prompts.problem((), f"the prompt {name!r} is missing")
    yield from _texts(prompts, words | {"denied", "count", "days"})
    yield from _advice(home, files, words)
    summary = read(home / "_summary.yaml")
    yield from check_summary(summary, {name: _heard(home, name) for name in files.questions})
    for place, text in _leaves(summary.value):
        if place[:1] == ("texts",):
            yield from _text(summary, place, text, SUMMARY_SLOTS | words)


def _heard(home: Path, question: str) -> str:
    path = home / f"{question}.yaml"
    return parse(WordingFile, read(path)).heard if path.is_file() else ""


def _complete(document: Document, wording: WordingFile, question: QuestionFile) -> Iterator[Problem]:
    wanted = {
        "check": question.check,
        "readback": question.answer != "free",  # any yes may be one that was not surely heard
        "claim": any(follow_up.kind == "onset" for follow_up in question.follow_ups),
        "over": question.answer in ("age", "duration"),
        "noted": question.noted,
        "denied": question.denial,
        "heard": any(rule.urgency in ("emergency", "same_day") for rule in question.rules)
        and question.answer != "age",
        "topic": question.counts and question.answer != "free",
    }
    for part, needed in wanted.items():
        if needed and not getattr(wording, part):
            yield document.problem((), f"{part} is missing: this question needs it")
    follow_ups = {follow_up.id for follow_up in question.follow_ups}
    for name in sorted(follow_ups - set(wording.follow_ups)):
        yield document.problem(("follow_ups",), f"the follow-up {name!r} has no wording")
    for name in sorted(set(wording.follow_ups) - follow_ups):
        yield document.problem(("follow_ups", name), f"there is no follow-up {name!r} in the question")


def _put_the_right_way_round(
    document: Document,
    wording: WordingFile,
    question: QuestionFile,
    patterns: tuple[tuple[re.Pattern[str], str], ...],
) -> Iterator[Problem]:
    if question.answer != "yes_no":
        return
    places: dict[tuple[str, ...], str] = {
        ("question",): wording.question, ("second",): wording.second, ("check",): wording.check
    }  # fmt: skip
    texts = places | {("follow_ups", name): text for name, text in wording.follow_ups.items()}
    for place, text in texts.items():
        asked = [sentence for sentence in sentences(text) if sentence.endswith("?")]
        if text and not asked:
            yield document.problem(place, f"{'.'.join(place)} asks nothing: it has no question mark")
        for sentence in asked:
            for pattern, because in patterns:
                if pattern.search(sentence.lower()):
                    yield document.problem(
                        place, f"{sentence!r}: {because}; yes must mean that the finding is there"
                    )


def _polarity(home: Path) -> tuple[tuple[re.Pattern[str], str], ...]:
    document = read(home / "_polarity.yaml")
    patterns = []
    for i, entry in enumerate(document.value if isinstance(document.value, list) else []):
        if not isinstance(entry, dict) or set(entry) != {"pattern", "because"}:
            raise ContentError([document.problem((i,), "write a pattern and a because")])
        try:
            patterns.append((re.compile(str(entry["pattern"])), str(entry["because"])))
        except re.error as error:
            raise ContentError([document.problem((i, "pattern"), f"is not a pattern: {error}")]) from error
    if not patterns:
        raise ContentError([document.problem((), "holds no pattern: nothing would be checked")])
    return tuple(patterns)


def _texts(document: Document, slots: frozenset[str]) -> Iterator[Problem]:
    """Length of sentences, slots and numbers of every text in a document of prompts or wording."""
    for place, text in _leaves(document.value):
        if place[:1] == ("phrases",) or place in (("id",), ("heard",), ("topic",), ("denied",)):
            continue
        yield from _text(document, place, text, slots)


def _region_words(packs: Packs) -> frozenset[str]:
    return frozenset(packs[DEFAULT_REGION][1].words)


def _leaves(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case str():
            yield place, value
        case list():
            for i, item in enumerate(value):
                yield from _leaves(item, (*place, i))
        case dict():
            for key, item in value.items():
                yield from _leaves(item, (*place, key))


def _text(
    document: Document, place: tuple[str | int, ...], text: str, slots: frozenset[str]
) -> Iterator[Problem]:
    for number in _SERVICE_NUMBER.findall(text):
        yield document.problem(
            place, f"the number {number} belongs into a region pack: write {{emergency_number}}"
        )
    try:
        used = {name for _, name, _, _ in _SLOT.parse(text) if name is not None}
    except ValueError as error:
        yield document.problem(place, f"braces do not match: {error}")
        return
    for name in sorted(used - slots):
        yield document.problem(place, f"nothing is known to fill {{{name}}}")
    for sentence in sentences(text):
        for part in re.split(r"[:;] ", sentence):
            if len(part.split()) > LONGEST_SENTENCE:
                count = len(part.split())
                yield document.problem(
                    place, f"{count} words without a pause, at most {LONGEST_SENTENCE}: {part!r}"
                )


def _advice(home: Path, files: Files, words: frozenset[str]) -> Iterator[Problem]:
    document = read(home / "_advice.yaml")
    value = document.value if isinstance(document.value, dict) else {}
    texts, reasons = value.get("texts"), value.get("reasons")
    texts, reasons = texts if isinstance(texts, dict) else {}, reasons if isinstance(reasons, dict) else {}
    order = files.protocol[1].advice_order
    for key in order:
        if key not in texts:
            yield document.problem(("texts",), f"the advice {key!r} has no text")
    for key in texts:
        if key not in order:
            yield document.problem(("texts", key), f"{key!r} is not in `advice_order` of protocol.yaml")
    rules = {rule.id for _, question in files.questions.values() for rule in question.rules}
    rules |= {rule.id for rule in files.protocol[1].rules}
    for reason in reasons:
        if reason not in rules:
            yield document.problem(("reasons", reason), f"there is no rule {reason}")
    for place, text in _leaves({key: part for key, part in value.items() if key != "parts"}):
        yield from _text(document, place, text, ADVICE_SLOTS | words)
