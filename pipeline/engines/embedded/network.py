"""Tokens in, the most probable next ones out: Gemma 3's decoder in ONNX Runtime.

The graph is that of ``models/recipe/network.py``. All its products are sums of integers, which are
exact, so what comes out for a sequence does not depend on those that are computed beside it.
The only importer of onnxruntime.
"""

from __future__ import annotations

import io
import math
import mmap
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.engines.embedded.weights import Array
from pipeline.engines.memory import give_back_large_pieces
from pipeline.errors import EngineError

# How the names of those arrays end that the graph takes, out of the file that it names and in the
# order of ``model.bin``; the other arrays are settings, which are part of the graph.
WEIGHTS = ("/weight", "/weight_scale", "/gamma")
WEIGHTS_FILE = "weights"
_TABLE = "decoder/embeddings/weight"
# Gemma 3's shape, as far as it does not show in the graph.
_WIDTH, _HEAD = 640, 256
_PROVIDERS = ["CPUExecutionProvider"]
_ROTARY_BASES = {"local": 1e4, "global": 1e6}
# What a graph may keep keys and values as.
_KINDS: dict[str, type[np.generic]] = {"tensor(int8)": np.int8, "tensor(float)": np.float32}


@dataclass(frozen=True, slots=True)
class Next:
    """What may follow a state: the most probable tokens, best first, and their log-probabilities.

    ``forced`` are the log-probabilities of the tokens that were asked for. A row a state.
    """

    tokens: list[list[int]]
    log_probs: list[list[float]]
    forced: list[float]


class Cache:
    """The keys and values of what sequences have read so far: a row a sequence, all layers.

    The memory of a position is taken when it is written (9 KB a token in the shipped model, 36 KB
    where they are kept as floats).
    """

    def __init__(self, kind: type[np.generic], layers: int, rows: int, positions: int) -> None:
        shape = (2 * layers, rows, 1, positions, _HEAD)
        memory = mmap.mmap(-1, np.dtype(kind).itemsize * math.prod(shape))
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            memory.madvise(mmap.MADV_NOHUGEPAGE)
        self.values = np.frombuffer(memory, kind).reshape(shape)
        self.angles = dict(_angles(positions))

    def copy(self, source: int, target: int, start: int, end: int) -> None:
        """Give a row what another has read from one position to another."""
        self.values[:, target, :, start:end] = self.values[:, source, :, start:end]

    def places(self, first: int, rows: int) -> Iterator[tuple[str, tuple[int, ...], int]]:
        """Give for keys and values of each layer their name, shape and address, from a row on."""
        for number, values in enumerate(self.values):
            name = f"{('keys', 'values')[number % 2]}_{number // 2}"
            part = values[first : first + rows]
            yield name, part.shape, part.ctypes.data


class Network:
    """The decoder with its weights in memory; several threads may run it at once."""

    def __init__(self, graph: bytes, overflow: bytes, arrays: Iterable[tuple[str, Array]]) -> None:
        """Load a graph and its weights; ``overflow`` is the small graph that ships beside it."""
        import onnxruntime

        give_back_large_pieces()
        onnxruntime.disable_telemetry_events()  # Windows would be told that a model was loaded
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Else what is not needed any more would be kept for the next run, which is seldom as large.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        try:
            canary = onnxruntime.InferenceSession(overflow, options, providers=_PROVIDERS)
            if overflows(canary):
                options.add_session_config_entry("session.x64quantprecision", "1")
            self._session = _open(graph, self._prepare(arrays), options)
        except Exception as error:  # onnxruntime's own have no common class
            raise EngineError(f"the model cannot be loaded: {error}", "install it again") from None
        kept = [each.type for each in self._session.get_inputs() if each.name.startswith("keys_")]
        self._layers, self._kept_as = len(kept), _KINDS[kept[0]]
        # The memory that a position of a cache takes, in bytes.
        self.position_size = 2 * self._layers * _HEAD * np.dtype(self._kept_as).itemsize

    def _prepare(self, arrays: Iterable[tuple[str, Array]]) -> io.BytesIO:
        """Give the weights as the graph wants them; keep the table, which is looked up here."""
        weights = io.BytesIO()
        for name, array in arrays:
            if not name.endswith(WEIGHTS):
                continue
            weights.write(_as_wanted(name, array).data)
            if name == _TABLE:
                self._table = array.copy()
            elif name == f"{_TABLE}_scale":
                self._scale = (_WIDTH**0.5 / array)[:, None]
        return weights

    def cache(self, rows: int, positions: int) -> Cache:
        """Make room for so many sequences of so many tokens."""
        return Cache(self._kept_as, self._layers, rows, positions)

    def read(
        self,
        cache: Cache,
        first: int,
        tokens: Array,
        positions: Array,
        width: int,
        wanted: Array | None = None,
        forced: Array | None = None,
    ) -> Next:
        """Read the next tokens of some rows of a cache, from the ``first`` row on.

        ``tokens`` has a row a sequence; more than one token a row is for a new sequence.
        ``positions`` are those of the last tokens. The ``width`` best tokens are given after each
        of the ``wanted`` tokens, counted over all rows (the last of each row, if it is None), and
        the probabilities of the ``forced`` ones.
        """
        rows, length = tokens.shape
        if wanted is None:
            wanted = np.arange(1, rows + 1) * length - 1
        if forced is None:
            forced = np.zeros(len(wanted), np.int64)
        binding = self._session.io_binding()
        given = {
            "embedded": self._table[tokens].astype(np.float32) * self._scale[tokens],
            "last": positions.astype(np.int32),
            "longest": np.array(positions.max() + 1, np.int32),
            "wanted": wanted.astype(np.int64),
            "forced": forced.astype(np.int64)[:, None],
            "width": np.array([width], np.int64),
            **cache.angles,
        }
        for name, value in given.items():
            binding.bind_cpu_input(name, value)
        for name, shape, address in cache.places(first, rows):
            binding.bind_input(name, "cpu", 0, self._kept_as, shape, address)
            binding.bind_output(f"{name}_now", "cpu", 0, self._kept_as, shape, address)
        outputs = ("best", "pieces", "told")
        for name in outputs:
            binding.bind_output(name, "cpu")
        try:
            self._session.run_with_iobinding(binding)
        except Exception as error:  # onnxruntime's own have no common class
            raise EngineError(
                f"the model fails ({error})",
                "close other programs if memory is short",
                "lower engine.threads",
            ) from None
        best, pieces, told = (value.numpy() for value in binding.get_outputs()[-len(outputs) :])
        return Next(pieces.tolist(), best.tolist(), told[:, 0].tolist())


def _open(graph: bytes, weights: io.BytesIO, options: Any) -> Any:
    """Load a graph, through a temporary folder if there is room for it.

    ONNX Runtime can read weights from memory, but takes 150 MB more for as long as it loads. It
    keeps the file in use, which Windows then would not remove.
    """
    import onnxruntime

    try:
        if sys.platform != "win32":
            with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
                place = Path(folder)
                (place / "network.onnx").write_bytes(graph)
                (place / WEIGHTS_FILE).write_bytes(weights.getbuffer())
                weights.close()
                return onnxruntime.InferenceSession(
                    place / "network.onnx", options, providers=_PROVIDERS
                )
    except OSError:
        pass  # no room, or no such folder
    data = weights.getvalue()
    options.add_external_initializers_from_files_in_memory([WEIGHTS_FILE], [data], [len(data)])
    return onnxruntime.InferenceSession(graph, options, providers=_PROVIDERS)


def overflows(session: Any) -> bool:
    """Tell whether the processor adds pairs of products in sixteen bits, which may not hold them.

    Those without VNNI do, unless ONNX Runtime is told to be exact, which takes twice the time.
    """
    (sums,) = session.run(None, {"bytes": np.full((1, 64), 255, np.uint8)})
    return bool(sums[0, 0] != 64 * 127 * 127)


def _as_wanted(name: str, array: Array) -> Array:
    """Give an array of the container as the graph wants it."""
    if name.endswith("/weight"):
        return np.ascontiguousarray(array.T)
    if name.endswith("_scale"):
        return np.reciprocal(array)
    return 1 + array  # Gemma's norms store how far their gain is from one


def _angles(positions: int) -> Iterator[tuple[str, Array]]:
    """Give the cosines and sines by which rotary embeddings turn keys and queries."""
    for reach, base in _ROTARY_BASES.items():
        frequencies = base ** (-np.arange(0, _HEAD, 2) / _HEAD)
        angles = np.outer(np.arange(positions), frequencies)
        yield f"cosines_{reach}", np.cos(angles).astype(np.float32)
        yield f"sines_{reach}", np.sin(angles).astype(np.float32)
