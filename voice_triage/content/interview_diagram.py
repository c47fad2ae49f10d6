"""How the interview moves from phase to phase, found by walking it, drawn as a Mermaid state diagram."""

from __future__ import annotations

import ast
import inspect
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

from voice_triage.interview.events import (
    Answered,
    AskedAbout,
    Begin,
    Endangered,
    EngineFailed,
    Event,
    Measured,
    NotUnderstood,
    Request,
    Requested,
    Silence,
)
from voice_triage.interview.machine import TRANSITIONS, Interview
from voice_triage.interview.policy import Policy
from voice_triage.interview.state import Phase, State
from voice_triage.interview.topics import Topic
from voice_triage.protocol.model import Answer, Protocol, Question
from voice_triage.protocol.status import Status

Moves = Mapping[tuple[Phase, Phase], frozenset[str]]
"""From a phase to a phase -> what happened, in words."""
BEING_ASKED = tuple(
    phase for phase in Phase if TRANSITIONS[phase].get(Requested) is TRANSITIONS[Phase.ASKING][Requested]
)
"""The phases of an interview that is under way: a request does the same in each of them."""
_ANSWERS = {Status.PRESENT: "yes", Status.ABSENT: "no", Status.UNSURE: "not sure"}
_SPOKEN = frozenset({*_ANSWERS.values(), "not understood"})
_ORDER = (
    "begin", "begin after a break", "anything said", *_ANSWERS.values(), "a number", "not understood",
    "silence", "silent too often", "not understood too often", "skip", "a topic", "danger",
    "half-heard danger", "stop", "failure",
)  # fmt: skip
_TOPIC = "a topic"
_NEVER = 99
_PATIENT = Policy(silences=_NEVER, garbled=_NEVER)
_IMPATIENT = {
    "silence": Policy(silences=1, garbled=_NEVER),
    "not understood": Policy(silences=_NEVER, garbled=1),
}
"""What ends an interview that bears it once only -> the manners of that interview."""
_ASIDE = frozenset({_TOPIC, "half-heard danger"})
"""What leads back to where it was said, and so changes nothing in what comes too often."""
_TOO_OFTEN = {"silence": "silent too often", "not understood": "not understood too often"}


def moves(protocol: Protocol) -> Moves:
    """Every move of an interview of one question: one that is taken with every care, and the age.

    Each state that can be reached is walked, with every event of these that the table allows.
    """
    careful = next(q for q in protocol.questions if q.confirm and q.careful and q.denial and q.has_check)
    number = next(q for q in protocol.questions if q.answer is Answer.AGE)
    found: dict[tuple[Phase, Phase], set[str]] = {}
    for question in (careful, number):
        for last, policy in (("", _PATIENT), *_IMPATIENT.items()):
            interview = Interview(_alone(protocol, question), policy, {_TOPIC: Topic(2)})
            left_out = frozenset() if policy is _PATIENT else _ASIDE
            for before, said, after in _walked(interview, _events(protocol, question), protocol, left_out):
                lost = after is Phase.WAITING and said == last and before in BEING_ASKED
                if lost or policy is _PATIENT or before is Phase.WAITING:
                    found.setdefault((before, after), set()).add(_TOO_OFTEN[said] if lost else said)
    return {pair: frozenset(said) for pair, said in found.items()}


def _alone(protocol: Protocol, question: Question) -> Protocol:
    """The protocol as if this were the only question."""
    alone = replace(question, gate=None, ask_when=None, always=True, chase=())
    return replace(
        protocol,
        questions=(alone,),
        help_question=question.id,
        danger_questions={},
        danger_tells={},
        end_when=None,
    )


def _events(protocol: Protocol, question: Question) -> Mapping[Event, str]:
    danger = next(name for name in protocol.interrupts if name not in protocol.danger_questions)
    told: dict[Event, str] = {Begin(): "begin", NotUnderstood(): "not understood", Silence(): "silence"}
    told |= {Requested(Request.SKIP): "skip", Requested(Request.STOP): "stop"}
    told |= {AskedAbout(_TOPIC): "a topic"}
    told |= {Endangered(danger): "danger", Endangered(danger, otherwise=NotUnderstood()): "half-heard danger"}
    told |= {EngineFailed(""): "failure"}
    for status, words in _ANSWERS.items():
        for in_words in (True, False):
            told |= {Answered(status, in_words, sure): words for sure in (True, False)}
    if question.answer is Answer.AGE:
        told |= {Measured(40, 40): "a number", Measured(50, 59): "a number"}
    return told


def _walked(
    interview: Interview, events: Mapping[Event, str], protocol: Protocol, left_out: frozenset[str]
) -> Iterator[tuple[Phase, str, Phase]]:
    """`left_out`: what is not said while a question is being asked."""
    dangers = [f"interrupt.{event.interrupt}" for event in events if isinstance(event, Endangered)]
    waiting = deque([State()])
    seen = {State()}
    broken_off, _ = interview.step(State(), Begin())
    events = {**events, Begin(stopped=broken_off): "begin after a break"}
    while waiting:
        state = waiting.popleft()
        for event, said in events.items():
            if type(event) not in TRANSITIONS[state.phase]:
                continue
            if said in left_out and state.phase in BEING_ASKED:
                continue
            after, _ = interview.step(state, event)
            yield state.phase, said, after.phase
            after = after._replace(garbled=min(after.garbled, 1))  # once is as good as ever again
            for fact in dangers:  # one that was denied may be half heard again as if it were another
                if protocol.facts.status(after.findings, fact) is Status.ABSENT:
                    findings = protocol.facts.record(after.findings, fact, Status.NOT_ASKED)
                    after = after._replace(findings=findings)
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def state_diagram(protocol: Protocol) -> str:
    """The moves as Mermaid, without those to the same phase; what all phases share is drawn once.

    A topic may be asked for in any of them, and leads back to it: that is drawn as one arrow and back.
    """
    every = {pair: said for pair, said in moves(protocol).items() if pair[0] is not pair[1]}
    found = {pair: said for pair, said in every.items() if Phase.TELLING not in pair}
    shared = _shared(found)
    inside = [pair for pair in found if pair[0] in BEING_ASKED and pair[1] in BEING_ASKED]
    lines = ["stateDiagram-v2", f"  [*] --> {Phase.READY.value}", "  state being_asked {"]
    lines += [f"    {line}" for pair in sorted(inside, key=_places) for line in _arrow(pair, found[pair])]
    lines += ["  }"]
    for around in ("being_asked", Phase.OFFERING.value):
        lines += [
            f"  {around} --> {Phase.TELLING.value} : a topic",
            f"  {Phase.TELLING.value} --> {around} : told",
        ]
    for after, said in shared.items():
        lines += [f"  being_asked --> {after.value} : {_told(said)}"]
    for pair in sorted((pair for pair in found if pair not in inside), key=_places):
        own = found[pair] - (shared.get(pair[1], frozenset()) if pair[0] in BEING_ASKED else frozenset())
        lines += [f"  {line}" for line in _arrow(pair, own)]
    return "\n".join((*lines, f"  {Phase.DONE.value} --> [*]"))


def _shared(found: Moves) -> Mapping[Phase, frozenset[str]]:
    """Phase outside -> what leads to it from every phase of an interview that is under way."""
    shared = {}
    for after in Phase:
        if after not in BEING_ASKED:
            said = frozenset.intersection(
                *(found.get((before, after), frozenset()) for before in BEING_ASKED)
            )
            if said:
                shared[after] = said
    return shared


def _places(pair: tuple[Phase, Phase]) -> tuple[int, int]:
    order = tuple(Phase)
    return order.index(pair[0]), order.index(pair[1])


def _arrow(pair: tuple[Phase, Phase], said: frozenset[str]) -> Iterator[str]:
    if said:
        yield f"{pair[0].value} --> {pair[1].value} : {_told(said)}"


def _told(said: frozenset[str]) -> str:
    if said >= _SPOKEN:
        said = said - _SPOKEN - {"a number"} | {"anything said"}
    return ", ".join(sorted(said, key=_ORDER.index))


def phase_meanings() -> Mapping[Phase, str]:
    """Phase -> what the person is being asked to do, as state.py says it beneath each."""
    body = ast.parse(inspect.getsource(Phase)).body[0]
    found: dict[Phase, str] = {}
    phase: Phase | None = None
    for line in body.body if isinstance(body, ast.ClassDef) else ():
        match line:
            case ast.Assign(targets=[ast.Name(id=name)]):
                phase = Phase[name]
            case ast.Expr(value=ast.Constant(value=str(text))) if phase is not None:
                found[phase] = " ".join(text.split())
    return found
