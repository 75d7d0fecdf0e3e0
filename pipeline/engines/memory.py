"""Nothing in; a C library that gives memory back as soon as it is freed, out."""

from __future__ import annotations

import ctypes
from typing import Final

# Settings of glibc's ``mallopt``: how much may lie free before it is given back, from which size on
# a piece is mapped by itself, and how many heaps the threads have.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_LARGE: Final = 1 << 20


def give_back_large_pieces() -> None:
    """Set the C library so, where it is one that can be set.

    glibc raises both limits by itself, up to 64 MB, and keeps what the longest prompts took: 523 MB
    at most without this, 445 with it, in the same time.
    """
    _set(_M_MMAP_THRESHOLD, _LARGE)
    _set(_M_TRIM_THRESHOLD, _LARGE)


def share_one_heap() -> None:
    """Let all threads that begin after this take memory from one heap.

    glibc gives them up to eight for each processor, and a piece that one thread fills and another
    frees leaves a hole in the heap of the first: in the client of a cluster these grew with the
    documents (docs/scale.md).
    """
    _set(_M_ARENA_MAX, 1)


def _set(limit: int, value: int) -> None:
    try:
        ctypes.CDLL(None).mallopt(limit, value)
    except (AttributeError, OSError, TypeError):
        return  # another C library, which has limits of its own
