"""Whether all that covers a statement is there and holds its words; and what is never said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from voice_triage.content.protocol import Files
from voice_triage.content.reading import Document, Path_, read
from voice_triage.content.schema import (
    AdviceFile,
    CoverFile,
    NeverSaidFile,
    PersonFile,
    StatementFile,
    WordingFile,
    parse,
)
from voice_triage.content.spoken_lines import SpokenLine
from voice_triage.content.statements import Statements, read_statements
from voice_triage.content.topics import TopicFiles, read_remarks
from voice_triage.errors import ContentError, Problem

_Lines = Mapping[str, str]
"""Name of something that is said -> all the words of it."""


def check_statements(folder: Path, language: str, files: Files, topics: TopicFiles) -> Iterator[Problem]:
    """Statements that nothing covers, and covers that are not there or lost the words that matter."""
    home = folder / language
    table = read_statements(folder)
    _, remarks = read_remarks(home)
    told = {topic.id: " ".join((topic.title, *topic.parts)) for _, topic in topics}
    answered = {name: f"{remark.during} {remark.after}" for name, remark in remarks.items()}
    asked = {name: _asked(parse(WordingFile, read(home / f"{name}.yaml"))) for name in _worded(home, files)}
    said = _said(home, files)
    for name, entry in table.entries.items():
        for kind, named, lines in (
            ("topics", entry.topics, told),
            ("asked", entry.asked, asked),
            ("said", entry.said, said),
            ("remarks", entry.remarks, answered),
        ):
            yield from _holds(table.document, (name, kind), named, lines)
        for place, person in enumerate(entry.people):
            yield from _person(table.document, (name, "people", place), person, files)
        yield from _covered(table, name, entry)


def _covered(table: Statements, name: str, entry: CoverFile) -> Iterator[Problem]:
    covers = (entry.topics, entry.asked, entry.said, entry.remarks, entry.people)
    if isinstance(entry, StatementFile):
        if not any(covers):
            yield table.document.problem((name,), f"{name}: nothing covers it")
        for corrected in entry.corrected:
            if corrected not in table.corrections:
                yield table.document.problem(
                    (name, "corrected"), f"{name}: there is no correction {corrected!r}"
                )
    for question in entry.asked:
        if not entry.people:
            yield table.document.problem(
                (name, "asked"), f"{name}: nobody in `people` shows that {question!r} is asked"
            )
    for key in entry.said:
        advice = key.partition(".")[2] if key.startswith("advice.") else ""
        if advice and advice not in {person.hears for person in entry.people}:
            yield table.document.problem((name, "said"), f"{name}: nobody in `people` hears {advice!r}")


def _holds(
    document: Document, place: Path_, named: Mapping[str, Sequence[str]], lines: _Lines
) -> Iterator[Problem]:
    for key, words in named.items():
        if key not in lines:
            yield document.problem((*place, key), f"{place[0]}: there is no {key!r} in {place[1]}")
            continue
        for each in words:
            if each.lower() not in lines[key].lower():
                yield document.problem((*place, key), f"{place[0]}: {key!r} does not hold {each!r}")


def _person(document: Document, place: Path_, person: PersonFile, files: Files) -> Iterator[Problem]:
    rules = {rule.id for _, question in files.questions.values() for rule in question.rules}
    rules |= {rule.id for rule in files.protocol[1].rules}
    for rule in person.by:
        if rule not in rules:
            yield document.problem((*place, "by"), f"{place[0]}: there is no rule {rule!r}")
    if person.hears not in files.protocol[1].advice_order:
        yield document.problem((*place, "hears"), f"{place[0]}: there is no advice {person.hears!r}")
    if person.danger is not None and person.danger not in files.protocol[1].interrupts:
        yield document.problem((*place, "danger"), f"{place[0]}: there is no danger {person.danger!r}")
    for fact in (*person.told, *person.opener):
        question, _, part = fact.partition(".")
        if question not in files.questions:
            yield document.problem(place, f"{place[0]}: there is no question {question!r}")
        elif part and part not in _parts(files, question):
            yield document.problem(place, f"{place[0]}: {question!r} has no part {part!r}")


def _parts(files: Files, question: str) -> frozenset[str]:
    found = files.questions[question][1]
    return frozenset((*(each.id for each in found.follow_ups), *found.facts))


def _worded(home: Path, files: Files) -> list[str]:
    return [name for name in files.questions if (home / f"{name}.yaml").is_file()]


def _asked(wording: WordingFile) -> str:
    return " ".join((wording.question, wording.second, wording.check, *wording.follow_ups.values()))


def _said(home: Path, files: Files) -> _Lines:
    advice = parse(AdviceFile, read(home / "_advice.yaml"))
    prompts = read(home / "_prompts.yaml").value
    why = {f"{n}.why": parse(WordingFile, read(home / f"{n}.yaml")).why for n in _worded(home, files)}
    return {
        **{f"advice.{key}": text for key, text in advice.texts.items()},
        **{f"reason.{rule}": text for rule, text in advice.reasons.items()},
        **why,
        "safety_net": advice.safety_net,
        **{key: str(text) for key, text in (prompts.items() if isinstance(prompts, dict) else ())},
    }


def check_never_said(folder: Path, language: str, lines: Sequence[SpokenLine]) -> Iterator[Problem]:
    """Spoken lines that hold what must never be said, patterns that miss it, and forgotten corrections."""
    document, entries = read_never_said(folder / language)
    for place, entry in enumerate(entries):
        for example in entry.such_as:
            if not entry.forbids(example):
                yield document.problem((place, "such_as"), f"the pattern does not know {example!r}")
        for example in entry.but_not:
            if entry.forbids(example):
                yield document.problem((place, "but_not"), f"the pattern takes in {example!r}")
        for line in lines:
            for text in (line.template,) if entry.as_written else line.spoken:
                if (found := entry.pattern.search(text.lower())) is not None:
                    yield line.document.problem(line.place, f"{found[0]!r} is never said: {entry.because}")
    corrections = read_statements(folder).corrections
    for place, entry in enumerate(entries):
        for name in set(entry.corrects) - corrections.keys():
            yield document.problem((place, "corrects"), f"there is no correction {name!r}")
    for name in corrections.keys() - {each for entry in entries for each in entry.corrects}:
        yield document.problem((), f"no pattern knows the wrong forms of {name}")


def read_never_said(home: Path) -> tuple[Document, list[NeverSaidFile]]:
    """What is never said in a language, whose folder is `home`. Raises ContentError."""
    document = read(home / "_never_said.yaml")
    values = document.value if isinstance(document.value, list) else []
    if not values:
        raise ContentError([document.problem((), "holds no pattern: nothing would be checked")])
    return document, [parse(NeverSaidFile, document, value, (i,)) for i, value in enumerate(values)]
