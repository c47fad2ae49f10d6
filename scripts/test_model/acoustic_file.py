"""The file am/final.mdl as Kaldi reads it: the phones' transitions, then the network, in binary."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .lexicon import PDF_COUNT, PHONE_COUNT, pdf_of_phone
from .network import LEFT, RIGHT, Layer

#: Chance of staying in a phone's one state (of 30 ms) rather than leaving it.
SELF_LOOP = 0.5


def write_acoustic_model(path: Path, layers: list[Layer], priors: NDArray[np.float64]) -> None:
    """Write the model; `priors` is how often each output is right; decoding divides by it."""
    path.write_bytes(b"\0B" + _transitions() + _network(layers, priors))


def _token(name: str) -> bytes:
    return name.encode("ascii") + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _int_vector(values: list[int]) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(values)}i", len(values), *values)


def _vector(values: NDArray[np.float64]) -> bytes:
    return _token("FV") + _int(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: NDArray[np.float64]) -> bytes:
    rows, columns = values.shape
    return _token("FM") + _int(rows) + _int(columns) + np.ascontiguousarray(values, dtype="<f4").tobytes()


def _transitions() -> bytes:
    phones = list(range(1, PHONE_COUNT + 1))
    out = _token("<TransitionModel>") + _token("<Topology>")
    out += _int_vector(phones) + _int_vector([-1] + [0] * PHONE_COUNT)
    out += _int(1) + _int(2)
    out += _int(0) + _int(2) + _int(0) + _float(SELF_LOOP) + _int(1) + _float(1 - SELF_LOOP)
    out += _int(-1) + _int(0)
    out += _token("</Topology>") + _token("<Triples>") + _int(PHONE_COUNT)
    for phone in phones:
        out += _int(phone) + _int(0) + _int(pdf_of_phone(phone))
    pair = [np.log(SELF_LOOP), np.log(1 - SELF_LOOP)]
    out += _token("</Triples>") + _token("<LogProbs>") + _vector(np.array([0.0, *(pair * PHONE_COUNT)]))
    return out + _token("</LogProbs>") + _token("</TransitionModel>")


def _network(layers: list[Layer], priors: NDArray[np.float64]) -> bytes:
    lines = [f"input-node name=input dim={layers[0].weights.shape[1] // len(layers[0].offsets)}"]
    components: list[bytes] = []
    source = "input"
    for number, layer in enumerate(layers):
        after = "logsoftmax" if number == len(layers) - 1 else "relu"
        affine, rectified = f"l{number}.affine", f"l{number}.{after}"
        spliced = _appended(source, layer.offsets)
        lines.append(f"component-node name={affine} component={affine} input={spliced}")
        lines.append(f"component-node name={rectified} component={rectified} input={affine}")
        components.append(_affine(affine, layer))
        components.append(_plain(rectified, len(layer.bias), last=after == "logsoftmax"))
        source = rectified
    lines.append(f"output-node name=output input={source} objective=linear")
    out = _token("<Nnet3>") + b"\n" + "\n".join(lines).encode("ascii") + b"\n\n"
    out += _token("<NumComponents>") + _int(len(components)) + b"".join(components) + _token("</Nnet3>")
    out += _token("<LeftContext>") + _int(LEFT) + _token("<RightContext>") + _int(RIGHT)
    if len(priors) != PDF_COUNT:
        raise ValueError(f"{len(priors)} priors for {PDF_COUNT} outputs")
    return out + _token("<Priors>") + _vector(priors)


def _appended(source: str, offsets: tuple[int, ...]) -> str:
    parts = [source if offset == 0 else f"Offset({source}, {offset})" for offset in offsets]
    return parts[0] if len(parts) == 1 else f"Append({', '.join(parts)})"


def _affine(name: str, layer: Layer) -> bytes:
    out = _token("<ComponentName>") + _token(name) + _token("<FixedAffineComponent>")
    out += _token("<LinearParams>") + _matrix(layer.weights) + _token("<BiasParams>") + _vector(layer.bias)
    return out + _token("</FixedAffineComponent>")


def _plain(name: str, size: int, last: bool) -> bytes:
    kind = "LogSoftmaxComponent" if last else "RectifiedLinearComponent"
    out = _token("<ComponentName>") + _token(name) + _token(f"<{kind}>") + _token("<Dim>") + _int(size)
    nothing = np.zeros(0)
    out += _token("<ValueAvg>") + _vector(nothing) + _token("<DerivAvg>") + _vector(nothing)
    return out + _token("<Count>") + _float(0.0) + _token(f"</{kind}>")
