"""A machine in; how many processes suit it, by what was measured (docs/scale.md), out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.decoding import worker_count

# What a process with the embedded engine takes, and the share of free memory that may be used.
WORKER_BYTES = 450_000_000
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Placement:
    """How many processes suit a machine of so many cores and so many bytes of free memory."""

    workers: int
    cores: int
    free: int | None

    @property
    def words(self) -> str:
        """Say it in one line."""
        memory = "" if self.free is None else f" and {self.free / 1e9:.1f} GB of free memory"
        many = "1 process" if self.workers == 1 else f"{self.workers} processes"
        return f"{self.cores} cores{memory}: {many} at once for a batch"


def suited() -> Placement:
    """Give a process a core, one thread each, as far as memory goes."""
    cores, free = worker_count(0), free_memory()
    fitting = cores if free is None else int(_SHARE * free // WORKER_BYTES)
    return Placement(max(min(cores, fitting), 1), cores, free)


def free_memory() -> int | None:
    """Give the bytes of memory that programs can still take; None where nobody tells."""
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024 * int(line.split()[1])
        return None
    except (OSError, ValueError):
        try:
            return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (ValueError, OSError, AttributeError):
            return None
