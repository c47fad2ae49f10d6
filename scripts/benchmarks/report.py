"""The page docs/benchmarks.md: the figures, and on what they were measured."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from .compared import Compared, comparison
from .figures import Figure, table
from .machine import Machine
from .matchers import MATCHERS

HEADING = """\
# How fast it is

Written by `scripts/bench --write`; do not edit. Measured on a virtual sound card (scripts/sound_card): real
PortAudio, real recognisers, recorded patients; what was heard is taken from a recording of its loudspeaker,
so that every buffer on the way counts. No test depends on these figures.
"""
MEANING = """\
- **start**: from the start of the process to the first sound of the greeting, in a terminal, with every
  prompt in the cache and the model tried before. The kinds are measured by turns, in one run; the last of
  them is the first start after the program or its phrases have changed. Below each the seconds that the
  program kept processors busy until then, of which two may be at work at once.
- **turn**: from the endpointer's decision that the person has stopped to the first sound of what is said
  next (the hangover before that decision is patience, and not counted). Below it two parts of it: until the
  recogniser has decided, and from the order to play to the first sound. Recorded patients; each prompt is
  cut short by Esc.
- **stop**: from the press of Esc in a terminal to silence, while a steady tone stands in for the voice.
- **interpret**: one answer to its meaning, over every recorded and expected answer.
- **interviews**: events in, conclusion out, no wording; one process on one core.
- **simulate**: whole interviews with the invented people of `voice-triage simulate`, in seconds of one core,
  the first ones included; what was met before is remembered, so that it becomes faster. Crowds of 32,768.
"""
BEGIN, END = "<!-- matchers -->", "<!-- end of matchers -->"
BESIDE = """\
## Beside other matchers

The understanding and the matchers of other voice assistants, in one run: {answers:,} written answers to
questions that want yes or no (`tests/measured/unseen/sixth/`). *Missed* are warning signs read as "no",
*false no / yes* all answers read so that do not say so (the missed ones too). Of two meanings that fit as
well each takes "yes".

- commit {commit}, {date}
- {cores} cores ({processor}), Python {python}
- load of the machine: {before:.1f} at the beginning, {after:.1f} at the end

{table}

- **ours**: as in the interview, with the phrases of every question and every danger. A doubtful "no" to a
  critical question is put again on purpose, and counts as not right. Where our rules were changed with these
  answers in view since, that flatters ours, and the others less; docs/understanding.md has the first runs.
- **the others** have only the phrases of the question that was asked, and the yes, no and unsure of all:
  made from our own `intents/`, so that this compares ways of matching, not what somebody wrote for each.
  They are given the answer after our clean-up, without unimportant words; its time is counted as theirs.
- **hassil** (Home Assistant) reads our templates. It is meant for whole commands; with wildcards before and
  after each template it finds them in longer answers too. Of several its `recognize_best` chooses. Its
  `allow_unmatched_entities` is for lists of values, and our templates have none.
- **rapidfuzz** has the phrases written out (20 sentences at most of each template, drawn by lot), and takes
  the nearest by `token_set_ratio`, from 80 on. adapt and padacioso have the same sentences.
- **adapt** (Mycroft; adapt-parser 1.0.0, Apache-2.0) finds keywords anywhere. Its last release is of 2021;
  it goes on as ovos-adapt-parser, which needs other parts of OpenVoiceOS.
- **padacioso** (OpenVoiceOS; 1.0.0 of 2024, Apache-2.0) starts a pool of processes for every answer. Only
  the last row is with that pool, over a few answers.
- **padatious** (0.4.8 of 2020) and ovos-padatious (1.4.3 of 2025), both Apache-2.0, are left out: pip does
  not build them where the C library FANN and SWIG are not installed.
{missing}"""


def page(figures: Sequence[Figure], before: Machine, after: Machine, note: str, there: str) -> str:
    """The page in Markdown. `before` and `after`: the machine at the beginning and at the end.

    `note`: what else ran, "" for nothing. `there`: the page as it was, whose part about other matchers is
    kept unless that was measured too.
    """
    python = platform.python_version()
    facts = (
        f"- commit {before.commit}, {before.date}",
        f"- {before.cores} cores ({before.processor}), {platform.system()}, Python {python}",
        f"- load of the machine: {before.load:.1f} at the beginning, {after.load:.1f} at the end",
    )
    told = [f"- {note}"] if note else []
    own = [figure for figure in figures if not isinstance(figure, Compared)]
    _, begin, kept = there.partition(BEGIN)
    beside = with_matchers(begin + kept, figures, before, after)
    return "\n".join([HEADING, *facts, *told, "", table(own), "", MEANING, *filter(None, [beside])])


def with_matchers(text: str, figures: Sequence[Figure], before: Machine, after: Machine) -> str:
    """The page `text` with its part about other matchers written anew, or at its end."""
    compared = [figure for figure in figures if isinstance(figure, Compared)]
    if not compared:
        return text
    there = {figure.name for figure in compared}
    absent = [matcher.name for matcher in MATCHERS if matcher.name not in there]
    part = BESIDE.format(
        answers=len(compared[0].values),
        commit=before.commit,
        date=before.date,
        cores=before.cores,
        processor=before.processor,
        python=platform.python_version(),
        before=before.load,
        after=after.load,
        table=comparison(compared),
        missing=f"- not there in this run: {', '.join(absent)}\n" if absent else "",
    )
    start, mark, rest = text.partition(BEGIN)
    start = start if mark or not start else f"{start.rstrip()}\n\n"
    return f"{start}{BEGIN}\n{part}{END}{rest.partition(END)[2] or chr(10)}"
