"""Every statement of the source texts is reached by somebody, and no wrong form of it is ever spoken.

Made from intents/statements.yaml: a question, rule, line, remark or topic that goes away fails the test of each statement
that it covers. That each kind of loss is noticed is tried, too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from shipped import dialogue_in
from stated import Reached, interviewed

from voice_triage.content.locating import find_intents
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.protocol import Files, build_protocol, read_files
from voice_triage.content.readability import read_readability
from voice_triage.content.reading import read
from voice_triage.content.reading_grade import Grader
from voice_triage.content.regions import read_regions
from voice_triage.content.schema import NeverSaidFile
from voice_triage.content.spoken_limits import check_spoken
from voice_triage.content.spoken_lines import spoken_lines
from voice_triage.content.statement_checks import check_never_said, check_statements, read_never_said
from voice_triage.content.statements import read_statements
from voice_triage.content.topics import read_topics
from voice_triage.dialogue import Dialogue

INTENTS = find_intents()
TABLE = read_statements(INTENTS)
NEVER_SAID: Sequence[NeverSaidFile] = read_never_said(INTENTS / "en")[1]
RULES = sorted({rule for entry in TABLE.entries.values() for person in entry.people for rule in person.by})
QUESTIONS = sorted({question for entry in TABLE.entries.values() for question in entry.asked} - {"who_for"})
PEOPLE = {p.model_dump_json(): p for entry in TABLE.entries.values() for p in entry.people}
WRONG_FORMS = Path(__file__).with_name("wrong_forms.yaml")
NEVER = {"all": ["who_for present", "who_for absent"]}


def ways() -> dict[str, Sequence[str]]:
    """Topic or remark -> how people ask for it, or say it."""
    found: dict[str, Sequence[str]] = {}
    for name in ("_topics", "_remarks"):
        asked = read(Path(__file__).parent.parent / "intents" / "en" / f"{name}.yaml").value
        assert isinstance(asked, dict)
        found.update({key: [str(way) for way in values] for key, values in asked.items()})
    return found


@pytest.fixture(scope="module")
def talk() -> Dialogue:
    return dialogue_in("uk")


@pytest.fixture(scope="module")
def reached(talk: Dialogue) -> Reached:
    return Reached(talk, ways())


@pytest.fixture(scope="module")
def files() -> Files:
    return read_files(INTENTS)


def test_no_statement_and_no_correction_is_left_out() -> None:
    assert (len(TABLE.statements), len(TABLE.corrections)) == (111, 20)


@pytest.mark.parametrize("name", TABLE.statements)
def test_each_statement_is_reached(name: str, reached: Reached) -> None:
    assert list(reached.missing(TABLE.statements[name])) == []


@pytest.mark.parametrize("name", TABLE.corrections)
def test_each_correction_is_what_is_told_and_done(name: str, reached: Reached) -> None:
    assert list(reached.missing(TABLE.corrections[name])) == []


# -- that a loss is noticed


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_goes_away_is_missed_by_each_statement_that_names_it(
    rule: str, talk: Dialogue, files: Files
) -> None:
    kept = {
        name: (document, q.model_copy(update={"rules": [each for each in q.rules if each.id != rule]}))
        for name, (document, q) in files.questions.items()
    }
    document, main = files.protocol
    left = main.model_copy(update={"rules": [each for each in main.rules if each.id != rule]})
    without = replace(files, questions=kept, protocol=(document, left))
    poorer = Reached(Dialogue(build_protocol(without), talk.lexicon, talk.phrasebook), ways())
    naming = [e for e in TABLE.entries.values() if any(rule in person.by for person in e.people)]
    assert naming
    for entry in naming:
        only = entry.model_copy(update={"topics": {}, "remarks": {}})
        assert list(poorer.missing(only)), rule


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_is_no_longer_put_is_missed_by_each_statement_that_names_it(
    question: str, talk: Dialogue, files: Files
) -> None:
    document, asked = files.questions[question]
    closed = asked.model_copy(update={"ask_when": NEVER})
    without = replace(files, questions={**files.questions, question: (document, closed)})
    poorer = Reached(Dialogue(build_protocol(without), talk.lexicon, talk.phrasebook), ways())
    for entry in TABLE.entries.values():
        if question in entry.asked:
            only = entry.model_copy(update={"topics": {}, "remarks": {}})
            assert f"{question} is never put" in list(poorer.missing(only))


LOST = {
    "an urgency": ("S7", "questions/saddle_numbness.yaml", "R10, urgency: emergency, mode: go,", "R10, urgency: soon,"),
    "the advice of a rule": ("S17", "questions/fever_sweats.yaml", "advice: fever_today, when: fever_sweats present", "advice: other_today, when: fever_sweats present"),
    "a line of advice": ("S30", "en/_advice.yaml", "A leg that is losing its strength needs a check at once.", "That needs a check at once."),
    "a reason": ("S104", "en/_advice.yaml", "  R23s: Losing weight or being worn out for no reason is worth a check.\n", ""),
    "a line of the safety net": ("S72", "en/_advice.yaml", "Pain, numbness or weakness in both legs. A change", "A change"),
    "why it is asked": ("S9", "en/saddle_numbness.yaml", " If they are squeezed, quick help can save them.", ""),
    "a word of a question": ("S18", "en/fever_sweats.yaml", "Have you had a fever, shivers or night sweats with this?", "Have you had a fever with this?"),
    "the greeting": ("S46", "en/_prompts.yaml", "I can help you see how soon your back needs a check.", "Here are some questions."),
    "a line of a topic": ("S28", "en/topics/what-doctors-check.yaml", " They tap your knees with a small hammer.", ""),
    "the answer to a remark": ("S34", "en/_remarks.yaml", "I ask so that we don't miss the few kinds that are not.", "I ask all the same."),
}  # fmt: skip
"""What is lost -> the statement, the file, what stands there, and what stands there then."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the project without the phrases of questions: it is read faster."""
    folder = tmp_path_factory.mktemp("small") / "intents"
    shutil.copytree(INTENTS, folder)
    for file in (folder / "en").glob("[a-z]*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.partition("\nphrases:")[0] + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("lost", LOST)
def test_a_loss_is_told_by_the_check_or_missed_in_the_interview(
    lost: str, small: Path, tmp_path: Path, talk: Dialogue
) -> None:
    name, path, old, new = LOST[lost]
    folder = Path(shutil.copytree(small, tmp_path / "intents"))
    text = (folder / path).read_text(encoding="utf-8")
    assert old in " ".join(text.split()) or old in text
    (folder / path).write_text(_replaced(text, old, new), encoding="utf-8")
    problems = check_statements(folder, "en", read_files(folder), read_topics(folder / "en"))
    told = [problem for problem in problems if problem.what.startswith(f"{name}: ")]
    missed = list(Reached(_reworded(talk, folder), ways()).missing(TABLE.statements[name]))
    assert missed, lost
    acts = lost in ("an urgency", "the advice of a rule")
    assert acts or told, "the check could have told"


def _replaced(text: str, old: str, new: str) -> str:
    """Also where a line ends inside of `old`."""
    if old in text:
        return text.replace(old, new, 1)
    words = old.split()
    for place in range(1, len(words)):
        for gap in ("\n    ", "\n  "):
            broken = (
                f"{' ' if old.startswith(' ') else ''}{' '.join(words[:place])}{gap}{' '.join(words[place:])}"
            )
            if broken in text:
                return text.replace(broken, new, 1)
    raise AssertionError(f"{old!r} is not in the file")


def _reworded(talk: Dialogue, folder: Path) -> Dialogue:
    """The conversation with the rules and words of a folder, understood as before."""
    book = read_phrasebook(folder, "en", read_regions(folder)["uk"][1])
    return Dialogue(build_protocol(read_files(folder)), talk.lexicon, book)


# -- what is never said


@pytest.mark.parametrize("name", TABLE.corrections)
def test_the_wrong_forms_are_known_and_those_near_to_them_may_be_said(name: str) -> None:
    forms = read(WRONG_FORMS).value
    assert isinstance(forms, dict)
    patterns = [entry for entry in NEVER_SAID if name in entry.corrects]
    examples = [example for entry in patterns for example in entry.such_as]
    wrong, right = forms[name]["wrong"], forms[name]["right"]
    assert len(wrong) >= 3
    assert len(right) >= 2
    assert not set(wrong) & set(examples), "these are to be others than the examples of the patterns"
    assert [form for form in wrong if not any(entry.forbids(form) for entry in patterns)] == []
    assert [form for form in right if any(entry.forbids(form) for entry in NEVER_SAID)] == []


def test_no_line_holds_what_is_never_said_in_any_region() -> None:
    lines = spoken_lines(INTENTS)
    assert len(lines) > 300
    for entry in NEVER_SAID:
        for line in lines:
            for text in (line.template,) if entry.as_written else line.spoken:
                assert not entry.forbids(text), (entry.because, line.where)


@pytest.mark.parametrize(
    "who", [{}, {"who_for": "there"}, {"age": "14"}, {"age": "8", "who_for": "there"}, {"age": "83"}]
)
def test_nothing_of_it_is_heard_in_interviews_of_all_sorts_of_people(
    who: dict[str, str], talk: Dialogue
) -> None:
    heard: set[str] = set()
    for person in PEOPLE.values():
        heard.update(interviewed(talk, person.model_copy(update={"told": {**who, **person.told}})).said)
    assert len(heard) > 200
    patterns = [entry for entry in NEVER_SAID if not entry.as_written]
    assert [(s, e.because) for s in heard for e in patterns if e.forbids(s)] == []


def regions_own_words() -> Iterator[str]:
    for _, pack in read_regions(INTENTS).values():
        yield from pack.say_as


def test_whatever_only_one_region_says_is_never_written_into_a_line() -> None:
    patterns = [entry for entry in NEVER_SAID if entry.as_written]
    unknown = [w for w in regions_own_words() if not any(e.forbids(f"Call {w} now.") for e in patterns)]
    assert unknown == []


HELD_BY = {
    "reading_grade": ("S37", "Neurological innervation of that anatomical area necessitates examination."),
    "never_said": ("S46", "Act before it is too late."),
}


@pytest.mark.parametrize("how", HELD_BY)
def test_what_every_line_upholds_is_refused_in_a_line_that_does_not(
    how: str, small: Path, tmp_path: Path
) -> None:
    name, line = HELD_BY[how]
    assert how in TABLE.statements[name].held_by
    folder = Path(shutil.copytree(small, tmp_path / "intents"))
    file = folder / "en" / "topics" / "lifting.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Go slow,", f"{line} Go slow,"), encoding="utf-8")
    lines = [line for line in spoken_lines(folder) if line.document.file == file]
    never_said = [p for p in check_never_said(folder, "en", lines) if p.file == str(file)]
    graded = list(check_spoken(lines, read_readability(folder / "en"), Grader()))
    assert [bool(graded), bool(never_said)] == [how == "reading_grade", how == "never_said"]
