"""Turn the lines of a data file into arrays of tokens, so that no training step waits for Python.

    python -m recipe.pack --data data/train.tsv --tokenizer fr-en-1/sentencepiece.model \
        --out data/packed [--part-bytes 15000000]

``tokens.npy`` holds all sequences one after the other (uint16: the vocabulary has 36,000 pieces),
``sizes.npy`` the lengths of prompt and answer of each. With ``--part-bytes`` a compressed copy is
written as parts that can travel one by one; ``--unpack FOLDER`` joins such parts again.
"""

from __future__ import annotations

import argparse
import lzma
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from .batches import LONGEST, Encoder, Sequence

CHUNK = 20_000
ARRAYS = ("tokens.npy", "sizes.npy")
PARTS = "part.{:03}"


def sequences(lines: list[str], tokenizer: Path) -> list[Sequence]:
    """Return the sequences of lines of a data file that are short enough."""
    encoder = Encoder(tokenizer)
    found = map(encoder.sequence, lines)
    return [(prompt, answer) for prompt, answer in found if len(prompt) + len(answer) <= LONGEST]


def pack(data: Path, tokenizer: Path, out: Path, workers: int) -> int:
    """Write the arrays of a data file; return how many sequences they hold."""
    tokens: list[np.ndarray] = []
    sizes: list[np.ndarray] = []
    with data.open(encoding="utf-8") as file, ProcessPoolExecutor(workers) as pool:
        chunks = iter(lambda: [line.rstrip("\n") for line in islice(file, CHUNK)], [])
        for found in pool.map(partial(sequences, tokenizer=tokenizer), chunks):
            joined = [token for prompt, answer in found for token in (*prompt, *answer)]
            tokens.append(np.array(joined, np.uint16))
            sizes.append(np.array([(len(p), len(a)) for p, a in found], np.uint16).reshape(-1, 2))
    out.mkdir(parents=True, exist_ok=True)
    for name, parts in zip(ARRAYS, (tokens, sizes), strict=True):
        np.save(out / name, np.concatenate(parts))
    return sum(map(len, sizes))


def write_parts(folder: Path, part_bytes: int) -> list[Path]:
    """Write the arrays of a folder compressed, in parts of so many bytes; return the parts."""
    whole = lzma.compress(b"".join(map(_framed, (folder / name for name in ARRAYS))), preset=6)
    found = []
    for number, start in enumerate(range(0, len(whole), part_bytes)):
        path = folder / PARTS.format(number)
        path.write_bytes(whole[start : start + part_bytes])
        found.append(path)
    return found


def unpack(folder: Path) -> None:
    """Join the parts in a folder to the arrays that they were made of."""
    paths = sorted(folder.glob(PARTS.format(0).replace("000", "*")))
    whole = lzma.decompress(b"".join(path.read_bytes() for path in paths))
    for name, content in zip(ARRAYS, _frames(whole), strict=True):
        (folder / name).write_bytes(content)


def _framed(path: Path) -> bytes:
    content = path.read_bytes()
    return len(content).to_bytes(8, "little") + content


def _frames(whole: bytes) -> Iterator[bytes]:
    while whole:
        size = int.from_bytes(whole[:8], "little")
        yield whole[8 : 8 + size]
        whole = whole[8 + size :]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--part-bytes", type=int)
    parser.add_argument("--unpack", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if options.unpack:
        unpack(options.unpack)
        return
    print(pack(options.data, options.tokenizer, options.out, options.workers), "sequences")
    if options.part_bytes:
        print(*write_parts(options.out, options.part_bytes), sep="\n")


if __name__ == "__main__":
    main()
