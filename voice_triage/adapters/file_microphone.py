"""A microphone that hears recorded sound, as fast as it is taken in."""

from __future__ import annotations

import numpy as np

from voice_triage.ports import FRAME_SAMPLES, HEARING_RATE, Frame, Post, Sound
from voice_triage.sound.mixing import Room, in_quiet_room

REACTION = 0.3
"""Seconds from when listening begins: what is spoken earlier counts as having been under way before."""


class FileMicrophone:
    """Port Microphone: between `start` and `close` it brings what `hear` is given, and nothing else."""

    name = "recording"

    def __init__(self, room: Room = in_quiet_room) -> None:
        """`room`: in which it stands."""
        self._room = room
        self._post: Post = lambda happening: None

    def start(self, post: Post) -> None:
        """Any sound from now on goes to `post`."""
        self._post = post

    def hear(self, sound: Sound | None, quiet: float, before: float = REACTION) -> None:
        """Bring `before` seconds of the room, `sound`, and `quiet` seconds of it, all at once."""
        room = self._room(sound or Sound(b"", HEARING_RATE), before=before, after=quiet)
        samples = np.frombuffer(room.samples, "<i2")
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        for frame in samples[:whole].reshape(-1, FRAME_SAMPLES):
            self._post(Frame(frame.tobytes()))

    def close(self) -> None:
        """Bring nothing more."""
        self._post = lambda happening: None
