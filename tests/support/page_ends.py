"""A PDF whose pages have one column or two in; the words cut at the ends of its pages out."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader

# Running heads, and page numbers, lie beyond these shares of a page's height.
_FOOT, _HEAD = 0.072, 0.926


def cut_at_page_ends(reader: PdfReader, in_two: bool = True) -> tuple[list[str], int]:
    """Return the last lines of columns that end with a hyphen, and how many lines do at all."""
    cut, hyphens = [], 0
    for page in reader.pages:
        columns = _columns(page, in_two)
        hyphens += sum(line.endswith("\u2010") for lines in columns for line in lines.values())
        ends = [lines[min(lines)] for lines in columns if lines]
        cut += [line for line in ends if line.endswith("\u2010")]
    return cut, hyphens


def _columns(page: Any, in_two: bool) -> tuple[dict[int, str], dict[int, str]]:
    """Return the lines of the left and of the right half of a page, by height."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    columns: tuple[dict[int, str], dict[int, str]] = ({}, {})

    def take(text: str, page_matrix: list[float], matrix: list[float], *_: Any) -> None:
        x, y = matrix[4] * page_matrix[0], matrix[5] * page_matrix[3] + page_matrix[5]
        if text.strip() and _FOOT * height < y < _HEAD * height:
            lines = columns[in_two and x > width / 2]
            lines[round(y)] = (lines.get(round(y), "") + text).rstrip()

    page.extract_text(visitor_text=take)
    return columns
