"""What is said at each step of one protocol: prompts and advice, with all that was told filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voice_triage.interview.effects import AdvicePart, Conclude, Remind, Say
from voice_triage.protocol.findings import Findings
from voice_triage.protocol.model import Answer, Protocol
from voice_triage.protocol.status import Status
from voice_triage.protocol.urgency import Urgency
from voice_triage.wording.phrasebook import Phrasebook, sentences

ROOM_PROMPTS = ("too_noisy", "come_closer", "too_loud", "too_early", "others_talking", "was_that_you")
"""What may be said of the room before a question is put again."""


@dataclass(frozen=True)
class Script:
    """The sentences of effects, in one language and for one region."""

    protocol: Protocol
    book: Phrasebook

    def prompt(self, effect: Say) -> tuple[str, ...]:
        """What is said or asked."""
        slots = dict(effect.slots)
        if "denied" in slots:
            slots["denied"] = self.book.denials(tuple(slots["denied"].split()))
        if "days" in slots:
            slots["days"] = self.book.contacts(tuple(slots["days"].split()))
        if "number" in slots:
            question = self.protocol.question(effect.prompt.partition(".")[0])
            if question.answer is Answer.DURATION:
                slots["number"] = self.book.duration(int(slots["number"]))
        return sentences(self.book.text(effect.prompt, slots))

    def advice(self, effect: Conclude) -> tuple[str, ...]:
        """All of the advice, with what should make the person act sooner where it is no emergency."""
        text = self._advice(effect.advice, effect.rules, effect.findings)
        if effect.urgency is not Urgency.EMERGENCY:
            text = f"{text} {self.book.text_of(self.book.safety_net)}"
        return sentences(text)

    def part_of_advice(self, effect: Remind) -> tuple[str, ...]:
        """What the person asked to hear again."""
        given = effect.of
        advice = sentences(self._advice(given.advice, given.rules, given.findings))
        text = self.book.part_of_advice(effect.part.value, advice, self.book.reason(given.rules))
        if effect.part is AdvicePart.CHANGES and given.urgency is not Urgency.EMERGENCY:
            text = self.book.text_of(self.book.safety_net)
        return sentences(text)

    def fixed(self, weak_ears: bool) -> tuple[str, ...]:
        """Sentences known before anybody has answered, in the order they may be needed."""
        keys = ["greeting"]
        if weak_ears:
            keys.append("weak_ears")
        for question in self.protocol.questions:
            keys += [f"{question.id}.question", f"{question.id}.second"]
        for question in self.protocol.questions:
            if question.confirm:
                keys.append(f"{question.id}.readback")
            keys += [follow_up.fact for follow_up in question.follow_ups]
        keys += [
            "not_understood",
            *ROOM_PROMPTS,
            "say_yes_or_no",
            "doubtful_no",
            "play_safe",
            "stop_warning",
            "lost",
            "offer_urgent",
            "offer",
        ]
        texts = [self.book.text(key) for key in keys]
        return tuple(dict.fromkeys(_cut([*texts, *self._emergency_advice()])))

    def emergency(self) -> tuple[str, ...]:
        """Sentences of the warning at "stop" and of every emergency advice; some come more than once."""
        return tuple(_cut([self.book.text("stop_warning"), *self._emergency_advice()]))

    def _emergency_advice(self) -> list[str]:
        urgent = {rule.advice for rule in self.protocol.rules if rule.urgency is Urgency.EMERGENCY}
        return [self._advice(key, (), 0) for key in self.protocol.advice_order if key in urgent]

    def _advice(self, key: str, rules: tuple[str, ...], findings: Findings) -> str:
        told = self.book.told(self._facts(findings, Status.PRESENT))
        unsure = self.book.unsure(self._facts(findings, Status.UNSURE, Status.UNANSWERED))
        slots = {"told": told, "unsure": unsure, "reasons": self.book.reason(rules)}
        return self.book.text_of(self.book.advice[key], slots)

    def _facts(self, findings: Findings, *statuses: Status) -> tuple[str, ...]:
        """Questions whose finding has one of these statuses, in the order of asking: worst first."""
        facts = self.protocol.facts
        return tuple(q.id for q in self.protocol.questions if facts.status(findings, q.id) in statuses)


def _cut(texts: Iterable[str]) -> Iterable[str]:
    return (sentence for text in texts for sentence in sentences(text))
