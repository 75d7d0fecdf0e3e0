"""Read and write ``model.bin``, a CTranslate2 container; int8 matrices ↔ float32 ones.

``pipeline.engines.embedded.weights`` describes the container. CTranslate2 itself could load it
beside the ``config.json`` of its converter.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from pipeline.engines.embedded.weights import KINDS, VERSION, read_arrays

ARCHITECTURE, REVISION = "TransformerDecoderSpec", 8
ALIASES = {"decoder/projection/weight": "decoder/embeddings/weight"}


def read(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of the container at ``path``."""
    return dict(read_arrays(path.read_bytes()))


def write(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a container of ``arrays`` to ``path``."""

    def string(text: str) -> bytes:
        raw = text.encode("utf-8")
        return struct.pack("<H", len(raw) + 1) + raw + b"\0"

    with path.open("wb") as file:
        file.write(struct.pack("<I", VERSION) + string(ARCHITECTURE))
        file.write(struct.pack("<II", REVISION, len(arrays)))
        for name, array in arrays.items():
            file.write(string(name) + struct.pack("<B", array.ndim))
            file.write(struct.pack(f"<{array.ndim}I", *array.shape))
            kind = [np.dtype(kind) for kind in KINDS].index(array.dtype)
            file.write(struct.pack("<BI", kind, array.nbytes))
            file.write(np.ascontiguousarray(array).tobytes())
        file.write(struct.pack("<I", len(ALIASES)))
        for alias, target in ALIASES.items():
            file.write(string(alias) + string(target))


def dequantise(weight: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the float32 matrix of an int8 matrix stored with one scale a row."""
    return np.asarray(weight.astype(np.float32) / scale[:, None])


def quantise(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the int8 matrix and the row scales, as CTranslate2's converter does."""
    largest = np.abs(matrix).max(axis=1)
    scale = (127.0 / np.where(largest == 0, 127.0, largest)).astype(np.float32)
    return np.rint(matrix * scale[:, None]).astype(np.int8), scale
