"""Log mel energies as Vosk computes them before its cosine transform, and the way from one to the other."""

from __future__ import annotations

import kaldi_native_fbank as knf
import numpy as np
from numpy.typing import NDArray

from .voices import RATE

BINS = 40
LOW_HZ, HIGH_HZ = 20.0, 7600.0
#: Kaldi's default: cepstra are multiplied by 1 + 11 sin(pi n / 22).
LIFTER = 22.0


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of 40 log mel energies for each 10 ms; samples in int16 range at 16 kHz."""
    options = knf.FbankOptions()
    _set_common(options)
    computer = knf.OnlineFbank(options)
    return _frames(computer, samples)


def mfcc(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of the 40 cepstra that Vosk gives to the network; only to check `cepstra_to_mel`."""
    options = knf.MfccOptions()
    _set_common(options)
    options.num_ceps = BINS
    computer = knf.OnlineMfcc(options)
    return _frames(computer, samples)


def cepstra_to_mel() -> NDArray[np.float64]:
    """Matrix M with log mel = M @ cepstra: the inverse of Kaldi's cosine transform and lifter."""
    rows, columns = np.arange(BINS)[:, None], np.arange(BINS)[None, :]
    cosine = np.sqrt(2.0 / BINS) * np.cos(np.pi / BINS * (columns + 0.5) * rows)
    cosine[0] = np.sqrt(1.0 / BINS)
    lifter = 1.0 + 0.5 * LIFTER * np.sin(np.pi * np.arange(BINS) / LIFTER)
    return np.asarray(np.linalg.inv(lifter[:, None] * cosine))


def warp_matrices(factors: NDArray[np.float64]) -> NDArray[np.float32]:
    """For each factor a matrix that moves mel energies as a shorter (> 1) or longer vocal tract would."""

    def to_mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        return 1127.0 * np.log1p(hertz / 700.0)

    edges = to_mel(np.array([LOW_HZ, HIGH_HZ]))
    step = (edges[1] - edges[0]) / (BINS + 1)
    centres = edges[0] + step * np.arange(1, BINS + 1)
    hertz = 700.0 * np.expm1(centres / 1127.0)
    matrices = np.zeros((len(factors), BINS, BINS), dtype=np.float32)
    for number, factor in enumerate(factors):
        source = np.clip((to_mel(hertz / factor) - edges[0]) / step - 1, 0, BINS - 1)
        low = np.minimum(source.astype(int), BINS - 2)
        part = source - low
        matrices[number, np.arange(BINS), low] = 1 - part
        matrices[number, np.arange(BINS), low + 1] += part
    return matrices


def _set_common(options: knf.FbankOptions | knf.MfccOptions) -> None:
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0
    options.frame_opts.snip_edges = True
    options.use_energy = False
    options.mel_opts.num_bins = BINS
    options.mel_opts.low_freq = LOW_HZ
    options.mel_opts.high_freq = HIGH_HZ


def _frames(computer: knf.OnlineFbank | knf.OnlineMfcc, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    computer.accept_waveform(RATE, samples.tolist())
    computer.input_finished()
    rows = [computer.get_frame(number) for number in range(computer.num_frames_ready)]
    return np.array(rows, dtype=np.float32).reshape(-1, BINS)
