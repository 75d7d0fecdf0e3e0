"""A file of sorted UTF-8 lines in; the lines that begin with a key, out."""

from __future__ import annotations

import mmap
from pathlib import Path


class SortedLines:
    """Lines sorted by their bytes, mapped into memory and searched by halving (20 steps)."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _lower_bound(self, key: bytes) -> int:
        """Where the first line that is not less than the key begins."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if data[start : start + len(key)] < key:
                low = data.find(b"\n", start) + 1
            else:
                high = start
        return low

    def starting(self, prefix: str) -> list[str]:
        """The lines that begin with a prefix, in order."""
        key = prefix.encode()
        data, at, found = self._data, self._lower_bound(key), []
        while data[at : at + len(key)] == key and at < len(data):
            end = data.find(b"\n", at)
            found.append(data[at:end].decode())
            at = end + 1
        return found

    def any_starts(self, prefix: str) -> bool:
        """Whether a line begins with a prefix."""
        key = prefix.encode()
        at = self._lower_bound(key)
        return self._data[at : at + len(key)] == key

    def holds(self, line: str) -> bool:
        """Whether a whole line is there."""
        return self.any_starts(line + "\n")
