"""Unsigned LEB128: small numbers take one byte, every further seven bits another."""

from __future__ import annotations

import numpy as np

from kbtool.search.impacts.join import Numbers, Short

_BYTES = tuple(bytes((number,)) for number in range(128))


def varint(number: int) -> bytes:
    """One number."""
    if number < 128:
        return _BYTES[number]
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def varints(numbers: Short) -> tuple[bytes, Numbers]:
    """(Many numbers behind one another, where each begins and the last one ends)."""
    sizes = np.ones(len(numbers), np.uint8)
    for bits in range(7, 31, 7):
        sizes += numbers >> bits > 0
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    found = np.zeros(starts[-1], np.uint8)
    for place in range(sizes.max(initial=0)):
        has = sizes > place
        seven = (numbers[has] >> 7 * place & 127).astype(np.uint8)
        found[starts[:-1][has] + place] = seven | (sizes[has] > place + 1).astype(np.uint8) << 7
    return found.tobytes(), starts
