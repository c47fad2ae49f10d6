"""Every mutant: the content with one thing deleted or weakened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from .conditions import NEVER, with_less, without_a_part
from .content import INTERRUPTS, PROTOCOL, Content, Tree, written

LOWER = {"emergency": "same_day", "same_day": "soon", "soon": "routine"}
FLAGS = ("confirm", "careful", "denial", "check", "noted", "volunteered")
"""That are off unless they are written."""
LIMITS = ("counts", "always", "reask")
"""That are on unless they are written."""


@dataclass(frozen=True)
class Mutant:
    """One change for the worse."""

    kind: str
    name: str
    """Where, and what is done to it: the same in every run, and of no other mutant."""
    changed: Mapping[str, str]
    """Path below intents/ -> the whole text of the file."""


def mutants(content: Content) -> list[Mutant]:
    """All of them, kind by kind. A name that comes twice gets a number."""
    found = [mutant for kind, make in KINDS.items() for mutant in make(content, kind)]
    met: Counter[str] = Counter()
    unique = []
    for mutant in found:
        met[mutant.name] += 1
        number = f" ({met[mutant.name]})" if met[mutant.name] > 1 else ""
        unique.append(replace(mutant, name=mutant.name + number))
    return unique


def _changed(content: Content, kind: str, name: str, path: str, change: Callable[[Tree], Any]) -> Mutant:
    tree = content.own(path)
    change(tree)
    return Mutant(kind, name, {path: written(tree)})


def _rule_name(path: str, rule: Tree) -> str:
    return f"{PurePath(path).stem} {rule['id']} {rule['advice']}"


def _each_rule(content: Content) -> Iterator[tuple[str, int, Tree]]:
    for path in (*content.questions, PROTOCOL):
        for i, rule in enumerate(content.files[path].get("rules", [])):
            yield path, i, rule


def _rules(content: Content, kind: str) -> Iterator[Mutant]:
    for path, i, rule in _each_rule(content):

        def change(tree: Tree, i: int = i) -> None:
            del tree["rules"][i]
            if not tree["rules"]:
                tree["sources"] = tree.get("sources") or ["project-judgement"]

        yield _changed(content, kind, f"{_rule_name(path, rule)}: deleted", path, change)


def _tiers(content: Content, kind: str) -> Iterator[Mutant]:
    for path, i, rule in _each_rule(content):
        lower = LOWER.get(rule["urgency"])
        if lower is None:
            continue

        def change(tree: Tree, i: int = i, lower: str = lower) -> None:
            tree["rules"][i]["urgency"] = lower
            tree["rules"][i].pop("mode", None)

        yield _changed(content, kind, f"{_rule_name(path, rule)}: {lower}", path, change)


def _modes(content: Content, kind: str) -> Iterator[Mutant]:
    for path, i, rule in _each_rule(content):
        if rule.get("mode") != "call":
            continue
        trees = {name: content.own(name) for name in {path, PROTOCOL}}
        trees[path]["rules"][i]["mode"] = "go"
        trees[PROTOCOL]["call_texts"].setdefault(rule["advice"], rule["advice"])
        yield Mutant(kind, f"{_rule_name(path, rule)}: go", {n: written(tree) for n, tree in trees.items()})


def _parts(content: Content, kind: str) -> Iterator[Mutant]:
    weaken = with_less if kind == "state" else without_a_part
    for path, i, rule in _each_rule(content):
        for says, when in weaken(rule["when"]):

            def change(tree: Tree, i: int = i, when: Any = when) -> None:
                tree["rules"][i]["when"] = when

            yield _changed(content, kind, f"{_rule_name(path, rule)}: {says}", path, change)


def _gates(content: Content, kind: str) -> Iterator[Mutant]:
    for path in content.questions:
        for gate in ("gate", "ask_when"):
            written_when = content.files[path].get(gate)
            if written_when is None:
                continue
            name = f"{PurePath(path).stem} {gate}"
            yield _changed(content, kind, f"{name}: deleted", path, lambda tree, g=gate: tree.pop(g))
            for says, when in (("never", NEVER), *without_a_part(written_when), *with_less(written_when)):

                def change(tree: Tree, gate: str = gate, when: Any = when) -> None:
                    tree[gate] = when

                yield _changed(content, kind, f"{name}: {says}", path, change)


def _chases(content: Content, kind: str) -> Iterator[Mutant]:
    for path in content.questions:
        for status, names in content.files[path].get("chase", {}).items():
            for name in names:
                yield _changed(
                    content,
                    kind,
                    f"{PurePath(path).stem} chase {status}: without {name}",
                    path,
                    lambda tree, s=status, n=name: tree["chase"][s].remove(n),
                )


def _flags(content: Content, kind: str) -> Iterator[Mutant]:
    for path in content.questions:
        question, stem = content.files[path], PurePath(path).stem
        for flag in (*FLAGS, *LIMITS, "ears"):
            if flag in question:
                name = f"{stem} {flag}: deleted"
                yield _changed(content, kind, name, path, lambda tree, f=flag: tree.pop(f))
            elif flag in LIMITS and "volunteered" not in question:  # of those nothing else is looked at
                name = f"{stem} {flag}: false"
                yield _changed(content, kind, name, path, lambda tree, f=flag: tree.update({f: "false"}))


def _follow_ups(content: Content, kind: str) -> Iterator[Mutant]:
    for path in content.questions:
        for i, follow_up in enumerate(content.files[path].get("follow_ups", [])):
            name = f"{PurePath(path).stem}.{follow_up['id']}"

            def delete(tree: Tree, i: int = i) -> None:
                gone = tree["follow_ups"].pop(i)
                facts = [gone["id"], *(["old"] if gone.get("kind") == "onset" else [])]
                tree["facts"] = [*tree.get("facts", []), *facts]

            yield _changed(content, kind, f"{name}: deleted", path, delete)
            if "kind" in follow_up:

                def plain(tree: Tree, i: int = i) -> None:
                    del tree["follow_ups"][i]["kind"]
                    tree["facts"] = [*tree.get("facts", []), "old"]

                yield _changed(content, kind, f"{name} kind: deleted", path, plain)
            if "when" in follow_up:
                yield _changed(
                    content,
                    kind,
                    f"{name} when: deleted",
                    path,
                    lambda tree, i=i: tree["follow_ups"][i].pop("when"),
                )
                for says, when in (*without_a_part(follow_up["when"]), *with_less(follow_up["when"])):

                    def change(tree: Tree, i: int = i, when: Any = when) -> None:
                        tree["follow_ups"][i]["when"] = when

                    yield _changed(content, kind, f"{name} when: {says}", path, change)


def _terms(content: Content, kind: str) -> Iterator[Mutant]:
    for term, when in content.files[PROTOCOL]["terms"].items():
        for says, less in (("never", NEVER), *without_a_part(when), *with_less(when)):

            def change(tree: Tree, term: str = term, less: Any = less) -> None:
                tree["terms"][term] = less

            yield _changed(content, kind, f"{term}: {says}", PROTOCOL, change)


def _groups(content: Content, kind: str) -> Iterator[Mutant]:
    for group, names in content.files[PROTOCOL]["groups"].items():
        for name in names:
            yield _changed(
                content,
                kind,
                f"{group}: without {name}",
                PROTOCOL,
                lambda tree, g=group, n=name: tree["groups"][g].remove(n),
            )


def _dangers(content: Content, kind: str) -> Iterator[Mutant]:
    for danger, names in content.files[PROTOCOL].get("danger_questions", {}).items():
        name = f"danger_questions {danger}"

        def delete(tree: Tree, danger: str = danger) -> None:
            del tree["danger_questions"][danger]

        yield _changed(content, kind, f"{name}: deleted", PROTOCOL, delete)
        for question in names:

            def change(tree: Tree, danger: str = danger, question: str = question) -> None:
                tree["danger_questions"][danger].remove(question)

            yield _changed(content, kind, f"{name}: without {question}", PROTOCOL, change)


def _ends(content: Content, kind: str) -> Iterator[Mutant]:
    protocol = content.files[PROTOCOL]
    yield _changed(content, kind, "end_when: deleted", PROTOCOL, lambda tree: tree.pop("end_when"))
    for says, when in (*without_a_part(protocol["end_when"]), *with_less(protocol["end_when"])):
        yield _changed(
            content, kind, f"end_when: {says}", PROTOCOL, lambda tree, w=when: tree.update(end_when=w)
        )
    most = int(protocol["most_questions"])
    for number in (most - 1, most + 1):
        yield _changed(
            content,
            kind,
            f"most_questions: {number}",
            PROTOCOL,
            lambda tree, n=number: tree.update(most_questions=str(n)),
        )
    yield _changed(content, kind, "help: age", PROTOCOL, lambda tree: tree.update(help="age"))


def _calls(content: Content, kind: str) -> Iterator[Mutant]:
    call_when = content.files[PROTOCOL]["call_when"]
    for says, when in (("never", NEVER), *without_a_part(call_when), *with_less(call_when)):
        yield _changed(
            content, kind, f"call_when: {says}", PROTOCOL, lambda tree, w=when: tree.update(call_when=w)
        )


def _call_texts(content: Content, kind: str) -> Iterator[Mutant]:
    for advice, text in content.files[PROTOCOL]["call_texts"].items():
        name = f"call_texts {advice}: not {text}"
        yield _changed(
            content, kind, name, PROTOCOL, lambda tree, a=advice: tree["call_texts"].update({a: a})
        )


def _phrases(content: Content, kind: str) -> Iterator[Mutant]:
    """One list of phrases with its first line only, or none."""
    senses = ("present", "present_if_asked") if kind == "present" else ("absent", "absent_if_asked")
    for path in content.wordings:
        phrases = content.files[path].get("phrases") or {}
        for sense in senses:
            if sense not in phrases or (kind == "present" and len(_lines(phrases[sense])) < 2):
                continue
            name = f"{PurePath(path).stem} {sense}: {'one line' if kind == 'present' else 'deleted'}"

            def change(tree: Tree, sense: str = sense) -> None:
                if kind == "present":
                    tree["phrases"][sense] = _lines(tree["phrases"][sense])[0]
                else:
                    del tree["phrases"][sense]

            yield _changed(content, kind, name, path, change)


def _interrupts(content: Content, kind: str) -> Iterator[Mutant]:
    for danger, lists in content.files[INTERRUPTS]["interrupts"].items():
        for sense in ("present", "vague", "vague_not_to", "unlike"):
            if sense not in lists:
                continue

            def change(tree: Tree, danger: str = danger, sense: str = sense) -> None:
                listed = tree["interrupts"][danger]
                if sense == "present":
                    listed[sense] = _lines(listed[sense])[0]
                else:
                    del listed[sense]

            says = "one line" if sense == "present" else "deleted"
            yield _changed(content, kind, f"{danger} {sense}: {says}", INTERRUPTS, change)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


KINDS: Mapping[str, Callable[[Content, str], Iterator[Mutant]]] = {
    "rule": _rules,
    "tier": _tiers,
    "mode": _modes,
    "part": _parts,
    "state": _parts,
    "gate": _gates,
    "chase": _chases,
    "flag": _flags,
    "follow_up": _follow_ups,
    "term": _terms,
    "group": _groups,
    "danger": _dangers,
    "end": _ends,
    "call": _calls,
    "call_text": _call_texts,
    "present": _phrases,
    "absent": _phrases,
    "interrupt": _interrupts,
}
"""Kind -> what makes its mutants."""
MEANING = {
    "rule": "a rule deleted",
    "tier": "a rule one tier lower",
    "mode": "an emergency rule that says go, not call",
    "part": "a part of a rule's condition dropped, or its count raised",
    "state": "a fact in a rule looked at more narrowly: `possible` -> `present`, `recent` -> `new`",
    "gate": "`gate` or `ask_when` deleted, never open, or with a part dropped or narrower",
    "chase": "an entry of `chase` dropped",
    "flag": "a flag deleted; `counts`, `always` or `reask` made false",
    "follow_up": "a follow-up deleted, no longer an onset, or its `when` deleted or weakened",
    "term": "a term that never holds, or with a part dropped or narrower",
    "group": "a member of a group dropped",
    "danger": "`danger_questions`, or one of them, dropped",
    "end": "`end_when`, `most_questions` and `help`",
    "call": "a part of `call_when` dropped or narrower",
    "call_text": "who must call hears the text for who may go",
    "present": "a list of phrases that say it is there, with one line left",
    "absent": "a list of phrases that say it is not there, deleted",
    "interrupt": "the phrases of a danger with one line left; its `unlike` or `vague` deleted",
}
"""Kind -> what its mutants are."""
