"""How sure a share of few can be."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""97.5 of 100 of a normal distribution lie below it."""


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Both ends of the score interval of the share hits/n (95 % unless `z` is given).

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; as in the NIST/SEMATECH e-Handbook of Statistical
    Methods, 7.2.4.1. It holds for few and for shares near 0 and 1. Raises ValueError if it is no share.
    """
    if not 0 <= hits <= n or n < 1:
        raise ValueError(f"{hits} of {n} is no share")
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return (0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half)
