"""Nothing in; a C library that gives large pieces of memory back as soon as they are freed, out."""

from __future__ import annotations

import ctypes
from typing import Final

# Settings of glibc's ``mallopt``: from which size on a piece is mapped by itself, and how much may
# lie free before it is given back.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 1 << 20


def give_back_large_pieces() -> None:
    """Set the C library so, where it is one that can be set.

    glibc raises both limits by itself, up to 64 MB, and keeps what the longest prompts took: 523 MB
    at most without this, 445 with it, in the same time.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return  # another C library, which has limits of its own
    mallopt(_M_MMAP_THRESHOLD, _LARGE)
    mallopt(_M_TRIM_THRESHOLD, _LARGE)
