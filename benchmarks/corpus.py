"""A text or a corpus in, its lines out, whether it is compressed with xz or not; pairs out."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Of the pairs written for the project: those to measure by, and to learn how to choose among
# hypotheses. Nothing else is learnt from them.
_KEPT_BACK: Final = ("held-out.tsv", "choosing.tsv")


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file in UTF-8, without their ends."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def pairs_to_learn(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs written for the project (``models/recipe/press``) but those kept back."""
    for path in sorted(folder.glob("*.tsv")):
        if path.name not in _KEPT_BACK:
            for line in lines(path):
                french, english = line.split("\t")
                yield french, english
