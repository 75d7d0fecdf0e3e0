"""Fields by what they show and the English of their paragraph in; where they stand in it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pipeline.documents.target import EnglishBlock
from pipeline.text import clean

Field = TypeVar("Field")
# What stands between the number or the first line of a title and the rest of it.
_JOINT = re.compile(r"(?: ?[:–—-])? ")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])[.)]?")


def names_of(blocks: Iterable[EnglishBlock]) -> dict[str, str]:
    """Give the English of each block by its French, as ``said_again`` looks it up."""
    return {_said(each.block.text): each.text for each in blocks}


def said_again(text: str, names: Mapping[str, str]) -> str | None:
    """Give the English of a text that says what a block says, or two of them; None of another.

    A number before it stays (« 2. Le retour » of a heading that is numbered by its style).
    """
    said = _said(text)
    if said in names:
        return names[said]
    for joint in _JOINT.finditer(said):
        first, second = said[: joint.start()], said[joint.end() :]
        first = names.get(first, first if _NUMBER.fullmatch(first) else "")
        if first and second in names:
            return f"{first}{joint[0]}{names[second]}"
    return None


def _said(text: str) -> str:
    return " ".join(clean(text)[0].split())


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
