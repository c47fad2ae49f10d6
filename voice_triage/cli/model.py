"""`voice-triage model fetch|list|check`: the Vosk model, without which the program hears less well."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from voice_triage.adapters import model_store
from voice_triage.adapters.model_store import KNOWN, FoundModel
from voice_triage.adapters.model_trial import try_model
from voice_triage.cli.exits import Exit
from voice_triage.errors import ModelError

Subparsers = argparse._SubParsersAction  # argparse gives this type no public name


def add_parser(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command `model` with its three actions."""
    about = "Fetch, list and check Vosk models."
    actions = subparsers.add_parser("model", help=about, description=about).add_subparsers(
        title="actions", metavar="ACTION", required=True
    )
    names = [model.name for model in KNOWN]

    fetch = _action(
        actions, "fetch", _fetch, "Download a model, check it, and put it where it will be found."
    )
    fetch.add_argument("name", nargs="?", default=names[0], help=f"which one: {', '.join(names)} (default)")
    fetch.add_argument("--url", help="another model: the address of its .zip archive; needs --sha256")
    fetch.add_argument("--sha256", help="the checksum of that archive, in hexadecimal")
    fetch.add_argument(
        "--into", type=Path, metavar="DIR", help="where to put it (default: the user's data folder)"
    )
    fetch.add_argument(
        "--timeout", type=_seconds, default=30.0, metavar="SECONDS", help="for an answer (default: 30)"
    )
    fetch.add_argument("--plain", action="store_true", help="lines instead of a progress bar")

    _action(actions, "list", _list, "Show the models that are known, and those that are here.")

    check = _action(actions, "check", _check, "Load a model, and tell which words it can never hear.")
    check.add_argument(
        "--model", type=Path, metavar="DIR", help="which one (default: the one that would be used)"
    )
    check.add_argument(
        "words", nargs="*", metavar="WORD", help="(default: all words of all expected answers)"
    )


def run(arguments: argparse.Namespace) -> Exit:
    """The chosen action. Raises ContentError, EngineError, ModelError, UsageError."""
    action: Callable[[argparse.Namespace], Exit] = arguments.action
    return action(arguments)


def _action(
    actions: Subparsers[argparse.ArgumentParser],
    name: str,
    action: Callable[[argparse.Namespace], Exit],
    about: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=about, description=about)
    parser.set_defaults(module="model", run=run, action=action)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 3600:
        raise argparse.ArgumentTypeError(f"{text} is not a time from 0 to 3600 seconds")
    return seconds


def _fetch(arguments: argparse.Namespace) -> Exit:
    # Here, because loading it takes a quarter of a second that the first spoken word need not wait for.
    from voice_triage.cli import model_fetching  # noqa: PLC0415

    return model_fetching.run(arguments)


def _list(_arguments: argparse.Namespace) -> Exit:
    """Exit code 5 where there is no model that could be used."""
    found = model_store.found_models()
    for model in KNOWN:
        here = [other for other in found if other.path.name == model.name]
        print(f"{model.name}: {model.about}; {model.size / 1e6:.0f} MB to fetch")
        for other in here:
            print(f"    {_lies(other)}")
        if not here:
            print("    not here; get it with: voice-triage model fetch")
    names = {model.name for model in KNOWN}
    for other in found:
        if other.path.name not in names:
            print(f"{other.path.name}\n    {_lies(other)}")
    try:
        used = model_store.find_model()
    except ModelError as error:
        print(f"None can be used: {error}")
        return Exit.NO_DEVICE
    print(f"Used: {used}" if used else "None is here.")
    return Exit.ADVICE_GIVEN if used else Exit.NO_DEVICE


def _lies(model: FoundModel) -> str:
    state = f"damaged: {'; '.join(model.faults)}" if model.faults else "whole"
    return f"{model.path} ({model.source}): {state}"


def _check(arguments: argparse.Namespace) -> Exit:
    path = model_store.find_model(arguments.model)
    if path is None:
        raise ModelError("there is no Vosk model; get one with: voice-triage model fetch")
    report = try_model(path, arguments.words or _expected_words())
    print(f"{path}: loaded in {report.load_seconds:.2f} s")
    if report.unknown_words:
        print(f"It can never hear: {', '.join(report.unknown_words)}")
    else:
        print("It knows every word asked about.")
    return Exit.ADVICE_GIVEN


def _expected_words() -> tuple[str, ...]:
    """Every word of every short answer that the questions expect. Raises ContentError."""
    from voice_triage.content.loading import load  # noqa: PLC0415
    from voice_triage.interview.effects import Asked, Kind  # noqa: PLC0415

    dialogue = load()
    asked = [Asked(question.id, kind) for question in dialogue.protocol.questions for kind in Kind]
    phrases = (phrase for one in asked for phrase in dialogue.lexicon.grammar(one))
    return tuple(sorted({word for phrase in phrases for word in phrase.split()}))
