"""intents/protocol.yaml and intents/questions/*.yaml -> Protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_triage.content.conditions import BadCondition, Names, read_condition
from voice_triage.content.reading import Document, Path_, read
from voice_triage.content.schema import ProtocolFile, QuestionFile, RuleFile, SourceFile, parse
from voice_triage.errors import ContentError, Problem
from voice_triage.protocol.conditions import Condition
from voice_triage.protocol.findings import Facts
from voice_triage.protocol.model import Answer, Ears, FollowUp, Protocol, Question, Rule
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

ENDED_EARLY, ENDED_SILENT = "ended_early", "ended_silent"
LEFT_OUT, LEFT_OUT_URGENT = "left_out", "left_out_urgent"
_BAND = re.compile(r"\b([a-z][a-z0-9_]*)\.(\d+)\b")


@dataclass(frozen=True)
class Files:
    """The parsed files of the protocol, with their documents for the lines."""

    protocol: tuple[Document, ProtocolFile]
    questions: Mapping[str, tuple[Document, QuestionFile]]
    sources: frozenset[str]


def read_files(folder: Path) -> Files:
    """Read every file of the protocol. Raises ContentError with all problems of shape."""
    problems: list[Problem] = []
    main: tuple[Document, ProtocolFile] | None = None
    try:
        document = read(folder / "protocol.yaml")
        main = (document, parse(ProtocolFile, document))
    except ContentError as error:
        problems += error.problems
    questions: dict[str, tuple[Document, QuestionFile]] = {}
    for file in sorted((folder / "questions").glob("*.yaml")):
        try:
            document = read(file)
            question = parse(QuestionFile, document)
            questions[question.id] = (document, question)
            if question.id != file.stem:
                problems.append(
                    document.problem(("id",), f"id {question.id!r} must be {file.stem!r}, as the file")
                )
        except ContentError as error:
            problems += error.problems
    sources: set[str] = set()
    try:
        document = read(folder / "sources.yaml")
        entries = document.value if isinstance(document.value, dict) else {}
        for key, value in entries.items():
            parse(SourceFile, document, value, (key,))
            sources.add(key)
    except ContentError as error:
        problems += error.problems
    if problems or main is None:
        raise ContentError(problems)
    return Files(main, questions, frozenset(sources))


def build_protocol(files: Files) -> Protocol:
    """The protocol that the files describe. Raises ContentError with all problems across files."""
    return _Builder(files).build()


class _Builder:
    def __init__(self, files: Files) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.document, self.main = files.protocol
        self.bands = self._bands()
        facts = Facts(self._fact_names())
        counted = tuple(
            name
            for name, (_, q) in files.questions.items()
            if q.counts and q.answer != "free" and not q.volunteered
        )
        groups = {name: tuple(of) for name, of in self.main.groups.items()} | {"counted": counted}
        self.names = Names(facts, groups, self.main.terms)

    def build(self) -> Protocol:
        order = [name for name in self.main.ask if name in self.files.questions]
        for place, name in enumerate(self.main.ask):
            if name not in self.files.questions:
                self.problems.append(
                    self.document.problem(("ask", place), f"there is no questions/{name}.yaml")
                )
        for name, (document, question) in self.files.questions.items():
            if name not in order:
                self.problems.append(document.problem((), f"{name} is not in `ask` of protocol.yaml"))
            for where, names in question.chase.model_dump().items():
                self._known_questions(document, ("chase", where), names)
        self._check_names()
        for term in self.main.terms:
            self._condition(self.document, ("terms", term), term)
        self._check_call_texts()
        if self.main.help not in self.files.questions:
            self.problems.append(self.document.problem(("help",), f"there is no question {self.main.help!r}"))
        if self.main.proxy not in self.files.questions:
            self._problem(("proxy",), f"there is no question {self.main.proxy!r}")
        if self.main.away not in self.files.questions:
            self._problem(("away",), f"there is no question {self.main.away!r}")
        if self.main.repeat not in self.files.questions:
            self._problem(("repeat",), f"there is no question {self.main.repeat!r}")
        if self.main.repeated not in self.names.facts:
            self._problem(("repeated",), f"there is no fact {self.main.repeated!r}")
        questions = tuple(self._question(name) for name in order)
        rules = [rule for name in order for rule in self._rules(*self.files.questions[name])]
        rules += self._rules(self.document, self.main)
        call_when = self._condition(self.document, ("call_when",), self.main.call_when)
        end_when = self._condition(self.document, ("end_when",), self.main.end_when)
        child_when = self._condition(self.document, ("child_when",), self.main.child_when)
        if self.problems:
            raise ContentError(self.problems)
        return Protocol(
            version=self.main.version,
            facts=self.names.facts,
            questions=questions,
            rules=tuple(rules),
            advice_order=tuple(self.main.advice_order),
            call_when=call_when,
            call_texts=dict(self.main.call_texts),
            end_when=end_when,
            most_questions=int(self.main.most_questions),
            left_out=LEFT_OUT,
            left_out_urgent=LEFT_OUT_URGENT,
            ended_early=ENDED_EARLY,
            ended_silent=ENDED_SILENT,
            help_question=self.main.help,
            self_care_advice="self_care",
            proxy_question=self.main.proxy,
            away_question=self.main.away,
            child_when=child_when,
            repeat_question=self.main.repeat,
            repeated=self.main.repeated,
            interrupts=tuple(self.main.interrupts),
            danger_questions={name: tuple(of) for name, of in self.main.danger_questions.items()},
            danger_tells={name: tuple(of) for name, of in self.main.danger_tells.items()},
        )

    def _check_names(self) -> None:
        """Groups and dangers name questions that there are."""
        for group, names in self.main.groups.items():
            self._known_questions(self.document, ("groups", group), names)
        for key in ("danger_questions", "danger_tells"):
            for danger, names in getattr(self.main, key).items():
                self._known_questions(self.document, (key, danger), names)
                if danger not in self.main.interrupts:
                    self._problem((key, danger), f"{danger!r} is not in `interrupts`")

    def _bands(self) -> Mapping[str, tuple[int, ...]]:
        """Question that is answered by a number -> every number at which a rule changes its mind."""
        written = [str(self.main.model_dump())] + [
            str(q.model_dump()) for _, q in self.files.questions.values()
        ]
        found = {match for text in written for match in _BAND.findall(text)}
        return {
            name: tuple(sorted(int(number) for fact, number in found if fact == name))
            for name, (_, q) in self.files.questions.items()
            if q.answer in ("age", "duration")
        }

    def _check_call_texts(self) -> None:
        """Who must call an ambulance must not be told to go somewhere."""
        for key, text in self.main.call_texts.items():
            for name in (key, text):
                if name not in self.main.advice_order:
                    self._problem(("call_texts", key), f"{name!r} is not in `advice_order`")
        owners: list[tuple[Document, ProtocolFile | QuestionFile]] = [(self.document, self.main)]
        owners += self.files.questions.values()
        for document, owner in owners:
            for i, rule in enumerate(owner.rules):
                if rule.mode == "go" and rule.advice not in self.main.call_texts:
                    says = f"{rule.advice!r} has no text in `call_texts` for who cannot stand"
                    self.problems.append(document.problem(("rules", i, "advice"), says))

    def _problem(self, place: Path_, says: str) -> None:
        self.problems.append(self.document.problem(place, says))

    def _fact_names(self) -> tuple[str, ...]:
        names: list[str] = [ENDED_EARLY, ENDED_SILENT, LEFT_OUT, LEFT_OUT_URGENT]
        names += [f"interrupt.{name}" for name in self.main.interrupts]
        for name, (_, question) in self.files.questions.items():
            names.append(name)
            for follow_up in question.follow_ups:
                names.append(f"{name}.{follow_up.id}")
                if follow_up.kind == "onset":
                    names.append(f"{name}.old")
            names += [f"{name}.{fact}" for fact in question.facts]
            names += [f"{name}.{band}" for band in self.bands.get(name, ())]
        return tuple(dict.fromkeys(names))

    def _known_questions(self, document: Document, place: Path_, names: list[str]) -> None:
        for i, name in enumerate(names):
            if name not in self.files.questions:
                self.problems.append(document.problem((*place, i), f"there is no question {name!r}"))

    def _condition(self, document: Document, place: Path_, when: Any) -> Condition | None:
        if when is None:
            return None
        try:
            return read_condition(when, self.names)
        except BadCondition as error:
            self.problems.append(document.problem(place, str(error)))
            return None

    def _question(self, name: str) -> Question:
        document, q = self.files.questions[name]
        follow_ups = []
        for i, f in enumerate(q.follow_ups):
            when = self._condition(document, ("follow_ups", i), f.when or f"{name} present")
            if when is not None:
                follow_ups.append(FollowUp(f"{name}.{f.id}", f.kind == "onset", when))
        chase = ((Status.PRESENT, q.chase.present), (Status.UNSURE, q.chase.unsure),
                 (Status.UNANSWERED, q.chase.unanswered))  # fmt: skip
        return Question(
            id=name,
            code=q.code,
            answer=Answer(q.answer),
            follow_ups=tuple(follow_ups),
            confirm=q.confirm,
            careful=q.careful,
            denial=q.denial,
            has_check=q.check,
            reask=q.reask,
            counts=q.counts,
            ask_when=self._condition(document, ("ask_when",), q.ask_when),
            gate=self._condition(document, ("gate",), q.gate),
            volunteered=q.volunteered,
            bands=self.bands.get(name, ()),
            always=q.always,
            noted=q.noted,
            ears=Ears(q.ears),
            chase=tuple((status, tuple(names)) for status, names in chase if names),
        )

    def _rules(self, document: Document, owner: QuestionFile | ProtocolFile) -> list[Rule]:
        built = []
        for i, rule in enumerate(owner.rules):
            when = self._condition(document, ("rules", i, "when"), rule.when)
            self._check_rule(document, i, rule)
            if when is not None:
                mode = Mode(rule.mode) if rule.mode else None
                urgency = Urgency[rule.urgency.upper()]
                built.append(Rule(rule.id, urgency, when, rule.advice, mode, tuple(rule.sources)))
        return built

    def _check_rule(self, document: Document, i: int, rule: RuleFile) -> None:
        place: Path_ = ("rules", i)
        if (rule.urgency == "emergency") != (rule.mode is not None):
            self.problems.append(
                document.problem(place, f"{rule.id}: a mode belongs to an emergency, and to no other")
            )
        if rule.advice not in self.main.advice_order:
            self.problems.append(
                document.problem(
                    (*place, "advice"), f"{rule.advice!r} is not in `advice_order` of protocol.yaml"
                )
            )
        for source in rule.sources:
            if source not in self.files.sources:
                self.problems.append(
                    document.problem((*place, "sources"), f"source {source!r} is not in sources.yaml")
                )
