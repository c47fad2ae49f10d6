"""From keys of prompts to the sentences that are spoken and shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_triage.wording.advice_parts import Patterns, sentences_of

_UNITS = {"year": 365, "month": 30, "week": 7, "day": 1}
"""Unit -> days."""
CONTACT_DAYS = (
    "today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "week_ago",
)  # fmt: skip
"""Keys of the prompts that tell when the person spoke with us before; weekdays in the order of the week."""
_SENTENCE_END = re.compile(r"(?<=[.?!]) +")


@dataclass(frozen=True)
class Wording:
    """How one question is put in one language."""

    question: str
    second: str
    why: str
    check: str = ""
    readback: str = ""
    claim: str = ""
    over: str = ""
    """Of a number, asked for by yes or no: "Are you sixty or older?"."""
    noted: str = ""
    heard: str = ""
    """The finding in a few words: "numbness down below"."""
    topic: str = ""
    """What stays open when it is not answered: "the feeling down below"."""
    denied: str = ""
    """The finding denied: "no numbness down below"."""
    follow_ups: Mapping[str, str] | None = None


@dataclass(frozen=True)
class TopicText:
    """What is told of one topic."""

    title: str
    parts: tuple[str, ...]
    in_emergency: bool
    """It may be told beside emergency advice."""


@dataclass(frozen=True)
class RemarkText:
    """What is said to somebody who makes little of it, or shrinks from going."""

    during: str
    """Before the question is put again."""
    after: str
    """Once advice was given, before what to do."""


@dataclass(frozen=True)
class DenialGroup:
    """A shorter way to read several denials back at once."""

    of: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Region:
    """Numbers and names of services in one place."""

    id: str
    words: Mapping[str, str]
    """Slot -> what is said: "emergency_number" -> "999"."""
    say_as: Mapping[str, str]
    """Text as shown -> as a voice should say it: "999" -> "nine nine nine"."""
    voice: str
    """The accent that fits, as espeak-ng names it: "en-gb"."""


@dataclass(frozen=True)
class HandoverWords:
    """How an interview is summed up for whoever takes over."""

    texts: Mapping[str, str]
    """Sentences that are spoken."""
    pieces: Mapping[str, str]
    """What those take in: new, not_new, maybe_new, more."""
    names: Mapping[str, str]
    """Findings in words that fit everybody, where their own `heard` does not."""
    background: frozenset[str]
    """Questions about what was so before."""
    no_findings: frozenset[str]
    """Questions whose yes is no finding."""
    page: Mapping[str, str]
    """What is shown on the written page only."""


@dataclass(frozen=True)
class Phrasebook:
    """Every sentence the skill can say, in one language and for one region."""

    language: str
    prompts: Mapping[str, str]
    wordings: Mapping[str, Wording]
    advice: Mapping[str, str]
    reasons: Mapping[str, str]
    safety_net: str
    told_nothing: str
    unsure_nothing: str
    denial_groups: tuple[DenialGroup, ...]
    region: Region
    handover: HandoverWords
    advice_parts: Patterns
    topics: Mapping[str, TopicText]
    remarks: Mapping[str, RemarkText]

    def text(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        """The text of a prompt ("greeting"), of a part of a question ("saddle_numbness.second"), of a topic
        ("topic.tests.1": its first part) or of a remark ("remark.not-stress.during").

        Raises KeyError for a key that the phrasebook does not hold; checking content makes sure that none is.
        """
        return self.text_of(self._template(key), slots)

    def text_of(self, template: str, slots: Mapping[str, str] | None = None) -> str:
        """A template with the region's words and these slots filled in. KeyError: a slot nobody fills."""
        return template.format_map({**self.region.words, **(slots or {})})

    def _template(self, key: str) -> str:
        if key in self.prompts:
            return self.prompts[key]
        question, _, part = key.partition(".")
        if question in ("topic", "remark"):
            return self._aside(question, part)
        wording = self.wordings[question]
        if wording.follow_ups and part in wording.follow_ups:
            return wording.follow_ups[part]
        found = getattr(wording, part, "")
        if not isinstance(found, str) or not found:
            raise KeyError(key)
        return found

    def _aside(self, kind: str, key: str) -> str:
        name, _, part = key.rpartition(".")
        if kind == "topic":
            return self.topics[name].parts[int(part) - 1]
        return {"during": self.remarks[name].during, "after": self.remarks[name].after}[part]

    def part_of_advice(self, part: str, advice: tuple[str, ...], reasons: str) -> str:
        """One part of an advice whose sentences these are; `part` is a key of `advice_parts`.

        What is not in the advice itself is said in general words; why, by the reasons of the rules.
        """
        if part == "why" and reasons:
            return reasons
        found = " ".join(sentences_of(part, advice, self.advice_parts))
        if found or part == "shorter":
            return found or advice[0]
        return self.text(f"{part}_otherwise")

    def denials(self, denied: tuple[str, ...]) -> str:
        """ "no numbness down below, no trouble with pee or poo, and both legs fine" """
        left, parts = list(denied), []
        for fact in denied:
            if fact not in left:
                continue
            group = next((g for g in self.denial_groups if fact in g.of and set(g.of) <= set(left)), None)
            for named in group.of if group else (fact,):
                left.remove(named)
            parts.append(group.say if group else self.wordings[fact].denied)
        return self.listed(parts)

    def duration(self, days: int) -> str:
        """A length of time in the largest unit that tells it exactly: "3 weeks"."""
        unit = (
            next(unit for unit, length in _UNITS.items() if days % length == 0 and days >= length)
            if days
            else "day"
        )
        count = days // _UNITS[unit]
        return self.prompts[unit if count == 1 else f"{unit}s"].format(count=count)

    def contacts(self, days: tuple[str, ...]) -> str:
        """Days of earlier talks, by their keys: "on Tuesday and yesterday". Each day is told once."""
        return self.listed([self.prompts[day] for day in dict.fromkeys(days)])

    def told(self, facts: tuple[str, ...]) -> str:
        """What was told, in a few words; `facts` worst first."""
        parts = [self.wordings[fact].heard for fact in facts if self.wordings[fact].heard]
        return self.listed(parts[:3]) or self.told_nothing

    def unsure(self, facts: tuple[str, ...]) -> str:
        """What stayed open, in a few words."""
        parts = [self.wordings[fact].topic for fact in facts if self.wordings[fact].topic]
        return self.listed(parts[:3]) or self.unsure_nothing

    def finding(self, fact: str) -> str:
        """A finding in a few words that fit everybody: "numbness down below"."""
        return self.handover.names.get(fact) or self.wordings[fact].heard

    def reason(self, rules: tuple[str, ...]) -> str:
        """The reason sentence of the first of these rules that has one."""
        return next((self.reasons[rule] for rule in rules if rule in self.reasons), "")

    def listed(self, parts: Sequence[str]) -> str:
        """ "a, b and c" """
        if len(parts) < 2:
            return "".join(parts)
        return ", ".join(parts[:-1]) + f" {self.prompts['and']} {parts[-1]}"

    def spoken(self, text: str) -> str:
        """The text as a voice should say it: numbers of services digit by digit, letters one by one."""
        for shown, said in sorted(self.region.say_as.items(), key=lambda pair: -len(pair[0])):
            text = re.sub(rf"(?<!\w){re.escape(shown)}(?!\w)", said, text)
        return text


def sentences(text: str) -> tuple[str, ...]:
    """A text cut after each sentence: the units that are rendered and between which the voice pauses."""
    return tuple(part for part in _SENTENCE_END.split(text.strip()) if part)
