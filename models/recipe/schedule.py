"""Where a training is in, its learning rate out: warm-up, constant, linear decay."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

WARM_STEPS = 60


@dataclass
class Position:
    """Where the training is."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    tokens: int = 0


def rate(position: Position, options: argparse.Namespace) -> float:
    """Return the learning rate at a position of the schedule."""
    done = position.seconds / (options.hours * 3600)
    warm = min(1.0, (position.step + 1) / WARM_STEPS)
    decay = min(1.0, max(0.0, (1 - done) / options.decay))
    return float(options.peak * warm * decay)
