"""The search graphs: sounds to words (HCLr.fst) and the ordinary order of words (Gr.fst).

Vosk composes HCLr with Gr, or with the grammar that the caller gives, while it listens.
"""

from __future__ import annotations

import math
import struct
from collections import Counter, defaultdict
from pathlib import Path

import pywrapfst as fst

from .acoustic_file import SELF_LOOP
from .lexicon import CMU_PHONES, PHONE_COUNT, RARE_WORD_COSTS, SILENCE_PHONE, Lexicon, phone_id, positioned
from .word_order import Sentences, bigram_acceptor

#: Cost of a word: trims the spurious short word that likes to follow a real one.
WORD_COST = 0.5
#: Cost of beginning [unk], and of each phone in it.
UNKNOWN_COST = 3.0
UNKNOWN_PHONE_COST = 1.5
HALF = -math.log(0.5)
EMPTY = 0
#: Magic numbers of an OpenFst file and of the label-lookahead data in it.
FST_MAGIC, ADD_ON_MAGIC = 2125659606, 446681434


def write_graphs(folder: Path, lexicon: Lexicon, sentences: Sentences) -> None:
    """Write everything of the folder graph/."""
    folder.mkdir(parents=True, exist_ok=True)
    builder = _LexiconGraph(lexicon)
    graph, disambiguation = _with_transitions(builder.determinised(), builder.symbols)
    graph.arcsort(sort_type="olabel")
    (folder / "HCLr.fst").write_bytes(_lookahead_file(graph, final_label=lexicon.unknown_id + 1))
    grammar = bigram_acceptor(lexicon, sentences)
    (folder / "Gr.fst").write_bytes(fst.convert(grammar, "const").write_to_string())
    ids = {"<eps>": 0, **lexicon.word_ids()}
    (folder / "words.txt").write_text("".join(f"{word} {number}\n" for word, number in ids.items()), "utf-8")
    (folder / "disambig_tid.int").write_text("".join(f"{label}\n" for label in disambiguation), "utf-8")
    phones = folder / "phones"
    phones.mkdir(exist_ok=True)
    kinds = ("begin", "end", "internal", "singleton")
    boundaries = ["1 nonword"] + [f"{p} {kinds[(p - 2) % 4]}" for p in range(2, PHONE_COUNT + 1)]
    (phones / "word_boundary.int").write_text("\n".join(boundaries) + "\n", "utf-8")


class _LexiconGraph:
    """Phones to words, with the extra symbols that keep words of one sound apart."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._fst = fst.VectorFst()
        self._loop = self._fst.add_state()
        self._silence = self._fst.add_state()
        #: Symbols beside the phones: ids follow those of the phones.
        self.symbols = 0

    def determinised(self) -> fst.MutableFst:
        """The smallest deterministic graph that holds all words and [unk]."""
        start = self._fst.add_state()
        self._fst.set_start(start)
        self._fst.set_final(self._loop)
        self._arc(start, EMPTY, EMPTY, HALF, self._loop)
        self._arc(start, EMPTY, EMPTY, HALF, self._silence)
        self._arc(self._silence, SILENCE_PHONE, EMPTY, 0.0, self._loop)
        self._add_words()
        self._add_unknown()
        self._fst.rmepsilon()
        graph = fst.determinize(self._fst)
        encoder = fst.EncodeMapper("standard", encode_labels=True, encode_weights=True)
        graph.encode(encoder)
        graph.minimize()
        graph.decode(encoder)
        return graph

    def _arc(self, source: int, label: int, word: int, cost: float, target: int) -> None:
        self._fst.add_arc(source, fst.Arc(label, word, fst.Weight("tropical", cost), target))

    def _add_words(self) -> None:
        paths = [
            (tuple(positioned(phones)), word)
            for word, variants in self._lexicon.pronunciations.items()
            for phones in variants
        ]
        alike = Counter(phones for phones, _ in paths)
        beginnings = {phones[:size] for phones, _ in paths for size in range(1, len(phones))}
        used: Counter[tuple[int, ...]] = Counter()
        for phones, word in paths:
            labels = list(phones)
            if alike[phones] > 1 or phones in beginnings:
                used[phones] += 1
                self.symbols = max(self.symbols, used[phones])
                labels.append(PHONE_COUNT + used[phones])
            cost = WORD_COST + RARE_WORD_COSTS.get(word, 0.0)
            self._path(labels, self._lexicon.word_id(word), cost)

    def _path(self, labels: list[int], word: int, cost: float) -> None:
        state = self._loop
        for place, label in enumerate(labels[:-1]):
            following = self._fst.add_state()
            self._arc(state, label, word if place == 0 else EMPTY, cost if place == 0 else 0.0, following)
            state = following
        single = len(labels) == 1
        for target in (self._loop, self._silence):
            self._arc(state, labels[-1], word if single else EMPTY, HALF + (cost if single else 0.0), target)

    def _add_unknown(self) -> None:
        self.symbols += 1
        begin, inside = self._fst.add_state(), self._fst.add_state()
        self._arc(self._loop, PHONE_COUNT + self.symbols, self._lexicon.unknown_id, UNKNOWN_COST, begin)
        for phone in CMU_PHONES:
            self._arc(begin, phone_id(phone, "B"), EMPTY, UNKNOWN_PHONE_COST, inside)
            self._arc(inside, phone_id(phone, "I"), EMPTY, UNKNOWN_PHONE_COST, inside)
            for target in (self._loop, self._silence):
                self._arc(inside, phone_id(phone, "E"), EMPTY, UNKNOWN_PHONE_COST + HALF, target)


def _with_transitions(graph: fst.MutableFst, symbols: int) -> tuple[fst.VectorFst, list[int]]:
    """Phones become transition ids, with self-loops as Kaldi orders them; also the ids of the extra symbols.

    A state entered by several phones is split, one copy a phone, since the self-loop belongs to the phone.
    """
    out = fst.VectorFst()
    copies: dict[tuple[int, int], int] = {}
    waiting: list[tuple[int, int]] = []
    stay, leave = fst.Weight("tropical", -math.log(SELF_LOOP)), -math.log(1 - SELF_LOOP)

    def copy_of(state: int, phone: int) -> int:
        key = (state, phone)
        if key not in copies:
            copies[key] = out.add_state()
            waiting.append(key)
            if phone:
                out.add_arc(copies[key], fst.Arc(2 * phone - 1, EMPTY, stay, copies[key]))
        return copies[key]

    out.set_start(copy_of(graph.start(), 0))
    while waiting:
        state, phone = waiting.pop()
        here, extra = copies[state, phone], leave if phone else 0.0
        final = float(graph.final(state))
        if math.isfinite(final):
            out.set_final(here, fst.Weight("tropical", final + extra))
        for arc in graph.arcs(state):
            is_phone = 0 < arc.ilabel <= PHONE_COUNT
            # Extra symbols come after the last exit; they take no time, so nothing loops behind them.
            label = 2 * arc.ilabel if is_phone else arc.ilabel + PHONE_COUNT if arc.ilabel else EMPTY
            target = copy_of(arc.nextstate, arc.ilabel if is_phone else 0)
            weight = fst.Weight("tropical", float(arc.weight) + extra)
            out.add_arc(here, fst.Arc(label, arc.olabel, weight, target))
    out.connect()
    return out, [2 * PHONE_COUNT + number for number in range(1, symbols + 1)]


def _reachable(graph: fst.VectorFst, final_label: int) -> list[set[int]]:
    """For each state the words that can come next, and `final_label` where the end can."""
    count = graph.num_states()
    direct: list[set[int]] = [set() for _ in range(count)]
    before: dict[int, set[int]] = defaultdict(set)
    for state in range(count):
        if math.isfinite(float(graph.final(state))):
            direct[state].add(final_label)
        for arc in graph.arcs(state):
            if arc.olabel:
                direct[state].add(arc.olabel)
            else:
                before[arc.nextstate].add(state)
    waiting = [state for state in range(count) if direct[state]]
    while waiting:
        state = waiting.pop()
        for earlier in before[state]:
            if not direct[state] <= direct[earlier]:
                direct[earlier] |= direct[state]
                waiting.append(earlier)
    return direct


def _lookahead_file(graph: fst.VectorFst, final_label: int) -> bytes:
    """The graph in OpenFst's olabel_lookahead notation, which composes quickly with any grammar."""

    def text(value: str) -> bytes:
        return struct.pack("<i", len(value)) + value.encode("ascii")

    inner = fst.convert(graph, "const").write_to_string()
    out = struct.pack("<i", FST_MAGIC) + text("olabel_lookahead") + text("standard")
    out += struct.pack("<iiQqqq", 1, 0, _properties(inner), -1, 0, 0)
    out += struct.pack("<i", ADD_ON_MAGIC) + inner
    out += struct.pack("<???", True, False, True)
    sets = _reachable(graph, final_label)
    out += struct.pack("<??iq", False, False, final_label, len(sets))
    for labels in sets:
        spans: list[list[int]] = []
        for label in sorted(labels):
            if spans and spans[-1][1] == label:
                spans[-1][1] = label + 1
            else:
                spans.append([label, label + 1])
        out += struct.pack("<q", len(spans))
        out += b"".join(struct.pack("<ii", *span) for span in spans)
        out += struct.pack("<i", len(labels))
    return out


def _properties(file: bytes) -> int:
    """The property bits in the header of an OpenFst file."""
    place = 4
    for _ in range(2):
        (size,) = struct.unpack_from("<i", file, place)
        place += 4 + size
    return int(struct.unpack_from("<iiQ", file, place)[2])
