"""Fields by what they show and the English of their paragraph in; where they stand in it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pipeline.text import clean

Field = TypeVar("Field")


def said_again(text: str, names: Mapping[str, str]) -> str | None:
    """Give the English of a text that says what a block says, without the space around it.

    ``names`` has the English of each block by its French; None where none is the same.
    """
    return names.get(" ".join(clean(text)[0].split(" ")).strip())


def placed(fields: list[tuple[str, Field]], text: str) -> Iterator[tuple[tuple[int, int], Field]]:
    """Take from fields those whose results a text says; give each with its stretch of the text.

    Of several that show the same (« page 1 sur 1 ») each gets a place of its own, in their order.
    """
    taken: list[tuple[int, int]] = []
    for field in sorted(fields, key=lambda field: len(field[0]), reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(field[0])}(?!\w)", text):
            if not any(start < match.end() and end > match.start() for start, end in taken):
                taken.append(match.span())
                fields.remove(field)
                yield match.span(), field[1]
                break
