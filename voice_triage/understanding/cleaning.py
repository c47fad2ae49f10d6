"""Clean-up: what a recogniser or a keyboard gives becomes plain words, without fillers and stutter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

_TOKENS = re.compile(r"\d+(?:[.:]\d+)*(?:st|nd|rd|th)?|[^\W_]+(?:'[^\W_]+)*'?|[.!?;:,…]|-+(?=\s)")
_UNKNOWN = re.compile(r"[\[<(]\s*(?:unk|noise|laughter|cough|breath|spoken_noise|inaudible)\s*[\])>]")
_SUFFIXES = (("n't", "not"), ("'ve", "have"), ("'re", "are"), ("'m", "am"), ("'ll", "will"), ("'d", "would"))
_OWNING = frozenset({"my", "our", "his", "her", "their", "your", "me", "a", "the"})
_STOPS = frozenset(".!?;…")
_LONGEST_STUTTER = 4
_SHORT = 4
"""Letters of a word whose "-ed" or "-ing" need not be an ending: "need", "wing"."""
_YES_NO_AND_MORE = 3


@dataclass(frozen=True)
class Spelling:
    """How words are written after clean-up, and which of them are left out."""

    contractions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """One word -> several: "dunno" -> ("do", "not", "know")."""
    rewrites: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """Words -> words: ("apart", "from") -> ("except",)."""
    fillers: frozenset[str] = frozenset()
    """Left out anywhere: "um", "uh"."""
    openers: frozenset[str] = frozenset()
    """Left out where a sentence begins: "well", "oh"."""
    courtesies: frozenset[tuple[str, ...]] = frozenset()
    """Left out anywhere: ("thank", "you"), ("dear",)."""
    repeatable: frozenset[str] = frozenset()
    """Words whose repetition means something ("not not")."""
    yes_words: frozenset[str] = frozenset()
    no_words: frozenset[str] = frozenset()
    """Of "yeah no it's fine" only the second counts."""
    after_both: frozenset[str] = frozenset()
    """Words that go on after both: "yeah no (it's) fine"; not a name, as in "yeah, no feeling"."""
    no_after: frozenset[str] = frozenset()
    no_before: frozenset[str] = frozenset()
    """Words between which a Scots or Northern "no" is a "not": "I've no been well"."""

    @cached_property
    def rewritten(self) -> Mapping[str, int]:
        """First word of what is rewritten -> words of the longest such."""
        return _longest(self.rewrites)

    @cached_property
    def unwanted(self) -> frozenset[tuple[str, ...]]:
        """Fillers, one by one."""
        return frozenset((word,) for word in self.fillers)

    @cached_property
    def one_by_one(self) -> Mapping[str, int]:
        """Filler -> 1."""
        return _longest(self.unwanted)

    @cached_property
    def polite(self) -> Mapping[str, int]:
        """First word of a courtesy -> words of the longest such."""
        return _longest(self.courtesies)

    @cached_property
    def hummed(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The rewrites of words that would be left out one by one: "uh huh"."""
        return {old: new for old, new in self.rewrites.items() if self.fillers.issuperset(old)}

    def word(self, written: str) -> tuple[str, ...]:
        """One written word in plain words: "can't" -> ("can", "not")."""
        if written in self.contractions:
            return self.contractions[written]
        for suffix, plain in _SUFFIXES:
            if written.endswith(suffix) and len(written) > len(suffix):
                return (*self.word(written[: -len(suffix)]), plain)
        if written.endswith("'s"):
            return (*self.word(written[:-2]), "is")
        return (written.replace("'", ""),)


def _longest(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return longest


@dataclass(frozen=True)
class Words:
    """Plain words of one utterance."""

    words: tuple[str, ...]
    pauses: tuple[int, ...]
    """For each word the punctuation before it: 0 none, 1 comma, 2 full stop. Recognisers give none."""
    unknown: bool = False
    """Something was heard that is no word ("[unk]")."""
    why: tuple[str, ...] = ()
    left_out: str = ""
    """What was said where nothing but politeness was: "please"."""

    @property
    def text(self) -> str:
        """The words, spaced."""
        return " ".join(self.words)


def clean(text: str, spelling: Spelling) -> Words:
    """Plain words of an utterance, in lower case, without fillers, politeness, stutter and punctuation."""
    lowered = text.lower().replace("’", "'").replace("‘", "'").replace("`", "'").replace("ʼ", "'")
    spoken = _UNKNOWN.sub(" ", lowered)
    unknown = spoken != lowered
    tokens: list[tuple[str, int]] = []
    pause = 0
    for written_word in _TOKENS.findall(spoken):
        if written_word[0] in ",:-":
            pause = max(pause, 1)
        elif written_word in _STOPS:
            pause = 2
        else:
            for word in spelling.word(written_word.strip("'")):
                if word:
                    tokens.append((word, pause))
                    pause = 0
    written = [word for word, _ in tokens]
    hummed = spelling.hummed.get(tuple(written))
    if hummed is not None and not unknown:
        tokens = [(word, 0) for word in hummed]
    tokens = _drop(tokens, spelling.unwanted, spelling.one_by_one)
    tokens = _drop_courtesy_after_its_first_word(tokens, spelling.courtesies)
    tokens = _drop_stutter(tokens, spelling.repeatable)
    tokens = _with_not(tokens, spelling)
    tokens = _rewrite(tokens, spelling)
    full = " ".join(word for word, _ in tokens)
    tokens = _drop(tokens, spelling.courtesies, spelling.polite, _OWNING)
    if tokens and tokens[0][0] == "but" and not full.startswith("but"):
        del tokens[0]  # "sorry, but it's not"
    tokens = _drop_openers(tokens, spelling.openers)
    tokens = _drop_stutter(tokens, spelling.repeatable)
    tokens = _drop_first_of_two(tokens, spelling)
    words = tuple(word for word, _ in tokens)
    why = [f'heard "{" ".join(text.split())}"']
    if list(words) != written or unknown:
        why.append(f'cleaned to "{" ".join(words)}"' + (" and a noise" if unknown else ""))
    left_out = "" if words else full
    return Words(words, tuple(pause for _, pause in tokens), unknown, tuple(why), left_out)


def _with_not(tokens: list[tuple[str, int]], spelling: Spelling) -> list[tuple[str, int]]:
    """ "I've no passed out" -> "I have not passed out"; "I've no pain" and "I am, no" stay."""
    result = list(tokens)
    for at in range(1, len(tokens) - 1):
        (before, _), (word, pause), (after, further) = tokens[at - 1 : at + 2]
        if word == "no" and before in spelling.no_after and not pause and not further:
            done = len(after) > _SHORT and after.endswith("ed")
            doing = (
                len(after) > _SHORT
                and after.endswith("ing")
                and (before in ("am", "are") or (before == "is" and at > 1 and tokens[at - 2][0] != "there"))
            )
            if done or doing or after in spelling.no_before:
                result[at] = ("not", pause)
    return result


def _drop_first_of_two(tokens: list[tuple[str, int]], spelling: Spelling) -> list[tuple[str, int]]:
    """ "Yeah no, it's fine" says no, "no yeah, it is" says yes; by itself "yeah no" says neither."""
    if len(tokens) < _YES_NO_AND_MORE:
        return tokens
    result: list[tuple[str, int]] = []
    for at, (word, pause) in enumerate(tokens):
        after, paused = tokens[at + 1] if at + 1 < len(tokens) else ("", 0)
        opposite = (word in spelling.yes_words and after in spelling.no_words) or (
            word in spelling.no_words and after in spelling.yes_words
        )
        begins = not at or pause > 0
        further = tokens[at + 2][0] if at + 2 < len(tokens) else ""
        named = word in spelling.yes_words and further not in spelling.after_both  # "yeah, no erection"
        if opposite and begins and not paused and further and not named:
            tokens[at + 1] = (after, pause)
            continue
        result.append((word, pause))
    return result


def _rewrite(tokens: list[tuple[str, int]], spelling: Spelling) -> list[tuple[str, int]]:
    rewrites, longest = spelling.rewrites, spelling.rewritten
    result: list[tuple[str, int]] = []
    at = 0
    while at < len(tokens):
        for length in range(min(longest.get(tokens[at][0], 0), len(tokens) - at), 0, -1):
            found = rewrites.get(tuple(word for word, _ in tokens[at : at + length]))
            if found is not None:
                pause = max(pause for _, pause in tokens[at : at + length])
                result.extend((word, pause if i == 0 else 0) for i, word in enumerate(found))
                at += length
                break
        else:
            result.append(tokens[at])
            at += 1
    return result


def _drop(
    tokens: list[tuple[str, int]],
    unwanted: frozenset[tuple[str, ...]],
    longest: Mapping[str, int],
    bound: frozenset[str] = frozenset(),
) -> list[tuple[str, int]]:
    """Without `unwanted`; a single word stays after one of `bound`: "my mate"."""
    result: list[tuple[str, int]] = []
    pause = 0
    at = 0
    while at < len(tokens):
        for length in range(min(longest.get(tokens[at][0], 0), len(tokens) - at), 0, -1):
            if tuple(word for word, _ in tokens[at : at + length]) in unwanted and not (
                length == 1 and at and tokens[at - 1][0] in bound
            ):
                pause = max(pause, *(p for _, p in tokens[at : at + length]))
                at += length
                break
        else:
            word, before = tokens[at]
            result.append((word, max(pause, before)))
            pause = 0
            at += 1
    return result


def _drop_courtesy_after_its_first_word(
    tokens: list[tuple[str, int]], courtesies: frozenset[tuple[str, ...]]
) -> list[tuple[str, int]]:
    """ "I couldn't tell you, you know": no stutter, though "you" is there twice."""
    words = [word for word, _ in tokens]
    for at in range(1, len(words) - 1):
        if words[at] == words[at - 1] and tuple(words[at : at + 2]) in courtesies:
            return _drop_courtesy_after_its_first_word(tokens[:at] + tokens[at + 2 :], courtesies)
    return tokens


def _drop_openers(tokens: list[tuple[str, int]], openers: frozenset[str]) -> list[tuple[str, int]]:
    result: list[tuple[str, int]] = []
    pause = 0
    for word, before in tokens:
        at_start = not result or max(before, pause) > 0
        if at_start and word in openers:
            pause = max(pause, before)
            continue
        result.append((word, max(before, pause)))
        pause = 0
    return result


def _drop_stutter(tokens: list[tuple[str, int]], repeatable: frozenset[str]) -> list[tuple[str, int]]:
    if len({word for word, _ in tokens}) == len(tokens):
        return tokens
    result: list[tuple[str, int]] = []
    following = [word for word, _ in tokens[1:]]
    for token, after in zip_longest(tokens, following):
        result.append(token)
        for length in range(1, _LONGEST_STUTTER + 1):
            tail = [word for word, _ in result[-length:]]
            if length == 1 and (tail[0] in repeatable or (tail[0] == "no" and after == "one")):
                continue  # "no, no one"
            if len(result) >= 2 * length and [word for word, _ in result[-2 * length : -length]] == tail:
                del result[-length:]
                break
    return result
