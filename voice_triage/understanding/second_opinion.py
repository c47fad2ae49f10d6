"""Where the rules and the second reader disagree: doubt goes to the person.

The second reader may take a "no" away, and may offer an answer where the rules have none, never a sure one.
A "no" that it takes for a finding is read back as one: three times not understood would be no answer.
A "no" beside words that the rules do not know is a sure one if both hear it; the person's own doubt stays.
A finding that was put into words stays a finding; if the second reader hears a denial, it is read back.
The limits are those at which, over batches of sentences that neither had seen, nearly no sign was read as a
"no" (docs/understanding.md, "The second reader").
"""

from __future__ import annotations

from dataclasses import replace

from voice_triage.protocol.status import Status
from voice_triage.understanding.classifier import Opinion
from voice_triage.understanding.weighing import Reading

_FINDING_OFFERED = 0.8
"""So likely a finding is read back where the rules made nothing of the words, and a "no" is taken away even
where they know every word."""
_NO_OFFERED = 0.9
"""So likely a "no" is a doubtful one, where the rules made nothing of the words."""
_DENIAL_HEARD = 0.85
"""From here a finding that the rules are sure of is read back."""
_NO_CERTAIN = 0.97
"""From here a "no" that both hear is a "no", whatever else was said: of 5,490 answers that the second reader
had not seen it was as certain of 160 more, and none of them told of a sign."""
_TOLD = 3
"""Words that matter, for anything to be offered: fewer are an idiom, or cut off."""
_SCORE = 50.0
"""Of a reading that is the second reader's alone."""


def with_second_opinion(reading: Reading, opinion: Opinion | None, told: int, understood: bool) -> Reading:
    """The reading after the second reader was asked, with its reason if that changed anything.

    `told`: how many words that matter there are in the answer; `understood`: the rules know them all.
    """
    if opinion is None:
        return reading
    match reading.status:
        case Status.ABSENT if opinion.present >= _FINDING_OFFERED and told >= _TOLD:
            return _offered(Status.PRESENT, reading, opinion)
        case Status.ABSENT if _doubted(opinion, understood):
            return Reading(None, why=(*reading.why, f"the second reader hears no denial: {_shown(opinion)}"))
        case Status.ABSENT if not (reading.sure or reading.hedged) and opinion.absent >= _NO_OFFERED:
            why = f"the second reader hears a denial as well: {_shown(opinion)}"
            return replace(reading, sure=True, why=(*reading.why, why))
        case Status.PRESENT | Status.UNSURE if reading.merely_named and opinion.absent >= _NO_CERTAIN:
            return _denied(reading, opinion)
        case None if reading.refused and opinion.absent >= _NO_CERTAIN and told >= _TOLD:
            return _denied(reading, opinion)
        case Status.PRESENT if reading.sure and opinion.absent >= _DENIAL_HEARD:
            why = f"the second reader hears a denial: {_shown(opinion)}"
            return replace(reading, sure=False, why=(*reading.why, why))
        case None if opinion.present >= _FINDING_OFFERED and told >= _TOLD:
            return _offered(Status.PRESENT, reading, opinion)
        case None if (
            opinion.absent >= _NO_OFFERED and told >= _TOLD and not (reading.turned or reading.hedged)
        ):
            return _offered(Status.ABSENT, reading, opinion)
    return reading


def _doubted(opinion: Opinion, understood: bool) -> bool:
    """The second reader takes the "no" away."""
    if understood:
        return opinion.present >= _FINDING_OFFERED
    return opinion.absent < opinion.present + opinion.unsure


def _denied(reading: Reading, opinion: Opinion) -> Reading:
    why = f"the second reader is certain of the denial as well: {_shown(opinion)}"
    return Reading(Status.ABSENT, why=(*reading.why, why), score=_SCORE)


def _offered(status: Status, reading: Reading, opinion: Opinion) -> Reading:
    why = f"the second reader hears that it is {status.name.lower()}: {_shown(opinion)}"
    return Reading(status, sure=False, why=(*reading.why, why), score=_SCORE, guessed=True)


def _shown(opinion: Opinion) -> str:
    chances = {"present": opinion.present, "absent": opinion.absent, "unsure": opinion.unsure}
    likely = ", ".join(f"{name} {100 * chance:.0f} %" for name, chance in chances.items())
    return f"{likely} ({', '.join(opinion.words)})"
