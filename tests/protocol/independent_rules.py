"""Reads independent_rules.yaml: a second statement of the triage rules, written from the protocol alone by somebody
who had not seen intents/. Its own head says what its constructs mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from formula import ALWAYS, AtLeast, Formula, Not, every, some
from ruamel.yaml import YAML
from table_meanings import ABSENT, MEANT, NOT_SAID, ONSETS, PRESENT, UNKNOWN, as_named, is_

from voice_triage.protocol.findings import Facts, Findings, bits
from voice_triage.protocol.model import Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Mode, Urgency

HERE = Path(__file__).parent
RULES, DIFFERENCES = HERE / "independent_rules.yaml", HERE / "independent_differences.yaml"


@dataclass(frozen=True)
class TableRule:
    """One rule of the table."""

    id: str
    urgency: Urgency
    mode: Mode | None
    when: Formula
    facts: Facts

    @cached_property
    def _seen(self) -> int:
        """The bits of all facts that it looks at."""
        every_status = (1 << len(Status)) - 1
        return sum(bits(self.facts.place(name), every_status) for name in {*self.when.names()})

    @cached_property
    def _fires(self) -> Any:
        return lru_cache(maxsize=None)(lambda seen: self.when.holds(self.facts, seen))

    def fires(self, findings: Findings) -> bool:
        """It is so of one person."""
        fires: bool = self._fires(findings & self._seen)
        return fires


@dataclass(frozen=True)
class Table:
    """The whole table: findings to urgency and mode."""

    rules: tuple[TableRule, ...]
    calls: tuple[TableRule, ...]
    """In any emergency an ambulance is called where one of these fires."""

    def disposition(self, findings: Findings) -> tuple[Urgency, Mode | None]:
        """How soon to be seen, and in an emergency how to get there."""
        fired = [rule for rule in self.rules if rule.fires(findings)]
        urgency = max(rule.urgency for rule in fired)
        if urgency is not Urgency.EMERGENCY:
            return urgency, None
        calls = any(rule.mode is Mode.CALL for rule in fired) or any(
            each.fires(findings) for each in self.calls
        )
        return urgency, Mode.CALL if calls else Mode.GO


class TableReader:
    """Makes formulas of what the table says, for one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self._facts = protocol.facts
        self._bands = {"age": protocol.question("age").bands, "course": protocol.question("course").bands}

    def table(self, without: str = "") -> Table:
        """The table with its differences, or without one of them. Raises ValueError for what it cannot mean."""
        raws = self._raws
        rules = self._named(raws, "rules", without)
        calls = self._named(raws, "mode_upgrades", without)
        for name in [raw["id"] for raw in raws[1]["not_taken"] if raw["id"] != without]:
            if name not in rules:
                raise ValueError(f"{name} is not taken, and is not in the table")
            del rules[name]
        return Table(tuple(map(self._rule, rules.values())), tuple(map(self._rule, calls.values())))

    def differences(self) -> list[str]:
        """The ids of the differences."""
        return [each["id"] for key in ("not_taken", "rules", "mode_upgrades") for each in self._raws[1][key]]

    @cached_property
    def _raws(self) -> list[Any]:
        return [YAML(typ="safe").load(file) for file in (RULES, DIFFERENCES)]

    @staticmethod
    def _named(raws: Sequence[Any], key: str, without: str) -> dict[str, Any]:
        named: dict[str, Any] = {}
        for which, raw in enumerate(raws):
            for each in raw[key]:
                if each["id"] in named:
                    raise ValueError(f"two rules are called {each['id']}")
                if not (which and each["id"] == without):
                    named[each["id"]] = each
        return named

    def _rule(self, raw: Mapping[str, Any]) -> TableRule:
        urgency = Urgency[raw.get("tier", "emergency").upper()]
        mode = Mode(raw["mode"]) if "mode" in raw else None
        return TableRule(raw["id"], urgency, mode, self.formula(raw["when"]), self._facts)

    def formula(self, when: Mapping[str, Any]) -> Formula:
        """What one condition of the table means."""
        if "fact" in when:
            onsets = when.get("onset")
            there = self._status(when["fact"], when["status"])
            return every(there, some(*(ONSETS[each](when["fact"]) for each in onsets))) if onsets else there
        return every(*(self._part(key, value) for key, value in when.items()))

    def _part(self, key: str, value: Any) -> Formula:
        match key:
            case "all":
                return every(*map(self.formula, value))
            case "any":
                return some(*map(self.formula, value))
            case "none":
                return Not(some(*map(self.formula, value)))
            case "at_least":
                return AtLeast(value["n"], tuple(map(self.formula, value["of"])))
            case "always":
                return ALWAYS
            case "age":
                return self._age(value)
            case "days":
                return self._days(value)
        return self._status(key, value)

    def _status(self, name: str, statuses: Sequence[str]) -> Formula:
        if name in MEANT:
            return some(*(MEANT[name][status] for status in statuses))
        if name not in self._facts:
            raise ValueError(f"the table speaks of {name}, which is no fact and has no meaning in MEANT")
        return some(*(as_named(name)[status] for status in statuses))

    def _age(self, value: Any) -> Formula:
        """An age that is not known, or only as a range, fits wherever one age of it fits."""
        if value == "unknown":
            return is_("age", UNKNOWN)
        if not isinstance(value, dict):
            raise ValueError(f"an age is {{min, max}} or unknown, not {value}")
        bounds = []
        if "min" in value:
            bounds.append(is_(self._band("age", value["min"]), UNKNOWN | PRESENT))
        if "max" in value:
            bounds.append(is_(self._band("age", value["max"] + 1), UNKNOWN | ABSENT))
        return every(*bounds)

    def _days(self, value: Any) -> Formula:
        """A time that is not known fits nowhere."""
        if value == "unsure":
            return is_("course", UNKNOWN)
        bounds = []
        if "min" in value:
            bounds.append(is_(self._band("course", value["min"]), PRESENT))
        if "max" in value:
            bounds.append(is_(self._band("course", value["max"] + 1), NOT_SAID))
        return every(*bounds)

    def _band(self, question: str, least: int) -> str:
        """The fact that a number is so great; six weeks and three months may begin a day later."""
        for band in (least, *([least + 1] if question == "course" else [])):
            if band in self._bands[question]:
                return f"{question}.{band}"
        raise ValueError(f"the table tells {question} {least} apart, and no rule of the interview does")
