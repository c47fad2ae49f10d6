"""The network of voice_triage/sound/yes_or_no.py and its training, in JAX."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from voice_triage.sound.spoken_word import BANDS, FRAMES
from voice_triage.sound.yes_or_no import SPREADS, STEPS

from .picturing import Pictures

HIDDEN = 48
WIDTHS = (5, 3, 3, 3, 3)
"""Frames that each layer looks at."""
BATCH = 96
SHARES = (0.26, 0.17, 0.17, 0.2, 0.1, 0.1)
"""Of people's neither, yes and no, and of the same by machines, in each batch."""
RATE, DECAY = 3e-3, 2e-2
EPSILON = 1e-4
SETTLED = 0.6
"""Share of the steps after which the means and variances are averaged that are exported."""

Parameters = dict[str, jax.Array]
Statistics = list[tuple[jax.Array, jax.Array]]
Weights = dict[str, NDArray[np.float32]]


def train(pictures: Pictures, without: int, steps: int, seed: int, report: Callable[[str], None]) -> Weights:
    """Weights learnt from all pictures but those of speakers of the part `without` (-1: from all)."""
    taught = (pictures.part != without) | (pictures.part < 0)
    groups = [
        np.flatnonzero(taught & (pictures.human == human) & (pictures.kind == kind))
        for human in (True, False)
        for kind in range(3)
    ]
    rng = np.random.default_rng(seed)
    parameters = _start(rng)
    schedule = optax.warmup_cosine_decay_schedule(0.0, RATE, 100, steps)
    optimiser = optax.adamw(schedule, weight_decay=DECAY)
    state = optimiser.init(parameters)

    @jax.jit
    def step(parameters, state, seen, kind, key):  # type: ignore[no-untyped-def]  # JAX has no types for it
        (lost, used), slope = jax.value_and_grad(_loss, has_aux=True)(parameters, seen, kind, key)
        updates, state = optimiser.update(slope, state, parameters)
        return optax.apply_updates(parameters, updates), state, lost, used

    settled: Statistics = []
    for number in range(steps):
        drawn = np.array([rng.choice(groups[group]) for group in rng.choice(6, BATCH, p=SHARES)])
        seen = np.stack([_varied(rng, pictures.seen[row].astype(np.float32)) for row in drawn])
        key = jax.random.PRNGKey(number)
        parameters, state, lost, used = step(parameters, state, seen, pictures.kind[drawn], key)
        if number > steps * SETTLED:
            settled = _averaged(settled, used)
        if number % 500 == 0:
            report(f"without {without}, seed {seed}: step {number}, loss {float(lost):.3f}")
    return _folded(parameters, settled)


def _start(rng: np.random.Generator) -> Parameters:
    parameters: Parameters = {}
    inputs = BANDS
    for number, width in enumerate(WIDTHS):
        weights = rng.normal(0, np.sqrt(2 / (width * inputs)), (width, inputs, HIDDEN))
        parameters[f"w{number}"] = jnp.asarray(weights, jnp.float32)
        parameters[f"g{number}"], parameters[f"b{number}"] = jnp.ones(HIDDEN), jnp.zeros(HIDDEN)
        inputs = HIDDEN
    parameters["wo"] = jnp.asarray(rng.normal(0, 0.1, (2 * HIDDEN, 3)), jnp.float32)
    parameters["bo"] = jnp.zeros(3)
    return parameters


def _loss(
    parameters: Parameters, seen: jax.Array, kind: jax.Array, key: jax.Array
) -> tuple[jax.Array, Statistics]:
    used: Statistics = []
    value = seen
    for number, (stride, spread) in enumerate(zip(STEPS, SPREADS, strict=True)):
        out = jax.lax.conv_general_dilated(
            value,
            parameters[f"w{number}"],
            (stride,),
            "VALID",
            rhs_dilation=(spread,),
            dimension_numbers=("NWC", "WIO", "NWC"),
        )
        mean, variance = out.mean((0, 1)), out.var((0, 1))
        used.append((mean, variance))
        normal = (out - mean) / jnp.sqrt(variance + EPSILON)
        out = jax.nn.relu(normal * parameters[f"g{number}"] + parameters[f"b{number}"])
        value = out + value[:, spread:-spread] if number else out
    pooled = jnp.concatenate([value.mean(1), value.max(1)], -1)
    pooled = pooled * jax.random.bernoulli(key, 0.8, pooled.shape) / 0.8
    scores = pooled @ parameters["wo"] + parameters["bo"]
    return optax.softmax_cross_entropy_with_integer_labels(scores, kind).mean(), used


def _varied(rng: np.random.Generator, seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """A little earlier or later, by a longer or shorter vocal tract, with a band or a moment missing."""
    seen = np.roll(seen, rng.integers(-8, 9), 0)
    places = np.clip(np.arange(BANDS) * (1 + rng.uniform(-1.5, 1.5) / 25), 0, BANDS - 1)
    low = np.minimum(places.astype(int), BANDS - 2)
    part = (places - low).astype(np.float32)
    seen = seen[:, low] * (1 - part) + seen[:, low + 1] * part
    if rng.random() < 0.5:
        at = rng.integers(0, BANDS - 4)
        seen[:, at : at + rng.integers(1, 7)] = -3 if rng.random() < 0.5 else seen.mean()
    if rng.random() < 0.5:
        at = rng.integers(0, FRAMES - 10)
        seen[at : at + rng.integers(1, 12)] = -3
    return seen


def _averaged(settled: Statistics, used: Statistics) -> Statistics:
    if not settled:
        return used
    return [
        (0.98 * mean + 0.02 * new_mean, 0.98 * variance + 0.02 * new_variance)
        for (mean, variance), (new_mean, new_variance) in zip(settled, used, strict=True)
    ]


def _folded(parameters: Parameters, settled: Statistics) -> Weights:
    """The normalisation made part of the weights."""
    weights: Weights = {name: np.asarray(parameters[name]) for name in ("wo", "bo")}
    for number, (mean, variance) in enumerate(settled):
        gain = np.asarray(parameters[f"g{number}"]) / np.sqrt(np.asarray(variance) + EPSILON)
        weights[f"w{number}"] = np.asarray(parameters[f"w{number}"]) * gain
        weights[f"b{number}"] = np.asarray(parameters[f"b{number}"]) - np.asarray(mean) * gain
    return weights
