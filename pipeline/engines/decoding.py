"""What every engine's search has in common: how to search, what it finds, on how many cores."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search: beam width, hypotheses to keep, guards against loops (off as a rule).

    Hypotheses are ranked by their log-probability divided by their length to the power of
    ``length_penalty``. ``no_repeat_ngram`` is the length from which on no phrase may come twice.
    """

    beam_size: int
    n_best: int
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A hypothesis as pieces, its mean log-probability a piece, whether the model ended it.

    ``log_probs`` are those of the pieces and the end, where the search kept them; ``entropies`` say
    how open each of these choices was.
    """

    pieces: tuple[str, ...]
    score: float
    finished: bool
    log_probs: tuple[float, ...] = ()
    entropies: tuple[float, ...] = ()


def worker_count(threads: int) -> int:
    """Give how many searches to run side by side: ``threads``, or one a usable physical core.

    Two threads of one core would share its arithmetic units, and twice the memory is used.
    """
    if threads:
        return threads
    affinity = getattr(os, "sched_getaffinity", None)
    usable = affinity(0) if affinity else range(os.cpu_count() or 1)
    return len({_siblings(processor) for processor in usable})


def _siblings(processor: int) -> str:
    """Name the physical core of a processor as Linux does, elsewhere by the processor itself."""
    path = Path(f"/sys/devices/system/cpu/cpu{processor}/topology/core_cpus_list")
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(processor)
