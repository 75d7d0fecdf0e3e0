"""Where a training is in, its learning rate out: warm-up, constant, decay."""

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
    """Return the learning rate at a position of the schedule.

    The decay is linear, or by one less the square root of what is done of it, which spends more
    of its time at low rates (Hägele et al., "Scaling laws and compute-optimal training beyond fixed
    training durations", 2024).
    """
    done = position.seconds / (options.hours * 3600)
    warm = min(1.0, (position.step + 1) / options.warm_steps)
    left = min(1.0, max(0.0, (1 - done) / options.decay))
    decay = 1 - (1 - left) ** 0.5 if options.shape == "root" else left
    return float(options.peak * warm * decay)
