"""`voice-triage simulate N`: interviews with invented people, as fast as it goes."""

from __future__ import annotations

import argparse
import json
import sys

from tqdm import tqdm

from voice_triage.adapters.system_clock import SystemClock
from voice_triage.cli.exits import Exit
from voice_triage.content.locating import find_intents
from voice_triage.content.protocol import build_protocol, read_files
from voice_triage.content.topics import plan
from voice_triage.hosts.simulation import Simulation
from voice_triage.interview.policy import Policy

LANGUAGE = "en"


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 1 if an interview did not come to its end. Raises ContentError."""
    folder = arguments.intents or find_intents()
    protocol, topics = build_protocol(read_files(folder)), plan(folder / LANGUAGE)
    simulation = Simulation(protocol, Policy(), SystemClock(), topics)
    with tqdm(total=arguments.people, unit=" people", desc="interviewed", file=sys.stderr) as bar:
        simulation.run(arguments.seed, arguments.people, bar.update)
    for dead_end in simulation.dead_ends:
        print(f"seed {dead_end.seed}: {dead_end.why}", file=sys.stderr)
    result = simulation.summary()
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in result.items()))
    return Exit.NOT_AS_EXPECTED if simulation.dead_ends else Exit.ADVICE_GIVEN
