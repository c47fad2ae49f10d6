"""Which microphones and loudspeakers this machine has, for people to choose from by name."""

from __future__ import annotations

from voice_triage.sound.portaudio import Device, Way, default_device, devices, find


def microphones() -> tuple[Device, ...]:
    """Every device that can record; none where there is none. Raises MicrophoneError without PortAudio."""
    return devices(Way.IN)


def speakers() -> tuple[Device, ...]:
    """Every device that can play; none where there is none. Raises PlayerError without PortAudio."""
    return devices(Way.OUT)


def default_microphone() -> Device | None:
    """The one that is used where no name is given."""
    return default_device(Way.IN)


def default_speaker() -> Device | None:
    """The one that is used where no name is given."""
    return default_device(Way.OUT)


def find_microphone(name: str) -> Device:
    """The microphone called so, or whose name holds it; "" is the default. Raises MicrophoneError, which says
    what there is instead, or what to do where there is nothing."""
    return find(name, Way.IN)


def find_speaker(name: str) -> Device:
    """The loudspeaker called so, or whose name holds it; "" is the default. Raises PlayerError, which says
    what there is instead, or what to do where there is nothing."""
    return find(name, Way.OUT)
