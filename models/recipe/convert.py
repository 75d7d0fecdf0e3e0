"""Convert trained weights to an int8 model.

    python -m recipe.convert --weights work/final.pt --template fr-en-0 --out fr-en-0.2

The template gives everything but the weights: the settings stored with them, the vocabulary and
the tokenizer. ``network.py`` adds the graph.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import ct2file
from .restore import LINEAR, NORMS
from .shape import LAYERS

if TYPE_CHECKING:
    import torch

COPIED = ("vocabulary.json", "sentencepiece.model")


def replace_weights(variables: dict[str, np.ndarray], weights: dict[str, torch.Tensor]) -> None:
    """Put trained weights in the place of those of a container."""

    def matrix(name: str, value: np.ndarray) -> None:
        if variables[name].shape != value.shape:
            raise ValueError(f"{name}: {value.shape}, expected {variables[name].shape}")
        variables[name], variables[f"{name}_scale"] = ct2file.quantise(value)

    matrix("decoder/embeddings/weight", weights["table"].numpy())
    variables["decoder/layer_norm/gamma"] = weights["norm.weight"].numpy()
    for number in range(LAYERS):
        for name, parts in LINEAR.items():
            value = weights[f"blocks.{number}.{name}.weight"].numpy()
            for part, rows in zip(parts, np.split(value, len(parts)), strict=True):
                matrix(f"decoder/layer_{number}/{part}/weight", rows)
        for name, part in NORMS.items():
            gain = weights[f"blocks.{number}.{name}.weight"].numpy()
            variables[f"decoder/layer_{number}/{part}/gamma"] = gain


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="weights or checkpoint")
    parser.add_argument("--template", type=Path, required=True, help="converted model folder")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    import torch

    weights = torch.load(options.weights, map_location="cpu")
    variables = ct2file.read(options.template / "model.bin")
    replace_weights(variables, weights.get("model", weights))
    options.out.mkdir(parents=True, exist_ok=True)
    ct2file.write(options.out / "model.bin", variables)
    for name in COPIED:
        shutil.copyfile(options.template / name, options.out / name)
    sums = [
        f"{hashlib.sha256((options.out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(("model.bin", *COPIED))
    ]
    (options.out / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
