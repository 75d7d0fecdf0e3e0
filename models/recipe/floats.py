"""Linear layers in floating point: bfloat16 where it has a fast unit (AMX, Zen 5, CUDA).

The weights stay in float32; each product sees them rounded to its kind. float32 is for processors
that have units for neither bfloat16 nor bytes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

# Logits of so many rows fit a processor's cache; a graphics processor wants larger products.
ROWS = {"cpu": 512, "cuda": 16384}


class FloatLinear(nn.Module):
    """A linear layer without bias whose products are computed in a kind of floats."""

    def __init__(self, inputs: int, outputs: int, kind: torch.dtype) -> None:
        super().__init__()
        self.kind = kind
        self.weight = nn.Parameter(torch.empty(outputs, inputs))

    def refresh(self) -> None:
        """Do nothing: nothing is kept between two steps."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the product, in the same kind, for a matrix of shape (tokens, inputs)."""
        return functional.linear(x.to(self.kind), self.weight.to(self.kind))


def _rows(logits: Tensor, labels: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the summed smoothed cross-entropy and its gradient, in their kind, for the logits."""
    kind = logits.dtype
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
    return loss.sum(), gradient.to(kind)


_compiled_rows = torch.compile(_rows, dynamic=True)


def loss(hidden: Tensor, labels: Tensor, table: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the summed smoothed cross-entropy and its gradient for the hidden states.

    ``table`` is the output table, in the kind that products shall have.
    """
    total = torch.zeros((), device=hidden.device)
    gradient = torch.empty_like(hidden)
    rows = ROWS[hidden.device.type]
    for start in range(0, len(hidden), rows):
        chosen = slice(start, start + rows)
        logits = hidden[chosen].to(table.dtype) @ table.t()
        summed, slope = _compiled_rows(logits, labels[chosen], smoothing)
        total += summed
        gradient[chosen] = (slope @ table).float()
    return total, gradient
