"""Gemma 3 270M with the pruned vocabulary, for training on a processor.

Sentences are shorter than the 512-token window of the local layers, so that every layer attends
to the whole prefix and only the rotary base tells local layers from global ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from . import floats
from .floats import FloatLinear
from .int8 import Int8Linear, quantise_rows
from .shape import (
    BASES,
    GLOBAL_EVERY,
    HEAD,
    HEADS,
    HIDDEN,
    LAYERS,
    LONGEST,
    PRODUCTS,
    VOCABULARY,
    WIDTH,
)

Linear = Int8Linear | FloatLinear
LINEAR: dict[str, Callable[[int, int], Linear]] = dict(
    zip(
        PRODUCTS,
        (
            Int8Linear,
            partial(FloatLinear, kind=torch.bfloat16),
            partial(FloatLinear, kind=torch.float32),
        ),
        strict=True,
    )
)


class Norm(nn.Module):
    """Root mean square norm with gain ``1 + weight``."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        """Return the normalised values in float32."""
        x = x.float()
        scale = torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)
        return x * scale * (1 + self.weight)


def rotary(base: float) -> Tensor:
    """Return cosines and sines of shape (2, LONGEST, HEAD)."""
    frequencies = base ** (-torch.arange(0, HEAD, 2) / HEAD)
    angles = torch.arange(LONGEST)[:, None] * frequencies
    return torch.stack((angles.cos(), angles.sin())).repeat(1, 1, 2)


def rotate(x: Tensor, angles: Tensor) -> Tensor:
    """Apply rotary positions to (batch, heads, length, HEAD)."""
    left, right = x.chunk(2, -1)
    return x * angles[0] + torch.cat((-right, left), -1) * angles[1]


class Block(nn.Module):
    """One decoder layer."""

    def __init__(self, linear: Callable[[int, int], Linear]) -> None:
        super().__init__()
        self.qkv = linear(WIDTH, (HEADS + 2) * HEAD)
        self.out = linear(HEADS * HEAD, WIDTH)
        self.gate_up = linear(WIDTH, 2 * HIDDEN)
        self.down = linear(HIDDEN, WIDTH)
        self.before_attention = Norm(WIDTH)
        self.after_attention = Norm(WIDTH)
        self.before_ffn = Norm(WIDTH)
        self.after_ffn = Norm(WIDTH)
        self.query_norm = Norm(HEAD)
        self.key_norm = Norm(HEAD)

    def forward(self, x: Tensor, angles: Tensor, batch: int) -> Tensor:
        """Transform (batch * length, WIDTH), rows of a sequence following each other."""
        length = x.shape[0] // batch
        qkv = self.qkv(self.before_attention(x)).view(batch, length, HEADS + 2, HEAD)
        query, key, value = qkv.transpose(1, 2).split((HEADS, 1, 1), 1)
        query = rotate(self.query_norm(query), angles).to(value.dtype)
        key = rotate(self.key_norm(key), angles).to(value.dtype)
        # All heads share a key and a value, so that one product serves them all; torch's own
        # attention takes five times as long in the backward pass in bfloat16.
        scores = query.reshape(batch, HEADS * length, HEAD) @ key[:, 0].mT
        scores = scores.float().view(batch, HEADS, length, length) * HEAD**-0.5
        hidden_after = torch.ones(length, length, dtype=torch.bool, device=x.device).triu(1)
        weights = scores.masked_fill(hidden_after, float("-inf")).softmax(-1).to(value.dtype)
        attended = weights.view(batch, HEADS * length, length) @ value[:, 0]
        attended = attended.view(batch, HEADS, length, HEAD).transpose(1, 2)
        attended = attended.reshape(batch * length, HEADS * HEAD)
        x = x + self.after_attention(self.out(attended))
        gate, up = self.gate_up(self.before_ffn(x)).chunk(2, -1)
        hidden = functional.gelu(gate, approximate="tanh") * up
        return x + self.after_ffn(self.down(hidden))


def _loss(
    hidden: Tensor, labels: Tensor, table: Tensor, values: Tensor, units: Tensor, smoothing: float
) -> tuple[Tensor, Tensor]:
    """Return the summed smoothed cross-entropy and its gradient for the hidden states."""
    rows, unit = quantise_rows(hidden)
    logits = torch._int_mm(rows, values.t()).to(torch.float32) * unit * units.t()
    top = logits.amax(1, keepdim=True)
    exponentials = (logits - top).exp()
    total = exponentials.sum(1, keepdim=True)
    log_total = top + total.log()
    target = logits.gather(1, labels[:, None])
    loss = log_total - (1 - smoothing) * target - smoothing * logits.mean(1, keepdim=True)
    gradient = exponentials / total - smoothing / logits.shape[1]
    hot = torch.arange(logits.shape[1], device=labels.device)[None] == labels[:, None]
    gradient = torch.where(hot, gradient - (1 - smoothing), gradient)
    return loss.sum(), gradient @ table


class Translator(nn.Module):
    """The decoder with its frozen embedding table, which is also the output table."""

    table: Tensor
    values: Tensor
    units: Tensor
    angles: Tensor

    def __init__(self, products: str = "int8") -> None:
        super().__init__()
        self.products = products
        self.register_buffer("table", torch.empty(VOCABULARY, WIDTH))
        self.register_buffer("values", torch.empty(0), False)
        self.register_buffer("units", torch.empty(0), False)
        self.register_buffer("angles", torch.stack([rotary(b) for b in BASES.values()]), False)
        self.blocks = nn.ModuleList(Block(LINEAR[products]) for _ in range(LAYERS))
        self.norm = Norm(WIDTH)
        self._loss = _loss

    def compile_parts(self) -> None:
        """Compile the block (once for all layers) and the loss."""
        for block in self.blocks:
            block.compile(dynamic=True)
        self._loss = torch.compile(_loss, dynamic=True)

    def refresh(self) -> None:
        """Quantise the weights anew; call it after every change of the weights."""
        if not self.values.numel():
            if self.products == "int8":
                self.values, self.units = quantise_rows(self.table)
            else:
                self.values = self.table.to(getattr(torch, self.products))
        for module in self.modules():
            if isinstance(module, Linear):
                module.refresh()

    def hidden(self, ids: Tensor) -> Tensor:
        """Return the normalised last states, of shape (batch * length, WIDTH)."""
        batch, length = ids.shape
        x = functional.embedding(ids.reshape(-1), self.table) * WIDTH**0.5
        for number, block in enumerate(self.blocks):
            everywhere = (number + 1) % GLOBAL_EVERY == 0
            x = block(x, self.angles[int(everywhere), :, :length], batch)
        return self.norm(x)

    def loss(self, hidden: Tensor, labels: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
        """Return the summed loss over ``hidden`` rows and its gradient for these rows."""
        with torch.no_grad():
            if self.products == "int8":
                return self._loss(hidden, labels, self.table, self.values, self.units, smoothing)
            return floats.loss(hidden, labels, self.values, smoothing)
