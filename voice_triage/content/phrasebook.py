"""intents/<language>/*.yaml and a region pack -> Phrasebook."""

from __future__ import annotations

from pathlib import Path

from voice_triage.content.reading import Document, read
from voice_triage.content.regions import spoken_region
from voice_triage.content.schema import (
    AdviceFile,
    DenialFile,
    RegionFile,
    RemarkFile,
    SummaryFile,
    WordingFile,
    parse,
)
from voice_triage.content.topics import TopicFiles, read_remarks, read_topics
from voice_triage.errors import ContentError, Problem
from voice_triage.wording.phrasebook import (
    DenialGroup,
    HandoverWords,
    Phrasebook,
    RemarkText,
    TopicText,
    Wording,
)


def read_phrasebook(
    folder: Path, language: str, region: RegionFile, topics: TopicFiles | None = None
) -> Phrasebook:
    """Everything that is said, in one language for one region. Raises ContentError with all problems.

    `topics`: those of the folder, where they were read already.
    """
    problems: list[Problem] = []
    home = folder / language
    wordings: dict[str, Wording] = {}
    for file in sorted(home.glob("[a-z]*.yaml")):
        try:
            document = read(file)
            parsed = parse(WordingFile, document)
            if parsed.id != file.stem:
                problems.append(
                    document.problem(("id",), f"id {parsed.id!r} must be {file.stem!r}, as the file")
                )
            wordings[parsed.id] = Wording(**parsed.model_dump(exclude={"id", "phrases"}))
        except ContentError as error:
            problems += error.problems
    prompts: dict[str, str] = {}
    denials: list[DenialGroup] = []
    advice: AdviceFile | None = None
    try:
        prompts = _texts(read(home / "_prompts.yaml"))
    except ContentError as error:
        problems += error.problems
    try:
        document = read(home / "_denials.yaml")
        for i, value in enumerate(document.value if isinstance(document.value, list) else []):
            entry = parse(DenialFile, document, value, (i,))
            denials.append(DenialGroup(tuple(entry.of), entry.say))
    except ContentError as error:
        problems += error.problems
    try:
        advice = parse(AdviceFile, read(home / "_advice.yaml"))
    except ContentError as error:
        problems += error.problems
    handover: HandoverWords | None = None
    try:
        handover = _handover(parse(SummaryFile, read(home / "_summary.yaml")))
    except ContentError as error:
        problems += error.problems
    remarks: dict[str, RemarkFile] = {}
    try:
        topics = read_topics(home) if topics is None else topics
        remarks = read_remarks(home)[1]
    except ContentError as error:
        problems += error.problems
    if problems or advice is None or handover is None or topics is None:
        raise ContentError(problems)
    return Phrasebook(
        language=language,
        prompts=prompts,
        wordings=wordings,
        advice=advice.texts,
        reasons=advice.reasons,
        safety_net=advice.safety_net,
        told_nothing=advice.told_nothing,
        unsure_nothing=advice.unsure_nothing,
        denial_groups=tuple(denials),
        region=spoken_region(region),
        handover=handover,
        advice_parts={part: tuple(patterns) for part, patterns in advice.parts.items()},
        topics={
            topic.id: TopicText(topic.title, tuple(topic.parts), topic.in_emergency) for _, topic in topics
        },
        remarks={name: RemarkText(remark.during, remark.after) for name, remark in remarks.items()},
    )


def _handover(file: SummaryFile) -> HandoverWords:
    return HandoverWords(
        texts=file.texts,
        pieces={"new": file.new, "not_new": file.not_new, "maybe_new": file.maybe_new, "more": file.more},
        names=file.names,
        background=frozenset(file.background.split()),
        no_findings=frozenset(file.no_findings.split()),
        page=file.page,
    )


def _texts(document: Document) -> dict[str, str]:
    if not isinstance(document.value, dict):
        raise ContentError([document.problem((), "must be a mapping of names to texts")])
    problems = [
        document.problem((key,), f"{key} must be a text")
        for key, value in document.value.items()
        if not isinstance(value, str) or not value
    ]
    if problems:
        raise ContentError(problems)
    return {key: str(value) for key, value in document.value.items()}
