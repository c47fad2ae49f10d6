"""What a person asks about beside the interview: "do I need a scan?"; and what makes people wait."""

from __future__ import annotations

from voice_triage.interview.effects import Kind
from voice_triage.interview.events import AskedAbout, Remarked
from voice_triage.protocol.status import Status
from voice_triage.understanding.answer import Answer
from voice_triage.understanding.clauses import Shape
from voice_triage.understanding.evidence import For
from voice_triage.understanding.lexicon import Lexicon
from voice_triage.understanding.matching import exact_at


def topic_asked(shape: Shape, lexicon: Lexicon, bare: bool = False) -> str | None:
    """The one topic that a question is about, if it is all that was said.

    It must begin as questions and wishes do (`bare`: or name the topic alone), and hold no word that is
    neither of the topic nor of any question: with such a word it may tell something. A denial counts only
    where the topic is asked for by it. Of two topics the one that is named by more words; else none.
    """
    topics, words = lexicon.topics, shape.words
    opening = exact_at(topics.opening, words, 0)
    if opening is None and not bare:
        return None
    begun = opening.end if opening is not None else 0
    said, rest = frozenset(words), frozenset(words[begun:])
    meant: list[tuple[int, str]] = []
    for topic, ways in topics.ways.items():
        fitting = [head for head in ways.heads if head <= said]
        if not fitting or not rest - topics.common <= ways.words:
            continue
        denied = said & lexicon.grammar_words.negators
        fitting = [head for head in fitting if denied <= head]
        if fitting:
            meant.append((max(map(len, fitting)), topic))
    meant.sort(reverse=True)
    if not meant or (len(meant) > 1 and meant[0][0] == meant[1][0]):
        return None
    return meant[0][1]


def remarked(shape: Shape, lexicon: Lexicon) -> Remarked | None:
    """The remark that is all that was said."""
    span = exact_at(lexicon.topics.remarks, shape.words, 0)
    return Remarked(span.label) if span is not None and span.end == len(shape.words) else None


def aside(shape: Shape, answer: Answer) -> AskedAbout | Remarked | None:
    """A topic is all that was asked for, and nothing was told by it; or, after the advice, a remark.

    While the interview goes on a remark is looked for only where no answer can be made of the words.
    """
    afterwards = answer.asked.kind in (Kind.OFFER, Kind.MORE)
    if answer.request is not None and answer.request.whole:
        return None
    if answer.own is not None and answer.found.says(For.PRESENT):
        return None  # it may tell of the finding that was asked about
    topic = topic_asked(shape, answer.lexicon, bare=afterwards and not answer.also)
    if topic is not None:
        told = {said.fact.partition(".")[0] for said in answer.also if said.status is not Status.UNSURE}
        return AskedAbout(topic) if told <= answer.lexicon.topics.ways[topic].names else None
    return remarked(shape, answer.lexicon) if afterwards and not answer.also else None


def about(said: AskedAbout | Remarked) -> str:
    """Why it was read so."""
    if isinstance(said, AskedAbout):
        return f"asks about {said.topic}, and nothing else was said"
    return f"the remark {said.remark}, and nothing else was said"
