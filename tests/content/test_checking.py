"""Broken content is refused, with the file, the line and what is wrong: one small fault at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from few_phrases import with_few_phrases

from voice_triage.content.checking import check
from voice_triage.content.reading_grade import Grader

C1 = "questions/saddle_numbness.yaml"
WORDS = "en/saddle_numbness.yaml"
TOPIC = "en/topics/lifting.yaml"
FEVER = "en/fever_sweats.yaml"
GRADER = Grader()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1)

    return edit


def appended(more: str) -> Callable[[str], str]:
    return lambda text: text + more


BROKEN = {
    "a key twice": (C1, appended("\ncode: C9\n"), "the key 'code' is given twice"),
    "not YAML": (C1, appended("\n  rules: [\n"), "is not YAML"),
    "an unknown key": (C1, appended("\nconfirmed: yes\n"), "confirmed is not a key that is known here"),
    "a missing key": (C1, replaced("finding: ", "suspicion: "), "finding is missing"),
    "an unknown urgency": (C1, replaced("urgency: soon", "urgency: later"), "rules.2.urgency"),
    "an emergency with no mode": (C1, replaced("mode: go, ", ""), "R10: a mode belongs to an emergency"),
    "an unknown fact": (C1, replaced("saddle_numbness mid", "sadle_numbness mid"), "'sadle_numbness'"),
    "an unknown state": (C1, replaced("saddle_numbness mid", "saddle_numbness middling"), "unknown state 'middling'"),
    "an unknown source": (C1, replaced("ces-card", "my-uncle"), "source 'my-uncle' is not in sources.yaml"),
    "an advice with no rank": (C1, replaced("advice: cauda_equina", "advice: run"), "'run' is not in `advice_order`"),
    "a flag that is neither": (C1, replaced('confirm: "true"', "confirm: maybe"), "confirm: Input should be"),
    "an id that is not the file's": (C1, replaced("id: saddle_numbness", "id: saddle"), "must be 'saddle_numbness'"),
    "a question that is never asked": ("protocol.yaml", replaced("  - saddle_numbness\n", ""), "is not in `ask`"),
    "a question that is not there": ("protocol.yaml", replaced("  - opener", "  - overture"), "no questions/overture.yaml"),
    "a group of nothing known": ("protocol.yaml", replaced("[chest_pain_or_breathless, collapse", "[chest, collapse"), "there is no question 'chest'"),
    "a count that is no number": ("protocol.yaml", replaced('at_least: "2"', 'at_least: "two"'), "'two' is not a positive number"),
    "a chase to nowhere": ("questions/age.yaml", appended("chase: {present: [nowhere]}\n"), "there is no question 'nowhere'"),
    "a question whose yes means well": (WORDS, replaced("does it feel different from normal?", "does it feel normal?"), "a yes would mean that all is well"),
    "a check whose yes means well": (WORDS, replaced("check: When you wipe or wash there, does it feel different?", "check: Can you still feel it when you wipe?"), "a yes would mean that it works"),
    "a negative question": (WORDS, replaced("second: When you wipe", "second: Haven't you noticed, when you wipe"), "a negative question can be answered both ways"),
    "a question that asks nothing": (WORDS, replaced("numb or tingling?", "numb or tingling."), "it has no question mark"),
    "a read-back that is missing": (WORDS, replaced("readback:", "heard_as:"), "heard_as is not a key"),
    "a check that is missing": (WORDS, lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("check:")), "check is missing: this question needs it"),
    "a follow-up with no wording": (WORDS, replaced("  new: ", "  old: "), "the follow-up 'new' has no wording"),
    "a sentence too long to follow": ("en/_prompts.yaml", replaced("take_your_time: Take your time.", "take_your_time: Take your time because there is really no hurry at all and nobody here is going to mind if you need a while."), "words without a pause"),
    "a number outside a region": ("en/_advice.yaml", replaced("call {emergency_number} now", "call 999 now"), "the number 999 belongs into a region pack"),
    "a slot nothing fills": ("en/_advice.yaml", replaced("and {told}. I'm", "and {everything}. I'm"), "nothing is known to fill {everything}"),
    "an advice with no text": ("en/_advice.yaml", replaced("  stroke: >-", "  strike: >-"), "the advice 'stroke' has no text"),
    "a reason for no rule": ("en/_advice.yaml", replaced("  R88: ", "  R888: "), "there is no rule R888"),
    "a prompt that is missing": ("en/_prompts.yaml", replaced("goodbye: ", "farewell: "), "the prompt 'goodbye' is missing"),
    "a region without a service": ("regions/uk.yaml", replaced("  crisis_line:", "  crisis:"), "crisis_line is missing"),
    "a locale of two regions": ("regions/us.yaml", replaced("en_US, es_US", "en_US, en_GB"), "en_GB belongs to"),
    "a value that is a list": (WORDS, replaced("heard: numbness down below", "heard: [numbness, down below]"), "heard: Input should be a valid string"),
    "a key that is a list": (C1, appended("\n? [code, finding]\n: C9\n"), "a key must be plain text"),
    "a rule that names no source": (C1, replaced("sources: [nice-ng127, girft-2023, ces-card]", "sources: []"), "rules.0.sources: List should have at least 1 item"),
    "a rule with no sources at all": (C1, replaced(", sources: [nice-ng127, girft-2023, ces-card]", ""), "rules.0.sources is missing"),
    "an advice to go for who cannot stand": ("protocol.yaml", replaced("  cauda_equina: cauda_equina_call\n", ""), "'cauda_equina' has no text in `call_texts`"),
    "a text to call that has no rank": ("protocol.yaml", replaced("  cord: cord_call\n", "  cord: cord_ring\n"), "'cord_ring' is not in `advice_order`"),
    "a text of advice with no rank": ("protocol.yaml", replaced("  - young_today\n", ""), "'young_today' is not in `advice_order`"),
    "a term that is made of itself": ("protocol.yaml", replaced("  fell: {any: [minor_fall present", "  fell: {any: [fell"), "the term 'fell' is made of itself"),
    "terms that are made of each other": ("protocol.yaml", replaced("  fell: {any: [minor_fall present", "  fall: {any: [fell]}\n  fell: {any: [fall"), "is made of itself"),
    "questions for a danger that is not known": ("protocol.yaml", replaced("  suicidal: [suicidal_harm", "  sad: [suicidal_harm"), "'sad' is not in `interrupts`"),
    "a question of a danger that is not there": ("protocol.yaml", replaced("  suicidal: [suicidal_harm", "  suicidal: [suicidal_help"), "there is no question 'suicidal_help'"),
    "a state that a fact cannot have": ("protocol.yaml", replaced("end_when: suicidal_go_on not_present", "end_when: suicidal_go_on declined"), "unknown state 'declined'"),
    "a question put as a statement with a tag": (WORDS, replaced("does it feel different from normal?", "it feels different, doesn't it?"), "a negative question can be answered both ways"),
    "a follow-up nobody asks": (WORDS, replaced("  new: ", "  newer: Is it newer?\n  new: "), "there is no follow-up 'newer'"),
    "braces that do not match": ("en/_prompts.yaml", replaced("help: I'm here.", "help: I'm {here."), "braces do not match"),
    "a number in a question": (WORDS, replaced("why: The nerves", "why: Call 112. The nerves"), "the number 112 belongs into a region pack"),
    "words hard to follow": (WORDS, replaced("why: The nerves to that area", "why: Neurological innervation to that anatomical area"), "reading grade"),
    "a greeting that takes too long": ("en/_prompts.yaml", replaced("I'm not a doctor.", "I'm not a doctor. I was made to listen, and to ask you about your back and about how you feel today."), "greeting is too long"),
    "a greeting that begins with something else": ("en/_prompts.yaml", replaced("greeting: >-\n", "greeting: >-\n  Hello.\n"), "the greeting must begin with whom to call in an emergency"),
    "an advice that takes too long": ("en/_advice.yaml", replaced("  stroke: >-\n", "  stroke: >-\n" + 25 * "    Call now, and tell them.\n"), "texts.stroke is too long"),
    "a safety net that takes too long": ("en/_advice.yaml", replaced("safety_net: >-\n", "safety_net: >-\n" + 10 * "  Look after yourself.\n"), "safety_net is too long"),
    "a phrase that means the opposite": (WORDS, replaced("    can feel the <seat>\n", "    can feel the <seat>\n    it is numb down below\n"), "'it is numb down below' is written as absent, but is read as present"),
    "a phrase of which one reading means the opposite": (WORDS, replaced("  absent_if_asked: |\n", "  absent_if_asked: |\n    (can feel it well|no feeling at all)\n"), "'no feeling at all' is written as absent_if_asked, but is read as present"),
    "a template with an open bracket": (WORDS, replaced("    can feel the <seat>\n", "    can feel (the <seat>\n"), "'(' is never closed"),
    "a template with a rule nobody wrote": (WORDS, replaced("    can feel the <seat>\n", "    can feel the <stool>\n"), "there is no rule <stool>"),
    "a list of phrases with none in it": (WORDS, replaced("  unsure: |\n", "  unsure: []\n  unsure_if_asked: |\n"), "phrases.unsure is an empty list"),
    "a name with no reason to be let off": ("en/_readability.yaml", replaced("    because: people who have it know it by this name and by no other\n", ""), "because is missing"),
    "a topic that takes too long": (TOPIC, replaced("    Lift in the way", 12 * "    Lift less, and lift in the way.\n" + "    Lift in the way"), "parts.0 is too long"),
    "a topic whose parts take too long together": (TOPIC, replaced("parts:\n", "parts:\n" + 2 * ("  - >-\n" + 7 * "    Lift less, and lift in the way.\n")), "may take 60 s"),
    "a topic that is too hard": (TOPIC, replaced("Go slow,", "Biomechanical considerations necessitate proximity. Anatomical peculiarities notwithstanding, go slow,"), "reading grade"),
    "a topic of an unknown statement": (TOPIC, replaced("[S79]", "[S79, S179]"), "there is no statement 'S179'"),
    "a topic that leaves its statement out": (TOPIC, replaced("[S79]", "[S29]"), "S79 names this topic in one of the two files only"),
    "a topic of an unknown source": (TOPIC, appended("sources: [my-uncle]\n"), "there is no source 'my-uncle'"),
    "a topic that is another's": (TOPIC, replaced("asked_as: |\n", "asked_as: |\n  herniation\n"), "'herniation' also asks for disc"),
    "a topic with a slot nothing fills": (TOPIC, replaced("Go slow,", "Go to {hospital}. Go slow,"), "nothing is known to fill {hospital}"),
    "a topic that threatens": (TOPIC, replaced("Go slow,", "Act before it is too late. Go slow,"), "'too late' is never said"),
    "advice that soothes": ("en/_advice.yaml", replaced("Heat can help.", "Heat can help, so don't worry."), "is never said: that is not for a voice to say"),
    "a statement told by no topic there is": ("statements.yaml", replaced("    lifting: [Lift in", "    heaving: [Lift in"), "S79: there is no 'heaving' in topics"),
    "a statement that is left out": ("statements.yaml", replaced("S7:\n", "S112:\n"), "S7 is missing: none may be left out"),
    "a statement that is neither": ("statements.yaml", replaced("S7:\n", "T7:\n"), "'T7' is neither S1, S2"),
    "a statement that nothing covers": ("statements.yaml", replaced("  topics:\n    case-story: These stories are made up, but such things happen\n", ""), "S38: nothing covers it"),
    "a statement whose question lost its word": (FEVER, replaced("shivers or night sweats with", "or shivers with"), "S18: 'fever_sweats' does not hold 'night sweats'"),
    "a statement whose advice lost its line": ("en/_advice.yaml", replaced("Keep moving, a little and often.", "Keep moving."), "S80: 'advice.self_care' does not hold 'Keep moving, a little and often'"),
    "a statement of a rule there is not": ("statements.yaml", replaced("by: [R33]", "by: [R333]"), "S17: there is no rule 'R333'"),
    "a statement of a question there is not": ("statements.yaml", replaced("{told: {saddle_numbness: there}", "{told: {saddle: there}"), "S3: there is no question 'saddle'"),
    "a statement that nobody hears": ("statements.yaml", replaced("    - {comes_to: self_care, hears: self_care}", "    - {comes_to: routine, hears: routine}"), "S5: nobody in `people` hears 'self_care'"),
    "a statement corrected by nothing": ("statements.yaml", replaced("corrected: [X2]", "corrected: [X22]"), "S6: there is no correction 'X22'"),
    "a correction that no pattern knows": ("en/_never_said.yaml", replaced("  corrects: [X20]\n", ""), "no pattern knows the wrong forms of X20"),
    "a pattern that misses its example": ("en/_never_said.yaml", replaced("pattern: too late", "pattern: far too late"), 'the pattern does not know "Act before it\'s too late."'),
    "a pattern that takes in too much": ("en/_never_said.yaml", replaced("pattern: too late", "pattern: too late|sooner"), "the pattern takes in 'The sooner, the better"),
    "a number known only by its letters": ("en/_prompts.yaml", replaced("goodbye: All right.", "goodbye: All right. Go to A&E."), "'a&e' is never said"),
    "a remark with no answer after the advice": ("en/_remarks.yaml", replaced("  after: Most back pain", "  later: Most back pain"), "after is missing"),
    "advice of which nothing is what to do": ("en/_advice.yaml", replaced("Please call {emergency_number} now. Say what has changed", "Say what has changed"), "no sentence of it is what to do"),
    "a pattern that is none": ("en/_advice.yaml", replaced("    - ^You matter", "    - ^You (matter"), "is not a pattern"),
    "a number nobody can say": ("regions/uk.yaml", replaced('  "999": nine nine nine\n', ""), "nothing tells how 999 is said"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the project with the phrases of one question only: the checks are then fast."""
    return with_few_phrases(tmp_path_factory.mktemp("small") / "intents", keep=WORDS)


@pytest.fixture
def intents(small: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return Path(shutil.copytree(small, tmp_path / "intents"))


def test_what_is_left_of_it_for_these_tests_has_no_problem(intents: Path) -> None:
    assert check(intents, grader=GRADER) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_content_is_refused_with_file_and_line(fault: str, intents: Path) -> None:
    name, edit, expected = BROKEN[fault]
    file = intents / name
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    problems = check(intents, grader=GRADER)
    matching = [problem for problem in problems if expected in problem.what]
    assert matching, problems
    assert all(Path(problem.file).is_relative_to(intents) and problem.line >= 1 for problem in matching)


def test_a_topic_that_takes_an_answer_for_itself_is_refused(intents: Path) -> None:
    for name, old, new in (
        ("en/_topics.yaml", "opening: |\n", "opening: |\n  can feel\n"),
        (WORDS, "    can feel the <seat>\n", "    can feel the chair\n"),
    ):
        text = (intents / name).read_text(encoding="utf-8")
        (intents / name).write_text(replaced(old, new)(text), encoding="utf-8")
    (problem,) = [p for p in check(intents) if "is taken for a topic or a remark" in p.what]
    assert "'can feel the chair' is written as absent" in problem.what


def test_every_problem_is_told_at_once(intents: Path) -> None:
    for name in ("saddle_numbness", "urinary_leak", "age"):
        file = intents / "questions" / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "\nwrong: key\n", encoding="utf-8")
    words = intents / WORDS
    words.write_text(words.read_text(encoding="utf-8") + "\nwrong: key\n", encoding="utf-8")
    assert len([p for p in check(intents) if "wrong is not a key" in p.what]) == 4


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("en/_advice.yaml", "cannot be read"),
        ("en/_readability.yaml", "cannot be read"),
        ("en/_interrupts.yaml", "cannot be read"),
        ("protocol.yaml", "cannot be read"),
        ("sources.yaml", "cannot be read"),
        ("questions/urinary_leak.yaml", "there is no questions/urinary_leak.yaml"),
        ("en/urinary_leak.yaml", "urinary_leak has no wording"),
        ("regions/default.yaml", "there is no region 'default'"),
    ],
)
def test_a_missing_file_is_named(name: str, says: str, intents: Path) -> None:
    (intents / name).unlink()
    assert any(says in p.what and Path(name).stem in str(p) for p in check(intents))


def test_a_wording_for_no_question_is_refused(intents: Path) -> None:
    text = (intents / WORDS).read_text(encoding="utf-8")
    (intents / "en" / "saddle.yaml").write_text(text.replace("id: saddle_numbness", "id: saddle"), "utf-8")
    assert any("there is no question 'saddle' for this wording" in p.what for p in check(intents))
