"""Shares that say how sure they are."""

from __future__ import annotations

from math import hypot, sqrt

from kbtool.model import Rate

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(numerator: int, denominator: int, z: float = Z95) -> tuple[float, float]:
    """The score interval (low, high), both in 0..1, of ``numerator / denominator``: the 95 % one,
    or that of another point ``z`` of the normal distribution.

    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    JASA 22:209-212; method 3 in R. G. Newcombe (1998), Statistics in Medicine 17:857-872. Unlike
    the textbook interval it is right for few cases and for shares near 0 and 1. Raises ValueError
    when the denominator is below 1 or the numerator is not in 0..denominator.
    """
    if denominator < 1 or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator}/{denominator} is not a share")
    n, share, z2 = denominator, numerator / denominator, z * z
    centre = share + z2 / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    low = 0.0 if numerator == 0 else (centre - reach) / scale
    high = 1.0 if numerator == n else (centre + reach) / scale
    return low, high


def newcombe(n1: int, d1: int, n2: int, d2: int, z: float = Z95) -> tuple[float, float]:
    """The interval (low, high), both in -1..1, of the difference ``n1 / d1 - n2 / d2`` of two
    independent shares: the 95 % one, or that of another point ``z`` of the normal distribution.

    Method 10 (hybrid score) in R. G. Newcombe (1998), "Interval estimation for the difference
    between independent proportions", Statistics in Medicine 17:873-890. Raises ValueError when one
    of the two is not a share.
    """
    (low1, high1), (low2, high2) = wilson(n1, d1, z), wilson(n2, d2, z)
    share1, share2 = n1 / d1, n2 / d2
    difference = share1 - share2
    low = difference - hypot(share1 - low1, high2 - share2)
    high = difference + hypot(high1 - share1, share2 - low2)
    return max(low, -1.0), min(high, 1.0)


def rate(numerator: int, denominator: int, min_count: int) -> Rate:
    """The share with its Wilson interval; without bounds when the denominator is too small.

    Too small is below ``min_count`` (or zero). Raises ValueError when the numerator is not in
    0..denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator}/{denominator} is not a share")
    if denominator < max(min_count, 1):
        return Rate(numerator, denominator, None, None)
    return Rate(numerator, denominator, *wilson(numerator, denominator))
