"""Student's t distribution."""

from __future__ import annotations


def quantile(share: float, freedom: int) -> float:
    """The point below which ``share`` (0..1) of Student's t with ``freedom`` degrees lies."""
    from scipy.special import stdtrit

    return float(stdtrit(max(freedom, 1), share))
