"""The same lines for another listener: told of somebody else, or to a child.

A text is changed sentence by sentence: by what is written out for it, else by rules where they are certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from voice_triage.wording.phrasebook import (
    HandoverWords,
    Phrasebook,
    Region,
    RemarkText,
    TopicText,
    Wording,
    sentences,
)

_HIDE = {ord("y"): "\ue000", ord("Y"): "\ue001"}
_SHOW = {0xE000: "y", 0xE001: "Y"}
"""A "you" that stays is hidden while the rules are at work; no text holds these signs."""


@dataclass(frozen=True)
class Rules:
    """How sentences are changed that are not written out."""

    changes: tuple[tuple[re.Pattern[str], str], ...]
    """What is found -> what is put, one after the other."""
    speaker: tuple[re.Pattern[str], ...]
    """Each finds a "you" that means the one who speaks, and stays."""
    as_it_is: tuple[re.Pattern[str], ...]
    """Sentences that are said to the one who speaks in any case."""
    orders: re.Pattern[str]
    """Sentences that order something: no rule can tell who is to do it."""
    left: re.Pattern[str]
    """What must not be left in a changed sentence."""

    def change(self, sentence: str) -> str:
        """The sentence as it is put; what means the one who speaks is hidden."""
        for pattern in self.speaker:
            sentence = pattern.sub(lambda found: found[0].translate(_HIDE), sentence)
        for pattern, put in self.changes:
            sentence = pattern.sub(put, sentence)
        return sentence


@dataclass(frozen=True)
class Retelling:
    """How lines that are written to a grown-up patient are put otherwise."""

    sentences: Mapping[str, str]
    """Sentence as written -> as it is put; "" leaves it out."""
    rules: Rules | None = None
    """For all others; None: they stay."""

    def text(self, text: str) -> str:
        """A text, or a template, as it is put."""
        return " ".join(put for each in sentences(text) if (put := self.sentence(each)))

    def sentence(self, sentence: str) -> str:
        """One sentence as it is put."""
        if sentence in self.sentences:
            return self.sentences[sentence]
        if self.rules is None or self._stays(sentence, self.rules):
            return sentence
        return self.rules.change(sentence).translate(_SHOW)

    def unclear(self, sentence: str) -> bool:
        """The rules are not certain of it: it has to be written out."""
        rules = self.rules
        if rules is None or sentence in self.sentences or self._stays(sentence, rules):
            return False
        return bool(rules.orders.search(sentence) or rules.left.search(rules.change(sentence)))

    def also(self, sentences: Mapping[str, str]) -> Retelling:
        """The same, with these sentences put otherwise."""
        return replace(self, sentences={**self.sentences, **sentences})

    def _stays(self, sentence: str, rules: Rules) -> bool:
        return any(pattern.search(sentence) for pattern in rules.as_it_is)

    def book(self, book: Phrasebook) -> Phrasebook:
        """All that is said, put in this way."""
        return replace(
            book,
            prompts=self._all(book.prompts),
            wordings={name: self._wording(wording) for name, wording in book.wordings.items()},
            advice=self._all(book.advice),
            reasons=self._all(book.reasons),
            safety_net=self.text(book.safety_net),
            told_nothing=self.text(book.told_nothing),
            unsure_nothing=self.text(book.unsure_nothing),
            denial_groups=tuple(replace(group, say=self.text(group.say)) for group in book.denial_groups),
            region=self.region(book.region),
            handover=self._handover(book.handover),
            topics={name: self._topic(topic) for name, topic in book.topics.items()},
            remarks={
                name: RemarkText(self.text(remark.during), self.text(remark.after))
                for name, remark in book.remarks.items()
            },
        )

    def region(self, region: Region) -> Region:
        """The same region's words: "your GP" is theirs."""
        return replace(region, words=self._all(region.words))

    def _all(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {key: self.text(text) for key, text in texts.items()}

    def _wording(self, wording: Wording) -> Wording:
        follow_ups = wording.follow_ups
        return Wording(
            **{part: self.text(text) for part, text in vars(wording).items() if isinstance(text, str)},
            follow_ups=None if follow_ups is None else self._all(follow_ups),
        )

    def _topic(self, topic: TopicText) -> TopicText:
        return replace(topic, parts=tuple(map(self.text, topic.parts)))

    def _handover(self, words: HandoverWords) -> HandoverWords:
        return replace(
            words, texts=self._all(words.texts), names=self._all(words.names), page=self._all(words.page)
        )


@dataclass(frozen=True)
class Retellings:
    """Every other way in which the lines of a language are put."""

    another: Retelling
    """Of somebody else, to whoever speaks for them."""
    child: Retelling
    """To a child."""
    childs: Retelling
    """Of a child, to whoever speaks for it."""
