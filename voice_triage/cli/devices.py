"""`voice-triage devices`: which microphones and speakers there are."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from voice_triage.adapters import sound_devices
from voice_triage.cli.exits import Exit
from voice_triage.errors import EngineError
from voice_triage.sound.portaudio import Device


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 5 where there is neither a microphone nor a speaker."""
    microphones = _show("Microphones", sound_devices.microphones, sound_devices.default_microphone)
    speakers = _show("Speakers", sound_devices.speakers, sound_devices.default_speaker)
    if not (microphones or speakers):
        return Exit.NO_DEVICE
    print("* is what the system prefers. Choose another with --microphone NAME or --speaker NAME.")
    return Exit.ADVICE_GIVEN


def _show(
    title: str, devices: Callable[[], tuple[Device, ...]], default: Callable[[], Device | None]
) -> tuple[Device, ...]:
    print(f"{title}:")
    try:
        listed, preferred = devices(), default()
    except EngineError as error:
        print(f"    none: {error}")
        return ()
    for device in listed:
        mark = "*" if preferred is not None and device.index == preferred.index else " "
        print(f"  {mark} {device.name}  ({device.inputs} in, {device.outputs} out, {device.rate} Hz)")
    if not listed:
        print("    none")
    return listed
