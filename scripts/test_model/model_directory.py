"""The directory that vosk.Model() loads: acoustic model, settings and graphs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .acoustic_file import write_acoustic_model
from .features import BINS, HIGH_HZ, LOW_HZ
from .graph_files import write_graphs
from .lexicon import PDF_COUNT, Lexicon
from .network import STRIDE, Layer
from .voices import RATE
from .word_order import domain_sentences

MFCC_SETTINGS = (
    f"--sample-frequency={RATE}",
    "--use-energy=false",
    f"--num-mel-bins={BINS}",
    f"--num-ceps={BINS}",
    f"--low-freq={LOW_HZ:g}",
    f"--high-freq={HIGH_HZ:g}",
    # No random noise under the sound: the same clip gives the same words every time.
    "--dither=0",
    "--allow-upsample=true",
)
DECODER_SETTINGS = (
    "--min-active=200",
    "--max-active=3000",
    # The beams go with the acoustic scale: wider ones at a smaller scale make decoding explode.
    "--beam=9",
    "--lattice-beam=3",
    "--acoustic-scale=0.3",
    # The phone loop of [unk] has very many paths: telling them apart takes seconds where many people talk.
    "--phone-determinize=false",
    "--max-mem=2000000",
    f"--frame-subsampling-factor={STRIDE}",
    "--endpoint.silence-phones=1",
    "--endpoint.rule2.min-trailing-silence=0.5",
    "--endpoint.rule3.min-trailing-silence=0.75",
    "--endpoint.rule4.min-trailing-silence=1.0",
)
#: Without a floor, phones that are rare in training win over silence when nothing is said.
PRIOR_FLOOR = 0.012


def label_priors(labels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How often each network output is right, none below the floor; sums to 1."""
    counts = np.bincount(labels[::STRIDE], minlength=PDF_COUNT).astype(float)
    floored = np.maximum(counts / counts.sum(), PRIOR_FLOOR)
    return np.asarray(floored / floored.sum())


def write_model(
    folder: Path, lexicon: Lexicon, phrases: list[str], layers: list[Layer], priors: NDArray[np.float64]
) -> None:
    """Write all files of the model; files of an older one are overwritten."""
    for part in ("am", "conf", "graph"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_acoustic_model(folder / "am" / "final.mdl", layers, priors)
    (folder / "conf" / "mfcc.conf").write_text("\n".join(MFCC_SETTINGS) + "\n", "utf-8")
    (folder / "conf" / "model.conf").write_text("\n".join(DECODER_SETTINGS) + "\n", "utf-8")
    write_graphs(folder / "graph", lexicon, domain_sentences(phrases, lexicon))
