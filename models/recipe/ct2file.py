"""Read and write the CTranslate2 ``model.bin`` container (binary version 6).

The container is a list of named arrays, followed by a list of aliases.  An int8 matrix
``x/weight`` is stored by rows with a float32 vector ``x/weight_scale``: the real value is
``weight / weight_scale``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DTYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
BINARY_VERSION = 6


@dataclass
class Container:
    """The content of one ``model.bin``."""

    name: str
    revision: int
    variables: dict[str, np.ndarray]
    aliases: dict[str, str]


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def unpack(self, layout: str) -> int:
        (value,) = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return value

    def string(self) -> str:
        length = self.unpack("H")
        raw = self.data[self.position : self.position + length - 1]
        self.position += length
        return raw.decode("utf-8")


def read(path: Path) -> Container:
    """Return the content of the container at ``path``."""
    reader = _Reader(path.read_bytes())
    version = reader.unpack("I")
    if version != BINARY_VERSION:
        raise ValueError(f"binary version {version}, expected {BINARY_VERSION}")
    name = reader.string()
    revision = reader.unpack("I")
    variables = {}
    for _ in range(reader.unpack("I")):
        key = reader.string()
        shape = [reader.unpack("I") for _ in range(reader.unpack("B"))]
        dtype = np.dtype(DTYPES[reader.unpack("B")])
        size = reader.unpack("I")
        count = size // dtype.itemsize
        array = np.frombuffer(reader.data, dtype, count, reader.position).reshape(shape)
        reader.position += size
        variables[key] = array
    aliases = {}
    for _ in range(reader.unpack("I")):
        key = reader.string()
        aliases[key] = reader.string()
    return Container(name, revision, variables, aliases)


def write(path: Path, content: Container) -> None:
    """Write ``content`` to ``path``."""

    def string(text: str) -> bytes:
        raw = text.encode("utf-8")
        return struct.pack("<H", len(raw) + 1) + raw + b"\0"

    with path.open("wb") as file:
        file.write(struct.pack("<I", BINARY_VERSION) + string(content.name))
        file.write(struct.pack("<II", content.revision, len(content.variables)))
        for key, array in content.variables.items():
            file.write(string(key) + struct.pack("<B", array.ndim))
            file.write(struct.pack(f"<{array.ndim}I", *array.shape))
            kind = [np.dtype(t) for t in DTYPES].index(array.dtype)
            file.write(struct.pack("<BI", kind, array.nbytes))
            file.write(np.ascontiguousarray(array).tobytes())
        file.write(struct.pack("<I", len(content.aliases)))
        for alias, target in content.aliases.items():
            file.write(string(alias) + string(target))


def dequantise(weight: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the float32 matrix of an int8 matrix stored with one scale a row."""
    return weight.astype(np.float32) / scale[:, None]


def quantise(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the int8 matrix and the row scales, as CTranslate2's converter does."""
    largest = np.abs(matrix).max(axis=1)
    scale = (127.0 / np.where(largest == 0, 127.0, largest)).astype(np.float32)
    return np.rint(matrix * scale[:, None]).astype(np.int8), scale
