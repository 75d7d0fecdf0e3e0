"""Matrix products in int8 for training on processors with VNNI but without bfloat16.

The three products of a linear layer (output, input gradient, weight gradient) are computed on
int8 values with dynamic scales, which such processors do three to five times faster than in
float32.  The master weights, the activations between products, the norms, the attention and the
optimiser stay in float32.  The forward product is the same as that of the converted model, so
that the weights also get used to the rounding they will meet in use.

Scales are folded so that each quantised array serves two products:

* output: ``y = (xq @ wq.T) * sx * sw`` with one scale a row (token) of ``x`` and of ``w``;
* input gradient: ``sw`` is multiplied into ``dy`` before quantisation by rows;
* weight gradient: ``sx`` is multiplied into ``dy`` before quantisation by columns, with
  stochastic rounding, so that the sum over tokens is not biased.
"""

from __future__ import annotations

import random

import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

TINY = 1e-20
ONE = torch.ones(1, 1)
NOISE = torch.rand(24_000_000, generator=torch.Generator().manual_seed(1))


def quantise_rows(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return the int8 values of a matrix and the real value of one unit of each row."""
    unit = x.abs().amax(1, keepdim=True).clamp_min(TINY) * (1 / 127)
    return (x * (1 / unit)).round().to(torch.int8), unit


def quantise_columns(x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    """Return the int8 values, rounded with uniform noise, and the unit of each column."""
    unit = x.abs().amax(0, keepdim=True).clamp_min(TINY) * (1 / 127)
    return (x * (1 / unit) + noise).floor().clamp(-127, 127).to(torch.int8), unit


def fresh_noise(like: Tensor) -> Tensor:
    """Return a random window of the noise table, in the shape of a matrix.

    Drawing new numbers for every product would take longer than the products.
    """
    size = like.numel()
    start = random.randrange(NOISE.numel() - size)
    return NOISE[start : start + size].view(like.shape)


def _scaled_rows_of(x: Tensor, scale: Tensor) -> tuple[Tensor, Tensor]:
    return quantise_rows(x * scale)


def _scaled_columns_of(x: Tensor, scale: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    return quantise_columns(x * scale, noise)


def _product(x: Tensor, left: Tensor, right: Tensor) -> Tensor:
    return x.to(torch.float32) * left * right


_rows = torch.compile(quantise_rows, dynamic=True)
_scaled_rows = torch.compile(_scaled_rows_of, dynamic=True)
_scaled_columns = torch.compile(_scaled_columns_of, dynamic=True)
_scale = torch.compile(_product, dynamic=True)


@torch.library.custom_op("enregard::int8_linear", mutates_args=())
def int8_linear(
    x: Tensor, weight: Tensor, values: Tensor, units: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Return ``x @ weight.T``, computed on the int8 image of the weight, and the int8 input.

    ``weight`` only marks what the gradient belongs to.
    """
    xq, sx = _rows(x)
    return _scale(torch._int_mm(xq, values.t()), sx, units.t()), xq, sx


@int8_linear.register_fake
def _(x: Tensor, weight: Tensor, values: Tensor, units: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    tokens = x.shape[0]
    return (
        x.new_empty(tokens, weight.shape[0]),
        x.new_empty(x.shape, dtype=torch.int8),
        x.new_empty(tokens, 1),
    )


@torch.library.custom_op("enregard::int8_linear_backward", mutates_args=())
def int8_linear_backward(
    dy: Tensor, xq: Tensor, sx: Tensor, values: Tensor, units: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the gradients for the input and the weight."""
    dy = dy.contiguous()
    rows, unit = _scaled_rows(dy, units.t())
    dx = _scale(torch._int_mm(rows, values), unit, ONE)
    columns, unit = _scaled_columns(dy, sx, fresh_noise(dy))
    return dx, _scale(torch._int_mm(columns.t(), xq), unit.t(), ONE)


@int8_linear_backward.register_fake
def _(dy: Tensor, xq: Tensor, sx: Tensor, values: Tensor, units: Tensor) -> tuple[Tensor, Tensor]:
    return dy.new_empty(xq.shape), dy.new_empty(values.shape)


def _save(ctx: FunctionCtx, inputs: tuple[Tensor, ...], output: tuple[Tensor, ...]) -> None:
    _, xq, sx = output
    ctx.mark_non_differentiable(xq, sx)
    ctx.save_for_backward(xq, sx, *inputs[2:])


def _backward(ctx: FunctionCtx, dy: Tensor, *_: Tensor) -> tuple[Tensor | None, ...]:
    dx, dw = int8_linear_backward(dy, *ctx.saved_tensors)
    return dx, dw, None, None


int8_linear.register_autograd(_backward, setup_context=_save)


class Int8Linear(nn.Module):
    """A linear layer without bias whose products are computed in int8."""

    values: Tensor
    units: Tensor

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.register_buffer("values", torch.empty(outputs, inputs, dtype=torch.int8), False)
        self.register_buffer("units", torch.empty(outputs, 1), False)

    def refresh(self) -> None:
        """Quantise the weights anew; call it after every optimiser step."""
        values, units = _rows(self.weight.detach())
        self.values.copy_(values)
        self.units.copy_(units)

    def forward(self, x: Tensor) -> Tensor:
        """Return the product for a matrix of shape (tokens, inputs)."""
        return int8_linear(x, self.weight, self.values, self.units)[0]
