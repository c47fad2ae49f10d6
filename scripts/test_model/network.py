"""The network of the test model and its training: a small time-delay network on log mel energies, in JAX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from .features import BINS, warp_matrices
from .lexicon import PDF_COUNT

#: Frames (10 ms) around the present one that each layer looks at.
OFFSETS: tuple[tuple[int, ...], ...] = (
    (-2, -1, 0, 1, 2),
    (-1, 0, 1),
    (-3, 0, 3),
    (-3, 0, 3),
    (-3, 0, 3),
    (-6, -3, 0, 3),
    (0,),
)
#: Only every third frame is scored: libvosk's word times take a decoder frame to be 30 ms.
STRIDE = 3
LEFT = -sum(min(offsets) for offsets in OFFSETS)
RIGHT = sum(max(offsets) for offsets in OFFSETS)
EPSILON = 1e-4

Parameters = dict[str, jax.Array]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train: batches, chunks in each, scored frames in each, learning rate."""

    steps: int
    batch: int = 32
    scored: int = 100
    rate: float = 2e-3
    decay: float = 1e-3
    seed: int = 1


@dataclass(frozen=True)
class Layer:
    """One exported layer: out = weights @ frames + bias, frames in the order of the offsets."""

    offsets: tuple[int, ...]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]


def start_parameters(hidden: int, seed: int) -> Parameters:
    """Random weights; the last layer gives one score a network output."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for number, offsets in enumerate(OFFSETS):
        inputs = (BINS if number == 0 else hidden) * len(offsets)
        outputs = PDF_COUNT if number == len(OFFSETS) - 1 else hidden
        scale = np.sqrt(2 / inputs) if outputs == hidden else 0.1 / np.sqrt(inputs)
        parameters[f"w{number}"] = jnp.asarray(rng.normal(0, scale, (inputs, outputs)), jnp.float32)
        parameters[f"b{number}"] = jnp.zeros(outputs, jnp.float32)
    return parameters


Statistics = list[tuple[jax.Array, jax.Array]]


def _spliced(frames: jax.Array, offsets: tuple[int, ...], stride: int) -> jax.Array:
    """Frames at the offsets side by side, for every `stride`-th place where all of them exist."""
    first, last = min(offsets), max(offsets)
    places = frames.shape[1] - (last - first)
    parts = [frames[:, offset - first : offset - first + places : stride] for offset in offsets]
    return jnp.concatenate(parts, axis=-1)


def forward(
    parameters: Parameters, frames: jax.Array, statistics: Statistics | None, dense: bool = False
) -> tuple[jax.Array, Statistics]:
    """Scores of every third frame (every frame if `dense`) of normalised log mel chunks.

    Returns the scores and the mean and variance behind each rectifier: those given, else those of this batch.
    """
    used: Statistics = []
    value = frames
    step = 1
    for number, offsets in enumerate(OFFSETS):
        scaled = tuple(offset // step for offset in offsets)
        stride = STRIDE if number == 1 and not dense else 1
        value = _spliced(value, scaled, stride) @ parameters[f"w{number}"] + parameters[f"b{number}"]
        step = step * stride
        if number == len(OFFSETS) - 1:
            break
        value = jax.nn.relu(value)
        if statistics is None:
            mean = value.mean(axis=(0, 1))
            variance = ((value - mean) ** 2).mean(axis=(0, 1))
        else:
            mean, variance = statistics[number]
        used.append((mean, variance))
        value = (value - mean) / jnp.sqrt(variance + EPSILON)
    return value, used


def _loss(parameters: Parameters, frames: jax.Array, labels: jax.Array) -> tuple[jax.Array, jax.Array]:
    scores, _ = forward(parameters, frames, None)
    right = (scores.argmax(-1) == labels).mean()
    return optax.softmax_cross_entropy_with_integer_labels(scores, labels).mean(), right


class ChunkSource:
    """Draws training chunks from a stretch of frames, each with its own vocal tract, loudness and tilt."""

    def __init__(self, frames: NDArray[np.float16], labels: NDArray[np.uint8], schedule: Schedule) -> None:
        self._frames, self._labels, self._schedule = frames, labels, schedule
        sample = frames[:: max(1, len(frames) // 200_000)].astype(np.float32)
        self.mean, self.spread = sample.mean(0), sample.std(0) + 1e-3
        self._warps = warp_matrices(np.linspace(0.86, 1.16, 13))
        self._rng = np.random.default_rng(schedule.seed)

    def draw(self) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        rng, count, scored = self._rng, self._schedule.batch, self._schedule.scored
        length = (scored - 1) * STRIDE + 1 + LEFT + RIGHT
        starts = rng.integers(0, len(self._frames) - length, count)
        chunks = np.stack([self._frames[start : start + length] for start in starts]).astype(np.float32)
        labels = np.stack([self._labels[s + LEFT : s + LEFT + scored * STRIDE : STRIDE] for s in starts])
        warps = self._warps[rng.integers(0, len(self._warps), count)]
        chunks = chunks @ warps.transpose(0, 2, 1)
        chunks += rng.normal(0, 1.0, (count, 1, 1)).astype(np.float32)
        chunks += self._tilts(count)
        chunks = (chunks - self.mean) / self.spread
        for chunk in np.flatnonzero(rng.random(count) < 0.3):
            low = rng.integers(0, BINS - 4)
            chunks[chunk, :, low : low + rng.integers(1, 5)] = 0
        return chunks, labels.astype(np.int32)

    def _tilts(self, count: int) -> NDArray[np.float32]:
        """A smooth curve over the mel bins for each chunk: another microphone."""
        curves = np.cos(np.pi * np.outer(np.arange(1, 4), (np.arange(BINS) + 0.5) / BINS))
        sizes = self._rng.normal(0, 1, (count, 3)) * np.array([0.7, 0.4, 0.25])
        return np.asarray((sizes @ curves)[:, None, :], dtype=np.float32)


def train(
    source: ChunkSource, hidden: int, schedule: Schedule, report: Callable[[str], None]
) -> tuple[Parameters, Statistics]:
    """Parameters after all steps, and the mean and variance behind each rectifier over many batches."""
    parameters = start_parameters(hidden, schedule.seed)
    warmup = max(1, schedule.steps // 25)
    rates = optax.warmup_cosine_decay_schedule(1e-4, schedule.rate, warmup, schedule.steps, 1e-6)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rates, weight_decay=schedule.decay))
    state = optimiser.init(parameters)

    @jax.jit
    def step(
        parameters: Parameters, state: optax.OptState, frames: jax.Array, labels: jax.Array
    ) -> tuple[Parameters, optax.OptState, jax.Array, jax.Array]:
        (loss, right), slopes = jax.value_and_grad(_loss, has_aux=True)(parameters, frames, labels)
        updates, state = optimiser.update(slopes, state, parameters)
        return optax.apply_updates(parameters, updates), state, loss, right

    losses, rights = [], []
    for number in range(1, schedule.steps + 1):
        frames, labels = source.draw()
        parameters, state, loss, right = step(parameters, state, frames, labels)
        losses.append(float(loss))
        rights.append(float(right))
        if number % 200 == 0 or number == schedule.steps:
            recent, hits = np.mean(losses[-200:]), np.mean(rights[-200:])
            report(f"training: step {number} of {schedule.steps}, loss {recent:.3f}, frames right {hits:.1%}")
    gather = jax.jit(lambda frames: forward(parameters, frames, None)[1])
    batches = [gather(source.draw()[0]) for _ in range(60)]
    statistics = [
        (
            sum(batch[n][0] for batch in batches) / len(batches),
            sum(batch[n][1] for batch in batches) / len(batches),
        )
        for n in range(len(OFFSETS) - 1)
    ]
    return parameters, statistics


def exported_layers(
    parameters: Parameters,
    statistics: Statistics,
    mean: NDArray[np.float32],
    spread: NDArray[np.float32],
    input_map: NDArray[np.float64],
) -> list[Layer]:
    """Plain layers for the model file: normalisations and `input_map` (its input to log mel) folded in."""
    layers = []
    shift, scale = mean.astype(np.float64), 1 / spread.astype(np.float64)
    for number, offsets in enumerate(OFFSETS):
        weights = np.asarray(parameters[f"w{number}"], dtype=np.float64)
        bias = np.asarray(parameters[f"b{number}"], dtype=np.float64)
        scaled = weights * np.tile(scale, len(offsets))[:, None]
        bias = bias - np.tile(shift, len(offsets)) @ scaled
        if number == 0:
            blocks = scaled.reshape(len(offsets), BINS, -1)
            scaled = np.concatenate([input_map.T @ block for block in blocks])
        layers.append(Layer(offsets, scaled.T, bias))
        if number < len(OFFSETS) - 1:
            shift = np.asarray(statistics[number][0], dtype=np.float64)
            scale = 1 / np.sqrt(np.asarray(statistics[number][1], dtype=np.float64) + EPSILON)
    return layers
