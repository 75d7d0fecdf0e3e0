"""The embedded model's ``model.bin`` in, its named arrays out.

The file is CTranslate2's container (binary version 6): a list of named arrays. An int8 matrix
``x/weight`` is stored by rows, with a float32 vector ``x/weight_scale`` beside it; the real value
is ``weight / weight_scale``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

VERSION = 6
KINDS = (np.float32, np.int8, np.int16, np.int32, np.float16)


def read_arrays(data: bytes) -> Iterator[tuple[str, Array]]:
    """Give each array by its name, as a view of the data.

    Raises ValueError where the data is not a container of this version.
    """
    reader = _Reader(data)
    if reader.number("I") != VERSION:
        raise ValueError("not a model of a known version")
    reader.name()  # of the architecture
    reader.number("I")  # the architecture's revision
    for _ in range(reader.number("I")):
        name = reader.name()
        shape = [reader.number("I") for _ in range(reader.number("B"))]
        kind = np.dtype(KINDS[reader.number("B")])
        yield name, np.frombuffer(reader.some(reader.number("I")), kind).reshape(shape)


class _Reader:
    """Numbers, names and bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)

    def some(self, size: int) -> memoryview:
        some, self._data = self._data[:size], self._data[size:]
        return some

    def number(self, layout: str) -> int:
        (value,) = struct.unpack("<" + layout, self.some(struct.calcsize("<" + layout)))
        return int(value)

    def name(self) -> str:
        return bytes(self.some(self.number("H"))).rstrip(b"\0").decode("utf-8")
