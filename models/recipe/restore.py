"""Turn a converted (int8) model back into float32 weights to continue from.

python -m recipe.restore --model fr-en-0 --out work/start.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import ct2file
from .shape import LAYERS

if TYPE_CHECKING:
    import torch

LINEAR = {
    "qkv": ("self_attention/linear_0",),
    "out": ("self_attention/linear_1",),
    "gate_up": ("ffn/linear_0", "ffn/linear_0_noact"),
    "down": ("ffn/linear_1",),
}
NORMS = {
    "before_attention": "input_layer_norm",
    "after_attention": "post_attention_layer_norm",
    "before_ffn": "pre_feedforward_layer_norm",
    "after_ffn": "post_feedforward_layer_norm",
    "query_norm": "self_attention/q_norm",
    "key_norm": "self_attention/k_norm",
}


def state(variables: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """Return the state of a ``Translator`` from the variables of a converted model."""
    import torch

    def matrix(name: str) -> np.ndarray:
        return ct2file.dequantise(variables[name], variables[f"{name}_scale"])

    def vector(name: str) -> np.ndarray:
        return np.array(variables[f"decoder/{name}/gamma"])

    arrays = {"table": matrix("decoder/embeddings/weight"), "norm.weight": vector("layer_norm")}
    for number in range(LAYERS):
        for name, parts in LINEAR.items():
            matrices = [matrix(f"decoder/layer_{number}/{part}/weight") for part in parts]
            arrays[f"blocks.{number}.{name}.weight"] = np.concatenate(matrices)
        for name, part in NORMS.items():
            arrays[f"blocks.{number}.{name}.weight"] = vector(f"layer_{number}/{part}")
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the converted model")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    import torch

    from .model import Translator

    weights = state(ct2file.read(options.model / "model.bin"))
    Translator().load_state_dict(weights)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(weights, options.out)


if __name__ == "__main__":
    main()
