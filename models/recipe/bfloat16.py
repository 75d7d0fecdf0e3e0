"""Linear layers computed in bfloat16, for processors with AMX and for graphics processors.

The weights stay in float32; each product sees them rounded to bfloat16.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

# Logits of so many rows fit a processor's cache; a graphics processor wants larger products.
ROWS = {"cpu": 512, "cuda": 16384}


class Bfloat16Linear(nn.Module):
    """A linear layer without bias whose products are computed in bfloat16."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))

    def refresh(self) -> None:
        """Do nothing: nothing is kept between two steps."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the product, in bfloat16, for a matrix of shape (tokens, inputs)."""
        return functional.linear(x.to(torch.bfloat16), self.weight.to(torch.bfloat16))


def _rows(logits: Tensor, labels: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the summed smoothed cross-entropy and its gradient, in bfloat16, for the logits."""
    logits = logits.float()
    top = logits.amax(1, keepdim=True)
    exponentials = (logits - top).exp()
    total = exponentials.sum(1, keepdim=True)
    target = logits.gather(1, labels[:, None])
    mean = logits.mean(1, keepdim=True)
    loss = top + total.log() - (1 - smoothing) * target - smoothing * mean
    hot = torch.arange(logits.shape[1], device=labels.device)[None] == labels[:, None]
    gradient = exponentials / total - smoothing / logits.shape[1]
    gradient = torch.where(hot, gradient - (1 - smoothing), gradient)
    return loss.sum(), gradient.to(torch.bfloat16)


_compiled_rows = torch.compile(_rows, dynamic=True)


def loss(hidden: Tensor, labels: Tensor, table: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the summed smoothed cross-entropy and its gradient for the hidden states.

    ``table`` is the output table in bfloat16.
    """
    total = torch.zeros((), device=hidden.device)
    gradient = torch.empty_like(hidden)
    rows = ROWS[hidden.device.type]
    for start in range(0, len(hidden), rows):
        chosen = slice(start, start + rows)
        logits = hidden[chosen].to(torch.bfloat16) @ table.t()
        summed, slope = _compiled_rows(logits, labels[chosen], smoothing)
        total += summed
        gradient[chosen] = (slope @ table).float()
    return total, gradient
