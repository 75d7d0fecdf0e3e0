"""Sheets two pages wide, laid out by WeasyPrint, in; their left and right pages out.

Facing pages hold the same rows because they are one page to the layout: French in its left half,
English in its right half. Every box lies in one half or reaches over both; the latter only hold
others, and each page gets a copy of them with the boxes of its half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


def parted_spreads(sheets: Iterable[Any], page_width: float) -> list[Any]:
    """Return the pages of laid-out sheets: two of each that is wider than a page.

    ``page_width`` is in CSS pixels. The sheets are changed in place.
    """
    return [part for sheet in sheets for part in _parts(sheet, page_width)]


def _parts(page: Any, page_width: float) -> Iterator[Any]:
    if page.width < 1.5 * page_width:
        yield page
        return
    middle = page.width / 2
    for left in (True, False):
        half = _half(page._page_box, middle, left)
        half.width -= middle
        yield type(page)(half)


def _half(box: Any, middle: float, left: bool) -> Any:
    """Return a copy of a box that reaches over the middle, with what lies in one half of it."""
    children = []
    for child in box.children:
        start, end = child.position_x, child.position_x + child.margin_width()
        # Sums of widths may miss the middle by a hair.
        if start < middle - 1 and end > middle + 1:
            # The cell between the inner margins, which is empty.
            if not getattr(child, "children", ()):
                continue
            child = _half(child, middle, left)
        elif (start < middle - 1) is not left:
            continue
        elif not left:
            child.translate(dx=-middle)
        children.append(child)
    return box.copy_with_children(children)
