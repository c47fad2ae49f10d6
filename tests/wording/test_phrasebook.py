"""What is said: read-backs name just what was denied, numbers are said as people say them."""

from __future__ import annotations

import re

import pytest

from voice_triage.content.locating import find_intents
from voice_triage.content.phrasebook import read_phrasebook
from voice_triage.content.regions import read_regions, region_for
from voice_triage.errors import ContentError
from voice_triage.wording.phrasebook import Phrasebook, sentences

REGIONS = read_regions(find_intents())


def phrasebook(region: str = "uk") -> Phrasebook:
    return read_phrasebook(find_intents(), "en", REGIONS[region][1])


def test_the_read_back_names_only_what_was_denied() -> None:
    book = phrasebook()
    every = ("saddle_numbness", "bladder_retention_or_lost_urge", "urinary_leak", "bowel_loss", "both_legs")
    assert book.denials(every) == "no numbness down below, no trouble with pee or poo and both legs fine"
    assert book.denials(("saddle_numbness", "urinary_leak")) == "no numbness down below and no leaks"
    assert book.denials(("bowel_loss",)) == "no trouble with your bowels"


def test_numbers_and_letters_are_said_one_by_one() -> None:
    book = phrasebook()
    assert (
        book.spoken("Call 999 or go to A&E. Or 116 123.")
        == "Call nine nine nine or go to A and E. Or one one six, one two three."
    )
    assert phrasebook("us").spoken("Call 911, or go to the ER.") == "Call nine one one, or go to the E R."
    assert book.spoken("I heard 1999. Is that right?") == "I heard 1999. Is that right?"


SLOTS = {
    "told": "leaking pee",
    "unsure": "leaking",
    "reasons": "It is worth a check.",
    "number": "forty",
    "count": "two",
    "denied": "no leaks",
    "days": "yesterday",
}
NUMBER = re.compile(r"\d[\d ]*\d|\d")


def said_in(book: Phrasebook) -> list[str]:
    """Every prompt, advice, question, topic and remark, as it is shown in the book's region."""
    texts = [book.text(key, SLOTS) for key in book.prompts]
    texts += [book.text_of(text, SLOTS) for text in (*book.advice.values(), book.safety_net)]
    for name in book.wordings:
        texts += [book.text(f"{name}.{part}", SLOTS) for part in ("question", "second", "why")]
    texts += [book.text_of(part, SLOTS) for topic in book.topics.values() for part in topic.parts]
    for remark in book.remarks.values():
        texts += [book.text_of(text, SLOTS) for text in (remark.during, remark.after)]
    return texts


@pytest.mark.parametrize("region", REGIONS)
def test_every_text_can_be_said_in_every_region_and_holds_no_other_regions_number(region: str) -> None:
    book = phrasebook(region)
    own = set(NUMBER.findall(" | ".join(book.region.words.values())))
    for text in said_in(book):
        assert set(NUMBER.findall(text)) <= own, text


@pytest.mark.parametrize("region", REGIONS)
def test_a_voice_spells_every_number_and_every_short_name(region: str) -> None:
    book = phrasebook(region)
    for text in map(book.spoken, (*book.region.words.values(), *said_in(book))):
        assert not re.search(r"\d|&|\b(?!HIV|MRI|TV)[A-Z]{2,}", text), text


@pytest.mark.parametrize("region", REGIONS)
def test_the_words_of_every_region_fit_into_the_sentences(region: str) -> None:
    for text in said_in(phrasebook(region)):
        assert not re.search(r"[,;:] ?[,.;:?]|\s[,.;:?]|  |\b(\w+) \1\b", text), text
        # "your doctor or line or your doctor"
        assert not re.search(r"\b(your \w+)\b[^.]* or \1\b", text), text


def test_the_region_follows_the_locale_and_the_wish() -> None:
    places = {
        "en_GB.UTF-8": "uk", "en_US.UTF-8": "us", "en_AU.UTF-8": "au", "en_IN": "in", "en_CA.UTF-8": "ca", "fr_CA": "ca",
        "en_IE.UTF-8": "ie", "de_DE@euro": "eu", "C.UTF-8": "default", "en_ZA": "default", "en": "default", "": "default",
    }  # fmt: skip
    assert {locale: region_for(REGIONS, None, locale) for locale in places} == places
    assert region_for(REGIONS, "us", "en_GB.UTF-8") == "us"
    assert region_for(REGIONS, "uk_ni", "en_GB.UTF-8") == "uk_ni"
    with pytest.raises(
        ContentError, match="no region 'mars'; known are au, ca, default, eu, ie, in, uk, uk_ni, us"
    ):
        region_for(REGIONS, "mars", "")


def test_whom_to_call_in_each_place() -> None:
    called = {region: phrasebook(region).text("resume_first") for region in REGIONS}
    assert called == {
        "au": "In an emergency, call 000 now.",
        "ca": "In an emergency, call 911 now.",
        "default": "In an emergency, call 112 or your local emergency number now.",
        "eu": "In an emergency, call 112 now.",
        "ie": "In an emergency, call 112 or 999 now.",
        "in": "In an emergency, call 112 now.",
        "uk": "In an emergency, call 999 now.",
        "uk_ni": "In an emergency, call 999 now.",
        "us": "In an emergency, call 911 now.",
    }
    assert phrasebook("au").spoken(called["au"]) == "In an emergency, call triple zero now."


def test_whom_to_talk_to_in_a_crisis_in_each_place() -> None:
    lines = {
        "au": "Lifeline on 13 11 14", "ca": "text 988", "ie": "Samaritans on 116 123", "in": "Tele-MANAS on 14416",
        "uk": "Samaritans on 116 123", "uk_ni": "Lifeline on 0808 808 8000", "us": "text 988",
    }  # fmt: skip
    for region, line in lines.items():
        book = phrasebook(region)
        assert line in book.text_of(book.advice["suicidal"])


def test_northern_ireland_is_never_sent_to_111() -> None:
    assert not any("111" in text for text in said_in(phrasebook("uk_ni")))


def test_a_text_is_cut_after_its_sentences() -> None:
    assert sentences("Call 999 now. If not, call 111. Is that right?") == (
        "Call 999 now.", "If not, call 111.", "Is that right?",
    )  # fmt: skip


@pytest.mark.parametrize("key", phrasebook().advice)
def test_every_advice_takes_at_most_forty_five_seconds(key: str) -> None:
    book = phrasebook()
    slots = {
        "told": "numbness down below and trouble peeing",
        "unsure": "your bladder",
        "reasons": max(book.reasons.values(), key=len),
    }
    assert len(book.text_of(book.advice[key], slots).split()) <= 112  # at 150 words a minute


def test_the_greeting_takes_at_most_fifteen_seconds_and_the_safety_net_about_thirty() -> None:
    book = phrasebook()
    assert len(book.text("greeting").split()) <= 43
    assert len(book.text_of(book.safety_net).split()) <= 75
