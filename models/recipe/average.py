"""Average the weights of several trained models into one.

    python -m recipe.average --out work/average.pt work/a.pt:0.35 work/b.pt:0.35 work/start.pt:0.3

Models that were trained from the same start lie in one basin of the loss, and their average is
better than each of them (Wortsman et al., "Model soups", 2022): the noise of small batches and of
the order of the data cancels out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def average(parts: list[tuple[Path, float]]) -> dict[str, Tensor]:
    """Return the weighted sum of the weights in some files; the shares must sum to 1."""
    if abs(sum(share for _, share in parts) - 1) > 1e-6:
        raise SystemExit("the shares do not sum to 1")
    import torch

    total: dict[str, Tensor] = {}
    for path, share in parts:
        for name, value in torch.load(path).items():
            total[name] = total.get(name, 0.0) + share * value.float()
    return total


def part(text: str) -> tuple[Path, float]:
    """Parse ``work/a.pt:0.35``."""
    path, _, share = text.rpartition(":")
    return Path(path), float(share)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", type=part, nargs="+", metavar="FILE:SHARE")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    import torch

    torch.save(average(options.parts), options.out)


if __name__ == "__main__":
    main()
