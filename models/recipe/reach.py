"""French sentences in, how far keys and values reach in each channel, as an array in a file, out.

    python -m recipe.reach --model fr-en-1.0 --sentences kept-back.txt --out reach.npy

A byte of the cache stands for a 127th of this, and a little more (``network.MARGIN``). Some hundred
sentences that no training saw are enough. Their translations are searched as the program does.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.engines.decoding import Decoding
from pipeline.engines.embedded.decoder import Decoder
from pipeline.engines.embedded.files import FLOAT_GRAPH
from pipeline.engines.embedded.network import Cache, Network, Next
from pipeline.engines.embedded.weights import read_arrays
from pipeline.engines.tokenizer import Tokenizer

from .shape import HEAD, LAYERS

_BEAM, _LONGEST = 2, 200


class Watched(Network):
    """A network that remembers how far the keys and values reach that it has written."""

    def __init__(self, folder: Path) -> None:
        """Load the graph that keeps them as floats."""
        graph, overflow, weights = (
            (folder / name).read_bytes() for name in (FLOAT_GRAPH, "overflow.onnx", "model.bin")
        )
        super().__init__(graph, overflow, read_arrays(weights))
        self.reach = np.zeros((2 * LAYERS, HEAD), np.float32)

    def read(
        self,
        cache: Cache,
        first: int,
        tokens: np.ndarray,
        positions: np.ndarray,
        *rest: Any,
        **others: Any,
    ) -> Next:
        """Read as a network does, then look at what has been written."""
        found = super().read(cache, first, tokens, positions, *rest, **others)
        for row, last in enumerate(positions.tolist(), first):
            written = abs(cache.values[:, row, 0, last + 1 - tokens.shape[1] : last + 1])
            np.maximum(self.reach, written.max(axis=1), out=self.reach)
        return found


def measure(folder: Path, sentences: list[str]) -> np.ndarray:
    """Give the reach of keys and values in these sentences: layers by two by channels."""
    network = Watched(folder)
    tokenizer = Tokenizer((folder / "sentencepiece.model").read_bytes())
    vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    prompts = [["<bos>", "<|fr|>", *tokenizer.encode(each), "<|en|>"] for each in sentences]
    decoder = Decoder(network, vocabulary, "<unk>", "<eos>", threads=1)
    decoder.generate(prompts, [_LONGEST] * len(prompts), Decoding(_BEAM, _BEAM))
    return network.reach.reshape(LAYERS, 2, HEAD)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="converted model folder")
    parser.add_argument("--sentences", type=Path, required=True, help="French, one a line")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sentences = options.sentences.read_text(encoding="utf-8").splitlines()
    np.save(options.out, measure(options.model, sentences))


if __name__ == "__main__":
    main()
