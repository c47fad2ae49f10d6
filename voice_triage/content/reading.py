"""Strict YAML: every scalar is text, no key comes twice, and every value knows its line.

Plain YAML loaders turn `no` into False and keep the last of two equal keys; a red flag could vanish
without a word. Here a file becomes a tree of `Node`s, or a list of Problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.cyaml import CBaseLoader
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from voice_triage.errors import ContentError, Problem

Plain = str | list["Plain"] | dict[str, "Plain"]
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file: its plain value (text, lists and mappings only) and the line of each place in it."""

    file: Path
    value: Plain
    lines: dict[Path_, int]

    def line(self, place: Path_) -> int:
        """1-based line of the value at `place`, or of the nearest place that encloses it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Path_, what: str) -> Problem:
        """A Problem at a place of this file."""
        return Problem(str(self.file), self.line(place), what)


def read(file: Path) -> Document:
    """Read one YAML file. Raises ContentError with every structural problem in it."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError([Problem(str(file), 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Problem(str(file), 0, f"is not UTF-8 text: {error.reason}")]) from error
    try:
        root = CBaseLoader(text).get_single_node()  # it takes no scalar for anything but text
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"is not YAML: {error.problem or error.context}"
        raise ContentError([Problem(str(file), mark.line + 1 if mark else 0, what)]) from error
    except YAMLError as error:
        raise ContentError([Problem(str(file), 0, f"is not YAML: {error}")]) from error
    if root is None:
        raise ContentError([Problem(str(file), 0, "is empty")])
    problems: list[Problem] = []
    lines: dict[Path_, int] = {}
    value = _plain(root, (), file, lines, problems)
    if problems:
        raise ContentError(problems)
    return Document(file, value, lines)


def _plain(
    node: YamlNode, place: Path_, file: Path, lines: dict[Path_, int], problems: list[Problem]
) -> Plain:
    lines[place] = node.start_mark.line + 1
    match node:
        case ScalarNode():
            return str(node.value)
        case SequenceNode():
            return [_plain(item, (*place, i), file, lines, problems) for i, item in enumerate(node.value)]
        case MappingNode():
            result: dict[str, Plain] = {}
            for key_node, value_node in node.value:
                line = key_node.start_mark.line + 1
                if not isinstance(key_node, ScalarNode):
                    problems.append(Problem(str(file), line, "a key must be plain text"))
                    continue
                key = str(key_node.value)
                if key in result:
                    problems.append(Problem(str(file), line, f"the key {key!r} is given twice"))
                    continue
                result[key] = _plain(value_node, (*place, key), file, lines, problems)
                lines[(*place, key)] = line
            return result
    problems.append(Problem(str(file), node.start_mark.line + 1, "unexpected YAML construct"))
    return ""
