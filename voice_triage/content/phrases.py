"""How people speak of each question and each danger: `phrases:` of a wording, and _interrupts.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

from voice_triage.content.listing import Listing, Place
from voice_triage.understanding.grammar import Grammar
from voice_triage.understanding.lexicon import IF_ASKED, Phrases, Sense
from voice_triage.understanding.matching import MENDED_LETTERS
from voice_triage.understanding.numbers import LONG_DAYS
from voice_triage.understanding.templates import Compiler, Part, merge

Speller = Callable[[str], tuple[str, ...]]
"""How a written word is written after clean-up."""
_SENSES = frozenset(sense.value for sense in Sense)
_TELLING = frozenset({Sense.PRESENT.value, Sense.PRESENT_IF_ASKED.value})
_KEYS = _SENSES | {
    "rules", "grammar", "follow_ups", "facts", "by_number", "by_person", "reaches_back", "names", "anchors",
    "literal", "yields", "happened",
}  # fmt: skip
_DANGER_KEYS = ("present", "unlike", "vague", "vague_not_to", "asked_by")


@dataclass(frozen=True)
class PhraseReader:
    """Makes graphs of phrases that share rules, word classes and spelling."""

    rules: Mapping[str, Part]
    grammar: Grammar
    spell: Speller
    weigh: bool
    """Refuse phrases that say too little."""

    def questions(self, listing: Listing) -> dict[str, Phrases]:
        """The phrases of one wording: those of the question, of its follow-ups, and of its other facts."""
        fact = listing.at(("id",))
        if not isinstance(fact, str) or listing.at(("phrases",)) is None:
            return {}  # the reader of the wording tells of this
        found = {}
        follow_ups = listing.mapping(("follow_ups",), optional=True)
        own = self._phrases(listing, ("phrases",), fact, "new" in follow_ups)
        if own is not None:
            found[fact] = own
        for name in listing.mapping(("phrases", "follow_ups"), optional=True):
            place = ("phrases", "follow_ups", name)
            if name not in follow_ups:
                listing.problem(place, f"{fact} has no follow-up {name!r}")
                continue
            inner = self._phrases(listing, place, f"{fact}.{name}", False)
            if inner is not None:
                found[f"{fact}.{name}"] = inner
        for name in listing.mapping(("phrases", "facts"), optional=True):
            inner = self._phrases(listing, ("phrases", "facts", name), f"{fact}.{name}", False)
            if inner is not None:
                found[f"{fact}.{name}"] = inner
        return found

    def _phrases(self, listing: Listing, place: Place, fact: str, dated: bool) -> Phrases | None:
        listed = listing.mapping(place)
        if not listed:
            return None
        for key in listed:
            if key not in _KEYS:
                known = ", ".join(sorted(_KEYS))
                listing.problem((*place, key), f"{key!r} is not one of {known}")
        by_person = listed.get("by_person") == "true"
        rules = dict(self.rules)
        if "rules" in listed:
            rules |= listing.rules((*place, "rules"))
        grammar = self.grammar
        skip = grammar.skip - grammar.people if by_person else grammar.skip
        compiler = Compiler(rules, skip, self.spell)
        weighed = grammar if self.weigh else None
        graphs = {
            sense: listing.graph([((*place, sense), sense)], compiler, weighed)
            for sense in _TELLING
            if sense in listed
        }
        signs = frozenset(compiler.words) - grammar.negators - grammar.generic
        graphs |= {
            sense: listing.graph([((*place, sense), sense)], compiler, weighed)
            for sense in sorted(_SENSES - _TELLING)
            if sense in listed
        }
        told = merge([graph for sense, graph in graphs.items() if sense not in IF_ASKED])
        words = frozenset(compiler.words) - grammar.negators
        return Phrases(
            fact=fact,
            graph=merge(graphs.values()),
            out_of_turn=told,
            words=words,
            signs=signs,
            names=listing.words((*place, "names")) if "names" in listed else frozenset(),
            anchors=listing.words((*place, "anchors")) if "anchors" in listed else frozenset(),
            long_words=tuple(sorted(word for word in words if len(word) >= MENDED_LETTERS)),
            grammar=listing.sentences((*place, "grammar")) if "grammar" in listed else (),
            dated=dated,
            reaches_back=self._days(listing, (*place, "reaches_back"), LONG_DAYS if dated else inf),
            by_person=by_person,
            happened=listed.get("happened") == "true",
            yields=listed.get("yields") == "true",
            literal=listed.get("literal") == "true",
            by_number=listed.get("by_number") == "true",
        )

    def _days(self, listing: Listing, place: Place, otherwise: float) -> float:
        written = listing.at(place)
        if written is None:
            return otherwise
        if not (isinstance(written, str) and written.isdigit()):
            listing.problem(place, f"{written!r} is no number of days")
            return otherwise
        return float(written)

    def dangers(self, listing: Listing) -> tuple[Phrases, ...]:
        """Words of danger, in the order of the file: worst first."""
        found = []
        rules = dict(self.rules) | listing.rules(("rules",))
        for name in listing.mapping(("interrupts",)):
            place: Place = ("interrupts", name)
            listed = listing.mapping(place)
            for key in sorted(set(listed) - set(_DANGER_KEYS)):
                listing.problem((*place, key), f"{key!r} is not one of {', '.join(_DANGER_KEYS)}")
            unlike = [((*place, "unlike"), Sense.UNLIKE.value)] if "unlike" in listed else []
            for key in ("present", "vague"):
                if key not in listed:
                    continue
                skip = self.grammar.skip - self.grammar.people
                compiler = Compiler(rules, skip, self.spell)
                lists = [((*place, key), Sense.PRESENT.value), *unlike]
                graph = listing.graph(lists, compiler, self.grammar if self.weigh else None)
                elsewhere = key == "vague" and "vague_not_to" in listed
                found.append(
                    Phrases(
                        fact=name,
                        graph=graph,
                        out_of_turn=graph,
                        words=frozenset(compiler.words) - self.grammar.negators,
                        not_while_answering=(
                            listing.words((*place, "vague_not_to")) if elsewhere else frozenset()
                        ),
                        asked_by=listing.words((*place, "asked_by")) if "asked_by" in listed else frozenset(),
                    )
                )
        return tuple(found)
