"""intents/<language>/ -> Lexicon: how people answer, ask, and speak of each finding and danger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from voice_triage.content.classifier import (
    CLASSIFIER_FILE,
    DANGERS_FILE,
    FINDINGS_FILE,
    read_classifier,
    read_finding_reader,
)
from voice_triage.content.listing import Listing, Place
from voice_triage.content.phrases import PhraseReader, Speller
from voice_triage.content.reading import read
from voice_triage.content.topics import TopicFiles, read_topic_words, read_topics
from voice_triage.errors import ContentError, Problem
from voice_triage.interview.effects import Kind
from voice_triage.interview.events import Request
from voice_triage.understanding.classifier import Classifier
from voice_triage.understanding.cleaning import Spelling, clean
from voice_triage.understanding.finding_reader import FindingReader
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import Lexicon, Phrases, Turn, WantedWords
from voice_triage.understanding.number_words import NumberWords
from voice_triage.understanding.sound_alikes import read_sound_alikes
from voice_triage.understanding.templates import Compiler, Point

_CLASSES = (
    "skip", "people", "negators", "starters", "articles", "verbs", "linkers", "splitters",
    "leaving_off", "sound", "limits", "awful", "troubles", "asides",
    "restarters",
    "conjunctions", "body", "persons", "past", "abilities", "generic", "times", "ago", "unchanged",
    "pointers", "others", "there", "undoing", "names", "motion",
    "nor", "alternatives", "determiners", "ties", "sensing", "being",
    "joining", "prepositions", "pronouns", "third_persons", "me", "speaker", "of_others", "to_people",
    "after_well", "doing", "felt_like", "noticing", "plain_no", "added", "of_today", "was", "then", "lasting",
    "as_ever", "all_of_it", "nothing", "telling", "after_all", "refused", "helping", "degrees",
)  # fmt: skip
_NUMBER_LISTS = (
    "early", "middle", "late", "over", "under", "nearly", "about", "something", "being", "between",
    "before_unit", "corrections", "every", "not_years", "points", "of_a_day", "becoming", "soon",
)  # fmt: skip
_ANSWERS_KEYS = frozenset(
    {"fillers", "leading_on", "openers", "courtesies", "repeatable", "yes_words", "no_words", "after_both",
     "no_after", "no_before", "contractions", "rewrites", "classes", "numbers",
     "rules", "turns", "asking", "requests", "request_words", "grammar", "never_mended"}
)  # fmt: skip
_SHARED_BY = 5
"""A word that more questions share than this is about none of them: "go", "one", "only"."""


def read_lexicon(
    folder: Path, language: str = "en", weigh: bool = True, topics: TopicFiles | None = None
) -> Lexicon:
    """Everything understanding looks up. `folder` is intents/. Raises ContentError with ALL problems.

    `topics`: those of the folder, where they were read already.
    Without `weigh` phrases that say too little are not looked for: a quarter of the time that it takes.
    """
    problems: list[Problem] = []
    home = folder / language
    answers = _listing(home / "_answers.yaml", problems)
    interrupts = _listing(home / "_interrupts.yaml", problems)
    wordings = [_listing(file, problems) for file in sorted(home.glob("[a-z]*.yaml"))]
    if answers is None or interrupts is None:
        raise ContentError(problems)
    for key in sorted(set(answers.mapping(())) ^ _ANSWERS_KEYS):
        known = key in _ANSWERS_KEYS
        place = () if known else (key,)
        answers.problem(place, f"the key {key!r} is {'missing' if known else 'unknown'}")
    if problems:
        raise ContentError(problems)
    spelling = _spelling(answers)
    spell = speller(spelling)
    for listing in (answers, interrupts, *filter(None, wordings)):
        listing.join(joined_words(spelling))
    classes = {name: answers.words(("classes", name)) for name in _CLASSES}
    grammar = Grammar(**classes)
    rules = answers.rules(("rules",))
    exact = Compiler(rules, frozenset(), spell)
    turns = _labelled(answers, "turns", {turn.value for turn in Turn}, exact)
    asking = answers.graph([(("asking",), "asking")], exact)
    requests = _labelled(answers, "requests", {request.value for request in Request}, exact)
    reader = PhraseReader(rules, grammar, spell, weigh)
    questions: dict[str, Phrases] = {}
    for wording in wordings:
        if wording is not None:
            questions |= reader.questions(wording)
    dangers = reader.dangers(interrupts)
    numbers, wanted = _numbers(answers), _wanted(answers)
    spoken, requested = _spoken(answers), _requested(answers)
    never_mended = answers.words(("never_mended",))
    try:
        topics = read_topics(home) if topics is None else topics
        asked_about = read_topic_words(home, topics, spelling, joined_words(spelling), problems)
    except ContentError as error:
        raise ContentError([*problems, *error.problems]) from error
    sound_alikes = _sound_alikes(home / "_sound_alikes.txt", problems)
    classifier = _classifier(home / CLASSIFIER_FILE, problems)
    finding_reader = _finding_reader(home / FINDINGS_FILE, problems)
    danger_reader = _finding_reader(home / DANGERS_FILE, problems)
    if problems:
        raise ContentError(problems)
    vocabulary = frozenset().union(
        exact.words, never_mended, numbers.units, numbers.decades, *classes.values(),
        *(phrases.words for phrases in (*questions.values(), *dangers)),
    )  # fmt: skip
    return Lexicon(
        spelling=spelling,
        grammar_words=grammar,
        turns=turns,
        asking=asking,
        requests=requests,
        wanted=wanted,
        questions=_with_topics(questions, grammar),
        dangers=dangers,
        vocabulary=vocabulary,
        numbers=numbers,
        sound_alikes=sound_alikes,
        spoken=spoken,
        requested=requested,
        topics=asked_about,
        leading_on=answers.words(("leading_on",)) | spelling.fillers,
        classifier=classifier,
        finding_reader=finding_reader,
        danger_reader=danger_reader,
    )


def _sound_alikes(file: Path, problems: list[Problem]) -> Mapping[str, frozenset[str]]:
    try:
        return read_sound_alikes(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        problems.append(Problem(str(file), 1, f"{error}; scripts/sound_alikes writes it"))
        return {}


def _classifier(file: Path, problems: list[Problem]) -> Classifier | None:
    try:
        return read_classifier(file)
    except (OSError, ValueError) as error:
        problems.append(Problem(str(file), 1, f"{error}; scripts/train_classifier writes it"))
        return None


def _finding_reader(file: Path, problems: list[Problem]) -> FindingReader | None:
    try:
        return read_finding_reader(file)
    except (OSError, ValueError) as error:
        problems.append(Problem(str(file), 1, f"{error}; scripts/train_classifier writes it"))
        return None


def _listing(file: Path, problems: list[Problem]) -> Listing | None:
    try:
        return Listing(read(file), problems)
    except ContentError as error:
        problems.extend(error.problems)
        return None


def _spelling(answers: Listing) -> Spelling:
    contractions = {short: tuple(text.split()) for short, text in answers.texts(("contractions",)).items()}
    rough = Spelling(contractions)
    rewrites = answers.texts(("rewrites",))
    courtesies = answers.lines(("courtesies",))
    rewritten = {clean(old, rough).words: clean(new, rough).words for old, new in rewrites.items()}
    return Spelling(
        contractions=contractions,
        rewrites=rewritten,
        fillers=answers.words(("fillers",)),
        openers=answers.words(("openers",)),
        courtesies=frozenset(clean(text, rough).words for text, _ in courtesies),
        repeatable=answers.words(("repeatable",)),
        yes_words=answers.words(("yes_words",)),
        no_words=answers.words(("no_words",)),
        after_both=answers.words(("after_both",)),
        no_after=answers.words(("no_after",)),
        no_before=answers.words(("no_before",)),
    )


def joined_words(spelling: Spelling) -> Mapping[str, str]:
    """Two words that clean-up makes one of, so that templates may be written as people write."""
    return {
        " ".join(old): new[0] for old, new in spelling.rewrites.items() if len(old) == 2 and len(new) == 1
    }


def speller(spelling: Spelling) -> Speller:
    known: dict[str, tuple[str, ...]] = {}

    def spell(word: str) -> tuple[str, ...]:
        if word not in known:
            parts = word.lower().replace("-", " ").split()
            known[word] = tuple(plain for part in parts for plain in spelling.word(part))
        return known[word]

    return spell


def _labelled(answers: Listing, key: str, known: set[str], compiler: Compiler) -> Point:
    listed = answers.mapping((key,))
    for label in sorted(known - set(listed)):
        answers.problem((key,), f"nothing is listed for {label!r}")
    for label in listed:
        if label not in known:
            answers.problem((key, label), f"{label!r} is not one of {', '.join(sorted(known))}")
    lists: list[tuple[Place, str]] = [((key, label), label) for label in listed if label in known]
    return answers.graph(lists, compiler)


def _numbers(answers: Listing) -> NumberWords:
    at: Place = ("numbers",)
    lists = {name: answers.words((*at, name)) for name in _NUMBER_LISTS}
    return NumberWords(
        units={word: few[0] for word, few in answers.figures((*at, "units"), 1).items()},
        plurals={word: (few[0], few[1]) for word, few in answers.figures((*at, "plurals"), 2).items()},
        moments=answers.ranges((*at, "moments")),
        amounts=answers.ranges((*at, "amounts")),
        decades={word: int(few[0]) for word, few in answers.figures((*at, "decades"), 1).items()},
        weights={word: few[0] for word, few in answers.figures((*at, "weights"), 1).items()},
        fractions={words: few[0] for words, few in answers.amounts((*at, "fractions")).items()},
        or_two=frozenset(tuple(text.split()) for text, _ in answers.lines((*at, "or_two"))),
        **lists,
    )


def _wanted(answers: Listing) -> WantedWords:
    heads, beside = {}, {}
    known = {request.value: request for request in Request}
    for name in answers.mapping(("request_words", "heads")):
        place: Place = ("request_words", "heads", name)
        if name not in known:
            answers.problem(place, f"{name!r} is no request")
            continue
        heads[known[name]] = tuple(frozenset(text.split()) for text, _ in answers.lines(place))
        beside[known[name]] = answers.words(("request_words", "beside", name))
    return WantedWords(heads, beside, answers.words(("request_words", "common")))


def _spoken(answers: Listing) -> dict[Kind, tuple[str, ...]]:
    spoken = {}
    kinds = {kind.value: kind for kind in Kind}
    for key in answers.mapping(("grammar", "answers")):
        place = ("grammar", "answers", key)
        if key in kinds:
            spoken[kinds[key]] = answers.sentences(place)
        else:
            answers.problem(place, f"{key!r} is no kind of question")
    return spoken


def _requested(answers: Listing) -> dict[Request, tuple[str, ...]]:
    requested = {}
    wanted = {request.value: request for request in Request}
    for key in answers.mapping(("grammar", "requests")):
        place = ("grammar", "requests", key)
        if key in wanted:
            requested[wanted[key]] = answers.sentences(place)
        else:
            answers.problem(place, f"{key!r} is no request")
    return requested


def _with_topics(questions: Mapping[str, Phrases], grammar: Grammar) -> dict[str, Phrases]:
    shared = Counter(word for fact, phrases in questions.items() if "." not in fact for word in phrases.words)
    common = grammar.generic | grammar.splitters | grammar.persons
    return {
        fact: replace(
            phrases,
            topic=frozenset(w for w in phrases.words if shared[w] <= _SHARED_BY and w not in common),
        )
        for fact, phrases in questions.items()
    }
