"""docs/protocol.md: the whole protocol on one page, made from intents/ and from the interview itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from voice_triage.content.asking_words import when_asked
from voice_triage.content.interview_diagram import BEING_ASKED, phase_meanings, state_diagram
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.protocol_index import ProtocolIndex, RuleEntry, read_index
from voice_triage.content.question_tree import question_tree
from voice_triage.content.regions import read_regions
from voice_triage.interview.machine import TRANSITIONS
from voice_triage.interview.policy import Policy
from voice_triage.protocol.urgency import Urgency
from voice_triage.wording.phrasebook import Wording

LANGUAGE = "en"
_HEAD = """# The protocol

Protocol {version}. Written by `scripts/protocol_page` from `intents/` and from the table of the interview:
change those, not this page. `voice-triage protocol show NAME` tells more of one question or rule.

It is proposed for building and testing, and not signed off for use with patients."""
_DERIVED = """## What is made from what

| Part of this page | Made from |
| --- | --- |
| order, questions, tree | `intents/protocol.yaml`, `intents/questions/`, `intents/{language}/` |
| rules, terms, groups | `rules`, `terms` and `groups` of the same files |
| sources | `intents/sources.yaml` |
| meaning of the phases | the notes in `voice_triage/interview/state.py` |
| arrows of the state diagram | walking the interview, state by state |
| table of moves | `TRANSITIONS` in `voice_triage/interview/machine.py` |
| sentences around them | written by hand in `voice_triage/content/protocol_page.py` |"""
_ORDER = """## The order

{order}

Of the counted questions at most {most} are put. What somebody says out of turn, and what an answer pulls
forward, comes before the next in order. An emergency ends the questions at once."""
_TREE = """## The question tree

Solid: the order. Joined at the side: follow-ups. Dotted: what an answer pulls forward. With corners: left out
once no answer to it could make it more urgent. The table tells what else decides if a question is put."""
_INTERVIEW = """## The interview

What the person is being asked to do, and what leads from one phase to the next. Drawn from an interview of a
single question, walked through every state it can reach: once for a question that is taken with every care,
once for the age. Where more questions are left, the next one is asked (`asking`) in place of `denials` and
`offering`, unless it is an emergency. Not drawn: what puts the same again, "start again" (to the first
question), "help" and "back" (to another question), and what is said out of turn. "Silent too often" is
{silences} times in a row; after that the advice is repeated up to {repeats} times."""
_RULES = """## The rules

The urgency is the highest of all rules that fire. New: started, came back or got worse within two weeks, or
nobody knows since when. Long-standing: for over three months, unchanged. Terms, in quotes, and the groups
are told below."""
_SLOT = re.compile(r"\{(\w+)\}")


def protocol_page(folder: Path) -> str:
    """The page for a folder of content. Raises ContentError."""
    index = read_index(folder)
    _, region = next(iter(read_regions(folder).values()))
    wordings = read_phrasebook(folder, LANGUAGE, region).wordings
    protocol, policy = index.protocol, Policy()
    order = " → ".join(question.code for question in protocol.questions if not question.volunteered)
    parts = (
        _HEAD.format(version=protocol.version),
        _DERIVED.format(language=LANGUAGE),
        _ORDER.format(order=order, most=protocol.most_questions),
        "## The questions",
        _questions(index, wordings),
        _TREE,
        _mermaid(question_tree(index)),
        _INTERVIEW.format(silences=policy.silences, repeats=policy.repeat_times),
        _mermaid(state_diagram(protocol)),
        _phases(),
        "Which move each event starts (`voice_triage/interview/`):",
        _transitions(),
        _RULES,
        *_rules(index),
        "## Terms and groups",
        _terms(index),
        "## Sources",
        _table(("key", "source"), ((f"`{key}`", index.source(key)) for key in index.sources)),
    )
    return "\n\n".join(parts) + "\n"


def _mermaid(diagram: str) -> str:
    return f"```mermaid\n{diagram}\n```"


def _questions(index: ProtocolIndex, wordings: Mapping[str, Wording]) -> str:
    rows = (
        (
            question.code,
            f"`{question.id}`",
            _SLOT.sub(lambda slot: f"({slot[1].replace('_', ' ')})", wordings[question.id].question),
            index.file(question).finding,
            "; ".join(when_asked(index, question, resolve=False)),
        )
        for question in index.protocol.questions
    )
    return _table(("code", "id", "asks", "looks for", "when asked"), rows)


def _phases() -> str:
    meanings = phase_meanings()
    rows = (
        (f"`{phase.value}`", meanings.get(phase, ""), "yes" if phase in BEING_ASKED else "")
        for phase in TRANSITIONS
    )
    return _table(("phase", "what the person is asked to do", "being asked"), rows)


def _transitions() -> str:
    events = tuple(dict.fromkeys(event for moves in TRANSITIONS.values() for event in moves))
    rows = (
        (f"`{phase.value}`", *(f"{moves[event].__name__}" if event in moves else "" for event in events))
        for phase, moves in TRANSITIONS.items()
    )
    return _table(("phase", *(event.__name__ for event in events)), rows)


def _rules(index: ProtocolIndex) -> Iterator[str]:
    for urgency in sorted(Urgency, reverse=True):
        entries = [entry for entry in index.by_urgency() if entry.rule.urgency is urgency]
        title = f"### {urgency.id.replace('_', ' ').capitalize()}"
        if entries:
            yield title
            yield _table(("rule", "how", "fires if", "advice", "sources"), (_row(index, e) for e in entries))
        else:
            yield f"{title}\n\nNo rule: this is what is left when none fires."


def _row(index: ProtocolIndex, entry: RuleEntry) -> tuple[str, ...]:
    rule = entry.rule
    return (
        rule.id,
        rule.mode.value if rule.mode else "",
        index.teller.told(entry.when, resolve=False).inline(),
        f"`{rule.advice}`",
        ", ".join(rule.sources),
    )


def _terms(index: ProtocolIndex) -> str:
    main = index.files.protocol[1]
    terms = [
        (f'"{name.replace("_", " ")}"', index.teller.told(when, resolve=False).inline())
        for name, when in main.terms.items()
    ]
    groups = [
        (f"group `{name}`", ", ".join(index.protocol.question(each).code for each in members))
        for name, members in main.groups.items()
    ]
    return _table(("name", "is"), [*terms, *groups, ("the counted questions", _counted(index))])


def _counted(index: ProtocolIndex) -> str:
    return ", ".join(index.protocol.question(each).code for each in index.teller.counted)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
