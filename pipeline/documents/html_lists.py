"""An ordered list of HTML in; the markers of its items ("3.", "c.", "IV.") out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.documents.markup import Markup

_TAG: Final = re.compile(r"<(/?)(?:\w+:)?(ol|ul|menu|dir|li)\b", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\s*(-?\d{1,5})(?!\d)")
_ROMAN: Final = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST_ROMAN: Final = 3999


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an ordered list counts: the ``number`` of its next item, by ``step``, in a ``style``."""

    number: int
    step: int = 1
    style: str = "1"

    def at(self, item: Markup) -> Numbering:
        """Give the numbering at an item, which may say its own ``value``."""
        said = _whole(item.attributes.get("value", ""))
        return self if said is None else replace(self, number=said)

    @property
    def marker(self) -> str:
        """The marker of the item that is next."""
        written = str(self.number)
        if self.style in ("a", "A") and self.number > 0:
            written = _letters(self.number)
        elif self.style in ("i", "I") and 0 < self.number <= _MOST_ROMAN:
            written = _roman(self.number)
        return (written.upper() if self.style in ("A", "I") else written) + "."

    def after(self) -> Numbering:
        """Give the numbering behind that item."""
        return replace(self, number=self.number + self.step)


def numbering(piece: Markup, items: int) -> Numbering:
    """Give how the ordered list of a tag counts, which holds so many items."""
    backwards = "reversed" in piece.attributes
    start = _whole(piece.attributes.get("start", ""))
    if start is None:
        start = items if backwards else 1
    return Numbering(start, -1 if backwards else 1, piece.attributes.get("type", "1").strip())


def sizes_of_lists(source: str) -> dict[int, int]:
    """Give how many items each list of a source holds, by where its tag begins."""
    sizes: dict[int, int] = {}
    lists: list[int] = []
    for tag in _TAG.finditer(source):
        closing, name = tag[1], tag[2].lower()
        if name != "li":
            if not closing:
                lists.append(tag.start())
                sizes[tag.start()] = 0
            elif lists:
                lists.pop()
        elif lists and not closing:
            sizes[lists[-1]] += 1
    return sizes


def _whole(text: str) -> int | None:
    found = _WHOLE.match(text)
    return int(found[1]) if found else None


def _letters(number: int) -> str:
    written = ""
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
