"""Makes text into sound by a speech server on this machine that speaks the Wyoming protocol, such as Piper's.

The protocol is read and written here, as it is small: a line of JSON, then what its lengths announce
(https://github.com/OHF-Voice/wyoming). What is spoken may repeat what a person told, so that only this
machine's own addresses are allowed.
"""

from __future__ import annotations

import ipaddress
import json
import re
import socket
from time import monotonic
from typing import Any, BinaryIO

import numpy as np

from voice_triage.errors import EngineMissing, RendererError
from voice_triage.ports import Sound
from voice_triage.sound.samples import one_channel
from voice_triage.sound.speech import check_speech, speakable
from voice_triage.sound.stretching import stretched

PACE = 160
"""Words a minute at which neural voices were trained to speak, about; the protocol knows no rate, so that
other rates are reached by stretching."""
MOST_BYTES = 50_000_000
"""Of one answer: what is longer is no sentence."""
NOT_HERE = "is not on this machine: what you told would leave it. Use localhost:PORT or unix:/PATH"


class WyomingRenderer:
    """A Renderer over a Wyoming server for speech."""

    def __init__(self, address: str) -> None:
        """`address`: "localhost:10200", "tcp://127.0.0.1:10200" or "unix:/path". Raises RendererError."""
        self.name = f"speech server {address}"
        self._family, self._address = _parsed(address)

    def render(self, text: str, voice: str, rate: int) -> Sound:
        """See ports.Renderer. `voice` is the server's own name of one. At most 5 s and 0.1 s a character.

        Raises RendererError; EngineMissing if nobody answers there.
        """
        plain = speakable(text)
        asked: dict[str, Any] = {"text": plain} | ({"voice": {"name": voice}} if voice else {})
        try:
            with socket.socket(self._family, socket.SOCK_STREAM) as line:
                line.settimeout(5.0)
                line.connect(self._address)
                line.sendall(json.dumps({"type": "synthesize", "data": asked}).encode() + b"\n")
                with line.makefile("rb") as answers:
                    sound = _read_sound(line, answers, monotonic() + 5 + 0.1 * len(plain))
        except ConnectionRefusedError as error:
            raise EngineMissing(f"nobody answers at {self.name}; is it running?") from error
        except FileNotFoundError as error:
            raise EngineMissing(f"there is no {self.name}; is it running?") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RendererError(f"{self.name} gave no usable sound: {error!r}") from error
        return check_speech(stretched(sound, PACE / rate), plain, rate, self.name)


def _parsed(address: str) -> tuple[socket.AddressFamily, Any]:
    """The kind of address, and what to connect to. Raises RendererError."""
    if unix := re.fullmatch(r"unix:(?://)?(/.+)", address):
        return socket.AF_UNIX, unix[1]
    found = re.fullmatch(r"(?:tcp://)?\[?([\w.:-]+?)\]?:(\d{1,5})", address)
    if found is None:
        raise RendererError(f"{address!r} is no address of a speech server; one is localhost:10200")
    host = "127.0.0.1" if found[1] == "localhost" else found[1]
    try:
        number = ipaddress.ip_address(host)
    except ValueError as error:
        raise RendererError(f"{address!r} {NOT_HERE}") from error
    if not number.is_loopback:
        raise RendererError(f"{address!r} {NOT_HERE}")
    family = socket.AF_INET6 if number.version == 6 else socket.AF_INET
    return family, (host, int(found[2]))


def _read_sound(line: socket.socket, answers: BinaryIO, until: float) -> Sound:
    """All chunks up to the end. Raises OSError, ValueError, KeyError, TypeError."""
    parts: list[bytes] = []
    rate, width, channels = 0, 2, 1
    while True:
        line.settimeout(max(0.1, until - monotonic()))
        if monotonic() > until:
            raise TimeoutError("it was not ready in time")
        kind, data, payload = _event(answers)
        if kind == "audio-start":
            rate, width, channels = int(data["rate"]), int(data["width"]), int(data["channels"])
        elif kind == "audio-chunk":
            parts.append(payload)
            if sum(map(len, parts)) > MOST_BYTES:
                raise ValueError("more sound than a sentence can last")
        elif kind == "audio-stop":
            break
        elif kind == "error":
            raise ValueError(str(data.get("text", "an error of the server")))
    if width != 2 or not rate or channels < 1:
        raise ValueError(f"sound of {8 * width} bits, {channels} channels at {rate} Hz")
    samples = np.frombuffer(b"".join(parts), "<i2").reshape(-1, channels)
    if not len(samples):
        raise ValueError("no sound")
    return Sound(one_channel(samples).tobytes(), rate)


def _event(answers: BinaryIO) -> tuple[str, dict[str, Any], bytes]:
    """Type, data and payload of the next event. Raises OSError, ValueError, KeyError, TypeError."""
    header = answers.readline(1_000_000)
    if not header.endswith(b"\n"):
        raise ConnectionError("it hung up")
    event = json.loads(header)
    data = dict(event.get("data") or {})
    if length := _length(event, "data_length"):
        data |= json.loads(answers.read(length))
    length = _length(event, "payload_length")
    payload = answers.read(length) if length else b""
    if len(payload) != length:
        raise ConnectionError("it hung up")
    return str(event["type"]), data, payload


def _length(event: dict[str, Any], name: str) -> int:
    length = int(event.get(name) or 0)
    if not 0 <= length <= MOST_BYTES:
        raise ValueError(f"{name} {length}")
    return length
