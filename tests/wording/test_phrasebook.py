"""What is said: read-backs name just what was denied, numbers are said as people say them."""

from __future__ import annotations

import pytest

from voice_triage.content.locating import find_intents
from voice_triage.content.phrasebook import read_phrasebook, read_regions, region_for
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


@pytest.mark.parametrize("region", REGIONS)
def test_every_text_can_be_said_in_every_region_and_holds_no_other_regions_number(region: str) -> None:
    book = phrasebook(region)
    slots = {
        "told": "leaking pee",
        "unsure": "leaking",
        "reasons": "",
        "number": "40",
        "count": "2",
        "denied": "no leaks",
        "days": "on Tuesday",
    }
    texts = [book.text(key, slots) for key in book.prompts]
    texts += [book.text_of(text, slots) for text in [*book.advice.values(), book.safety_net]]
    own = " ".join(book.region.words.values())
    for number in ("999", "911", "112", "111", "988"):
        if number not in own:
            assert not any(number in text.replace(",", " ").split() for text in texts), number


def test_the_region_follows_the_locale_and_the_wish() -> None:
    assert region_for(REGIONS, None, "en_GB.UTF-8") == "uk"
    assert region_for(REGIONS, None, "en_US.UTF-8") == "us"
    assert region_for(REGIONS, None, "C.UTF-8") == "default"
    assert region_for(REGIONS, "us", "en_GB.UTF-8") == "us"
    with pytest.raises(ContentError, match="no region 'mars'; known are default, eu, uk, us"):
        region_for(REGIONS, "mars", "")


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
