"""Phrase templates: hassil's syntax, followed as a graph of words."""

from __future__ import annotations

import pytest
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression

from voice_triage.understanding.templates import (
    Compiler,
    Part,
    Point,
    TemplateError,
    parse,
    sentences,
)


def words(text: str) -> tuple[str, ...]:
    return (text,)


def holds(graph: Point, sentence: str) -> bool:
    places: tuple[Point, ...] = (graph,)
    for word in sentence.split():
        places = tuple(after for place in places for after in place.edges.get(word, ()))
    return any(place.labels for place in places)


def compiled(template: str, skip: str = "", rules: dict[str, Part] | None = None) -> Point:
    return Compiler(rules or {}, frozenset(skip.split()), words).graph(parse(template), "yes")


@pytest.mark.parametrize(
    "template",
    [
        "my bum is numb",
        "[my|the] (bum|bottom) [is] [really|so] numb",
        "(numb;down below)",
        "i [can] (feel|sense) [it [all|fine]]",
        "(a|b [c]) (d|[e] f)",
    ],
)
def test_a_template_stands_for_the_sentences_that_hassil_samples_from_it(template: str) -> None:
    expected = {" ".join(text.split()) for text in sample_expression(parse_sentence(template).expression)}
    ours = {" ".join(text.split()) for text in sentences(parse(template), {})}
    assert expected == ours
    graph = compiled(template)
    assert all(holds(graph, sentence) for sentence in expected)


def test_a_named_part_may_be_used_many_times() -> None:
    rules = {"site": parse("(bum|bottom|back side)")}
    graph = compiled("my <site> and <site> hurt", rules=rules)
    assert holds(graph, "my back side and bum hurt")
    assert not holds(graph, "my bum hurt")


def test_unimportant_words_are_in_no_graph() -> None:
    assert holds(compiled("my bum is so numb", skip="my is so"), "bum numb")


@pytest.mark.parametrize(
    ("template", "skip"),
    [
        ("(numb", ""),
        ("numb)", ""),
        ("(a|b;c)", ""),
        ("<unknown> numb", ""),
        ("is [the]", "is the"),
    ],
)
def test_a_template_that_means_nothing_is_refused(template: str, skip: str) -> None:
    with pytest.raises(TemplateError):
        compiled(template, skip)


def test_a_named_part_that_leads_back_to_itself_is_refused() -> None:
    with pytest.raises(TemplateError, match="back to itself"):
        compiled("<a>", rules={"a": parse("b <a>")})


@pytest.mark.parametrize(
    ("template", "heavy_enough"),
    [
        ("numb", True),
        ("my numb bum", True),
        ("have fit", False),  # "have" is unimportant: "fit" alone would be left of it
        ("not never", False),
        ("(numb|is) bum", False),
        ("[is] numb bum", True),
    ],
)
def test_a_phrase_may_not_shrink_to_almost_nothing(template: str, heavy_enough: bool) -> None:
    compiler = Compiler({}, frozenset({"my", "is", "have"}), words)
    if heavy_enough:
        compiler.check_weight(parse(template), frozenset({"not", "never"}))
    else:
        with pytest.raises(TemplateError):
            compiler.check_weight(parse(template), frozenset({"not", "never"}))
