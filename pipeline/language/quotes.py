"""English as it is printed and a country in; where its quotation marks are others there, out.

British books set quotations in single marks and those within them in double ones; American books
do it the other way round. An apostrophe is no mark, and text whose marks do not pair keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# The marks of a country: those of a quotation, and those of one inside it.
_SINGLE, _DOUBLE = ("‘", "’"), ("“", "”")
STYLES = {"gb": (_SINGLE, _DOUBLE), "us": (_DOUBLE, _SINGLE)}
_OPENING = re.compile(r"(?<![\w’'”])([“‘]|'(?=[^\W\d_]))(?=[\w“‘(\[…$€£'])")
_CLOSING = re.compile(r"(?<=[^\s“‘(\[])([”’]|')(?!\w)")
# Letters are left out at the beginning of these, and of a decade.
_ELIDED = re.compile(r"[‘'’](?:\d|(?:em|tis|twas|til|cause|round|n)\b)", re.IGNORECASE)
_KIND = {"“": "double", "”": "double", "‘": "single", "’": "single", "'": "single"}


def requoted(printed: Sequence[str], country: str) -> Iterator[tuple[int, str]]:
    """Give the places, in a text printed one string a character, of marks that change, and those.

    Nothing is given of a text with double marks that do not pair, but for a quotation that goes on
    in the next paragraph.
    """
    text = "".join(printed)
    if not any(mark in text for mark in "“‘'"):
        return
    # Each place in the text as it is printed, to its place among the strings.
    place = [number for number, each in enumerate(printed) for _ in each]
    for start, end, depth in _pairs(text):
        opening, closing = STYLES[country][depth % 2]
        for at, mark in ((start, opening), (end, closing)):
            if at is not None and text[at] != mark:
                whole = printed[place[at]]
                yield place[at], whole.replace(text[at], mark)


def _pairs(text: str) -> list[tuple[int | None, int | None, int]]:
    """Return where quotations begin and end, and how many others each is in."""
    openings = {
        found.start() for found in _OPENING.finditer(text) if not _ELIDED.match(text, found.start())
    }
    closings = {found.start() for found in _CLOSING.finditer(text)} - openings
    stack: list[int] = []
    pairs: list[tuple[int | None, int | None, int]] = []
    for at in sorted(openings | closings):
        kind = _KIND[text[at]]
        if at in openings:
            stack.append(at)
        elif kind == "single" and not (stack and _KIND[text[stack[-1]]] == "single"):
            continue  # an apostrophe: no single mark is open
        elif kind == "single" and _is_possessive(text, at, closings):
            continue
        else:
            # Of what was opened inside it and never closed nothing is known.
            while stack and _KIND[text[stack[-1]]] != kind:
                stack.pop()
            if not stack:
                return []
            start = stack.pop()
            pairs.append((start, at, len(stack)))
    left = [each for each in stack if _KIND[text[each]] == "double"]
    if left and left != [0]:
        return []
    # A quotation of several paragraphs: each opens it again, the last closes it.
    return [*pairs, *((each, None, 0) for each in left)]


def _is_possessive(text: str, at: int, closings: set[int]) -> bool:
    """Tell whether a mark after an s is an apostrophe: another one can close the quotation."""
    if text[at - 1] != "s" or not text[at + 1 : at + 2].isspace():
        return False
    return any(each > at and _KIND[text[each]] == "single" for each in closings)
