"""A text or a corpus in, its lines out, whether it is compressed with xz or not."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Of the pairs written for the project (models/recipe/press): those to measure by, and to learn how
# to choose among hypotheses. Nothing else is learnt from them.
KEPT_BACK: Final = ("held-out.tsv", "choosing.tsv")


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file in UTF-8, without their ends."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")
