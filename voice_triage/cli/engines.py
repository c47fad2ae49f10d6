"""From flags to engines: the one place that names them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from voice_triage.adapters.bundled_renderer import BundledRenderer
from voice_triage.adapters.caching_renderer import CachingRenderer, default_folder
from voice_triage.adapters.chained_renderer import ChainedRenderer
from voice_triage.adapters.earcons import listening_closed, listening_open
from voice_triage.adapters.espeak_renderer import EspeakRenderer
from voice_triage.adapters.model_store import find_model
from voice_triage.adapters.model_trial import proven
from voice_triage.adapters.pocketsphinx_recognizer import PocketSphinxRecognizer
from voice_triage.adapters.pyttsx3_renderer import Pyttsx3Renderer
from voice_triage.adapters.terminal_keys import TerminalKeys
from voice_triage.adapters.vosk_recognizer import VoskRecognizer
from voice_triage.adapters.wyoming_renderer import WyomingRenderer
from voice_triage.cli.voice_flags import VoiceChoice
from voice_triage.dialogue import Dialogue
from voice_triage.errors import ModelError
from voice_triage.hosts.parts import Gate, Voice, Way
from voice_triage.hosts.speech import Speech
from voice_triage.ports import Captions, Keys, Player, Renderer

NO_MODEL = (
    "there is no Vosk model; get one with `voice-triage model fetch`, name its folder with --model DIR, "
    "or use --recognizer pocketsphinx, which hears less well"
)


def ways(
    recognizer: str, model: Path | None, dialogue: Dialogue, note: Callable[[str], None]
) -> tuple[Way, ...]:
    """How to hear, the best way first, each with the dialogue for it. Raises ModelError.

    `recognizer` is "auto", "vosk" or "pocketsphinx"; `model` the folder of a Vosk model that was named.
    `note` is told where "auto" has to do with less than there should be.
    """
    weak = Way(PocketSphinxRecognizer, with_weak_ears(dialogue), "pocketsphinx")
    if recognizer == "pocketsphinx":
        return (weak,)
    try:
        found = find_model(model)
    except ModelError as error:
        if model is not None or recognizer == "vosk":
            raise
        note(f"The Vosk model cannot be used: {error}. I hear less well without it.")
        return (weak,)
    if found is None:
        if recognizer == "vosk":
            raise ModelError(NO_MODEL)
        return (weak,)
    strong = Way(lambda: VoskRecognizer(proven(found)), dialogue, f"vosk {found.name}")
    return (strong,) if recognizer == "vosk" else (strong, weak)


def with_weak_ears(dialogue: Dialogue) -> Dialogue:
    """The same conversation for ears that hear less well."""
    return dialogue.with_ears(weak=True)


def voice(dialogue: Dialogue, captions: Captions, player: Player, choice: VoiceChoice) -> Voice:
    """What speaks, the best engine first; it begins at once to make the prompts that will be needed.

    Raises RendererError where the address of a speech server cannot be used.
    """
    accent = dialogue.phrasebook.region.voice

    told: set[tuple[str, str]] = set()

    def complain(engine: str, why: str) -> None:
        # What is still at work when the program ends fails for no reason of interest.
        if (engine, why) not in told and not speech.closed:
            told.add((engine, why))
            captions.note(f"{engine} cannot speak: {why}")

    renderers: list[Renderer] = [WyomingRenderer(choice.server)] if choice.server else []
    renderers += [Pyttsx3Renderer(accent, choice.pitch), EspeakRenderer(accent, choice.pitch)]
    chain = ChainedRenderer((*renderers, BundledRenderer()), complain)
    renderer = CachingRenderer(chain, default_folder(), captions.note)
    speech = Speech(renderer, choice.name, renderer.close)
    usual = dialogue.open().manner
    made = Voice(
        speech,
        player,
        haste=0 if choice.rate is None else choice.rate - usual.words_per_minute,
        louder=0.0 if choice.volume is None else choice.volume / 100 - usual.volume,
    )
    renderer.prepare(map(dialogue.spoken, dialogue.fixed_texts()), choice.name, made.rate(usual))
    return made


def gate() -> Gate:
    """The ears open with two rising tones and close with two falling ones."""
    return Gate(opened=listening_open(), closed=listening_closed())


def keys() -> Keys | None:
    """The keyboard, where there is one."""
    return TerminalKeys() if sys.stdin is not None and sys.stdin.isatty() else None
