"""The flags of every command. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from voice_triage.cli import keeping_flags, model
from voice_triage.cli.settings import SettingsError, as_flags, read_settings, settings_file
from voice_triage.cli.trial_flags import add_trial_flags
from voice_triage.cli.version import program_version
from voice_triage.cli.voice_flags import add_lead_flag, add_voice_flags

DEFAULT_COMMAND = "talk"
SETTLED = ("talk", "type", "doctor", "demo")
"""Commands that follow the settings file."""
EPILOG = """Without a command the spoken interview starts: the same as `voice-triage talk`.
Exit codes: 0 advice given; 2 wrong usage; 3 advice was due but the sound failed (it is on the screen);
4 the content is wrong; 5 no usable device or model at the start; 130 Ctrl-C, after a warning."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The flags as a namespace; `module` names the module of the command. Exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="voice-triage",
        description="Asks about back-pain warning signs by voice, offline, and says how soon to be seen.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the program's version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _talk(commands)
    _type(commands)
    _demo(commands)
    _replay(commands)
    _report(commands)
    keeping_flags.add_commands(commands)
    _devices(commands)
    _doctor(commands)
    _protocol(commands)
    _explain(commands)
    model.add_parser(commands)
    _evaluate(commands)
    _simulate(commands)
    words = list(argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, DEFAULT_COMMAND)
    if words[0] in SETTLED:
        try:
            words[1:1] = as_flags(read_settings(settings_file()), commands.choices[words[0]])
        except SettingsError as error:
            parser.error(str(error))
    return parser.parse_args(words)


Commands = argparse._SubParsersAction  # argparse gives this type no public name


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"{parser.prog} {program_version()}")
        parser.exit()


def _command(commands: Commands[argparse.ArgumentParser], name: str, about: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=about, description=about)


def _talk(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "talk", "The interview by voice (the default).")
    parser.set_defaults(module="talk")
    _content(parser)
    _ears(parser)
    add_voice_flags(parser)
    _devices_flags(parser)
    add_lead_flag(parser)
    _screen(parser)
    parser.add_argument("--no-speech", action="store_true", help="show the prompts only, for a screen reader")
    parser.add_argument(
        "--patient", action="store_true", help="wait longer for answers, and in them, for slow speakers"
    )
    keeping_flags.add_flags(parser)
    _report_flag(parser)
    parser.add_argument(
        "--save-audio",
        action="store_true",
        help="with --save: keep the sound of the answers beside the journal",
    )
    parser.add_argument("--json", action="store_true", help="print the conclusion as one JSON object last")
    parser.add_argument(
        "--device-patience",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="how long to wait for a lost microphone or speaker (default: %(default)s)",
    )


def _type(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "type", "The interview by typed answers; from a pipe, one answer a line.")
    parser.set_defaults(module="typed")
    _content(parser)
    keeping_flags.add_flags(parser)
    _report_flag(parser)
    parser.add_argument("--json", action="store_true", help="print the conclusion as one JSON object last")


def _demo(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "demo", "Recorded patients talk to the real recogniser.")
    parser.set_defaults(module="demo")
    parser.add_argument(
        "patients", nargs="*", metavar="NAME", help="which recorded patients (default: three)"
    )
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    _ears(parser)
    add_voice_flags(parser)
    _screen(parser)
    parser.add_argument(
        "--speaker", default="", metavar="NAME", help="play on this device (a part of its name)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write the conversations")
    parser.add_argument(
        "--play",
        action=argparse.BooleanOptionalAction,
        help="play each conversation (default: on a terminal, where there is a speaker)",
    )


def _replay(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "replay", "Conducts a kept interview once more, and says what differs.")
    parser.set_defaults(module="replay")
    parser.add_argument("journal", type=Path, metavar="JOURNAL", help="file written with --save")
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    parser.add_argument("--json", action="store_true", help="print the conclusion as one JSON object last")


def _report(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "report", "The report for a nurse, from a kept interview.")
    parser.set_defaults(module="report")
    parser.add_argument("journal", type=Path, metavar="JOURNAL", help="file written with --save")
    parser.add_argument("--to", type=Path, metavar="DIR", required=True, help="write it there")
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )


def _devices(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "devices", "Lists microphones and speakers.")
    parser.set_defaults(module="devices")


def _doctor(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "doctor", "Checks microphone, speaker, voice, model and content.")
    parser.set_defaults(module="doctor")
    _content(parser)
    _ears(parser)
    add_voice_flags(parser)
    _devices_flags(parser)


def _protocol(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "protocol", "Works on what is asked and said.")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    about = "Checks all content; prints all that is said, how hard and long it is, and each problem."
    check = actions.add_parser("check", help=about, description=about)
    check.set_defaults(module="protocol")
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="content (default: the built-in one)"
    )
    check.add_argument("--quiet", action="store_true", help="print problems only, not what is said")
    about = "Tells of a question or a rule in plain words; without a name, lists them all."
    show = actions.add_parser("show", help=about, description=about)
    show.set_defaults(module="protocol_show")
    show.add_argument("name", nargs="?", metavar="NAME", help='question or rule, such as "C1" or "R10"')
    show.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    show.add_argument(
        "--region", metavar="CODE", default="uk", help="whose emergency numbers to use (default: %(default)s)"
    )
    show.add_argument("--json", action="store_true", help="print one JSON object")


def _explain(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "explain", "Tells how an answer is read, step by step.")
    parser.set_defaults(module="explain")
    parser.add_argument("question", metavar="QUESTION", help='id or code, such as "C2"')
    parser.add_argument("text", metavar="TEXT", nargs="+", help="what was said")
    parser.add_argument("--for-other", action="store_true", help="the person speaks for somebody else")
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _evaluate(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "evaluate", "Measures how well answers are heard.")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    about = "Recorded answers through endpointer, recogniser and understanding."
    audio = actions.add_parser("audio", help=about, description=about)
    audio.set_defaults(module="evaluate")
    audio.add_argument(
        "manifests",
        nargs="+",
        type=Path,
        metavar="MANIFEST",
        help="JSON Lines of {id, path, question, label or transcript}; paths are relative to the file",
    )
    audio.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    _ears(audio)
    audio.add_argument("--noise", type=Path, metavar="DIR", help="mix in the WAV files of this folder")
    audio.add_argument(
        "--snr", type=float, metavar="DB", help="with --noise: speech above noise, in decibels"
    )
    audio.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    about = "Written answers through the understanding, against how they have to be read."
    answers = actions.add_parser("answers", help=about, description=about)
    answers.set_defaults(module="evaluate_answers")
    _measured(answers, "JSON Lines of {id, question, text, label}, {..., kind, value} or {..., findings}")
    about = "Whole interviews with written patients, against how soon each of them must be seen."
    cases = actions.add_parser("cases", help=about, description=about)
    cases.set_defaults(module="evaluate_cases")
    _measured(
        cases, "JSON Lines (or YAML) of {id, age, facts, gold_tier, acceptable_tiers, opener, answers, ...}"
    )
    cases.add_argument("--transcripts", action="store_true", help="show each interview (without --json)")
    add_trial_flags(cases)


def _measured(parser: argparse.ArgumentParser, format_: str) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=format_)
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _simulate(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "simulate", "Interviews invented people, as fast as it goes.")
    parser.set_defaults(module="simulate")
    parser.add_argument("people", type=_people, metavar="N", help="how many")
    parser.add_argument(
        "--seed", type=_people, default=1, metavar="S", help="invent S, S + 1, ... (default: %(default)s)"
    )
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _people(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="content to use instead of the built-in one"
    )
    parser.add_argument(
        "--region", metavar="CODE", help="whose emergency numbers to use (default: by the system's locale)"
    )


def _ears(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recognizer",
        choices=("auto", "vosk", "pocketsphinx"),
        default="auto",
        help="auto: vosk if there is a model, else pocketsphinx (default: %(default)s)",
    )
    parser.add_argument("--model", type=Path, metavar="DIR", help="folder of a Vosk model")


def _devices_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--microphone", default="", metavar="NAME", help="listen here (a part of the name)")
    parser.add_argument("--speaker", default="", metavar="NAME", help="speak here (a part of the name)")


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", action="store_true", help="plain lines, nothing is redrawn or coloured")


def _report_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="at the end, write a report for a nurse there: text, a page to print, FHIR",
    )
